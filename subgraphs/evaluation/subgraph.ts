import { knownPlace } from '../place.ts';
import type { SubgraphDefinition } from '../serve.ts';
import { entities } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { schema } from './schema.ts';

/** How well and when: service records, evaluations and what follows from them, obligations, indicators. */
export const evaluation: SubgraphDefinition = {
  name: 'evaluation',
  tables: 'evaluation',
  schema,
  entities,
  migrations,
  regionPath: async (id, _em, graph) => (await knownPlace(graph, id))?.path ?? [],
};
