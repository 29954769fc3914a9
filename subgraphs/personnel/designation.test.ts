import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { advised, COUNTY, county, DAY } from './testdata/advisors.ts';
import { act, codes, failing } from './testdata/scene.ts';

let graph: Graph;
let association: string;
let official: string;
let expert: string;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-31' });
  ({ association, official, expert } = await advised(graph));
}, 120_000);
afterAll(() => graph.stop());

describe('a designation', () => {
  const designate = (input: object, viewer = county) =>
    act(
      graph,
      viewer,
      'designationRecord',
      { region: COUNTY, on: DAY, ...input },
      'designation { id version from to }',
    );

  it('is one for each body, and ends once', async () => {
    const liaison = { kind: 'liaison', organisation: association, person: expert };
    const first = await designate(liaison);
    expect(first.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: {
        'designation.bodyKind': 'science-association',
        'designation.activeSameBody': 0,
        'designation.level': 'county',
      },
    });
    expect(codes(await designate(liaison))).toEqual(['ALREADY_DESIGNATED']);
    const second = await designate({ ...liaison, person: official });
    expect(second.decision).toMatchObject({ outcome: 'DENY', facts: { 'designation.activeSameBody': 1 } });
    expect(failing(second)).toContain('national.org.liaison');
    expect(codes(await designate({ kind: 'liaison' }))).toEqual(['NOBODY_NAMED']);
    expect(codes(await designate({ ...liaison, region: 'cn-1' }))).toEqual(['NOT_FOUND']);
    const end = (version: number, on = DAY) =>
      act(
        graph,
        county,
        'designationEnd',
        { designation: first.designation.id, version, on },
        'designation { to version }',
      );
    expect(codes(await end(4))).toEqual(['STALE_VERSION']);
    expect(codes(await end(1, '2022-05-31'))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect((await end(1, '2022-07-01')).designation).toEqual({ to: '2022-07-01', version: 2 });
    expect(codes(await end(2, '2022-08-01'))).toEqual(['WRONG_STATE']);
  });

  it('as convenor is for a leader of the county, and shows in its coverage', async () => {
    expect(failing(await designate({ kind: 'convenor', person: expert }))).toContain('national.org.convenor.post');
    expect((await designate({ kind: 'convenor', person: official })).decision?.outcome).toBe('ALLOW');
    const { region, designations } = await graph.get(
      county,
      `query ($id: ID!) { region(id: $id) { coverage(asOf: "2022-06-15") { decision { facts } } }
        designations(filter: { of: $id, inForceOn: "2022-06-15" }) { totalCount } }`,
      { id: COUNTY },
    );
    expect(designations.totalCount).toBe(2);
    expect(region.coverage.decision.facts).toMatchObject({
      'region.povertyLifted': true,
      'region.liaisonBodies': ['science-association'],
      'region.convenorCount': 1,
      'region.levelsWithoutMechanism': ['county', 'prefecture', 'province'],
      'region.eastWestExperts': 0,
      'region.activeTeamCount': 0,
    });
  });
});
