import { knownPlace } from '../place.ts';
import type { SubgraphDefinition } from '../serve.ts';
import { entities } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { schema } from './schema.ts';

/** What and with which money: funding, expenses, income, projects, platforms, service objects. */
export const projectsFunding: SubgraphDefinition = {
  name: 'projects-funding',
  tables: 'projects_funding',
  schema,
  entities,
  migrations,
  regionPath: async (id, _em, graph) => (await knownPlace(graph, id))?.path ?? [],
};
