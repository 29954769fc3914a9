import { expect } from '@jest/globals';
import {
  association,
  expectRefused,
  LIFTED,
  LIFTED_PROVINCE,
  lifted,
  provinceAssociation,
  provinceDept,
  unmet,
} from './advisor-scene.ts';
import type { Group } from './advisor-selection.ts';
import { accountOf, commissionerOf, pointedOut, stopping, type Teller } from './door.ts';

const ofGroup = accountOf('advisor-group', LIFTED);
const SIGNATORIES = ['county-government', 'advisor-group'];

interface Duty {
  readonly entry: string;
  readonly occurrence: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly status: string;
  readonly settledOn: string | null;
  readonly settledLate: boolean;
}

/** The duties of a region in the year as they are on a day, by entry: of a group only its own. */
export async function duties(teller: Teller, region: string, asOf: string, unit?: string): Promise<Map<string, Duty>> {
  const query = `query ($region: ID!, $asOf: Date!) { obligations(region: $region, year: 2022, pack: "national", asOf: $asOf) {
    entry occurrence from to status settledOn settledLate } }`;
  const { obligations } = await teller.get(lifted, query, { region, asOf });
  const own = (obligations as Duty[]).filter(({ occurrence }) => !unit || occurrence?.includes(unit));
  return new Map(own.map((duty) => [duty.entry, duty]));
}

const statuses = (all: ReadonlyMap<string, Duty>, ...entries: string[]) =>
  entries.map((entry) => all.get(entry)?.status);

/** At the beginning of the year a plan of both, and a meeting that sets it going; the province gathers and passes it on. */
export async function plan(teller: Teller, group: Group): Promise<void> {
  const year = { region: LIFTED, team: group.id, periodFrom: '2022-01-01', periodTo: '2022-12-31' };
  const submit = (more: object) =>
    teller.act(ofGroup, 'reportSubmit', '2022-03-20', { kind: 'group-annual-plan', ...year, ...more }, 'report { id }');
  const own = await duties(teller, LIFTED, '2022-03-19', group.id);
  expect(statuses(own, 'annual-plan', 'annual-summary', 'consultation-first-half')).toEqual([
    'DUE',
    'GENERATED',
    'DUE',
  ]);
  const alone = await submit({ signatories: SIGNATORIES.slice(1) });
  expect(pointedOut(alone).sort()).toEqual(['national.plan.annual', 'national.plan.annual.meeting']);
  const together = await submit({ signatories: SIGNATORIES, deployMeetingOn: '2022-03-18' });
  expect(unmet(together)).toEqual([]);
  expect(statuses(await duties(teller, LIFTED, '2022-03-21', group.id), 'annual-plan')).toEqual(['SATISFIED']);
  const gather = (more: object, contents: string[], on: string) =>
    teller.act(
      provinceAssociation,
      'reportSubmit',
      on,
      {
        region: LIFTED_PROVINCE,
        kind: 'group-provincial-report',
        periodFrom: '2022-01-01',
        periodTo: '2022-12-31',
        contents,
        ...more,
      },
      'report { id }',
    );
  const pair = ['province-revitalisation-dept', 'province-science-association'];
  const recipients = ['national-revitalisation-administration', 'national-science-association'];
  const half = await gather({ signatories: pair.slice(1), recipients: recipients.slice(1) }, ['plan'], '2022-03-25');
  expect(pointedOut(half).sort()).toEqual(['national.report.provincial', 'national.report.provincial.recipients']);
  expect(unmet(await gather({ signatories: pair, recipients }, ['plan'], '2022-03-26'))).toEqual([]);
  const passedOn = await duties(teller, LIFTED_PROVINCE, '2022-04-30');
  expect(statuses(passedOn, 'provincial-plan-report')).toEqual(['SATISFIED']);
}

async function progress(teller: Teller, group: Group, asOf: string) {
  const query = `query ($id: ID!, $asOf: Date!) { team(id: $id) { serviceProgress(year: 2022, asOf: $asOf) {
    outcome facts findings(outcomes: [FAIL]) { rule } } } }`;
  const { team } = await teller.get(association, query, { id: group.id, asOf });
  const { outcome, facts, findings } = team.serviceProgress;
  return { outcome, facts, failed: findings.map(({ rule }: { rule: string }) => rule).sort() };
}

const consult = (teller: Teller, group: Group, date: string) => {
  const held = { region: LIFTED, team: group.id, kind: 'consultation', date, topic: '会商', participants: SIGNATORIES };
  return teller.done(ofGroup, 'meetingRecord', date, held, 'meeting { id }');
};

