import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import {
  act,
  BOAI,
  bureau,
  codes,
  countyDept,
  DAY,
  failing,
  organisation,
  PREFECTURE,
  XIUWU,
} from '../personnel/testdata/scene.ts';
import { allocated, prefecturePayer } from './testdata/scene.ts';

let graph: Graph;
let payer: string;
let unit: string;

beforeAll(async () => {
  graph = await startGraph({ today: DAY });
  payer = await prefecturePayer(graph);
  unit = await organisation(graph, XIUWU);
});
afterAll(() => graph.stop());

describe('platformRegister', () => {
  const register = (input: Record<string, unknown>, viewer = countyDept(XIUWU)) =>
    act(
      graph,
      viewer,
      'platformRegister',
      { name: '云台山药示范基地', kind: 'demo-base', region: XIUWU, organisation: unit, ...input },
      'platform { id kind }',
    );

  it('registers a carrier where it stands, once, for all to see and to fund', async () => {
    const { decision, platform } = await register({ level: 'prefecture' });
    expect(decision?.outcome).toBe('ALLOW');
    expect(codes(await register({}))).toEqual(['ALREADY_REGISTERED']);
    const query = `{ platform(id: "${platform.id}") { name level region { name } } platforms(filter: { region: "${PREFECTURE}", kind: "demo-base" }) { edges { node { id } } } }`;
    const seen = await graph.get(anonymous, query);
    expect(seen.platform).toEqual({ name: '云台山药示范基地', level: 'prefecture', region: { name: '修武县' } });
    expect(seen.platforms.edges).toEqual([{ node: { id: platform.id } }]);
    const funded = await allocated(graph, bureau, { platform: platform.id, payer, year: 2020, amountFen: 5_000_000 });
    const { fundingLine } = await graph.get(
      bureau,
      `{ fundingLine(id: "${funded.id}") { platform { id } beneficiaryLevel } }`,
    );
    expect(fundingLine).toEqual({ platform: { id: platform.id }, beneficiaryLevel: 'prefecture' });
  });

  it('points out a kind that the law does not name, and names mistakes', async () => {
    const payload = await register({ kind: 'tea-house', name: '茶舍' });
    expect([payload.decision?.outcome, failing(payload)]).toEqual(['ALLOW', ['jiaozuo.service-system']]);
    expect(codes(await register({ region: 'cn-999999' }))).toEqual(['NOT_FOUND']);
    expect(codes(await register({ organisation: uuid() }))).toEqual(['NOT_FOUND']);
    expect(codes(await register({ kind: '基地' }))).toEqual(['CODE_INVALID']);
    expect(codes(await register({ level: 'city', name: '另一基地' }))).toEqual(['LEVEL_INVALID']);
    expect(failing(await register({ name: '第三基地' }, countyDept(BOAI)))).toContain('platform.access.permitted');
  });
});
