import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { type Assembled, assemble } from '../assemble.ts';
import { openRegistry } from '../policies/registry.ts';
import { supergraphSdl } from '../settings.ts';
import type { Database } from '../subgraphs/database.ts';

/** The whole graph in this process on a database, with the packs in the tree; for callers that bring their own viewer. */
export const graphOn = (database: Database, now?: () => Date): Promise<Assembled> =>
  assemble({
    database,
    registry: openRegistry(),
    internalKey: new TextEncoder().encode(randomUUID()),
    supergraphSdl: supergraphSdl(),
    logger: pino({ level: 'fatal' }),
    verify: async () => {
      throw new Error('the bench asks as a viewer');
    },
    ...(now ? { now } : {}),
  });
