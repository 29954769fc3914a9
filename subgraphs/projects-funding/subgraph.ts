import type { SubgraphDefinition } from '../serve.ts';
import { entities } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { regionPath } from './region-path.ts';
import { schema } from './schema.ts';

/** What and with which money: funding, expenses, income, projects, platforms, service objects. */
export const projectsFunding: SubgraphDefinition = {
  name: 'projects-funding',
  tables: 'projects_funding',
  schema,
  entities,
  migrations,
  regionPath: (id, _em, graph) => regionPath(id, graph),
};
