import { expect } from '@jest/globals';
import { codes, pointedOut, type Teller } from './door.ts';
import { PLAN_CITY, PLAN_COUNTY, type Plan, planBureau, planCounty, planPerson } from './plan-scene.ts';
import { figure } from './plan-teams.ts';

const TITLE = { title: '成果' };

/** The rules that the villages of a county fail on a day by what is there. */
async function coverage(teller: Teller, asOf: string): Promise<string[]> {
  const query = `query ($id: ID!, $asOf: Date!) { region(id: $id) { workResultCoverage(asOf: $asOf) { findings(outcomes: [FAIL]) { rule } } } }`;
  const { region } = await teller.get(planCounty, query, { id: PLAN_COUNTY, asOf });
  return region.workResultCoverage.findings.map(({ rule }: { rule: string }) => rule);
}

/** A board in each village, and where there is a base one that says so: none of the two stands for the other. */
export async function putUpBoards(teller: Teller, { villages }: Plan): Promise<void> {
  const rule = 'baise.notice.village-board';
  const record = (kind: string, region: string) =>
    teller.done(planCounty, 'workResultRecord', '2020-06-15', { ...TITLE, kind, region }, 'workResult { id version }');
  expect(await coverage(teller, '2020-06-30')).toContain(rule);
  for (const village of villages.slice(3)) await record('service-board', village);
  // Each village has its board, and the two with a base no board of the base.
  expect(await coverage(teller, '2020-06-30')).toContain(rule);
  await record('base-board', villages[0]);
  expect(await coverage(teller, '2020-06-30')).toContain(rule);
  const board = await record('base-board', villages[1] as string);
  expect(await coverage(teller, '2020-06-30')).not.toContain(rule);
  const end = { workResult: board.id, version: board.version, reason: '损坏' };
  await teller.done(planCounty, 'workResultEnd', '2020-08-01', end, 'workResult { endedOn }');
  expect(await coverage(teller, '2020-07-31')).not.toContain(rule);
  expect(await coverage(teller, '2020-08-02')).toContain(rule);
}

