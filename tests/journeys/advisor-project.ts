import { expect } from '@jest/globals';
import { support } from './advisor-people.ts';
import { association, expectRefused, KIND, LIFTED, lifted, liftedGovernment, unmet } from './advisor-scene.ts';
import type { Group } from './advisor-selection.ts';
import { duties } from './advisor-year.ts';
import { codes, type Payload, type Persona, pointedOut, type Teller } from './door.ts';
import { until } from './until.ts';

const PROJECT = 'project { id version status }';

export interface Enlisted {
  readonly id: string;
  readonly payer: string;
  version: number;
}

/** A project of the county that the group serves: none that it does not. */
export async function register(teller: Teller, group: Group): Promise<Enlisted> {
  const implementer = await teller.organisation('茶叶公司', LIFTED, {
    type: 'enterprise',
    nature: 'social',
    level: 'unit',
  });
  const payer = await teller.organisation('县财政局', LIFTED, {
    type: 'finance-bureau',
    nature: 'government',
    level: 'county',
  });
  const enter = (more: object) =>
    teller.act(
      lifted,
      'projectRegister',
      '2022-04-01',
      { title: '茶叶深加工', region: LIFTED, programme: KIND, implementer, ...more },
      PROJECT,
    );
  expectRefused(await enter({}), 'national.project.eligible-apply');
  expect(await support(teller, '2022-04-01')).toContain('national.county.coordination');
  const { project } = await enter({ team: group.id });
  expect(await support(teller, '2022-04-01')).not.toContain('national.county.coordination');
  return { id: project.id, payer, version: project.version };
}

const own = async (
  teller: Teller,
  project: Enlisted,
  field: string,
  on: string,
  more: object = {},
  who: Persona = lifted,
): Promise<Payload> => {
  const input = { project: project.id, version: project.version, ...more };
  const payload = await teller.act(who, field, on, input, PROJECT);
  if (payload.project) project.version = payload.project.version;
  return payload;
};

/**
 * The township’s notice first, then the village’s, ten whole days each: neither is short because the other is long,
 * and both on the fixed board.
 */
export async function giveNotice(teller: Teller, project: Enlisted): Promise<void> {
  const thing = 'notice { id version project { version } }';
  const post = async (level: string, place: string, on: string) => {
    const input = { project: project.id, version: project.version, level, place };
    const payload = await teller.act(lifted, 'projectNoticeOpen', on, input, thing);
    if (payload.notice) project.version = payload.notice.project.version;
    return payload;
  };
  const close = async ({ notice }: Payload, on: string, more: object = {}) => {
    const input = { notice: notice.id, version: notice.version, completed: true, ...more };
    const payload = await teller.act(lifted, 'projectNoticeClose', on, input, thing);
    if (payload.notice) project.version = payload.notice.project.version;
    return payload;
  };
  const approve = (on: string) =>
    own(teller, project, 'projectApprove', on, { approvedBy: '县政府', argument: '论证意见' });
  const lacking = (...levels: string[]) => [
    'national.project.review',
    ...levels.map((level) => `national.project.${level}-notice`),
  ];
  expectRefused(await post('township', 'website', '2022-04-02'), 'national.project.fixed-board');
  const township = await post('township', 'fixed-board', '2022-04-02');
  expectRefused(await approve('2022-04-12'), ...lacking('township', 'village'));
  expectRefused(await close(township, '2022-04-12'), 'national.project.township-notice.full');
  const duty = async (asOf: string) => (await duties(teller, LIFTED, asOf, township.notice.id)).get('township-notice');
  expect(await duty('2022-04-12')).toMatchObject({ from: '2022-04-02', to: '2022-04-12', status: 'DUE' });
  // The tenth whole day is the 12th; it counts once it is over. Twenty of one are not ten of each.
  expect(unmet(await close(township, '2022-04-22'))).toEqual([]);
  const settled = await until(
    () => duty('2022-04-30'),
    (read) => read?.status === 'SATISFIED',
  );
  expect(settled).toMatchObject({ settledOn: '2022-04-22', settledLate: false });
  expectRefused(await approve('2022-04-22'), ...lacking('village'));
  const village = await post('village', 'fixed-board', '2022-04-22');
  expectRefused(await close(village, '2022-05-02'), 'national.project.village-notice.full');
  expectRefused(await approve('2022-05-02'), ...lacking('village'));
  expect(unmet(await close(village, '2022-05-03'))).toEqual([]);
  const query = `query ($id: ID!) { project(id: $id) { notices { level place completed fullDays(asOf: "2022-05-03") } } }`;
  const { project: read } = await teller.get(lifted, query, { id: project.id });
  expect(read.notices).toEqual(
    expect.arrayContaining([
      { level: 'township', place: 'fixed-board', completed: true, fullDays: expect.any(Number) },
      { level: 'village', place: 'fixed-board', completed: true, fullDays: 10 },
    ]),
  );
}

