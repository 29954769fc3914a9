import { printSubgraphSchema } from '@apollo/subgraph';
import {
  composeServices,
  compositionHasErrors,
  type ServiceDefinition,
  transformSupergraphToPublicSchema,
} from '@theguild/federation-composition';
import { buildASTSchema, type GraphQLSchema, lexicographicSortSchema, parse, print, printSchema } from 'graphql';
import { loadCatalogue } from '../policies/load.ts';
import type { Catalogue } from '../policies/pack.ts';
import { tagCapabilities } from './capability.ts';

/** What composition makes of the subgraphs. */
export interface Composed {
  /** For the gateway: which subgraph answers what. */
  readonly supergraph: string;
  /** What callers see. */
  readonly api: string;
}

/** The subgraphs as composition takes them, each thing marked with the capability it belongs to. */
export function servicesOf(
  subgraphs: readonly { name: string; schema: GraphQLSchema }[],
  catalogue: Catalogue,
): ServiceDefinition[] {
  return subgraphs.map(({ name, schema }) => ({
    name,
    // The address is the transport's business: the gateway is told at start, not here.
    url: `http://${name}.invalid/graphql`,
    typeDefs: tagCapabilities(parse(printSubgraphSchema(schema)), catalogue),
  }));
}

/**
 * Composes subgraph schemas into the supergraph and the public schema.
 *
 * @throws Error that lists every composition error
 */
export function compose(
  subgraphs: readonly { name: string; schema: GraphQLSchema }[],
  catalogue: Catalogue = loadCatalogue(),
): Composed {
  const result = composeServices(servicesOf(subgraphs, catalogue));
  if (compositionHasErrors(result)) {
    throw new Error(`The subgraphs do not compose:\n${result.errors.map((error) => `- ${error.message}`).join('\n')}`);
  }
  const api = buildASTSchema(transformSupergraphToPublicSchema(parse(result.supergraphSdl)));
  return {
    supergraph: `${print(parse(result.supergraphSdl))}\n`,
    api: `${printSchema(lexicographicSortSchema(api))}\n`,
  };
}
