import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { COUNTY, countyDept } from '../subgraphs/evaluation/testdata/batch.ts';
import { commissioner } from '../subgraphs/evaluation/testdata/commissioner.ts';
import { TeamPost } from '../subgraphs/personnel/tables/team.ts';
import { organisation, person } from '../subgraphs/personnel/testdata/scene.ts';
import { activeTeam } from '../subgraphs/projects-funding/testdata/county.ts';
import { type Graph, persona, startGraph } from '../tests/harness.ts';
import { describeOnPostgres } from '../tests/postgres.ts';
import { openDoor, textsOf } from './testdata/door.ts';
import { filledForm } from './testdata/read.ts';

const ROWS = 20;
const TIMES = 4;
const ELSEWHERE = 'cn-430426';

describeOnPostgres('a filled form sent twice at the same time', (server) => {
  let graph: Graph;
  let door: Awaited<ReturnType<typeof openDoor>>;
  let leader: ReturnType<typeof persona>;
  let unit: string;
  let team: string;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01', url: await server().database() });
    unit = await organisation(graph, 'cn-430100', { on: '2018-01-05' });
    team = await activeTeam(graph, ELSEWHERE, 'expert-team');
    const head = await person(graph, unit, { on: '2018-01-05' });
    leader = persona('leader', [], { person: head });
    const post = { id: team, teamId: team, personId: head, role: 'leader', from: '2018-01-10', to: null };
    await graph.subgraphs.get('personnel')?.orm.em.fork().insert(TeamPost, post);
    door = await openDoor(graph, [countyDept, leader], '2023-02-01');
  }, 120_000);
  afterAll(async () => {
    await door.close();
    await graph.stop();
  });

  /** Sends each of several files twice at once; answers what both were told of each. */
  async function twice(viewer: typeof countyDept, address: string, files: readonly Buffer[]) {
    const told: string[] = [];
    for (const file of files) {
      const both = await Promise.all([0, 1].map(() => door.visit(viewer, `imports/${address}`, file)));
      const said = both.map(({ json }) => `${json.written} written, ${json.repeated} there, ${json.reasonCount} wrong`);
      told.push(said.sort().join(' | '));
    }
    return [...new Set(told)];
  }
  const ONCE = [`0 written, ${ROWS} there, 0 wrong | ${ROWS} written, 0 there, 0 wrong`];

  it('writes services once', async () => {
    const { id } = await commissioner(graph, '李');
    const address = `service-records?region=${COUNTY}&on=2022-12-31`;
    const template = (await door.visit(countyDept, `forms/${address}`)).body;
    const [titles = []] = await textsOf(template, '服务台账');
    const row = (summary: string): Record<string, string> => ({
      选派编号: id,
      '开始日期*': '2022-05-01',
      '服务方式*': 'remote',
      '服务内容*': summary,
    });
    const files: Buffer[] = [];
    for (let file = 0; file < TIMES; file += 1) {
      const rows = Array.from({ length: ROWS }, (_, at) => titles.map((title) => row(`${file} ${at}`)[title] ?? null));
      files.push(await filledForm(template, '服务台账', rows));
    }
    expect(await twice(countyDept, address, files)).toEqual(ONCE);
    const { serviceRecords } = await graph.get(countyDept, '{ serviceRecords { totalCount } }');
    expect(serviceRecords.totalCount).toBe(ROWS * TIMES);
  });

  it('puts persons forward once, whom the table itself takes no more than once', async () => {
    const address = `nominations?region=${ELSEWHERE}&team=${team}&on=2018-03-15`;
    const template = (await door.visit(leader, `forms/${address}`)).body;
    const files: Buffer[] = [];
    for (let file = 0; file < TIMES; file += 1) {
      const people: string[] = [];
      for (let at = 0; at < ROWS; at += 1) {
        people.push(await person(graph, unit, { birthDate: '1980-01-01', education: 'bachelor', on: '2018-01-05' }));
      }
      const rows = people.map((who) => [who, null, '成员', null, null, null, '单位推荐']);
      files.push(await filledForm(template, '推荐人选表', rows));
    }
    expect(await twice(leader, address, files)).toEqual(ONCE);
  });
});