/** Two consultations, one in each half: two in one half are not. Service on site and from afar, and work that is looked after. */
export async function workTheYear(teller: Teller, group: Group): Promise<void> {
  const [member] = group.members as [string];
  const serve = (more: object, on = '2022-05-10') =>
    teller.act(
      commissionerOf(member),
      'serviceRecordLog',
      on,
      {
        team: group.id,
        person: member,
        date: '2022-05-10',
        mode: 'on-site',
        taskType: 'enterprise-introduction',
        summary: '引进精深加工企业',
        ...more,
      },
      'serviceRecord { id }',
    );
  expect(stopping(await serve({}, '2022-05-09'))).toEqual(['platform.service.not-future']);
  await consult(teller, group, '2022-04-15');
  await consult(teller, group, '2022-06-20');
  const consultations = ['consultation-first-half', 'consultation-second-half'];
  const half = await duties(teller, LIFTED, '2022-06-30', group.id);
  expect(statuses(half, ...consultations)).toEqual(['SATISFIED', 'GENERATED']);
  expect((await progress(teller, group, '2022-06-30')).outcome).toBe('ALLOW');
  const idle = await progress(teller, group, '2022-12-31');
  expect(idle.failed).toEqual(
    expect.arrayContaining(['national.dispatch', 'national.work.consult-half-year', 'national.work.flexible']),
  );
  expect([idle.outcome, idle.facts['team.consultationsFirstHalf']]).toEqual(['NEEDS_OVERRIDE', 2]);
  const late = await duties(teller, LIFTED, '2023-01-01', group.id);
  expect(statuses(late, 'consultation-second-half', 'on-site-service')).toEqual(['LATE', 'LATE']);
  expect(stopping(await serve({ days: 3 }))).toEqual(['platform.service.not-future']);
  expect((await serve({ days: 3 }, '2022-05-12')).decision?.outcome).toBe('ALLOW');
  await serve({ mode: 'remote', date: '2022-05-20', taskType: 'online-offline-service' }, '2022-05-20');
  await consult(teller, group, '2022-11-15');
  const followed = {
    region: LIFTED,
    team: group.id,
    kind: 'progress',
    periodFrom: '2022-01-01',
    periodTo: '2022-06-30',
  };
  await teller.done(provinceDept, 'reportSubmit', '2022-07-05', followed, 'report { id }');
  const done = await progress(teller, group, '2022-12-31');
  expect([done.outcome, done.failed]).toEqual(['ALLOW', []]);
  expect(done.facts).toMatchObject({
    'team.onSiteDays': 3,
    'team.remoteServiceCount': 1,
    'team.consultationsFirstHalf': 2,
    'team.consultationsSecondHalf': 1,
  });
  const satisfied = await duties(teller, LIFTED, '2023-01-01', group.id);
  expect(statuses(satisfied, ...consultations, 'on-site-service')).toEqual(['SATISFIED', 'SATISFIED', 'SATISFIED']);
}

/** At the end of the year a summary of both. */
export async function summarise(teller: Teller, group: Group): Promise<void> {
  const submit = (signatories: string[], on: string) =>
    teller.act(
      ofGroup,
      'reportSubmit',
      on,
      {
        kind: 'group-annual-summary',
        region: LIFTED,
        team: group.id,
        periodFrom: '2022-01-01',
        periodTo: '2022-12-31',
        signatories,
      },
      'report { id }',
    );
  const tooLate = await duties(teller, LIFTED, '2023-01-01', group.id);
  expect(statuses(tooLate, 'annual-summary')).toEqual(['LATE']);
  expect(pointedOut(await submit(SIGNATORIES.slice(0, 1), '2022-12-19'))).toContain('national.summary.annual');
  expect(unmet(await submit(SIGNATORIES, '2022-12-20'))).toEqual([]);
  expect(statuses(await duties(teller, LIFTED, '2023-01-01', group.id), 'annual-summary')).toEqual(['SATISFIED']);
  const query = `query ($team: ID!) { reports(filter: { team: $team }) { edges { node { kind signatories } } } }`;
  const { reports } = await teller.get(lifted, query, { team: group.id });
  const kinds = reports.edges.map(({ node }: { node: { kind: string } }) => node.kind).sort();
  expect(kinds).toEqual([
    'group-annual-plan',
    'group-annual-plan',
    'group-annual-summary',
    'group-annual-summary',
    'progress',
  ]);
}

/** The year’s bodies meet to coordinate; a stranger’s meeting is not one. */
export async function coordinate(teller: Teller): Promise<void> {
  const meet = (who: typeof lifted) =>
    teller.act(
      who,
      'meetingRecord',
      '2022-08-01',
      { region: LIFTED, kind: 'coordination', date: '2022-08-01', topic: '工作会商' },
      'meeting { id }',
    );
  const before = await duties(teller, LIFTED, '2022-12-31');
  expect(statuses(before, 'coordination-meeting')).toEqual(['DUE']);
  expectRefused(await meet(accountOf('village-committee', LIFTED)), 'platform.access.permitted');
  expect((await meet(lifted)).decision?.outcome).toBe('ALLOW');
  expect(statuses(await duties(teller, LIFTED, '2022-12-31'), 'coordination-meeting')).toEqual(['SATISFIED']);
}
