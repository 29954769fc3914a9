import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { act, codes, done, failing, organisation } from '../personnel/testdata/scene.ts';
import type { Viewer } from '../viewer.ts';
import { activeTeam, department, status, village } from './testdata/county.ts';

const COUNTY = 'cn-533323';
const ADVISERS = 'industry-advisor-group';

let graph: Graph;
let place: { village: string; township: string };
let team: string;
let implementer: string;

beforeAll(async () => {
  graph = await startGraph({ today: '2022-06-30' });
  await status(graph, COUNTY, 'poverty-lifted');
  place = await village(graph, COUNTY);
  team = await activeTeam(graph, COUNTY, ADVISERS, 'national');
  implementer = await organisation(graph, COUNTY, { type: 'cooperative', nature: 'enterprise', level: 'unit' });
});
afterAll(() => graph.stop());

const bureau = department('county-revitalisation-dept', COUNTY);
const committee = () => department('village-committee', place.village);
const township = () => department('township-government', place.township);
const PROJECT = 'project { id version status programme }';

const register = (more: Record<string, unknown> = {}, viewer: Viewer = bureau) =>
  act(
    graph,
    viewer,
    'projectRegister',
    {
      title: `项目${uuid()}`,
      region: place.village,
      programme: ADVISERS,
      team,
      implementer,
      on: '2022-02-20',
      ...more,
    },
    PROJECT,
  );
const registered = async (more: Record<string, unknown> = {}) => (await register(more)).project as { id: string };

/** A step on a project with the version it is at. */
async function step(id: string, mutation: string, input: Record<string, unknown>, viewer = bureau, thing = PROJECT) {
  const { project } = await graph.get(bureau, `{ project(id: "${id}") { version } }`);
  return act(graph, viewer, mutation, { project: id, version: project.version, ...input }, thing);
}

const NOTICE = 'notice { id version level lastPostedOn completed }';
const post = (id: string, level: string, more: Record<string, unknown> = {}) =>
  step(
    id,
    'projectNoticeOpen',
    { level, place: 'fixed-board', on: '2022-03-01', ...more },
    level === 'village' ? committee() : township(),
    NOTICE,
  );
const close = (notice: { id: string; version: number }, more: Record<string, unknown>, viewer = committee()) =>
  act(
    graph,
    viewer,
    'projectNoticeClose',
    { notice: notice.id, version: notice.version, completed: true, on: '2022-03-12', ...more },
    NOTICE,
  );
const approve = (id: string, on: string) =>
  step(id, 'projectApprove', { approvedBy: '县乡村振兴局', argument: '可行', on });

/** Both notices, hung through a day and taken down on 12 March. */
async function noticed(id: string, lastPostedOn: string, completed = false) {
  const posted = [(await post(id, 'village')).notice, (await post(id, 'township')).notice];
  const [inVillage, inTownship] = posted;
  return [
    await close(inVillage, { completed, lastPostedOn, openObjections: 0 }),
    await close(inTownship, { completed, lastPostedOn, openObjections: 0 }, township()),
  ];
}

