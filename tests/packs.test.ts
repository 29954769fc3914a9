import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lawAccount, untriedRules } from '../policies/account.ts';
import { runBaselines, runCases } from '../policies/cases.ts';
import { loadCatalogue, loadPack, packsFolder } from '../policies/load.ts';
import { openRegistry } from '../policies/registry.ts';
import { bundle } from '../policies/release.ts';
import { verify } from '../policies/verify.ts';

const packs = readdirSync(packsFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const registry = openRegistry();

describe.each(packs)('the pack %s', (id) => {
  const folder = join(packsFolder, id);
  const pack = loadPack(folder);

  it('comes out of every case as written, by both evaluators', async () => {
    const results = await runCases(pack);
    expect(results.length).toBeGreaterThan(10);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
  });

  it('allows what its baselines say, at each point they speak of', async () => {
    const results = await runBaselines(pack);
    expect(results.length).toBe(Object.keys(pack.baselines).length);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
  });

  it('has no mistake that can be seen without facts', () => {
    expect(verify(pack).filter(({ isMistake }) => isMistake)).toEqual([]);
  });

  it('has released what stands in its folder, and written down what changed', () => {
    const released = registry.named(id, pack.pack.version);
    expect(released?.digest).toBe(bundle(pack).digest);
    const changelog = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
    for (const { pack: header } of registry.versions(id)) expect(changelog).toContain(`## ${header.version}`);
  });

  it('carries every clause of its documents, and tries both sides of what binds', () => {
    expect(lawAccount(pack).filter(({ fault }) => fault)).toEqual([]);
    expect(Object.keys(pack.coverage).sort()).toEqual(pack.clauses.map((clause) => clause.id).sort());
    if (pack.clauses.length > 0) expect(untriedRules(pack)).toEqual([]);
    // What governs a place is taken from documents, and those are accounted for clause by clause.
    if (!('everywhere' in pack.pack.governs)) expect(pack.clauses.length).toBeGreaterThan(40);
  });
});

describe('all packs together', () => {
  it('leave no act, no reading and no mask without a rule that everybody is held to', () => {
    const everywhere = registry.latest().filter(({ pack }) => 'everywhere' in pack.governs);
    const judged = new Set(
      everywhere.flatMap(({ rules }) => rules.filter(({ effect }) => effect === 'deny').flatMap(({ on }) => on)),
    );
    const open = Object.entries(loadCatalogue().points)
      .filter(([, { kind }]) => kind === 'mutation' || kind === 'visibility' || kind === 'mask')
      .map(([point]) => point)
      .filter((point) => !judged.has(point));
    expect(open).toEqual([]);
  });

  it('speak only of points and facts that the catalogue knows', () => {
    const { points } = loadCatalogue();
    const unknown = registry
      .latest()
      .flatMap(({ rules }) => rules.flatMap(({ on }) => on.filter((point) => !points[point])));
    expect(unknown).toEqual([]);
  });
});
