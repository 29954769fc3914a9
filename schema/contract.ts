import {
  composeSchemaContract,
  compositionHasErrors,
  transformSupergraphToPublicSchema,
} from '@theguild/federation-composition';
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  lexicographicSortSchema,
  parse,
  printSchema,
  visit,
} from 'graphql';
import type { Catalogue, Release } from '../policies/pack.ts';
import { nounTag, pointTag } from './capability.ts';
import { servicesOf } from './compose.ts';
import { type ContractParties, pointsUsed } from './parties.ts';

/** The capabilities that a caller under these packs has no use for. `shared` are packs that govern everywhere. */
export function unusedCapabilities(
  packs: readonly Release[],
  shared: readonly Release[],
  { points }: Catalogue,
): Set<string> {
  const used = pointsUsed(packs);
  // What everybody's rules say of every act does not make everybody use every act: only what their roles do counts.
  for (const { roles } of shared) for (const { may } of roles) for (const point of may) used.add(point);
  const isOpen = (point: string) => used.has(point) || points[point]?.subject === 'Obligation';
  const nouns = new Set(Object.entries(points).flatMap(([point, { subject }]) => (isOpen(point) ? [subject] : [])));
  return new Set([
    ...Object.values(points).flatMap(({ subject }) => (nouns.has(subject) ? [] : [nounTag(subject)])),
    ...Object.keys(points).flatMap((point) => (isOpen(point) ? [] : [pointTag(point)])),
  ]);
}

/** Composition hides a type and leaves its name in the unions it is a member of. */
const withoutMembers = (document: DocumentNode, exclude: ReadonlySet<string>): DocumentNode =>
  visit(document, {
    UnionTypeDefinition: (union) => ({
      ...union,
      types: union.types?.filter(({ name }) => !exclude.has(nounTag(name.value))),
    }),
  });

/**
 * The schema that callers under these packs see: the public one without what carries a capability they do not use, and
 * without what only led there.
 *
 * @throws Error that lists every composition error
 */
export function composeContract(
  subgraphs: readonly { name: string; schema: GraphQLSchema }[],
  parties: ContractParties,
  shared: readonly Release[],
  catalogue: Catalogue,
): string {
  const exclude = unusedCapabilities(parties.packs, shared, catalogue);
  const services = servicesOf(subgraphs, catalogue).map((service) => ({
    ...service,
    typeDefs: withoutMembers(service.typeDefs, exclude),
  }));
  const result = composeSchemaContract(services, { include: new Set(), exclude });
  if (compositionHasErrors(result)) {
    const list = result.errors.map((error) => `- ${error.message}`).join('\n');
    throw new Error(`The contract ${parties.name} does not compose:\n${list}`);
  }
  const api = buildASTSchema(transformSupergraphToPublicSchema(parse(result.supergraphSdl)));
  return `${printSchema(lexicographicSortSchema(api))}\n`;
}
