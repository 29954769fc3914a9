import { expect } from '@jest/globals';
import { accountOf, codes, type Payload, stopping, type Teller } from './door.ts';
import { onTeam } from './expert-team-members.ts';
import { COUNTY, committee, department, type ExpertTeam, expert } from './leader-selection.ts';

const APPROVALS = ['county-party-committee', 'county-government'];
const outsider = accountOf('county-finance-bureau', COUNTY);

/** The rules that the team as it is fails on a day. */
export async function teamStanding(teller: Teller, team: ExpertTeam, asOf: string): Promise<string[]> {
  const query = `query ($id: ID!, $asOf: Date!) { team(id: $id) { standing(asOf: $asOf) { findings(outcomes: [FAIL]) { rule } } } }`;
  const { team: read } = await teller.get(department, query, { id: team.id, asOf });
  return read.standing.findings.map(({ rule }: { rule: string }) => rule);
}

/** Party and government of the county are in direct contact with the team: by somebody who is named. */
export async function keepInContact(teller: Teller, team: ExpertTeam): Promise<void> {
  const rule = 'hunan.team.county-direct-contact';
  expect(await teamStanding(teller, team, '2019-02-01')).toContain(rule);
  const official = await expert(teller, '县委副书记', team.government, { post: 'county-leader' });
  const name = (who: Parameters<Teller['act']>[0]) =>
    teller.act(
      who,
      'designationRecord',
      '2019-02-01',
      { kind: 'direct-contact', region: COUNTY, team: team.id, person: official, post: 'county-leader' },
      'designation { id }',
    );
  expect(stopping(await name(outsider))).toEqual(['platform.access.permitted']);
  expect((await name(committee)).decision?.outcome).toBe('ALLOW');
  expect(await teamStanding(teller, team, '2019-02-01')).not.toContain(rule);
}

/** In one act one goes and another comes, so that the team is whole all the time; both bodies agree. Answers who came. */
export async function adjust(teller: Teller, team: ExpertTeam, persons: readonly string[]): Promise<string> {
  const [practical, plain] = [persons[0] as string, persons[7] as string];
  // Sixty on the day, sixty-one when the term is extended.
  const newcomer = await expert(teller, '新成员', team.university, { birthDate: '1959-01-01' });
  const coming = { person: newcomer, sourceCategory: 'university-staff', practicalExpert: false };
  const change = (remove: string, add: object[], approvals = APPROVALS): Promise<Payload> =>
    onTeam(teller, team, committee, 'teamMemberAdjust', '2019-03-01', {
      add,
      remove: [remove],
      approvals,
      reason: '工作需要',
    });
  expect(stopping(await change(plain, [coming], APPROVALS.slice(1)))).toEqual(['hunan.team.member-adjust']);
  expect(stopping(await change(plain, []))).toEqual(['hunan.team.member-min.change']);
  expect(stopping(await change(practical, [coming]))).toEqual(['hunan.team.practical-expert-min.change']);
  const changed = await change(plain, [coming]);
  expect(changed).toMatchObject({ decision: { outcome: 'ALLOW' }, team: { memberCount: 10, status: 'active' } });
  // Who came is engaged to the end of the team’s term, whatever that leaves of two years.
  expect(await teamStanding(teller, team, '2019-03-02')).toContain('hunan.team.county-approval.active');
  const engage = (to: string) =>
    onTeam(
      teller,
      team,
      committee,
      'teamMemberEngage',
      '2019-03-04',
      { person: newcomer, kind: 'MEMBER', from: '2019-03-04', to, approvals: APPROVALS },
      'engagement { team { version } }',
    );
  expect(stopping(await engage('2020-05-31'))).toEqual(['hunan.team.term-length']);
  expect((await engage('2020-06-30')).decision?.outcome).toBe('ALLOW');
  expect(await teamStanding(teller, team, '2019-03-05')).not.toContain('hunan.team.county-approval.active');
  return newcomer;
}

/** The two years can be longer where the work asks for it, and says so; not for who is too old by then. */
export async function extendTheTerm(
  teller: Teller,
  team: ExpertTeam,
  persons: readonly string[],
  newcomer: string,
): Promise<void> {
  const all = async () => {
    const query = `query ($id: ID!) { team(id: $id) { engagements(kind: MEMBER) { id version to person { id }
      extensions { from to reason approvals } } } }`;
    return (await teller.get(department, query, { id: team.id })).team.engagements;
  };
  const of = async (person: string | undefined) =>
    (await all()).find((one: { person: { id: string } }) => one.person.id === person);
  const extend = async (person: string | undefined, more: object = {}) => {
    const { id, version } = await of(person);
    const input = { engagement: id, version, to: '2020-12-31', approvals: APPROVALS, reason: '基地尚未建成', ...more };
    const payload = await teller.act(
      committee,
      'engagementExtend',
      '2020-06-01',
      input,
      'engagement { id to team { version } }',
    );
    if (payload.engagement) team.version = payload.engagement.team.version;
    return payload;
  };
  const [first] = persons;
  expect(codes(await extend(first, { to: '2020-06-30' }))).toEqual(['NEW_END_INVALID']);
  const silent = await extend(first, { reason: ' ' });
  expect([silent.decision?.outcome, stopping(silent)]).toEqual(['NEEDS_OVERRIDE', ['hunan.team.term-extension']]);
  expect(silent.decision?.findings[0]?.citation).toMatchObject({ phrase: '如因工作需要' });
  expect(stopping(await extend(newcomer))).toEqual(['hunan.team.member-age.extension']);
  const extended = await extend(first);
  expect(extended).toMatchObject({ decision: { outcome: 'ALLOW' }, engagement: { to: '2020-12-31' } });
  expect(await of(first)).toMatchObject({
    to: '2020-12-31',
    extensions: [{ from: '2020-06-30', to: '2020-12-31', reason: '基地尚未建成', approvals: [...APPROVALS].sort() }],
  });
  expect((await of(newcomer)).to).toBe('2020-06-30');
  const query = `query ($id: ID!) { team(id: $id) { ledger(first: 50) { edges { node { act on } } } } }`;
  const { team: read } = await teller.get(department, query, { id: team.id });
  const acts = read.ledger.edges.map(({ node }: { node: unknown }) => node);
  expect(acts).toEqual(
    expect.arrayContaining([
      { act: 'teamMemberAdjust', on: '2019-03-01' },
      { act: 'engagementExtend', on: '2020-06-01' },
    ]),
  );
  // The end of an engagement is a duty: of the one that was extended later than of the others.
  const due = async (id: string) => {
    const document = `query ($region: ID!) { obligations(region: $region, year: 2020, pack: "hunan", asOf: "2020-07-02") {
      entry occurrence to status } }`;
    const { obligations } = await teller.get(department, document, { region: COUNTY });
    return obligations.find(
      ({ entry, occurrence }: { entry: string; occurrence: string | null }) =>
        entry === 'engagement-end' && occurrence === id,
    );
  };
  expect(await due((await of(newcomer)).id)).toMatchObject({ to: '2020-06-30', status: 'LATE' });
  expect(await due((await of(first)).id)).toMatchObject({ to: '2020-12-31' });
}
