import { createAsset } from './asset.ts';
import type { Contracts } from './contract.ts';
import type { Route } from './http.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Where contracts are downloaded: `/contracts` lists them, `/contracts/<name>.graphql` is the schema, `.json` the terms and
 * `.md` the changelog, each with an ETag. What the graph is, is public; what is in it is not.
 */
export function contractRoutes(contracts: Contracts): Record<string, Route> {
  const list = contracts.list();
  const index = list.map(({ name }) => ({
    name,
    schema: `/contracts/${name}.graphql`,
    terms: `/contracts/${name}.json`,
    changelog: `/contracts/${name}.md`,
  }));
  const routes: Record<string, Route> = { '/contracts': createAsset(JSON.stringify({ contracts: index }), JSON_TYPE) };
  for (const { name, sdl, terms, changelog } of list) {
    routes[`/contracts/${name}.graphql`] = createAsset(sdl, 'application/graphql; charset=utf-8');
    routes[`/contracts/${name}.json`] = createAsset(JSON.stringify(terms), JSON_TYPE);
    routes[`/contracts/${name}.md`] = createAsset(changelog, 'text/markdown; charset=utf-8');
  }
  return routes;
}
