import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { APPROVALS, activeTeam, committee, type FormedTeam, newcomer } from '../../tests/racing/expert-team-scene.ts';
import { DecisionRecord } from '../record.ts';
import { act, failing } from './testdata/scene.ts';

let graph: Graph;
let team: FormedTeam;
beforeAll(async () => {
  graph = await startGraph({ today: '2020-12-31' });
  team = await activeTeam(graph, 10, 5);
}, 120_000);
afterAll(() => graph.stop());

const read = async () =>
  (
    await graph.get(
      committee,
      'query ($id: ID!) { team(id: $id) { version memberCount memberships { totalCount } } }',
      {
        id: team.id,
      },
    )
  ).team;
const coming = (who: string, more: object = {}) => ({
  person: who,
  sourceCategory: 'university-staff',
  practicalExpert: true,
  practicalCertifier: '市农科所',
  ...more,
});
const adjust = async (input: object) => {
  const { version } = await read();
  const all = { team: team.id, version, approvals: APPROVALS, reason: '工作调动', on: '2018-10-08', ...input };
  return act(graph, committee, 'teamMemberAdjust', all, 'team { version memberCount }');
};

describe('an adjustment that brings several members', () => {
  it('is refused as a whole for one who may not come, and says who', async () => {
    const before = await read();
    const [able, unable] = [
      await newcomer(graph, team.university),
      await newcomer(graph, team.university, { education: 'senior-high', titleLevel: 'junior' }),
    ];
    const add = [coming(able), coming(unable)];
    const refused = await adjust({ add, remove: [team.members[0]] });
    expect(failing(refused)).toEqual(['hunan.team.member-qualification.add']);
    expect(refused.decision).toMatchObject({
      outcome: 'DENY',
      facts: { 'member.person': unable, 'team.memberCountAfter': 11, 'person.education': 'senior-high' },
    });
    expect(await read()).toEqual(before);

    // Of another pool than those named, in principle not: an answer for it lets all come.
    const others = [coming(able), coming(await newcomer(graph, team.university), { sourceCategory: 'friends' })];
    const stopped = await adjust({ add: others });
    expect(stopped.decision).toMatchObject({
      outcome: 'NEEDS_OVERRIDE',
      facts: { 'member.person': others[1]?.person, 'member.sourceCategory': 'friends' },
    });
    const rule = 'hunan.team.member-source-core';
    const overrides = [{ rule, role: 'county-party-committee', reason: '急需' }];
    const allowed = await adjust({ add: others, overrides });
    expect(allowed.team).toMatchObject({ memberCount: before.memberCount + 2 });
  });

  it('leaves a decision for itself and one for each who came, each with its facts', async () => {
    const newcomers = [await newcomer(graph, team.university), await newcomer(graph, team.university)];
    await adjust({ add: newcomers.map((who) => coming(who)), on: '2018-10-09' });
    const em = graph.subgraphs.get('personnel')?.orm.em.fork();
    const stored = await em?.find(
      DecisionRecord,
      { subjectId: team.id, asOf: '2018-10-09' },
      { orderBy: { id: 'asc' } },
    );
    expect(stored?.map(({ point, outcome }) => `${point} ${outcome}`)).toEqual([
      'teamMemberAdjust allow',
      'teamMemberAdd allow',
      'teamMemberAdd allow',
    ]);
    const decided = stored?.slice(1).map(({ record }) => JSON.parse(record).facts['member.person']);
    expect(decided).toEqual(newcomers);
  });
});
