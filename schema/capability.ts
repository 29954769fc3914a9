import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
  visit,
} from 'graphql';
import type { Catalogue } from '../policies/pack.ts';

/** `Team`, and what lists and answers it: `TeamConnection`, `TeamEdge`, `TeamActivatePayload`'s own field. */
const LISTS = /(Connection|Edge)$/;

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

const tag = (name: string): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'tag' },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'name' },
      value: { kind: Kind.STRING, value: name },
    },
  ],
});

/** The capability of a noun of the catalogue: that things of its kind are there at all. */
export const nounTag = (subject: string): string => `noun/${subject}`;
/** The capability of a decision point: an act, or a question, that bears its name. */
export const pointTag = (point: string): string => `point/${point}`;

/** The point of a field: an act for many rows asks that of the act. */
const pointOf = (field: string): string => field.replace(/Import$/, '');

/**
 * Marks what a subgraph offers with the capability it belongs to: every type that decisions are about and every field
 * that leads to one with its noun, every field that bears the name of a decision point with that point. A contract leaves out
 * whatever carries a capability that its packs do not use.
 */
export function tagCapabilities(document: DocumentNode, { points }: Catalogue): DocumentNode {
  const nouns = new Set(Object.values(points).map(({ subject }) => subject));
  const nounOf = (type: string): string | null => {
    const bare = type.replace(LISTS, '');
    return nouns.has(bare) ? bare : null;
  };
  const tagsOf = (field: FieldDefinitionNode): string[] => {
    const noun = nounOf(namedType(field.type));
    return [
      ...(noun ? [nounTag(noun)] : []),
      ...(Object.hasOwn(points, pointOf(field.name.value)) ? [pointTag(pointOf(field.name.value))] : []),
    ];
  };
  const tagType = <Node extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode>(node: Node): Node => {
    const own = nouns.has(node.name.value) ? [tag(nounTag(node.name.value))] : [];
    const fields = node.fields?.map((field) => ({
      ...field,
      directives: [...(field.directives ?? []), ...tagsOf(field).map(tag)],
    }));
    return { ...node, directives: [...(node.directives ?? []), ...own], ...(fields ? { fields } : {}) };
  };
  return visit(document, {
    ObjectTypeDefinition: tagType,
    ObjectTypeExtension: tagType,
    Directive(node, _key, _parent, _path, ancestors) {
      const holder = ancestors.at(-1);
      const on = Array.isArray(holder) ? ancestors.at(-2) : holder;
      if (node.name.value !== 'link' || !on || Array.isArray(on)) return undefined;
      return importTag(node as ConstDirectiveNode);
    },
  });
}

/** The federation link with `@tag` among its imports. */
function importTag(link: ConstDirectiveNode): ConstDirectiveNode | undefined {
  const text = (name: string) => {
    const value = link.arguments?.find((argument) => argument.name.value === name)?.value;
    return value?.kind === Kind.STRING ? value.value : '';
  };
  if (!text('url').startsWith('https://specs.apollo.dev/federation/')) return undefined;
  return {
    ...link,
    arguments: (link.arguments ?? []).map((argument) =>
      argument.name.value === 'import' && argument.value.kind === Kind.LIST
        ? {
            ...argument,
            value: { ...argument.value, values: [...argument.value.values, { kind: Kind.STRING, value: '@tag' }] },
          }
        : argument,
    ),
  };
}
