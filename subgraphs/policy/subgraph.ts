import type { SubgraphDefinition } from '../serve.ts';
import { entities } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { schema } from './schema.ts';
import { decisionLogStatements } from './tables/decision-log.ts';

const REGION_PATH = /* GraphQL */ `
  query RegionPath($id: ID!) {
    region(id: $id) {
      path
    }
  }
`;

/** The law itself and what was decided under it: packs, the catalogue, the decision log, preview, check. */
export const policy: SubgraphDefinition = {
  name: 'policy',
  tables: 'policy',
  schema,
  entities,
  migrations,
  statements: decisionLogStatements,
  async regionPath(id, _em, graph) {
    const { region } = await graph<{ region: { path: string[] } | null }>(REGION_PATH, { id });
    return region?.path ?? [];
  },
};