describe('a county project', () => {
  it('goes from registration over both notices and approval into the library and to the portal', async () => {
    const first = await register({ targets: ['脱贫户'], beneficiaryHouseholds: 30, beneficiaryPoorHouseholds: 12 });
    expect(first.decision?.outcome).toBe('ALLOW');
    expect(first.decision?.facts).toMatchObject({
      'project.programme': ADVISERS,
      'project.servedByTeam': true,
      'project.implementerStated': true,
      'project.targetsStated': true,
      'project.measuresStated': false,
      'project.poorHouseholdCount': 12,
      'region.povertyLifted': true,
    });
    const { id } = first.project;
    for (const closed of await noticed(id, '2022-03-11', true)) {
      expect(closed.decision?.facts).toMatchObject({
        'projectNotice.fullDays': 10,
        'projectNotice.openObjections': 0,
      });
      expect(closed.notice).toMatchObject({ lastPostedOn: '2022-03-11', completed: true });
    }
    expect((await approve(id, '2022-03-12')).project.status).toBe('approved');
    const entered = await step(id, 'projectLibraryEnter', { number: '2022-001', on: '2022-03-15' });
    expect(entered.project.status).toBe('in-library');
    const disclosed = await step(id, 'projectDisclose', {
      site: 'county-gov-portal',
      url: 'https://example.gov.cn/1',
      on: '2022-03-16',
    });
    expect(failing(disclosed)).toEqual([]);
    await done(
      graph,
      bureau,
      'projectTrackingRecord',
      { project: id, supervisor: 'audit', result: '正常', results: ['增收'], on: '2022-04-10' },
      PROJECT,
    );
    const seen = await graph.get(
      anonymous,
      `{ project(id: "${id}") { status results libraryNumber beneficiaryPoorHouseholds village { id }
        notices { level fullDays(asOf: "2022-03-11") } disclosures { url } trackings { edges { node { supervisor } } } } }`,
    );
    expect(seen.project).toEqual({
      status: 'in-library',
      results: ['增收'],
      libraryNumber: '2022-001',
      beneficiaryPoorHouseholds: 12,
      village: { id: place.village },
      notices: [
        { level: 'village', fullDays: 9 },
        { level: 'township', fullDays: 9 },
      ],
      disclosures: [{ url: 'https://example.gov.cn/1' }],
      trackings: { edges: [{ node: { supervisor: 'audit' } }] },
    });
    const { project } = await graph.get(
      bureau,
      `{ project(id: "${id}") { standing { outcome facts findings(outcomes: [FAIL]) { rule } } } }`,
    );
    expect(project.standing.facts).toMatchObject({ 'project.disclosed': true, 'project.trackingCount': 1 });
    expect(project.standing.findings).toEqual([]);
  });

  it('must be served by the group of its county', async () => {
    const refused = await register({ team: null });
    expect(refused.decision?.outcome).toBe('DENY');
    expect(failing(refused)).toEqual(['national.project.eligible-apply']);
    const elsewhere = await activeTeam(graph, 'cn-533324', ADVISERS, 'national');
    expect((await register({ team: elsewhere })).decision?.facts['project.servedByTeam']).toBe(false);
  });

  it('counts no day of a notice that is not over, and none on another place than a fixed board', async () => {
    const { id } = await registered();
    const online = await post(id, 'village', { place: 'website' });
    expect(failing(online)).toContain('national.project.fixed-board');
    const { notice } = await post(id, 'village');
    const early = await close(notice, { lastPostedOn: '2022-03-11', on: '2022-03-11' });
    expect(early.decision?.facts['projectNotice.fullDays']).toBe(9);
    expect(failing(early)).toEqual(['national.project.village-notice.full']);
    expect((await close(notice, { lastPostedOn: '2022-03-11' })).decision?.outcome).toBe('ALLOW');
    expect(codes(await close({ id: notice.id, version: 2 }, {}))).toEqual(['WRONG_STATE']);
  });

  it('is not approved before both notices hung ten days each', async () => {
    const { id } = await registered();
    await noticed(id, '2022-03-10');
    const refused = await approve(id, '2022-03-12');
    expect(refused.decision?.facts).toMatchObject({
      'project.villageNoticeDays': 9,
      'project.townshipNoticeDays': 9,
    });
    expect(failing(refused)).toEqual(
      expect.arrayContaining(['national.project.village-notice', 'national.project.township-notice']),
    );
    const { notice } = await post(id, 'village', { on: '2022-03-12' });
    expect((await post(id, 'village', { on: '2022-03-13' })).userErrors.map(({ code }) => code)).toEqual([
      'NOTICE_RUNNING',
    ]);
    expect(notice.completed).toBeNull();
    // Ten days of a notice that still hangs are ten days; two levels are not one.
    const later = await approve(id, '2022-03-23');
    expect(later.decision?.facts).toMatchObject({ 'project.villageNoticeDays': 10, 'project.townshipNoticeDays': 9 });
    expect(failing(later)).not.toContain('national.project.village-notice');
    const unapproved = await step(id, 'projectLibraryEnter', { on: '2022-03-23' });
    expect(failing(unapproved)).toContain('national.project.library');
  });

  it('opens gated money only from the library', async () => {
    const payer = await organisation(graph, COUNTY, { type: 'finance', nature: 'administrative', level: 'county' });
    const money = { payer, payerLevel: 'county', form: 'subsidy', year: 2022, amountFen: 1_000_000, on: '2022-03-20' };
    const pay = (id: string, source: string) =>
      act(
        graph,
        bureau,
        'fundingAllocate',
        { ...money, countyProject: id, source },
        'fundingLine { beneficiaryKind countyProject { id } }',
      );
    const { id } = await registered();
    const refused = await pay(id, 'transition-subsidy');
    expect(refused.decision?.facts).toMatchObject({
      'fundingLine.beneficiaryKind': 'project',
      'project.inLibrary': false,
      'project.performanceAssessed': false,
      'fundingLine.openMisuseTypes': [],
      'fundingLine.previousYearOutcome': 'none',
    });
    expect(failing(refused)).toEqual(['national.fund.library-only']);
    expect((await pay(id, 'bank-loan')).decision?.outcome).toBe('ALLOW');
    await noticed(id, '2022-03-11');
    await approve(id, '2022-03-12');
    await step(id, 'projectLibraryEnter', { on: '2022-03-15' });
    const { decision, fundingLine } = await pay(id, 'transition-subsidy');
    expect(decision?.outcome).toBe('ALLOW');
    expect(fundingLine).toEqual({ beneficiaryKind: 'county-project', countyProject: { id } });
    const assessed = { status: 'suspended', reason: '考核', assessedOn: '2022-03-16', on: '2022-03-17' };
    await step(id, 'projectStatusSet', assessed);
    expect((await pay(id, 'bank-loan')).decision?.facts).toMatchObject({ 'project.performanceAssessed': true });
  });

  it('rests, goes on and is closed for good', async () => {
    const { id } = await registered();
    const set = (next: string, on: string) => step(id, 'projectStatusSet', { status: next, reason: '有异议', on });
    expect((await set('suspended', '2022-03-01')).project.status).toBe('suspended');
    expect(codes(await set('suspended', '2022-03-01'))).toEqual(['WRONG_STATE']);
    expect(codes(await post(id, 'village', { on: '2022-03-02' }))).toEqual(['WRONG_STATE']);
    expect((await set('resumed', '2022-03-02')).project.status).toBe('registered');
    expect((await set('closed', '2022-03-03')).project.status).toBe('closed');
    expect(codes(await set('resumed', '2022-03-04'))).toEqual(['WRONG_STATE']);
    expect(codes(await set('gone', '2022-03-04'))).toEqual(['WRONG_STATE']);
  });

  it('names mistakes, and is done once for one key', async () => {
    const one = await register({ title: '茶园' });
    expect(codes(await register({ title: '茶园' }))).toEqual(['ALREADY_REGISTERED']);
    expect(codes(await register({ region: 'cn-999999' }))).toEqual(['NOT_FOUND']);
    expect(codes(await register({ team: uuid() }))).toEqual(['NOT_FOUND']);
    expect(codes(await register({ beneficiaryHouseholds: 1, beneficiaryPoorHouseholds: 2 }))).toEqual([
      'COUNT_INVALID',
    ]);
    expect(codes(await register({ supportKind: '培训' }))).toEqual(['CODE_INVALID']);
    const stale = { project: one.project.id, version: 9, level: 'village', place: 'fixed-board', on: '2022-03-01' };
    expect(codes(await act(graph, committee(), 'projectNoticeOpen', stale, NOTICE))).toEqual(['STALE_VERSION']);
    expect(codes(await post(one.project.id, 'city'))).toEqual(['LEVEL_INVALID']);
    expect(codes(await post(one.project.id, 'village', { on: '2022-02-19' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(
      codes(await step(one.project.id, 'projectDisclose', { site: 'x', url: 'nonsense', on: '2022-03-01' })),
    ).toEqual(['URL_INVALID']);
    expect(failing(await register({}, department('county-revitalisation-dept', 'cn-533324')))).toContain(
      'platform.access.permitted',
    );
    const same = { idempotencyKey: 'project-1', title: '再来一次' };
    const [first, again] = [await register(same), await register(same)];
    expect(again.project.id).toBe(first.project.id);
  });
});

describe('the support of a county for those who serve it', () => {
  it('is what it provides, whom it links, and how it looks after its projects', async () => {
    await registered();
    const provide = (item: string) =>
      done(
        graph,
        bureau,
        'workResultRecord',
        { kind: 'logistics-provision', title: item, region: COUNTY, features: [item], on: '2022-03-01' },
        'workResult { id }',
      );
    await provide('workplace');
    await provide('transport');
    const query = `{ region(id: "${COUNTY}") { supportCoverage { facts findings(outcomes: [FAIL]) { rule } } } }`;
    const { region } = await graph.get(bureau, query);
    expect(region.supportCoverage.facts).toMatchObject({
      'support.teamKinds': [ADVISERS],
      'support.logisticsItems': ['transport', 'workplace'],
      'support.implementerLinks': 1,
      'region.povertyLifted': true,
    });
    expect(region.supportCoverage.facts['support.projectsUntracked']).toBeGreaterThan(0);
    expect(region.supportCoverage.findings).toContainEqual({ rule: 'national.county.logistics' });
  });
});
