import pino from 'pino';
import { type Assembled, assemble } from '../assemble.ts';
import type { Viewer } from '../gateway/viewer.ts';
import { openRegistry, type Registry } from '../policies/registry.ts';
import { compose } from '../schema/compose.ts';
import { type Database, openDatabase } from '../subgraphs/database.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { template } from './template.ts';

/** A role as a test writes it: `['county-st-dept', 'cn-410821']`, or with the organisation it is held for. */
export type Held = readonly [role: string, region: string, organisation?: string];

/** Who a test asks as. */
export function persona(
  subject: string,
  roles: readonly Held[] = [],
  more: { person?: string; scopes?: readonly string[] } = {},
): Viewer {
  return {
    subject,
    kind: 'user',
    person: more.person ?? null,
    roles: roles.map(([role, region, organisation]) => ({ role, region, organisation: organisation ?? null })),
    scopes: more.scopes ?? [],
  };
}

export const anonymous: Viewer = { subject: 'anonymous', kind: 'anonymous', person: null, roles: [], scopes: [] };

export interface Answer<Data> {
  readonly data: Data;
  readonly errors: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: Record<string, unknown>;
  }[];
}

/** The whole graph for one test file: real packs, real tables, requests through the gateway. */
export interface Graph extends Assembled {
  readonly database: Database;
  readonly registry: Registry;
  /** Asks and answers both data and errors. */
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects by its assertions, not by types
  ask<Data = any>(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<Answer<Data>>;
  /** Asks and throws unless there are no errors. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  get<Data = any>(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<Data>;
  stop(): Promise<void>;
}

/**
 * Starts the graph on an empty database with the regions of China in it: in memory, or on a server's `url`. `today` is
 * the day it takes for today; `packs` another folder of packs, `contracts` of contracts.
 */
export async function startGraph(
  options: { today?: string; packs?: string; url?: string; contracts?: string } = {},
): Promise<Graph> {
  const database = await openDatabase(options.url ? { url: options.url } : { dataDir: null, copyOf: await template() });
  const registry = openRegistry(options.packs);
  const today = options.today;
  const assembled = await assemble({
    database,
    registry,
    supergraphSdl: compose(subgraphs).supergraph,
    internalKey: new TextEncoder().encode('a key that only this test process knows'),
    logger: pino({ level: process.env.TEPAI_TEST_LOG ?? 'fatal' }),
    verify: async () => {
      throw new Error('tests ask as a viewer, not with a token');
    },
    ...(options.contracts ? { contracts: options.contracts } : {}),
    ...(today ? { now: () => new Date(`${today}T04:00:00Z`) } : {}),
  });
  const ask: Graph['ask'] = async (viewer, query, variables = {}) => {
    const result = await assembled.gateway.execute({ query, variables, viewer });
    return { data: result.data as never, errors: result.errors ?? [] };
  };
  return {
    ...assembled,
    database,
    registry,
    ask,
    async get(viewer, query, variables) {
      const { data, errors } = await ask(viewer, query, variables);
      if (errors.length > 0)
        throw new Error(
          errors
            .map((error) => `${error.path?.join('.')}: ${error.message} ${JSON.stringify(error.extensions)}`)
            .join('\n'),
        );
      return data;
    },
    async stop() {
      await assembled.close();
      await database.close();
    },
  };
}
