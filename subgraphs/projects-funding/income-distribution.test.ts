import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { type Graph, startGraph } from '../../tests/harness.ts';
import {
  act,
  BOAI,
  bureau,
  codes,
  countyDept,
  DAY,
  failing,
  formTeam,
  organisation,
  PREFECTURE,
  XIUWU,
} from '../personnel/testdata/scene.ts';
import { accountOf, type Engaged, engaged } from './testdata/scene.ts';

let graph: Graph;

beforeAll(async () => {
  graph = await startGraph({ today: DAY });
});
afterAll(() => graph.stop());

const DEAL =
  'incomeDistribution { id mode ownerKind netIncomeFen teamShareFen agreedOn appointment { id } team { id } }';

const share = (who: Engaged, input: Record<string, unknown>, viewer = who.unitAccount) =>
  act(
    graph,
    viewer,
    'incomeDistributionRecord',
    {
      appointment: who.id,
      owner: who.unit,
      mode: 'transfer',
      netIncomeFen: 100_000_000,
      teamShareFen: 70_000_000,
      ...input,
    },
    DEAL,
  );

describe('incomeDistributionRecord', () => {
  it.each([
    ['transfer', 70_000_000, 'ALLOW'],
    ['transfer', 69_999_999, 'NEEDS_OVERRIDE'],
    ['license', 69_000_000, 'NEEDS_OVERRIDE'],
    ['license', 100_000_000, 'ALLOW'],
    ['equity', 30_000_000, 'ALLOW'],
  ])('by %s with %d fen of a million yuan for the team: %s', async (mode, teamShareFen, outcome) => {
    const { decision } = await share(await engaged(graph), { mode, teamShareFen });
    expect(decision?.outcome).toBe(outcome);
    expect(decision?.facts['incomeDistribution.ownerKind']).toBe('university');
  });

  it('compares whole fen exactly, also where doubles no longer are exact', async () => {
    const who = await engaged(graph);
    const netIncomeFen = 9_007_199_254_740_990;
    const least = 6_305_039_478_318_693;
    expect((await share(who, { netIncomeFen, teamShareFen: least })).decision?.outcome).toBe('ALLOW');
    expect((await share(who, { netIncomeFen, teamShareFen: least - 1 })).decision?.outcome).toBe('NEEDS_OVERRIDE');
    const odd = { netIncomeFen: 101, teamShareFen: 71 };
    expect((await share(who, odd)).decision?.outcome).toBe('ALLOW');
    expect((await share(who, { ...odd, teamShareFen: 70 })).decision?.outcome).toBe('NEEDS_OVERRIDE');
  });

  it('takes less with the reason of who may give it: the share is a right that the team may waive', async () => {
    const who = await engaged(graph);
    const override = { rule: 'jiaozuo.income.share-70', role: 'dispatching-unit', reason: '团队书面同意' };
    const less = { teamShareFen: 50_000_000, note: '团队书面同意，见附件', overrides: [override] };
    const { decision, incomeDistribution } = await share(who, less);
    expect(decision?.outcome).toBe('ALLOW');
    expect(incomeDistribution).toMatchObject({ teamShareFen: 50_000_000, appointment: { id: who.id }, team: null });
  });

  it('leaves firms alone', async () => {
    const firm = await organisation(graph, PREFECTURE, { type: 'enterprise', nature: 'enterprise' });
    const { decision } = await share(await engaged(graph), { owner: firm, netIncomeFen: 100, teamShareFen: 10 });
    expect(decision?.outcome).toBe('ALLOW');
    expect(decision?.facts['incomeDistribution.ownerKind']).toBe('enterprise');
  });

  it('may be of a service team', async () => {
    const team = await formTeam(graph, 0);
    const input = { team: team.id, owner: team.unit, mode: 'license', netIncomeFen: 1_000, teamShareFen: 700 };
    const payload = await act(graph, accountOf(team.unit), 'incomeDistributionRecord', input, DEAL);
    expect(payload.incomeDistribution).toMatchObject({ team: { id: team.id }, appointment: null });
  });

  it('is for the unit to record, and names mistakes', async () => {
    const who = await engaged(graph);
    expect(failing(await share(who, {}, who.commissioner))).toEqual(['platform.access.permitted']);
    const tried = async (input: Record<string, unknown>) => codes(await share(who, input));
    expect(await tried({ teamShareFen: 100_000_001 })).toEqual(['SHARE_EXCEEDS_INCOME']);
    expect(await tried({ netIncomeFen: 0, teamShareFen: 0 })).toEqual(['AMOUNT_ZERO']);
    expect(await tried({ mode: 'gift' })).toEqual(['MODE_INVALID']);
    expect(await tried({ owner: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ appointment: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ team: uuid() })).toEqual(['ONE_BENEFICIARY']);
    expect(await tried({ agreedOn: '2022-06-02' })).toEqual(['DATE_AFTER_ACT']);
  });

  it('is seen by the team’s person, the owner and those above', async () => {
    const who = await engaged(graph);
    const { incomeDistribution } = await share(who, {});
    const query = `{ incomeDistributions(appointment: "${who.id}") { edges { node { id } } } }`;
    for (const viewer of [who.commissioner, who.unitAccount, bureau, countyDept(XIUWU)]) {
      expect((await graph.get(viewer, query)).incomeDistributions.edges).toEqual([
        { node: { id: incomeDistribution.id } },
      ]);
    }
    expect((await graph.get(countyDept(BOAI), query)).incomeDistributions.edges).toEqual([]);
  });
});
