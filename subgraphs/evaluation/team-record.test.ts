import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { assessedTeam, type Input, type Viewer } from './testdata/assessing.ts';
import { act, stranger, undeclaredFacts } from './testdata/batch.ts';
import { mistake, NOBODY } from './testdata/planned-task.ts';
import { department } from './testdata/posted-team.ts';

describe('what is recorded of a team', () => {
  let graph: Graph;
  let assessed: Awaited<ReturnType<typeof assessedTeam>>;

  beforeAll(async () => {
    graph = await startGraph({ today: '2021-03-01' });
    assessed = await assessedTeam(graph);
  }, 120_000);
  afterAll(() => graph.stop());

  it('go with services in the name of the team', async () => {
    const { team } = assessed;
    const serve = (input: Input, viewer: Viewer = department) =>
      act(
        graph,
        viewer,
        'serviceRecordLog',
        {
          team: team.id,
          person: team.member,
          date: '2019-05-06',
          days: 2,
          mode: 'on-site',
          summary: '指导',
          on: '2019-05-10',
          ...input,
        },
        'serviceRecord { team { id } person { id } }',
      );
    expect(mistake(await serve({ person: null }))).toBe('APPOINTMENT_REQUIRED');
    expect(mistake(await serve({ person: NOBODY }))).toBe('NOT_FOUND');
    const progress = async (viewer: Viewer) =>
      (
        await graph.get(
          viewer,
          `query ($id: ID!) { team(id: $id) { serviceProgress(year: 2019, asOf: "2019-12-31") { facts } } }`,
          { id: team.id },
        )
      ).team.serviceProgress;
    expect(await progress(stranger)).toBeNull();
    expect((await progress(team.head)).facts).toMatchObject({ 'team.onSiteDays': 0, 'team.serviceYearEnded': true });
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
