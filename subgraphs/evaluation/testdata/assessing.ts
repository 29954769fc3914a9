import type { Graph } from '../../../tests/harness.ts';
import { act } from './batch.ts';
import { countyCommittee, department, postedTeam } from './posted-team.ts';

export type Viewer = Parameters<Graph['ask']>[0];
export type Input = Record<string, unknown>;

/** What a test asks of an assessment. */
export const THING =
  'assessment { id version status outcome basis { id } unitsToNotify { id } told { on } filedWith publishedOn }';

/** A team whose term is assessed, and how that is done. */
export async function assessedTeam(graph: Graph) {
  const team = await postedTeam(graph, '茶陵');
  const schedule = (input: Input = {}, viewer: Viewer = department) =>
    act(
      graph,
      viewer,
      'assessmentSchedule',
      {
        kind: 'term-end',
        subjectKind: 'team',
        team: team.id,
        year: 2020,
        date: '2020-07-21',
        on: '2020-05-10',
        ...input,
      },
      THING,
    );
  const record = (input: Input, viewer: Viewer = team.receiver) =>
    act(graph, viewer, 'assessmentRecord', { on: '2019-12-20', ...input }, THING);
  const annual = (input: Input = {}, viewer: Viewer = team.receiver) =>
    record({ kind: 'annual', subjectKind: 'team', team: team.id, year: 2019, outcome: 'excellent', ...input }, viewer);
  const target = (input: Input = {}, viewer: Viewer = countyCommittee) =>
    act(
      graph,
      viewer,
      'targetSet',
      {
        subjectKind: 'TEAM',
        subject: team.id,
        kind: 'term',
        measure: '建立示范基地',
        quantity: 2,
        due: '2020-04-30',
        taskType: 'demonstration',
        on: '2018-06-01',
        ...input,
      },
      'target { id subjectKind due }',
    );
  const ofTeam = async (fields: string) =>
    (await graph.get(department, `query ($id: ID!) { team(id: $id) { ${fields} } }`, { id: team.id })).team;
  return { team, schedule, record, annual, target, ofTeam };
}