/** Argued and approved, then in the library: three sources pay for nothing else, others for anything. */
export async function enterTheLibrary(teller: Teller, project: Enlisted): Promise<void> {
  const fund = (source: string) =>
    teller.act(
      lifted,
      'fundingAllocate',
      '2022-05-06',
      {
        countyProject: project.id,
        payer: project.payer,
        payerLevel: 'county',
        source,
        form: 'subsidy',
        amountFen: 10_000_000,
        year: 2022,
      },
      'fundingLine { id }',
    );
  const GATED = ['transition-subsidy', 'east-west-cooperation', 'fixed-point-assistance'];
  expectRefused(await own(teller, project, 'projectLibraryEnter', '2022-05-04'), 'national.project.library');
  const bare = await own(teller, project, 'projectApprove', '2022-05-04', { approvedBy: '县政府' });
  expectRefused(bare, 'national.project.review.argument');
  const foreign = await own(teller, project, 'projectApprove', '2022-05-04', { approvedBy: '中国科协' }, association);
  expect(unmet(foreign)).toContain('platform.access.permitted');
  const argued = { approvedBy: '县政府', argument: '论证意见' };
  expect(unmet(await own(teller, project, 'projectApprove', '2022-05-05', argued, liftedGovernment))).toEqual([]);
  for (const source of GATED) expectRefused(await fund(source), 'national.fund.library-only');
  expect((await fund('bank-loan')).decision?.outcome).toBe('ALLOW');
  const entered = await own(teller, project, 'projectLibraryEnter', '2022-05-06', { number: '2022-茶-01' });
  expect(entered.project.status).toBe('in-library');
  for (const source of GATED) expect((await fund(source)).decision?.outcome).toBe('ALLOW');
  const query = `query ($region: ID!) { fundingLines(filter: { region: $region }, first: 50) { edges { node { source amountFen } } } }`;
  const { fundingLines } = await teller.get(lifted, query, { region: LIFTED });
  const sources = fundingLines.edges.map(({ node }: { node: { source: string } }) => node.source).sort();
  expect(sources).toEqual([...GATED, 'bank-loan'].sort());
}

async function standing(teller: Teller, project: Enlisted): Promise<string[]> {
  const query = `query ($id: ID!) { project(id: $id) { standing(asOf: "2022-06-01") { findings(outcomes: [FAIL]) { rule pack } } } }`;
  const { project: read } = await teller.get(lifted, query, { id: project.id });
  const findings: { rule: string; pack: string }[] = read.standing.findings;
  return findings.flatMap(({ rule, pack }) => (pack === 'national' ? [rule] : [])).sort();
}

/** Shown on the county’s portal, where everybody finds it, and tracked; then it is done. */
export async function showAndTrack(teller: Teller, project: Enlisted): Promise<void> {
  const [portal, tracking] = ['national.project.portal', 'national.project.tracking'];
  expect(await standing(teller, project)).toEqual([portal, tracking]);
  const disclose = (site: string) =>
    own(teller, project, 'projectDisclose', '2022-05-10', { site, url: 'https://portal.example/1' });
  expect(pointedOut(await disclose('newspaper'))).toContain('national.project.portal.site');
  expect(await standing(teller, project)).toEqual([portal, tracking]);
  expect(await support(teller, '2022-06-01')).toEqual([
    'national.project.portal.coverage',
    'national.project.tracking.coverage',
  ]);
  expect(unmet(await disclose('county-gov-portal'))).toEqual([]);
  expect(await standing(teller, project)).toEqual([tracking]);
  const track = (on: string, trackedOn: string) =>
    teller.act(
      lifted,
      'projectTrackingRecord',
      on,
      { project: project.id, supervisor: 'audit', trackedOn, result: '按期推进' },
      PROJECT,
    );
  expect(codes(await track('2022-05-20', '2022-05-21'))).toHaveLength(1);
  expect((await track('2022-05-21', '2022-05-21')).decision?.outcome).toBe('ALLOW');
  expect(await standing(teller, project)).toEqual([]);
  expect(await support(teller, '2022-06-01')).toEqual([]);
  const query = `query ($id: ID!) { project(id: $id) { status libraryNumber libraryEnteredOn disclosures { site }
    trackings { edges { node { supervisor result } } } } }`;
  const { project: read } = await teller.get(association, query, { id: project.id });
  expect(read).toMatchObject({ status: 'in-library', libraryNumber: '2022-茶-01', libraryEnteredOn: '2022-05-06' });
  expect(read.trackings.edges).toEqual([{ node: { supervisor: 'audit', result: '按期推进' } }]);
}
