import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { ServiceRecord } from '../subgraphs/evaluation/tables/service-record.ts';
import { CITY, COUNTY, countyDept } from '../subgraphs/evaluation/testdata/batch.ts';
import { type Commissioner, commissioner } from '../subgraphs/evaluation/testdata/commissioner.ts';
import { Person } from '../subgraphs/personnel/tables/person.ts';
import { TeamMember } from '../subgraphs/personnel/tables/team.ts';
import { person } from '../subgraphs/personnel/testdata/scene.ts';
import { ServiceObject } from '../subgraphs/projects-funding/tables/service-object.ts';
import { activeTeam, department } from '../subgraphs/projects-funding/testdata/county.ts';
import { type Graph, persona, startGraph } from '../tests/harness.ts';
import { openDoor, textsOf } from './testdata/door.ts';
import { filledForm } from './testdata/read.ts';

/** A county in a place whose law knows no appointments, and so its contract neither. */
const ELSEWHERE = { county: 'cn-430426', prefecture: 'cn-430400', province: 'cn-43' };
const MANY = 450;

describe('lists on paper', () => {
  let graph: Graph;
  let door: Awaited<ReturnType<typeof openDoor>>;
  let li: Commissioner;
  const revealer = persona('revealer', [['region-administrator', CITY]], { scopes: ['person:reveal'] });
  const auditor = persona('auditor', [], { scopes: ['audit:read'] });
  const local = department('county-st-dept', ELSEWHERE.county);

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    li = await commissioner(graph, '李龘');
    const data = { phone: '13800005678', idNumber: '410821198001010015' };
    await em('personnel').nativeUpdate(Person, { id: li.person }, data);
    door = await openDoor(graph, [countyDept, revealer, local], '2023-02-01');
  });
  afterAll(async () => {
    await door.close();
    await graph.stop();
  });

  function em(name: string) {
    const found = graph.subgraphs.get(name)?.orm.em.fork();
    if (!found) throw new Error(`no ${name} subgraph`);
    return found;
  }
  const place = { countyId: COUNTY, prefectureId: CITY, provinceId: 'cn-41' };
  const record = (more: Partial<ServiceRecord>) => ({
    id: uuid(),
    version: 1,
    appointmentId: null,
    teamId: null,
    personId: li.person,
    dispatchingUnitId: li.unit,
    receivingUnitId: null,
    ...place,
    date: '2022-05-01',
    days: 1,
    endsOn: '2022-05-01',
    year: 2022,
    mode: 'on-site',
    taskType: null,
    field: null,
    objectId: null,
    objectKind: null,
    objectAcknowledged: false,
    summary: '果树修剪',
    attendance: null,
    loggedOn: '2022-05-01',
    ...more,
  });
  const source = async (file: Buffer) =>
    new Map((await textsOf(file, '出处')).map(([name, ...value]) => [name, value.join()]));

  describe('of members', () => {
    const address = `lists/member-ledger?region=${COUNTY}&year=2022`;
    const accesses = async () => {
      await graph.settled();
      const query = '{ accesses { edges { node { actor point fields subjects purpose } } } }';
      return (await graph.get(auditor, query)).accesses.edges.map(({ node }: { node: unknown }) => node);
    };
    const cells = async (file: Buffer) => {
      const [titles = [], row = []] = await textsOf(file, '人员台账');
      return Object.fromEntries(titles.map((title, at) => [title, row[at]]));
    };

    it('show no personal data unless asked, and then masked to who may not see it, without a trace', async () => {
      const plain = await cells((await door.visit(revealer, address)).body);
      expect(plain).toMatchObject({ 姓名: '李龘' });
      expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(['电话']));
      expect(JSON.stringify(plain)).not.toMatch(/138|410821/);
      const masked = await cells((await door.visit(countyDept, `${address}&personal=true`)).body);
      expect(masked).toMatchObject({ 姓名: '李龘', 电话: '138****5678', 身份证号: '410821********0015' });
      expect(await accesses()).toEqual([]);
    });

    it('show it to who may see it, which the access trail tells with the purpose that was stated', async () => {
      const purpose = { 'x-tepai-purpose': encodeURIComponent('办理保险') };
      const answer = await door.visit(revealer, `${address}&personal=true`, undefined, purpose);
      expect(await cells(answer.body)).toMatchObject({ 电话: '13800005678', 身份证号: '410821198001010015' });
      const common = { actor: 'revealer', subjects: [li.person], purpose: '办理保险' };
      const seen = await accesses();
      expect(seen).toHaveLength(2);
      expect(seen).toEqual(
        expect.arrayContaining([
          { ...common, point: 'personContactRead', fields: ['phone'] },
          { ...common, point: 'personIdentityRead', fields: ['idNumber'] },
        ]),
      );
    });
  });

  describe('in a place whose contract has not got all of a list', () => {
    let team: string;
    let expert: string;
    beforeAll(async () => {
      team = await activeTeam(graph, ELSEWHERE.county, 'expert-team');
      expert = await person(graph, li.unit, { name: '专家甲' });
      const membership = { id: uuid(), teamId: team, personId: expert, from: '2022-01-01', to: null };
      await em('personnel').insert(TeamMember, membership);
      const at = {
        countyId: ELSEWHERE.county,
        prefectureId: ELSEWHERE.prefecture,
        provinceId: ELSEWHERE.province,
      };
      await em('evaluation').insert(ServiceRecord, record({ teamId: team, personId: expert, ...at }));
    });

    it('leave out its columns and say which', async () => {
      const ledger = await door.visit(local, `lists/service-ledger?prefecture=${ELSEWHERE.prefecture}`);
      expect(ledger.status).toBe(200);
      const [titles, ...rows] = await textsOf(ledger.body, '服务台账');
      expect(titles?.slice(0, 3)).toEqual(['记录编号', '姓名', '派出单位']);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toEqual(expect.arrayContaining(['专家甲', '祁东县', '2022-05-01', `团队${team}`]));
      const from = await source(ledger.body);
      expect(from.get('本地接口合约中没有的列')).toBe('选派编号、类别');
      expect(from.get('查询')).not.toContain('appointment');
      const whole = await door.visit(countyDept, `lists/service-ledger?prefecture=${CITY}`);
      expect((await source(whole.body)).has('本地接口合约中没有的列')).toBe(false);
    });

    it('are refused as the graph refuses them when it has nothing of them', async () => {
      const refused = await door.visit(local, `lists/member-ledger?region=${ELSEWHERE.county}`);
      expect([refused.status, refused.json.errors[0].extensions.code]).toEqual([400, 'NOT_IN_CONTRACT']);
    });

    it('have a form of services that begins with the members of its teams, and takes them back', async () => {
      const address = `service-records?region=${ELSEWHERE.county}&on=2022-12-31`;
      const template = await door.visit(local, `forms/${address}`);
      expect(template.status).toBe(200);
      const [titles = [], ...begun] = await textsOf(template.body, '服务台账');
      const at = (title: string) => titles.indexOf(title);
      expect(begun.map((row) => [row[at('姓名')], row[at('团队编号')], row[at('人员编号')]])).toEqual([
        ['专家甲', team, expert],
      ]);
      const row = titles.map((title) => {
        const cells: Record<string, string> = { 团队编号: team, 人员编号: expert, 服务内容: '茶园管理' };
        return { ...cells, '开始日期*': '2022-06-01', '服务方式*': 'on-site', '服务内容*': '茶园管理' }[title] ?? null;
      });
      const nobody = [...row];
      nobody[at('人员编号')] = null;
      const refused = await door.visit(
        local,
        `imports/${address}`,
        await filledForm(template.body, '服务台账', [nobody]),
      );
      expect(refused.json.reasons).toMatchObject([{ cell: 'A2', code: 'APPOINTMENT_REQUIRED' }]);
      const taken = await door.visit(local, `imports/${address}`, await filledForm(template.body, '服务台账', [row]));
      expect(taken.json).toMatchObject({ written: 1, reasonCount: 0 });
    });
  });

  describe('that refer to very many things', () => {
    const objects = Array.from({ length: MANY }, () => uuid());
    /** How many requests a part of the graph got. */
    async function requests(name: string, work: () => Promise<unknown>): Promise<number> {
      const subgraph = graph.subgraphs.get(name);
      if (!subgraph) throw new Error(`no ${name} subgraph`);
      const asked = jest.spyOn(subgraph, 'execute');
      await work();
      const { length } = asked.mock.calls;
      asked.mockRestore();
      return length;
    }
    beforeAll(async () => {
      const usual = { version: 1, appointmentId: li.id, personId: li.person, dispatchingUnitId: li.unit };
      const kind = { kind: 'cooperative', commissionerRole: 'none', criteriaMet: [], participation: [] };
      const rows = objects.map((id, at) => ({
        ...{ id, name: `合作社${at}`, regionId: COUNTY, registeredOn: '2022-01-10' },
        ...{ ...usual, ...kind, ...place },
      }));
      await em('projects-funding').insertMany(ServiceObject, rows);
    });

    it('ask for them page by page, not one by one', async () => {
      const of = (objectId: string) => record({ appointmentId: li.id, objectId, objectKind: 'cooperative' });
      await em('evaluation').insertMany(ServiceRecord, objects.map(of));
      let file = Buffer.alloc(0);
      const asked = await requests('projects-funding', async () => {
        file = (await door.visit(countyDept, `lists/service-ledger?prefecture=${CITY}`)).body;
      });
      const named = (await textsOf(file, '服务台账')).filter((cells) => cells.some((cell) => /^合作社\d+$/.test(cell)));
      expect(named).toHaveLength(MANY);
      expect(asked).toBe(Math.ceil(MANY / 200));
    });

    it('ask for those of a filled form together too', async () => {
      const address = `service-records?region=${COUNTY}&on=2022-12-31`;
      const template = (await door.visit(countyDept, `forms/${address}`)).body;
      const [titles = []] = await textsOf(template, '服务台账');
      const rows = objects.map((object) =>
        titles.map(
          (title) =>
            ({
              选派编号: li.id,
              '开始日期*': '2022-07-01',
              '服务方式*': 'remote',
              '服务内容*': '电话指导',
              服务对象编号: object,
            })[title] ?? null,
        ),
      );
      const file = await filledForm(template, '服务台账', rows);
      const send = () => door.visit(countyDept, `imports/${address}&dryRun=true`, file);
      let answer = await send();
      const asked = await requests('projects-funding', async () => {
        answer = await send();
      });
      expect([answer.status, answer.json.reasonCount]).toEqual([200, 0]);
      expect(asked).toBe(Math.ceil(MANY / 200));
    });
  });

  it('of indicators give every unit with its figure, and how complete each figure is', async () => {
    const address = `lists/indicators?region=${ELSEWHERE.prefecture}&year=2022`;
    const asked = jest.spyOn(graph.gateway, 'execute');
    const answer = await door.visit(local, address);
    const queries = asked.mock.calls.map(([{ query }]) => query);
    asked.mockRestore();
    const packs = (await textsOf(answer.body, '出处')).filter(([name]) => name === '政策包');
    expect(queries.filter((query) => query.includes('indicatorTable('))).toHaveLength(packs.length);
    expect(queries.some((query) => query.includes('indicatorProgress('))).toBe(false);
    const { indicatorTable } = await graph.get(
      local,
      `query ($region: ID!) { indicatorTable(region: $region, year: 2022, pack: "hunan", asOf: "2022-12-31") {
        id title { zh } value completeness { expected reporting } rows { unit region { name } team { name } value met } } }`,
      { region: ELSEWHERE.prefecture },
    );
    const [titles = [], ...rows] = await textsOf(answer.body, '指标报表');
    const at = (row: readonly string[], title: string) => row[titles.indexOf(title)] || null;
    const shown = (value: unknown) => (value === null || value === undefined ? null : String(value));
    type Figures = { expected: number; reporting: number } | null;
    const told = rows.map((row) => ['指标代码', '完成', '应报', '已报'].map((title) => at(row, title)));
    expect(told).toEqual(
      indicatorTable.map((one: { id: string; value: number | null; completeness: Figures }) => [
        one.id,
        shown(one.value),
        shown(one.completeness?.expected),
        shown(one.completeness?.reporting),
      ]),
    );
    expect(told.some(([, , expected]) => expected !== null)).toBe(true);
    const units = (await textsOf(answer.body, '各单位指标')).slice(1);
    type Line = { id: string; rows: { unit: string; value: number | null; met: boolean | null }[] };
    expect(units.map(([, id, unit]) => [id, unit])).toEqual(
      indicatorTable.flatMap(({ id, rows: own }: Line) => own.map(({ unit }) => [id, unit])),
    );
    expect(units.length).toBeGreaterThan(0);
  });
});
