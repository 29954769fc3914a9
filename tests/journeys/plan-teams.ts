import { expect } from '@jest/globals';
import { type Payload, pointedOut, stopping, type Teller } from './door.ts';
import {
  expectStopped,
  PLAN_CITY,
  PLAN_COUNTY,
  type Plan,
  planBureau,
  planCounty,
  planNeighbour,
} from './plan-scene.ts';

const INDUSTRIES = [
  'grain',
  'vegetables',
  'fruit',
  'aquatic',
  'tea',
  'livestock',
  'silkworm',
  'honey',
  'special-breeding',
];

interface Figure {
  readonly value: number | null;
  readonly target: number | null;
  readonly verdict: string | null;
}

/** One line of the table of a year, as it is at the end of the plan. */
export async function figure(teller: Teller, id: string, year = 2019): Promise<Figure & Record<string, unknown>> {
  const document = `query ($year: Int!, $ids: [String!]) { indicatorTable(year: $year, pack: "baise", indicators: $ids, asOf: "2020-12-31") {
    id value target verdict assessed beside opening measured meeting expected rows { region { id } value met } } }`;
  const { indicatorTable } = await teller.get(planBureau, document, { year, ids: [id] });
  return indicatorTable.find((line: { id: string }) => line.id === id);
}

/** Nine teams, one for each industry, and branches that are not a tenth; groups of experts of three levels. */
export async function formTeams(teller: Teller, { units: [one] }: Plan): Promise<void> {
  const form = (industry: string, more: object = {}, who = planBureau) =>
    teller.act(
      who,
      'teamCreate',
      '2019-04-08',
      {
        name: `${industry}科技服务团`,
        kind: 'service-team',
        level: 'prefecture',
        region: PLAN_CITY,
        organisation: one.id,
        industry,
        ...more,
      },
      'team { id version parent { id } }',
    );
  expect(stopping(await form('tea', {}, planNeighbour))).toEqual(['platform.access.permitted']);
  const begin = ({ team }: Payload) =>
    teller.act(planBureau, 'teamActivate', '2019-04-08', { team: team.id, version: team.version }, 'team { status }');
  const teams = new Map<string, string>();
  for (const industry of INDUSTRIES) {
    const formed = await form(industry);
    expect({ industry, outcome: formed.decision?.outcome, seen: pointedOut(formed) }).toEqual({
      industry,
      outcome: 'ALLOW',
      seen: [],
    });
    teams.set(industry, formed.team.id);
    // A team that is formed and not at work is none of the nine.
    if (industry === 'special-breeding')
      expect(await figure(teller, 'service-teams-top')).toMatchObject({ value: 8, target: 9, verdict: 'UNMET' });
    expect((await begin(formed)).team.status).toBe('active');
    if (industry === 'tea')
      expect(await figure(teller, 'service-teams-top')).toMatchObject({ value: 5, target: 9, verdict: 'UNMET' });
  }
  const parent = teams.get('silkworm');
  const branch = await form('silkworm', { name: '桑蚕分团', parent, level: 'county', region: PLAN_COUNTY });
  expect(branch).toMatchObject({ decision: { outcome: 'ALLOW' }, team: { parent: { id: parent } } });
  expect(pointedOut(branch)).toEqual([]);
  await begin(branch);
  expect(await figure(teller, 'service-teams-top')).toMatchObject({ value: 9, target: 9, verdict: 'MET' });
  // The table counts branches, the narrative beside it does not.
  expect(await figure(teller, 'service-teams')).toMatchObject({ value: 10, target: 9, beside: ['service-teams-top'] });
  const tenth = await form('tea', { name: '第二茶叶服务团' });
  expect(pointedOut(tenth).sort()).toEqual(['baise.goal.nine-teams', 'baise.goal.nine-teams.industry']);
  await begin(tenth);
  expect(await figure(teller, 'service-teams-top')).toMatchObject({ value: 10, verdict: 'UNMET' });
}

/** Groups of experts are of one of the nine industries and of three levels; each poor county that has one counts once. */
export async function formExpertGroups(teller: Teller, { units: [one] }: Plan): Promise<void> {
  const form = (industry: string, expertLevels: string[], more: object = {}) =>
    teller.act(
      planBureau,
      'teamCreate',
      '2019-04-09',
      {
        name: `${industry}专家组`,
        kind: 'expert-group',
        level: 'county',
        region: PLAN_COUNTY,
        organisation: one.id,
        industry,
        expertLevels,
        ...more,
      },
      'team { id version }',
    );
  const levels = ['province', 'prefecture', 'county'];
  expectStopped(await form('bamboo', levels), 'NEEDS_OVERRIDE', 'baise.experts.nine-industries');
  expect(pointedOut(await form('fruit', levels.slice(1)))).toEqual(['baise.experts.nine-industries.levels']);
  const whole = await form('silkworm', levels);
  expect(whole.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  const begin = { team: whole.team.id, version: whole.team.version };
  await teller.done(planBureau, 'teamActivate', '2019-04-09', begin, 'team { status }');
  expect(await figure(teller, 'expert-group-counties')).toMatchObject({ value: 1, target: 2, verdict: 'UNMET' });
  const query = `query ($id: ID!) { team(id: $id) { expertLevels standing(asOf: "2019-12-31") { findings(outcomes: [FAIL]) { rule } } } }`;
  const { team } = await teller.get(planCounty, query, { id: whole.team.id });
  expect([...team.expertLevels].sort()).toEqual([...levels].sort());
  expect(team.standing.findings).toEqual([]);
}
