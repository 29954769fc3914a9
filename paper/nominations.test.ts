import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { done, organisation, person } from '../subgraphs/personnel/testdata/scene.ts';
import { type Graph, persona, startGraph } from '../tests/harness.ts';
import { XLSX } from './spreadsheet.ts';
import { openDoor, textsOf } from './testdata/door.ts';
import { filledForm } from './testdata/read.ts';

/** A county with a team whose leader puts its members forward, and one without a team yet. */
const [PREFECTURE, COUNTY, TEAMLESS] = ['cn-430400', 'cn-430426', 'cn-430482'];
const SHEET = '推荐人选表';
const on = '2018-03-01';
const department = persona('department', [['county-st-dept', COUNTY]]);
const committee = persona('committee', [['county-party-committee', COUNTY]]);
const provinceOrg = persona('province-org', [['province-org-dept', 'cn-43']]);

describe('nominations on paper', () => {
  let graph: Graph;
  let door: Awaited<ReturnType<typeof openDoor>>;
  let leader: ReturnType<typeof persona>;
  let unit: ReturnType<typeof persona>;
  let university: string;
  let team: string;
  let people: string[];

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31' });
    university = await organisation(graph, 'cn-430100', { on: '2018-01-02' });
    const newcomer = (more: object = {}) =>
      person(graph, university, { birthDate: '1980-01-01', education: 'bachelor', on: '2018-01-02', ...more });
    const head = await newcomer({ post: 'st-deputy-head' });
    const order = { person: head, region: COUNTY, kind: 'st-deputy-head', post: 'st-deputy-head', from: '2018-01-05' };
    const posting = { ...order, orderDocument: '湘组 3 号', on: '2018-01-05' };
    await done(graph, provinceOrg, 'postingRecord', posting, 'posting { id }');
    const industry = { region: COUNTY, industry: 'tea', on: '2018-01-05' };
    await done(graph, department, 'regionIndustryRecord', industry, 'regionIndustry { id }');
    const government = await organisation(graph, COUNTY, { type: 'government', level: 'county', on: '2018-01-02' });
    const forming = {
      name: '祁东县专家服务团',
      level: 'county',
      kind: 'expert-team',
      region: COUNTY,
      organisation: university,
      industries: ['tea'],
      accountable: head,
      leader: head,
      receivingUnit: government,
      term: { from: '2018-05-01', to: '2020-04-30' },
      serviceBody: { organisation: government, role: 'county-st-dept' },
      on,
    };
    const formed = await done(graph, department, 'teamCreate', forming, 'team { id version }');
    team = formed.id;
    const appoint = { team, version: formed.version, person: head, on: '2018-03-02' };
    await done(graph, committee, 'teamLeaderAppoint', appoint, 'team { id }');
    people = [
      await newcomer(),
      await newcomer({ titleLevel: 'senior' }),
      await newcomer({ birthDate: '1950-01-01' }),
      await newcomer(),
    ];
    leader = persona('leader', [], { person: head });
    unit = persona('unit', [['dispatching-unit-party-committee', 'cn-430100', university]]);
    door = await openDoor(graph, [leader, unit, department], '2020-12-31');
  });
  afterAll(async () => {
    await door.close();
    await graph.stop();
  });

  const count = async (viewer = department) => {
    const { team: read } = await graph.get(
      viewer,
      'query ($id: ID!) { team(id: $id) { nominations { person { id } channel sourceCategory plannedOn } } }',
      { id: team },
    );
    return read.nominations as Record<string, unknown>[];
  };
  const address = `nominations?region=${COUNTY}&on=2018-03-15`;
  type Cell = string | null;
  const row = (who: string | undefined, part: string, more: readonly Cell[] = []): Cell[] => [
    who ?? '',
    null,
    part,
    ...more,
  ];

  it('begin with a form that offers the teams, the places and the codes of the law', async () => {
    const answer = await door.visit(department, `forms/${address}&organisation=${university}`);
    expect(answer.status).toBe(200);
    const [titles = [], ...begun] = await textsOf(answer.body, SHEET);
    expect(titles.slice(0, 4)).toEqual(['人员编号*', '姓名', '推荐为*', '团队']);
    expect(begun.map(([id]) => id)).toEqual(expect.arrayContaining(people));
    const lists = (await textsOf(answer.body, '编码')).flat();
    const offered = ['祁东县专家服务团', '祁东县', '科技扶贫专家服务团', '单位推荐', '团长', '成员'];
    expect(lists).toEqual(expect.arrayContaining(offered));
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(answer.body as never);
    const validation = (cell: string) => book.getWorksheet(SHEET)?.getCell(cell).dataValidation?.type;
    expect(['C2', 'D2', 'E2', 'F2', 'G2', 'H2', 'I2'].map(validation)).toEqual([...Array(6).fill('list'), undefined]);
  });

  it('are taken whole or not at all, each mistake with its cell, code and clause', async () => {
    const template = (await door.visit(department, `forms/${address}`)).body;
    const part = '祁东县专家服务团';
    const filled = await filledForm(template, SHEET, [
      row(people[0], '成员', [part, null, null, '单位推荐', '高等院校专业技术人员', '2018-05-01', '是']),
      row(people[1], '成员', [part, null, null, 'advertisement']),
      row(people[3], '委员', [part]),
      row(people[3], '成员', ['别的团']),
      row(people[3], '成员', [part, '祁东县']),
      row('cn-430426', '成员', [part]),
      row(people[0], '成员', [part, null, null, '单位推荐']),
    ]);
    const refused = await door.visit(leader, `imports/${address}`, filled);
    expect(refused.status).toBe(422);
    expect(refused.json).toMatchObject({ written: 0, id: null });
    const told = refused.json.reasons.map(({ cell, code }: Record<string, string>) => [cell, code]);
    expect(told).toEqual([
      ['G3', 'NEEDS_OVERRIDE'],
      ['C4', 'CELL_NOT_IN_LIST'],
      ['D5', 'CELL_NOT_IN_LIST'],
      ['D6', 'TEAM_OR_REGION'],
      ['A7', 'CELL_NOT_ID'],
    ]);
    expect(refused.json.reasons[0]).toMatchObject({
      rule: 'hunan.team.member-channels',
      citation: { document: 'hunan-team-plan', article: '三（三）', phrase: '个人自荐等形式' },
    });
    expect(await count()).toEqual([]);

    const report = await door.visit(leader, `imports/${address}`, filled, { accept: XLSX });
    expect(report.status).toBe(422);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(report.body as never);
    const sheet = book.getWorksheet(SHEET) as ExcelJS.Worksheet;
    expect(sheet.getCell('G3').fill).toMatchObject({ type: 'pattern', fgColor: { argb: 'FFFFC7CE' } });
    expect(sheet.getCell('K3').text).toMatch(/^G3 \[NEEDS_OVERRIDE\] .*hunan\.team\.member-channels/);

    // The same person twice on one day is a mistake of the second row, and undoes the first.
    const twice = await filledForm(template, SHEET, [
      row(people[0], '成员', [part, null, null, '单位推荐']),
      row(people[0], '成员', [part, null, null, '个人自荐']),
    ]);
    const again = await door.visit(leader, `imports/${address}`, twice);
    expect(again.json.reasons).toMatchObject([{ cell: 'A3', code: 'ALREADY_NOMINATED' }]);
    expect(await count()).toEqual([]);
  });

  it('are judged as the single act is: by who puts forward, and under the law of the place', async () => {
    const template = (await door.visit(department, `forms/${address}`)).body;
    const rows = [row(people[0], '成员', ['祁东县专家服务团', null, null, '单位推荐', null, '2018-05-01'])];
    const file = await filledForm(template, SHEET, rows);
    const notTheirs = await door.visit(department, `imports/${address}`, file);
    expect(notTheirs.json.reasons).toMatchObject([
      { cell: 'C2', code: 'DENY', rule: 'hunan.team.formation-by-leader', citation: { phrase: '由团长负责组织' } },
    ]);
    const tried = await door.visit(leader, `imports/${address}&dryRun=true`, file);
    expect([tried.status, tried.json.written, tried.json.reasonCount]).toEqual([200, 0, 0]);
    expect(await count()).toEqual([]);
    const taken = await door.visit(leader, `imports/${address}`, file);
    expect([taken.status, taken.json.written]).toEqual([200, 1]);
    const repeated = await door.visit(leader, `imports/${address}`, file);
    expect(repeated.json).toMatchObject({ written: 0, repeated: 1, reasonCount: 0 });
    expect(await count()).toEqual([
      {
        person: { id: people[0] },
        channel: 'unit-recommendation',
        sourceCategory: null,
        plannedOn: '2018-05-01',
      },
    ]);
    // The team of the address stands for that of every row that names none.
    const unnamed = await filledForm(template, SHEET, [row(people[3], '成员', [null, null, null, '个人自荐'])]);
    expect((await door.visit(leader, `imports/${address}&team=${team}`, unnamed)).json).toMatchObject({ written: 1 });
    expect(await count()).toHaveLength(2);
  });

  it('for a leader come before there is a team, and name the column of the age that is too high', async () => {
    const place = `nominations?region=${PREFECTURE}&on=2018-03-15`;
    const template = (await door.visit(unit, `forms/${place}`)).body;
    const forward = (who: string | undefined) =>
      row(who, '团长', [null, '常宁市', '科技扶贫专家服务团', '单位推荐', null, '2018-05-01', '是']);
    const file = await filledForm(template, SHEET, [forward(people[1]), forward(people[2])]);
    const refused = await door.visit(unit, `imports/${place}`, file);
    expect(refused.json.reasons).toMatchObject([
      { cell: 'I3', code: 'NEEDS_OVERRIDE', rule: 'hunan.team.leader-age.nomination' },
    ]);
    const good = await filledForm(template, SHEET, [forward(people[1])]);
    expect((await door.visit(unit, `imports/${place}`, good)).json).toMatchObject({ written: 1, reasonCount: 0 });
    const { region } = await graph.get(
      persona('d', [['county-st-dept', TEAMLESS]]),
      'query ($id: ID!) { region(id: $id) { nominations { kind person { id } } } }',
      { id: TEAMLESS },
    );
    expect(region.nominations).toEqual([{ kind: 'LEADER', person: { id: people[1] } }]);
  });
});
