import type { SubgraphDefinition } from '../serve.ts';
import { entities } from './entities.ts';
import { seedGeography } from './geography/seed.ts';
import { migrations } from './migrations/index.ts';
import { regionPath } from './region.ts';
import { readStatuses } from './region-status-directory.ts';
import { schema } from './schema.ts';

/** Who: regions, organisations, persons, teams, demand and selection, appointments. */
export const personnel: SubgraphDefinition = {
  name: 'personnel',
  tables: 'personnel',
  schema,
  entities,
  migrations,
  seed: seedGeography,
  regionPath: (id, em) => regionPath(id, em),
  statuses: { entity: 'RegionStatus', read: readStatuses },
};