/** The village that the bureau itself answers for has a base of its own; a base elsewhere is none of it. */
export async function standByOneVillage(teller: Teller, { villages, units: [one] }: Plan): Promise<void> {
  const village = villages[1] as string;
  const status = { region: village, kind: 'contact-point', value: true, source: '对口帮扶名单' };
  await teller.done(planBureau, 'regionStatusRecord', '2019-03-01', status, 'regionStatus { kind }');
  expect(await figure(teller, 'contact-point-base')).toMatchObject({ measured: 1, meeting: 0, verdict: 'UNMET' });
  const base = { ...TITLE, kind: 'demo-base', region: village, reference: '联系点基地', startedOn: '2019-09-01' };
  await teller.done(planBureau, 'workResultRecord', '2019-09-01', base, 'workResult { id }');
  for (const id of ['contact-point-base', 'sannan-base'])
    expect(await figure(teller, id)).toMatchObject({
      meeting: 1,
      expected: 1,
      verdict: 'MET',
      rows: [{ region: { id: village }, value: 1, met: true }],
    });
  const official = await planPerson(teller, '局干部', one.id);
  const link = (more: object) =>
    teller.act(
      planBureau,
      'workResultRecord',
      '2019-09-02',
      { ...TITLE, kind: 'household-link', region: village, ...more },
      'workResult { id }',
    );
  expect(pointedOut(await link({ quantity: 2 }))).toEqual(['baise.workteam.one-help']);
  expect(codes(await link({ quantity: -1, person: official }))).toHaveLength(1);
  expect((await link({ quantity: 2, person: official })).decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
}

/** Each village that is owed service has somebody, and its industries too. */
export async function coverVillages(teller: Teller, { villages, university }: Plan): Promise<void> {
  const rule = 'baise.goal.village-coverage';
  const failing = async () => {
    const query = `query ($id: ID!) { region(id: $id) { coverage(asOf: "2020-12-31") { decision { facts
      findings(outcomes: [FAIL]) { rule } } } } }`;
    const { decision } = (await teller.get(planCounty, query, { id: PLAN_COUNTY })).region.coverage;
    return {
      left: decision.facts['region.villagesOwedWithoutExpert'],
      rules: decision.findings.map((found: { rule: string }) => found.rule),
    };
  };
  const { left, rules } = await failing();
  expect(rules).toContain(rule);
  const person = await planPerson(teller, '驻村专家', university);
  for (const village of villages.slice(0, -1)) {
    const input = { village, person, category: 'poor-village-commissioner' };
    await teller.done(planCounty, 'villageExpertAssign', '2020-01-10', input, 'villageExpert { id }');
  }
  expect(left).toBeGreaterThan(1);
  expect(await failing()).toMatchObject({ left: 1, rules: expect.arrayContaining([rule]) });
  const last = { village: villages.at(-1), person, category: 'poor-village-commissioner' };
  await teller.done(planCounty, 'villageExpertAssign', '2020-01-10', last, 'villageExpert { id }');
  expect((await failing()).rules).not.toContain(rule);
}

/** What is new in a year is one figure and what there is in all another: that cannot be told without a beginning. */
export async function countStockAndFlow(teller: Teller, { units: [one] }: Plan): Promise<void> {
  const platform = (kind: string, name: string, on: string, more: object = {}) =>
    teller.act(
      planBureau,
      'platformRegister',
      on,
      { kind, name, region: PLAN_COUNTY, organisation: one.id, recognisedOn: on, ...more },
      'platform { id }',
    );
  const bare = await platform('star-maker-space', '星创一', '2019-05-10');
  expect(pointedOut(bare)).toEqual(['baise.star.services']);
  const usual = { services: ['seedlings', 'sales'], userGroups: ['veteran'] };
  const full = await platform('star-maker-space', '星创二', '2020-05-10', usual);
  expect(full.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  await platform('agri-park', '德保园区', '2019-05-11');
  for (const [year, spaces, parks] of [
    [2019, 1, 1],
    [2020, 1, 0],
  ] as const) {
    expect(await figure(teller, 'star-spaces', year)).toMatchObject({
      value: spaces,
      target: 10,
      verdict: 'UNMET',
      beside: ['star-spaces-stock'],
    });
    expect(await figure(teller, 'parks', year)).toMatchObject({
      value: parks,
      target: year === 2019 ? 1 : 2,
      verdict: year === 2019 ? 'MET' : 'UNMET',
    });
  }
  for (const [id, target] of [
    ['star-spaces-stock', 60],
    ['parks-stock', 10],
  ] as const)
    expect(await figure(teller, id, 2020)).toMatchObject({ value: null, target, opening: null, verdict: 'UNKNOWN' });
  expect(await figure(teller, 'star-space-per-county', 2020)).toMatchObject({
    measured: 1,
    meeting: 1,
    verdict: 'MET',
  });
  expect(await figure(teller, 'star-space-counties', 2020)).toMatchObject({ value: 1, target: 12, verdict: 'UNMET' });
}

/** Bases that are guided and items that are new: the table’s figure is assessed, the narrative’s stands beside it. */
export async function countOnce(teller: Teller): Promise<void> {
  const record = (kind: string, reference: string) => {
    const input = { ...TITLE, kind, region: PLAN_COUNTY, reference };
    return teller.act(planCounty, 'workResultRecord', '2020-03-01', input, 'workResult { id }');
  };
  for (const reference of ['一', '二']) expect((await record('tech-item', reference)).decision?.outcome).toBe('ALLOW');
  expect(pointedOut(await record('tech-item', '二'))).toEqual(['baise.indicator.table.counted-once']);
  await record('base-service', '甲');
  const pairs = [
    ['new-items', 'new-items-narrative', 2, 25, 20],
    ['bases-guided', 'bases-guided-narrative', 1, 250, 200],
  ] as const;
  for (const [assessed, beside, value, target, other] of pairs) {
    const figures = { value, verdict: 'UNMET' };
    expect(await figure(teller, assessed, 2020)).toMatchObject({
      ...figures,
      target,
      assessed: true,
      beside: [beside],
    });
    expect(await figure(teller, beside, 2020)).toMatchObject({ ...figures, target: other, assessed: false });
  }
  const library = { ...TITLE, kind: 'resource-library', region: PLAN_CITY };
  expect(await figure(teller, 'video-library', 2020)).toMatchObject({ value: 0, verdict: 'UNMET' });
  await teller.done(planBureau, 'workResultRecord', '2020-12-01', library, 'workResult { id }');
  expect(await figure(teller, 'video-library', 2020)).toMatchObject({ value: 1, verdict: 'MET' });
}
