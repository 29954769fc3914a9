import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract, Contracts } from './gateway/contract.ts';
import type { Viewer } from './gateway/viewer.ts';
import { loadCatalogue } from './policies/load.ts';
import type { Release } from './policies/pack.ts';
import type { Registry } from './policies/registry.ts';
import { partiesOf, pointsUsed } from './schema/parties.ts';
import { askStatuses, createStatusDirectory } from './subgraphs/status-directory.ts';

/** Asks the graph as a service of ours. */
type Ask = <Data>(query: string, variables: Record<string, unknown>) => Promise<Data>;

const REGION = /* GraphQL */ `
  query ContractRegion($id: ID!) {
    region(id: $id) { path statuses { kind value } }
  }
`;
interface Region {
  readonly path: readonly string[];
  readonly statuses: readonly { readonly kind: string; readonly value: boolean }[];
}

const MINUTE = 60_000;
const REMEMBERED = 5_000;

/** What a pack calls things: vocabulary, roles, the steps of its chains. */
const wordsOf = ({ digest, pack: { id, version, title, vocabulary }, roles, chains }: Release) => ({
  id,
  version,
  digest,
  title,
  terms: vocabulary,
  roles: Object.fromEntries(roles.map((one) => [one.role, one.title])),
  chains: chains.map((chain) => ({
    id: chain.id,
    title: chain.title,
    steps: chain.steps.map((step) => ({ key: step.key, title: step.title })),
  })),
});

/**
 * What a contract's packs call things, each in its own words: where two regimes meet, a code need not mean the same to
 * both. Beside them the acts and questions that the packs use.
 */
function termsOf(name: string, packs: readonly Release[], shared: readonly Release[]): unknown {
  const used = pointsUsed(packs);
  const points = Object.entries(loadCatalogue().points).filter(([point]) => used.has(point));
  return {
    contract: name,
    packs: [...packs, ...shared].map(wordsOf),
    points: Object.fromEntries(points.map(([point, { title }]) => [point, title])),
  };
}

/**
 * The contracts that were built for the published packs. A caller's is that of the packs that govern the regions of all
 * roles held, by a status that a place inside has as well; who holds none, or in regions of different packs, sees the
 * whole graph. Packs that have run out still make their region's contract: its records are there to be read.
 */
export function openContracts(registry: Registry, folder: string, ask: () => Ask): Contracts {
  const latest = registry.latest();
  const shared = latest.filter(({ pack }) => 'everywhere' in pack.governs);
  const file = (name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : null;
  };
  const contracts = new Map(
    partiesOf(latest).flatMap(({ name, packs }): [string, Contract][] => {
      const sdl = file(`${name}.graphql`);
      if (sdl === null) return [];
      return [[name, { name, sdl, terms: termsOf(name, packs, shared), changelog: file(`${name}.md`) ?? '' }]];
    }),
  );
  const statuses = createStatusDirectory(
    registry,
    askStatuses((query, variables) => ask()(query, variables)),
  );
  const remembered = new Map<string, { readonly until: number; readonly name: Promise<string> }>();

  async function nameOf(id: string): Promise<string> {
    const { region } = await ask()<{ region: Region | null }>(REGION, { id });
    const path = region?.path ?? [];
    const own = new Set(region?.statuses.flatMap(({ kind, value }) => (value ? [kind] : [])));
    const governedBy = (held: ReadonlySet<string>) =>
      latest.filter(({ pack: { governs } }) => {
        if ('regions' in governs) return governs.regions.some((one) => path.includes(one));
        return 'status' in governs && held.has(governs.status);
      });
    // Where only places inside have a regime, there may be others of other regimes: that is the whole graph's view.
    if (governedBy(own).length === 0) return '';
    await statuses.fresh();
    const governing = governedBy(new Set([...own, ...statuses.of(path, null)]));
    const party = partiesOf(governing).find(({ packs }) => packs.length === governing.length);
    return party?.name ?? '';
  }

  function rememberedName(id: string): Promise<string> {
    const known = remembered.get(id);
    if (known && known.until > Date.now()) return known.name;
    if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value as string);
    const name = nameOf(id);
    remembered.set(id, { until: Date.now() + MINUTE, name });
    name.catch(() => remembered.delete(id));
    return name;
  }

  return {
    list: () => [...contracts.values()],
    async of(viewer: Viewer) {
      const regions = [...new Set(viewer.roles.map(({ region }) => region))];
      if (regions.length === 0 || contracts.size === 0) return null;
      // A contract shows less and protects nothing: while a region cannot be asked for, its callers see the whole graph.
      const names = new Set(await Promise.all(regions.map((id) => rememberedName(id).catch(() => ''))));
      const [name] = names;
      return names.size === 1 && name ? (contracts.get(name) ?? null) : null;
    },
  };
}
