import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { failure } from './errors.ts';
import type { Viewer } from './viewer.ts';

/** The part of the graph that the callers of a place see. */
export interface Contract {
  /** The packs that make it, joined by `+`. */
  readonly name: string;
  readonly sdl: string;
  /** What things and codes are called there, as data. */
  readonly terms: unknown;
  /** What changed from version to version, Markdown. */
  readonly changelog: string;
}

/** The contracts there are, and whose is which. */
export interface Contracts {
  list(): readonly Contract[];
  /** The contract of a caller; null for one who sees the whole graph. */
  of(viewer: Viewer): Promise<Contract | null>;
}

/** Holds operations against contracts, before anything is planned. */
export interface ContractGate {
  /** Why an operation is not one of this contract; null when it is, or cannot be read at all, which is for others to say. */
  refusal(contract: Contract, query: string): GraphQLError | null;
  /** Whether an operation asks what the schema is. Throws for one that asks for data beside. */
  asksOfSchema(document: DocumentNode, operation: OperationDefinitionNode): boolean;
  /** The answer to an operation that asks what the schema is. */
  introspection(
    contract: Contract,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): ExecutionResult;
}

const KNOWN = 2_000;

export function createContractGate(): ContractGate {
  const schemas = new Map<string, GraphQLSchema>();
  const refusals = new Map<string, GraphQLError | null>();

  function schemaOf({ name, sdl }: Contract): GraphQLSchema {
    const schema = schemas.get(name) ?? buildSchema(sdl, { assumeValidSDL: true });
    schemas.set(name, schema);
    return schema;
  }

  function judge(contract: Contract, query: string): GraphQLError | null {
    let document: DocumentNode;
    try {
      document = parse(query, { noLocation: true });
    } catch {
      return null;
    }
    const schema = schemaOf(contract);
    // Validation passes over operations of a kind that the schema has not got at all.
    const kind = document.definitions.flatMap((one) =>
      one.kind === Kind.OPERATION_DEFINITION && !schema.getRootType(one.operation) ? [one.operation] : [],
    )[0];
    const reason = kind ? `There is no ${kind}.` : validate(schema, document, undefined, { maxErrors: 1 })[0]?.message;
    if (reason === undefined) return null;
    return failure('NOT_IN_CONTRACT', { status: 400, details: { contract: contract.name, reason } });
  }

  return {
    refusal(contract, query) {
      const key = `${contract.name}\n${query}`;
      let refusal = refusals.get(key);
      if (refusal === undefined) {
        refusal = judge(contract, query);
        if (refusals.size >= KNOWN) refusals.delete(refusals.keys().next().value ?? '');
        refusals.set(key, refusal);
      }
      return refusal;
    },

    asksOfSchema(document, operation) {
      const asked = rootFields(operation.selectionSet, document);
      if (!asked.some((name) => name === '__schema' || name === '__type')) return false;
      if (asked.some((name) => !name.startsWith('__'))) throw failure('INTROSPECTION_ALONE', { status: 400 });
      return true;
    },

    introspection(contract, document, operation, variables) {
      return execute({
        schema: schemaOf(contract),
        document,
        operationName: operation.name?.value ?? null,
        variableValues: variables,
      }) as ExecutionResult;
    },
  };
}

/** The names of the fields that an operation asks at its root, through fragments. */
function rootFields(set: SelectionSetNode, document: DocumentNode): string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, document);
    const fragment = document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? rootFields(fragment.selectionSet, document) : [];
  });
}
