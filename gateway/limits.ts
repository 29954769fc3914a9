import { createHash } from 'node:crypto';
import {
  type ArgumentNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { failure, type GatewayCode } from './errors.ts';

/** How much one request may ask for. */
export interface Limits {
  readonly bodyBytes: number;
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  /** Fields of the operation with every fragment written out. */
  readonly fields: number;
  /** Largest `first` or `last`. */
  readonly pageSize: number;
  /** Rows a list is taken to have when the request does not say. */
  readonly defaultPageSize: number;
  /** Objects an operation may ask for, page sizes multiplied along the way down. */
  readonly cost: number;
  /** Time for one request to a subgraph, and for a whole operation. */
  readonly subgraphMs: number;
  readonly operationMs: number;
  /** How long requests at work may take to finish when the gateway closes. */
  readonly drainMs: number;
}

export const defaultLimits: Limits = {
  // A pack that an author sends to be checked is the largest request: half a megabyte today.
  bodyBytes: 2 * 1024 * 1024,
  tokens: 4_000,
  depth: 14,
  aliases: 30,
  rootFields: 20,
  fields: 1_500,
  pageSize: 200,
  defaultPageSize: 20,
  cost: 20_000,
  subgraphMs: 10_000,
  operationMs: 30_000,
  drainMs: 10_000,
};

interface Shape {
  /** Fields on the outermost level. */
  roots: number;
  depth: number;
  aliases: number;
  fields: number;
}

/**
 * Refuses a text that is too large in itself, before it is validated (validation is quadratic in places).
 * A text that does not parse passes: saying what is wrong with it is the validator's business. Answers are remembered by text.
 */
export function createTextCheck(limits: Limits): (query: string) => GraphQLError | undefined {
  const known = new Map<string, GraphQLError | undefined>();
  return (query) => {
    const key = createHash('sha256').update(query).digest('base64');
    if (known.has(key)) return known.get(key);
    const verdict = checkText(query, limits);
    if (known.size >= 2_000) known.delete(known.keys().next().value ?? '');
    known.set(key, verdict);
    return verdict;
  };
}

function checkText(query: string, limits: Limits): GraphQLError | undefined {
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true, maxTokens: limits.tokens });
  } catch (error) {
    // Recognised by its words: it has no code. The test over the limit goes red when they change.
    const tooMany = error instanceof GraphQLError && /contains more tha[nt] \d+ tokens/.test(error.message);
    return tooMany ? over('QUERY_TOO_MANY_TOKENS', limits.tokens) : undefined;
  }
  const fragments = fragmentsOf(document);
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
    const shape = shapeOf(operation.selectionSet, fragments, new Map());
    if (shape.depth > limits.depth) return over('QUERY_TOO_DEEP', limits.depth);
    if (shape.aliases > limits.aliases) return over('QUERY_TOO_MANY_ALIASES', limits.aliases);
    if (shape.fields > limits.fields) return over('QUERY_TOO_MANY_FIELDS', limits.fields);
    if (shape.roots > limits.rootFields) return over('QUERY_TOO_MANY_ROOT_FIELDS', limits.rootFields);
  }
  return undefined;
}

// A fragment is measured once however often it is spread, or a short text of nested spreads would take for ever.
function shapeOf(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  measured: Map<string, Shape>,
): Shape {
  const shape: Shape = { roots: 0, depth: 0, aliases: 0, fields: 0 };
  for (const selection of selectionSet.selections) {
    let inner: Shape | undefined;
    if (selection.kind === Kind.FIELD) {
      shape.roots += 1;
      shape.fields += 1;
      shape.aliases += selection.alias ? 1 : 0;
      // The introspection fields have limits of their own in the validator.
      const own = selection.name.value.startsWith('__');
      const below = selection.selectionSet && !own ? shapeOf(selection.selectionSet, fragments, measured) : undefined;
      inner = { roots: 0, depth: 1 + (below?.depth ?? 0), aliases: below?.aliases ?? 0, fields: below?.fields ?? 0 };
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      inner = shapeOf(selection.selectionSet, fragments, measured);
    } else {
      const name = selection.name.value;
      const fragment = fragments.get(name);
      inner = measured.get(name);
      if (!inner && fragment) {
        // Stands in for itself while being measured: a cycle ends here, and the validator refuses it.
        measured.set(name, { roots: 0, depth: 0, aliases: 0, fields: 0 });
        inner = shapeOf(fragment.selectionSet, fragments, measured);
        measured.set(name, inner);
      }
    }
    shape.roots += inner?.roots ?? 0;
    shape.depth = Math.max(shape.depth, inner?.depth ?? 0);
    shape.aliases += inner?.aliases ?? 0;
    shape.fields += inner?.fields ?? 0;
  }
  return shape;
}

/**
 * Refuses an operation that asks for too many rows, given its variables. Counts one for every object asked for and
 * multiplies by the page size below a field that takes `first` or `last`.
 */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  limits: Limits,
): GraphQLError | undefined {
  const fragments = fragmentsOf(document);
  const defaults = new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );
  let tooLarge = false;

  function numberOf(argument: ArgumentNode | undefined): number | undefined {
    const value = argument?.value;
    const node = value?.kind === Kind.VARIABLE ? defaults.get(value.name.value) : value;
    const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
    if (typeof given === 'number') return given;
    return given === undefined && node?.kind === Kind.INT ? Number(node.value) : undefined;
  }

  function cost(selectionSet: SelectionSetNode, parent: string): number {
    const type = schema.getType(parent);
    let total = 0;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
        if (!field || !selection.selectionSet) continue;
        const named = (name: string) => selection.arguments?.find((argument) => argument.name.value === name);
        const asked = numberOf(named('first')) ?? numberOf(named('last'));
        if (asked !== undefined && asked > limits.pageSize) tooLarge = true;
        const paged = field.args.some(({ name }) => name === 'first' || name === 'last');
        const rows = paged ? Math.max(1, asked ?? limits.defaultPageSize) : 1;
        total += 1 + rows * cost(selection.selectionSet, getNamedType(field.type).name);
      } else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment) total += cost(fragment.selectionSet, fragment.typeCondition?.name.value ?? parent);
      }
    }
    return total;
  }

  const total = cost(operation.selectionSet, schema.getRootType(operation.operation)?.name ?? '');
  if (tooLarge) return over('PAGE_TOO_LARGE', limits.pageSize);
  return total > limits.cost ? over('QUERY_TOO_COSTLY', limits.cost) : undefined;
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

function over(code: GatewayCode, limit: number): GraphQLError {
  return failure(code, { status: 400, details: { limit } });
}
