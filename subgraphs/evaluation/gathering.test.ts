import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { act, undeclaredFacts } from './testdata/batch.ts';
import { PLAN_CITY, PLAN_COUNTY, planBureau, planCounty } from './testdata/plan.ts';
import { mistake, NOBODY, rules } from './testdata/planned-task.ts';

describe('meetings and events', () => {
  let graph: Graph;

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31' });
  }, 120_000);
  afterAll(() => graph.stop());

  it('meetings and events are recorded with their kinds, and not before they are held', async () => {
    const meet = (input: Record<string, unknown>) =>
      act(
        graph,
        planBureau,
        'meetingRecord',
        {
          region: PLAN_CITY,
          kind: 'party-group-meeting',
          date: '2019-05-06',
          topic: '扶贫',
          on: '2019-05-07',
          ...input,
        },
        'meeting { id kind onProgramme }',
      );
    expect(await meet({ onProgramme: true })).toMatchObject({
      meeting: { kind: 'party-group-meeting', onProgramme: true },
      decision: { outcome: 'ALLOW', findings: [] },
    });
    expect(rules(await meet({ onProgramme: false }))).toEqual(['baise.meeting.party-4.topic']);
    expect((await meet({ date: '2019-05-08' })).decision.facts).toMatchObject({ 'meeting.future': true });
    expect(mistake(await meet({ team: NOBODY }))).toBe('NOT_FOUND');
    const hold = (input: Record<string, unknown>, viewer = planCounty) =>
      act(
        graph,
        viewer,
        'eventRecord',
        {
          region: PLAN_COUNTY,
          kind: 'st-to-countryside',
          date: '2019-05-06',
          topic: '送科技',
          on: '2019-05-07',
          ...input,
        },
        'event { id attendees region { id } }',
      );
    expect(await hold({ attendees: 120 })).toMatchObject({
      event: { attendees: 120, region: { id: PLAN_COUNTY } },
      decision: { outcome: 'ALLOW', facts: { 'event.countyStated': true } },
    });
    expect(rules(await hold({ region: PLAN_CITY }, planBureau))).toContain('baise.goal.events-2-per-county.place');
    expect(mistake(await hold({ attendees: -1 }))).toBe('COUNT_INVALID');
    const data = await graph.get(
      anonymous,
      `{ events(filter: { within: "${PLAN_CITY}", kinds: ["st-to-countryside"], from: "2019-05-06", to: "2019-05-06" }) { edges { node { region { id } } } } }`,
    );
    expect(data.events.edges).toHaveLength(2);
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
