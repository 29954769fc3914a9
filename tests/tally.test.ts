import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadPack, packsFolder } from '../policies/load.ts';
import { evaluationKinds } from '../subgraphs/evaluation/tally-kinds.ts';
import { personnelKinds } from '../subgraphs/personnel/tally.ts';
import { projectsKinds } from '../subgraphs/projects-funding/tally.ts';
import { type TallyKind, type TallyQuestion, tally } from '../subgraphs/tally.ts';
import { type Graph, startGraph } from './harness.ts';

const owners: Record<string, Readonly<Record<string, TallyKind>>> = {
  evaluation: evaluationKinds,
  personnel: personnelKinds,
  'projects-funding': projectsKinds,
};

describe('the records that indicators are measured by', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph();
  }, 120_000);
  afterAll(() => graph.stop());

  const question = (of: string, more: Partial<TallyQuestion> = {}): TallyQuestion => ({
    of,
    where: {},
    aggregation: 'count',
    field: null,
    when: null,
    per: 'whole',
    within: 'cn-410800',
    withinLevel: 'prefecture',
    among: null,
    from: '2019-01-01',
    to: '2019-12-31',
    ...more,
  });

  it.each(Object.keys(owners))('are all asked of %s in SQL that runs', async (owner) => {
    const em = graph.subgraphs.get(owner)?.orm.em.fork();
    const kinds = owners[owner] ?? {};
    if (!em) throw new Error(`no ${owner} subgraph`);
    for (const [of, { units, dimensions }] of Object.entries(kinds)) {
      const succession = [{ from: 'cn-410899', to: 'cn-410821', inside: false }];
      const questions = [
        ...[...Object.keys(units), 'whole'].map((per) => question(of, { per, succession, among: ['cn-410821'] })),
        ...Object.keys(dimensions).map((field) => question(of, { aggregation: 'distinct', field, succession })),
        ...Object.keys(units).map((per) => question(of, { per })),
        ...Object.keys(dimensions).map((field) => question(of, { aggregation: 'distinct', field, when: 'started' })),
        question(of, { when: 'at-end', within: 'cn', withinLevel: 'country', among: ['cn-410821', 'cn-410822'] }),
        question(of, { aggregation: 'any', when: 'during', among: [] }),
      ];
      for (const one of questions) {
        const { unknown, rows } = await tally(em, kinds, one);
        expect({ ...one, unknown, rows: rows.filter(({ value }) => value !== 0) }).toEqual({
          ...one,
          unknown: null,
          rows: [],
        });
      }
    }
  });

  it('answer a word that nobody knows as unknown, and ask the database nothing', async () => {
    const ask = async (more: Partial<TallyQuestion>) =>
      (await tally(undefined as never, evaluationKinds, question('event', more))).unknown;
    expect(await ask({ of: 'parade' })).toBe('parade');
    expect(await ask({ of: 'constructor' })).toBe('constructor');
    expect(await ask({ where: { colour: ['red'] } })).toBe('event.colour');
    expect(await ask({ per: 'team' })).toBe('event per team');
    expect(await ask({ aggregation: 'sum' })).toContain('without a field');
    expect(await ask({ withinLevel: 'township' })).toBe('event in a township');
  });

  it('are all that the packs ask for', () => {
    const kinds = Object.assign({}, ...Object.values(owners)) as Record<string, TallyKind>;
    const missing = readdirSync(packsFolder).flatMap((id) => {
      const { indicators } = loadPack(`${packsFolder}/${id}`);
      return indicators.flatMap(({ id: indicator, measure }) => {
        if (!measure) return [];
        const known = Object.keys(kinds[measure.of]?.dimensions ?? {});
        const asked = [...Object.keys(measure.where ?? {}), ...(measure.field ? [measure.field] : [])];
        return asked.filter((name) => !known.includes(name)).map((name) => `${indicator}: ${measure.of}.${name}`);
      });
    });
    expect(missing).toEqual([]);
  });
});
