import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type DirectiveNode,
  isTypeDefinitionNode,
  Kind,
  parse,
  print,
  specifiedScalarTypes,
  valueFromASTUntyped,
  visit,
} from 'graphql';

/** What a coordinate of the graph demands of who asks for it. Groups are alternatives, a group holds as a whole. */
export interface Requirement {
  readonly coordinate: string;
  readonly authenticated: boolean;
  readonly scopes: readonly (readonly string[])[] | null;
  readonly policies: readonly (readonly string[])[] | null;
}

export interface Supergraph {
  /** The SDL the planner gets: security features no longer marked as such, since this gateway enforces them. */
  readonly plannable: string;
  readonly subgraphs: readonly string[];
  /** Demands by coordinate: `Type` or `Type.field`. */
  readonly requirements: ReadonlyMap<string, Requirement>;
  /** Every coordinate there is; what is not here is unknown and denied. */
  readonly coordinates: ReadonlySet<string>;
  /** Types by the interface they implement. */
  readonly implementers: ReadonlyMap<string, readonly string[]>;
}

/** The supergraph cannot be served as it is: a demand in it would go unenforced. */
export class SupergraphError extends Error {
  readonly code:
    | 'SECURITY_FEATURE_UNKNOWN'
    | 'SECURITY_DIRECTIVE_UNLINKED'
    | 'SECURITY_DIRECTIVE_MALFORMED'
    | 'SECURITY_DIRECTIVE_MISPLACED';

  constructor(code: SupergraphError['code'], message: string) {
    super(message);
    this.name = 'SupergraphError';
    this.code = code;
  }
}

/** The security features enforced here, by their specification and the directive's argument. */
export const enforced = {
  authenticated: { spec: 'https://specs.apollo.dev/authenticated/v0.1', argument: null },
  requiresScopes: { spec: 'https://specs.apollo.dev/requiresScopes/v0.1', argument: 'scopes' },
  policy: { spec: 'https://specs.apollo.dev/policy/v0.1', argument: 'policies' },
} as const;

type Feature = keyof typeof enforced;

/** Reads the demands of a composed supergraph. Throws a `SupergraphError` on any it could not enforce. */
export function readSupergraph(sdl: string): Supergraph {
  const document = parse(sdl, { noLocation: true });
  const directives = linkedNames(document.definitions);
  const requirements = new Map<string, Requirement>();
  const coordinates = new Set(specifiedScalarTypes.map(({ name }) => name));
  const implementers = new Map<string, string[]>();
  const subgraphs: string[] = [];
  let read = 0;

  function note(coordinate: string, applied: readonly ConstDirectiveNode[] | undefined): void {
    coordinates.add(coordinate);
    const requirement = requirementOf(coordinate, applied ?? [], directives);
    if (requirement) requirements.set(coordinate, requirement);
    read += (applied ?? []).filter(({ name }) => directives.has(name.value)).length;
  }

  for (const definition of document.definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    const type = definition.name.value;
    // An input is never selected, so a demand on one would never be asked for: left unread, it stops the start below.
    if (definition.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) note(type, definition.directives);
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) note(`${type}.${field.name.value}`, field.directives);
      for (const { name } of definition.interfaces ?? []) {
        implementers.set(name.value, [...(implementers.get(name.value) ?? []), type]);
      }
    }
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && type === 'join__Graph') {
      for (const { directives: applied = [] } of definition.values ?? []) {
        for (const graph of applied) subgraphs.push(String(argumentOf(graph, 'name') ?? ''));
      }
    }
  }

  let written = 0;
  visit(document, {
    Directive: ({ name }) => {
      if (directives.has(name.value)) written += 1;
    },
  });
  if (written !== read) {
    throw new SupergraphError('SECURITY_DIRECTIVE_MISPLACED', 'a security directive stands where nothing enforces it');
  }

  const plannable = print(
    visit(document, {
      SchemaDefinition: (node) => ({ ...node, directives: node.directives?.map(withoutSecurity) }),
      SchemaExtension: (node) => ({ ...node, directives: node.directives?.map(withoutSecurity) }),
    }),
  );
  return { plannable, subgraphs, requirements, coordinates, implementers };
}

// A feature may be linked under another name; the directive is then known by that name alone.
function linkedNames(definitions: readonly DefinitionNode[]): ReadonlyMap<string, Feature> {
  const names = new Map<string, Feature>();
  const links = definitions
    .filter((definition) => definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION)
    .flatMap((definition) => definition.directives ?? []);
  for (const link of links) {
    const url = argumentOf(link, 'url');
    const feature = (Object.keys(enforced) as Feature[]).find((name) => enforced[name].spec === url);
    if (!feature && argumentOf(link, 'for') === 'SECURITY') {
      throw new SupergraphError('SECURITY_FEATURE_UNKNOWN', `nothing here enforces ${String(url)}`);
    }
    if (feature) names.set(localName(link, feature), feature);
  }
  return names;
}

function localName(link: DirectiveNode, feature: Feature): string {
  const imported = argumentOf(link, 'import');
  for (const item of Array.isArray(imported) ? imported : []) {
    if (item === `@${feature}`) return feature;
    if (item?.name === `@${feature}`) return String(item.as ?? item.name).slice(1);
  }
  const as = argumentOf(link, 'as');
  return typeof as === 'string' ? as : feature;
}

function requirementOf(
  coordinate: string,
  applied: readonly ConstDirectiveNode[],
  directives: ReadonlyMap<string, Feature>,
): Requirement | undefined {
  let found: { -readonly [key in keyof Requirement]: Requirement[key] } | undefined;
  for (const directive of applied) {
    const name = directive.name.value;
    const feature = directives.get(name);
    if (!feature) {
      const bare = name.split('__').at(-1) ?? name;
      if (!Object.hasOwn(enforced, bare)) continue;
      throw new SupergraphError(
        'SECURITY_DIRECTIVE_UNLINKED',
        `@${name} on ${coordinate} is not linked to its specification`,
      );
    }
    found ??= { coordinate, authenticated: false, scopes: null, policies: null };
    if (feature === 'authenticated') found.authenticated = true;
    if (feature === 'requiresScopes') found.scopes = groupsOf(directive, 'scopes', coordinate);
    if (feature === 'policy') found.policies = groupsOf(directive, 'policies', coordinate);
  }
  return found;
}

// GraphQL's list coercion: a lone value stands for a list of it. An empty list demands nothing that can be met: malformed.
function groupsOf(directive: DirectiveNode, argument: string, coordinate: string): string[][] {
  const value = argumentOf(directive, argument);
  const groups: unknown[] = Array.isArray(value) ? value : [value];
  return groups.map((group) => {
    const names: unknown[] = Array.isArray(group) ? group : [group];
    if (names.length === 0 || !names.every((name): name is string => typeof name === 'string' && name !== '')) {
      throw new SupergraphError(
        'SECURITY_DIRECTIVE_MALFORMED',
        `@${directive.name.value} on ${coordinate} cannot be read`,
      );
    }
    return names;
  });
}

function withoutSecurity<T extends DirectiveNode>(link: T): T {
  if (argumentOf(link, 'for') !== 'SECURITY') return link;
  const rest = (link.arguments as readonly ArgumentNode[]).filter(({ name }) => name.value !== 'for');
  return { ...link, arguments: rest };
}

function argumentOf(directive: DirectiveNode, name: string) {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value && valueFromASTUntyped(value as ConstValueNode);
}
