import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Letter } from '../subgraphs/personnel/tables/letter.ts';
import { done, organisation, person } from '../subgraphs/personnel/testdata/scene.ts';
import { activeTeam, department, status, village } from '../subgraphs/projects-funding/testdata/county.ts';
import { anonymous, type Graph, startGraph } from '../tests/harness.ts';
import { openDoor } from './testdata/door.ts';
import { docxText, pdfText } from './testdata/read.ts';

const COUNTY = 'cn-533323';
const ADVISERS = 'industry-advisor-group';
const bureau = department('county-revitalisation-dept', COUNTY);

describe('documents of a project and of a team', () => {
  let graph: Graph;
  let door: Awaited<ReturnType<typeof openDoor>>;
  let place: { village: string; township: string };
  let team: string;
  let project: string;

  beforeAll(async () => {
    graph = await startGraph({ today: '2022-06-30' });
    await status(graph, COUNTY, 'poverty-lifted');
    place = await village(graph, COUNTY);
    team = await activeTeam(graph, COUNTY, ADVISERS, 'national');
    const [committee, township] = [
      department('village-committee', place.village),
      department('township-government', place.township),
    ];
    door = await openDoor(graph, [bureau, committee], '2022-06-30');
    const implementer = await organisation(graph, COUNTY, {
      name: '高山草果专业合作社',
      type: 'cooperative',
      nature: 'enterprise',
      level: 'unit',
    });
    const registered = await done(
      graph,
      bureau,
      'projectRegister',
      {
        title: '草果提质增效项目',
        region: place.village,
        programme: ADVISERS,
        team,
        implementer,
        targets: ['脱贫户', '监测户'],
        measures: ['统一供苗', '技术培训'],
        beneficiaryHouseholds: 120,
        beneficiaryPoorHouseholds: 45,
        benefitLinkage: '保底收购',
        on: '2022-02-20',
      },
      'project { id version }',
    );
    project = registered.id;
    for (const [viewer, level, version] of [
      [committee, 'village', 1],
      [township, 'township', 2],
    ] as const) {
      const hang = { project, version, level, place: 'fixed-board', location: '办公楼前', on: '2022-03-01' };
      await done(graph, viewer, 'projectNoticeOpen', hang, 'notice { id version }');
    }
  });
  afterAll(async () => {
    await door.close();
    await graph.stop();
  });

  it('are the public notice of each level, in the words and with the days of the law there', async () => {
    for (const [level, poster] of [
      ['village', '村村民委员会'],
      ['township', '乡人民政府'],
    ] as const) {
      const address = `documents/project-notice?project=${project}&level=${level}`;
      const pdf = await door.visit(null, address);
      expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(pdf.body.toString('latin1')).toMatch(/FontFile/);
      const docx = await door.visit(bureau, `${address}&format=docx`);
      for (const text of [pdfText(pdf.body), await docxText(docx.body)])
        for (const part of [
          '关于草果提质增效项目的公示',
          '拟按产业顾问组项目申报实施',
          '2022年3月1日',
          '办公楼前固定公开栏',
          '不少于10日',
          '高山草果专业合作社',
          '脱贫户；监测户',
          '120户，其中脱贫户（监测户）45户',
          '统一供苗；技术培训',
          '保底收购',
          poster,
        ])
          expect(text).toContain(part);
      expect(pdfText(pdf.body)).not.toMatch(/预期成效|驻村帮扶|公示至|undefined|null/);
    }
    for (const address of [`project=${project}&level=county`, `project=${uuid()}&level=village`]) {
      const none = await door.visit(null, `documents/project-notice?${address}`);
      expect([none.status, none.json.errors[0].extensions.code]).toEqual([404, 'DOCUMENT_NOT_FOUND']);
    }
  });

  it('are the letters of a team and of its members, signed by the bodies that issued them', async () => {
    const unit = await organisation(graph, COUNTY, { name: '省茶学会', type: 'society' });
    const [expert, other] = [await person(graph, unit, { name: '欧阳骞' }), await person(graph, unit)];
    const em = graph.subgraphs.get('personnel')?.orm.em.fork();
    const issuers = ['national-revitalisation-administration', 'national-science-association'];
    for (const [personId, number] of [
      [null, '顾聘〔2022〕1号'],
      [expert, null],
    ] as const)
      await em?.insert(Letter, {
        id: uuid(),
        version: 1,
        teamId: team,
        personId,
        number,
        issuers,
        issuedOn: '2022-03-12',
      });
    const { team: read } = await graph.get(anonymous, 'query ($id: ID!) { team(id: $id) { name } }', { id: team });
    const texts = async (address: string) => {
      const [pdf, docx] = [
        await door.visit(null, `documents/team-letter?${address}`),
        await door.visit(null, `documents/team-letter?${address}&format=docx`),
      ];
      return [pdfText(pdf.body), await docxText(docx.body)];
    };
    const signed = ['聘书', '国家乡村振兴局', '中国科协', '2022年3月12日'];
    for (const text of await texts(`team=${team}`)) {
      for (const part of [...signed, `${read.name}：`, '为产业顾问组', '聘书编号：顾聘〔2022〕1号'])
        expect(text).toContain(part);
    }
    for (const text of await texts(`team=${team}&person=${expert}`)) {
      for (const part of [...signed, '欧阳骞：', '兹聘请您担任产业顾问组成员（团队']) expect(text).toContain(part);
      expect(text).not.toContain('聘书编号');
    }
    const none = await door.visit(bureau, `documents/team-letter?team=${team}&person=${other}`);
    expect([none.status, none.json.errors[0].extensions.code]).toEqual([404, 'DOCUMENT_NOT_FOUND']);
  });
});
