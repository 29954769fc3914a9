import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import * as round from './testdata/round.ts';
import { act, BOAI, bureau, done, failing, formTeam, organisation, person, XIUWU } from './testdata/scene.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
}, 120_000);
afterAll(() => graph.stop());

describe('the two sides of a contact', () => {
  let players: round.Cast;
  let item: string;
  beforeAll(async () => {
    players = await round.cast(graph);
    item = (await round.publishedNeed(graph, await round.openRound(graph), players)).item;
  }, 60_000);
  const say = (viewer: ReturnType<typeof persona>, more: object) =>
    act(
      graph,
      viewer,
      'matchingRecord',
      { demandItem: item, person: players.lecturer, on: '2022-02-10', ...more },
      'matching { version personConsent receivingUnitConsent }',
    );

  it('are not spoken for by one account, in one act or in two, also when it types in for them', async () => {
    const both = { personConsents: true, receivingUnitConsents: true };
    expect(failing(await say(players.sender, both))).toEqual(['platform.access.two-sides.matching']);
    const recorder = persona('recorder', [['recorder', round.CITY]]);
    const typed = { ...both, onBehalfOf: 'dispatching-unit' };
    expect(failing(await say(recorder, typed))).toEqual(['platform.access.two-sides.matching']);

    expect((await say(players.sender, { personConsents: true })).decision?.outcome).toBe('ALLOW');
    const again = { receivingUnitConsents: true, version: 1 };
    expect(failing(await say(players.sender, again))).toEqual(['platform.access.two-sides.matching']);
    const agreed = await say(players.receiver, again);
    expect(agreed.matching).toEqual({ version: 2, personConsent: true, receivingUnitConsent: true });
    // Who repeats what the other side said does not say it anew.
    expect((await say(players.receiver, { ...both, version: 2 })).decision?.outcome).toBe('ALLOW');
    // For whom a recorder typed is in the record.
    const { decision } = await say(recorder, { personConsents: true, version: 2, onBehalfOf: 'dispatching-unit' });
    expect(decision?.facts).toMatchObject({ 'actor.bodies': ['dispatching-unit'], 'actor.roles': ['recorder'] });
  });
});

describe('the two sides of an agreement', () => {
  it('sign by two persons, and are not acted for by one account', async () => {
    const team = await formTeam(graph, 5);
    const government = await organisation(graph, XIUWU, { type: 'government', level: 'county' });
    const leader = await person(graph, government, { post: 'county-leader' });
    const head = await person(graph, team.unit, { post: 'unit-leader-in-charge' });
    const post = { team: team.id, version: team.version, person: head, side: 'unit' };
    team.version = (await done(graph, bureau, 'teamLeaderAppoint', post, 'team { version }')).version;
    const sign = (viewer: ReturnType<typeof persona>, more: object) =>
      act(
        graph,
        viewer,
        'agreementSign',
        {
          team: team.id,
          version: team.version,
          county: XIUWU,
          commitments: [{ text: '每季度一次现场指导' }],
          teamSignatory: head,
          countySignatory: leader,
          ...more,
        },
        'agreement { id }',
      );
    expect(failing(await sign(bureau, { countySignatory: head }))).toContain('platform.access.two-sides.signatory');
    const forBoth = [
      persona('leads and governs', [['county-st-dept', XIUWU]], { person: head }),
      persona('unit and county', [
        ['dispatching-unit', 'cn-410100', team.unit],
        ['county-st-dept', XIUWU],
      ]),
    ];
    for (const viewer of forBoth) {
      expect(failing(await sign(viewer, {}))).toContain('platform.access.two-sides.signing');
    }
    // A role of another county is not of this side.
    const elsewhere = persona('unit and another county', [
      ['dispatching-unit', 'cn-410100', team.unit],
      ['county-st-dept', BOAI],
    ]);
    expect((await sign(elsewhere, {})).decision?.outcome).toBe('ALLOW');
  });
});
