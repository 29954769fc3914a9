import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { failure } from './errors.ts';
import type { Requirement, Supergraph } from './supergraph.ts';
import type { Viewer } from './viewer.ts';

/**
 * Says which policies hold for a viewer. Asked once for an operation, with every policy named in it.
 * A policy left out of the answer is denied; a throw denies the operation.
 */
export type AnswerPolicies = (question: {
  readonly policies: readonly string[];
  readonly viewer: Viewer;
  readonly operationName: string | null;
}) => Promise<Readonly<Record<string, boolean>>> | Readonly<Record<string, boolean>>;

/** What an operation demands, from its text alone: the same for every viewer and all variables. */
export function collectRequirements(
  supergraph: Supergraph,
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly Requirement[] {
  const found = new Map<string, Requirement>();
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const seen = new Set<string>();

  function demand(coordinate: string): void {
    const requirement = supergraph.coordinates.has(coordinate)
      ? supergraph.requirements.get(coordinate)
      : unknown(coordinate);
    if (requirement) found.set(coordinate, requirement);
  }

  function field(typeName: string, fieldName: string): void {
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return void found.set(typeName, unknown(typeName));
    // An interface's field is answered by whichever type the object turns out to be.
    const owners = [typeName, ...(supergraph.implementers.get(typeName) ?? [])];
    for (const owner of owners) {
      demand(owner);
      demand(`${owner}.${fieldName}`);
    }
    const returned = type.getFields()[fieldName];
    if (returned) demand(getNamedType(returned.type).name);
  }

  function walk(selectionSet: SelectionSetNode, parent: string): void {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (name === '__typename' || name === '__schema' || name === '__type') continue;
        field(parent, name);
        const type = schema.getType(parent);
        const child = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
        if (selection.selectionSet && child) walk(selection.selectionSet, getNamedType(child.type).name);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) continue;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (seen.has(selection.name.value)) continue;
        seen.add(selection.name.value);
      }
      const condition = fragment.typeCondition?.name.value ?? parent;
      if (!isCompositeType(schema.getType(condition))) found.set(condition, unknown(condition));
      else demand(condition);
      walk(fragment.selectionSet, condition);
    }
  }

  const root = schema.getRootType(operation.operation)?.name;
  if (!root) return [unknown(operation.operation)];
  demand(root);
  walk(operation.selectionSet, root);
  return [...found.values()];
}

/**
 * Decides whether a viewer may run an operation, before it is planned. Undefined = may.
 * The operation is refused whole, query or mutation alike: no field is left out of an answer silently.
 * A viewer without a token is UNAUTHENTICATED, one whose rights do not reach FORBIDDEN, with what is missing.
 */
export async function authorize(
  requirements: readonly Requirement[],
  viewer: Viewer,
  operationName: string | null,
  answer: AnswerPolicies | undefined,
): Promise<GraphQLError | undefined> {
  if (requirements.length === 0) return undefined;
  const signedIn = viewer.kind === 'user' || viewer.kind === 'service';
  const scopes = new Set(viewer.scopes);
  const policies = [...new Set(requirements.flatMap(({ policies: groups }) => groups?.flat() ?? []))];
  const answers = policies.length > 0 && answer ? await answer({ policies, viewer, operationName }) : {};
  const holds = (policy: string) => Object.hasOwn(answers, policy) && answers[policy] === true;

  const denied: string[] = [];
  const missing = new Set<string>();
  for (const { coordinate, authenticated, scopes: scopeGroups, policies: policyGroups } of requirements) {
    const lacks = [
      authenticated && !signedIn ? ['authenticated'] : null,
      lacking(scopeGroups, (scope) => scopes.has(scope), 'scope'),
      lacking(policyGroups, holds, 'policy'),
    ].filter((names) => names !== null);
    if (lacks.length > 0) denied.push(coordinate);
    for (const name of lacks.flat()) missing.add(name);
  }
  if (denied.length === 0) return undefined;
  const details = { coordinates: denied, missing: [...missing] };
  return signedIn
    ? failure('FORBIDDEN', { status: 403, details })
    : failure('UNAUTHENTICATED', {
        status: 401,
        headers: { 'www-authenticate': 'Bearer' },
        details: { reason: 'TOKEN_MISSING', ...details },
      });
}

// Null when one group holds as a whole. No groups at all never hold.
function lacking(groups: Requirement['scopes'], has: (name: string) => boolean, kind: string): string[] | null {
  if (groups === null || groups.some((group) => group.length > 0 && group.every(has))) return null;
  return (groups[0] ?? []).filter((name) => !has(name)).map((name) => `${kind}:${name}`);
}

function unknown(coordinate: string): Requirement {
  return { coordinate, authenticated: true, scopes: [], policies: null };
}
