import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import {
  act as evaluate,
  grade,
  organisation,
  score,
  seats,
  team,
  teamBatch,
} from '../subgraphs/evaluation/testdata/batch.ts';
import {
  agreed,
  bureau,
  type Cast,
  CITY,
  COUNTY,
  cast,
  countyDept,
  openRound,
  person,
  publishedNeed,
  serving,
  stranger,
} from '../subgraphs/personnel/testdata/round.ts';
import { anonymous, type Graph, startGraph } from '../tests/harness.ts';
import { openDoor, textsOf } from './testdata/door.ts';
import { openZip } from './zip.ts';

describe('paper', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  let graph: Graph;
  let players: Cast;
  let door: Awaited<ReturnType<typeof openDoor>>;
  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    players = await cast(graph);
    door = await openDoor(graph, [bureau, countyDept, stranger, players.sender], '2023-02-01');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await door.close();
    await graph.stop();
  });

  const readPdf = (file: Buffer) => {
    writeFileSync(join(folder, 'a.pdf'), file);
    const text = execFileSync('pdftotext', [join(folder, 'a.pdf'), '-'], { encoding: 'utf8' });
    return text.replaceAll(/\s/g, '');
  };
  /** A filled form: the titles as the template has them, then rows. */
  async function filled(template: Buffer, sheet: string, rows: readonly (readonly unknown[])[]): Promise<Buffer> {
    const [titles = []] = await textsOf(template, sheet);
    const book = new ExcelJS.Workbook();
    const page = book.addWorksheet(sheet);
    for (const row of [titles, ...rows]) page.addRow([...row]);
    return Buffer.from(await book.xlsx.writeBuffer());
  }

  it('is a certificate that anybody can have of a published grade, in the words of the place', async () => {
    const unit = await organisation(graph, '农业大学');
    const teams: string[] = [];
    for (const name of ['山药龘团', '地黄团', '菊花团', '牛膝团', '小麦团', '奶业团', '食用菌团'])
      teams.push(await team(graph, unit, name));
    const batch = await teamBatch(graph, teams);
    let at = batch.version;
    // The best comes last: a quota counts those that are graded.
    for (const seat of (await seats(graph, batch.id)).toSorted((a) => (a.subjectId === teams[0] ? 1 : -1))) {
      const { evaluation } = await score(graph, seat);
      at = (await grade(graph, evaluation, seat.subjectId === teams[0] ? 'excellent' : 'good')).evaluation.batch
        .version;
    }
    const seat = (await seats(graph, batch.id)).find(({ subjectId }) => subjectId === teams[0]);
    const issue = { evaluation: seat?.id, number: '2022-001', on: '2022-12-31' };
    const publish = { batch: batch.id, version: at, on: '2022-12-01', sites: ['prefecture-st-network'] };
    await evaluate(graph, bureau, 'evaluationPublish', publish);
    const issued = await evaluate(graph, bureau, 'certificateIssue', issue, 'certificate { id }');
    expect(issued.decision.findings).toEqual([]);

    const pdf = await door.visit(null, 'documents/certificate?year=2022&number=2022-001');
    expect(pdf.status).toBe(200);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    const text = readPdf(pdf.body);
    for (const part of [
      '荣誉证书',
      '山药龘团：',
      '2022年度',
      '绩效评价',
      '优秀',
      '证书编号：2022-001',
      '焦作市',
      '2022年12月31日',
    ])
      expect(text).toContain(part);
    const docx = await door.visit(null, 'documents/certificate?year=2022&number=2022-001&format=docx');
    expect(await openZip(docx.body).text('word/document.xml')).toContain('山药龘团：');
    const none = await door.visit(null, 'documents/certificate?year=2022&number=2022-002');
    expect([none.status, none.json.errors[0].extensions.code]).toEqual([404, 'DOCUMENT_NOT_FOUND']);
    const format = await door.visit(null, 'documents/certificate?year=2022&number=2022-001&format=ofd');
    expect([format.status, format.json.errors[0].extensions.code]).toEqual([400, 'FORMAT_UNKNOWN']);
  });

  it('is a letter of appointment and a public notice', async () => {
    const [served] = await serving(graph, players, 1, 1);
    const letter = await door.visit(bureau, `documents/letter-of-appointment?appointment=${served?.appointment}`);
    const text = readPdf(letter.body);
    for (const part of [
      '聘书',
      '李老师0：',
      '2022年度科技特派员（市派）',
      '修武县',
      '2022年4月1日起至2022年12月31日',
      '派出单位：省农业大学',
    ])
      expect(text).toContain(part);
    const nowhere = await door.visit(
      bureau,
      'documents/letter-of-appointment?appointment=01890000-0000-7000-8000-000000000000',
    );
    expect(nowhere.status).toBe(404);
    const { selections } = await graph.get(anonymous, '{ selections { edges { node { id } } } }');
    const selection = selections.edges[0].node.id;
    const notice = await door.visit(stranger, `documents/public-notice?selection=${selection}&format=docx`);
    expect(notice.status).toBe(200);
    const xml = await openZip(notice.body).text('word/document.xml');
    for (const part of [
      '关于2022年度科技特派员（市派）拟定人选的公示',
      '2022年3月20日至2022年3月25日',
      '市科技网',
      '李老师0',
      '省农业大学',
      '公示办法',
    ])
      expect(xml).toContain(part);
  });

  it('is the registration form of a unit, which comes back as candidacies of a round', async () => {
    const selection = await openRound(graph, { batch: 2 });
    const { item } = await publishedNeed(graph, selection, players);
    const who = await person(graph, '候选人', players.university);
    const matching = await agreed(graph, item, who, players);
    const address = `region=${CITY}&selection=${selection}&organisation=${players.university}&on=2022-02-20`;
    const template = await door.visit(players.sender, `forms/applications?${address}`);
    const begun = await textsOf(template.body, '报名统计表');
    expect(begun[0]?.slice(0, 3)).toEqual(['人员编号*', '姓名', '对接编号']);
    expect(begun).toContainEqual([who, '候选人']);
    const row = [who, '候选人', matching, '是', '是', '2022-02-19', '土壤学', '山药', '十年'];
    const wrong = await filled(template.body, '报名统计表', [
      row,
      [...row.slice(0, 2), '', '否', '否', '2022-03-01', '土壤学'],
    ]);
    const refused = await door.visit(players.sender, `imports/applications?${address}`, wrong);
    expect(refused.json.reasons[0]).toMatchObject({ cell: 'F3', code: 'RECEIVED_ON_INVALID' });
    const twice = await filled(template.body, '报名统计表', [row, [...row.slice(0, 8), '十一年']]);
    const duplicate = await door.visit(players.sender, `imports/applications?${address}`, twice);
    expect(duplicate.json.reasons.map(({ cell, code }: Record<string, string>) => [cell, code])).toEqual([
      ['A3', 'DUPLICATE_APPLICATION'],
    ]);
    const taken = await door.visit(
      players.sender,
      `imports/applications?${address}`,
      await filled(template.body, '报名统计表', [row]),
    );
    expect(taken.json).toMatchObject({ written: 1, reasonCount: 0 });
    const list = await door.visit(bureau, `lists/applications?region=${CITY}&selection=${selection}`);
    const rows = await textsOf(list.body, '报名统计表');
    expect(rows).toHaveLength(2);
    expect(rows[1]).toEqual(expect.arrayContaining(['候选人', '省农业大学', '土壤学', '山药', '是', '2022-02-19']));
  });

  it('is the training ledger, with the regions of the place to choose from', async () => {
    const address = `region=${CITY}&on=2022-12-31`;
    const template = await door.visit(bureau, `forms/trainings?${address}`);
    const [titles] = await textsOf(template.body, '培训台账');
    expect(titles?.slice(0, 4)).toEqual(['地区*', '培训日期*', '培训形式*', '培训内容*']);
    const file = await filled(template.body, '培训台账', [
      ['修武县', '2022-05-01', '技能培训', '果树修剪', '农户', 40],
      ['焦作市', '2022-06-01', 'online', '土肥', '', 120],
    ]);
    expect((await door.visit(bureau, `imports/trainings?${address}`, file)).json).toMatchObject({ written: 2 });
    const { trainings } = await graph.get(
      bureau,
      '{ trainings { edges { node { region { id } form traineeCount } } } }',
    );
    expect(trainings.edges.map(({ node }: { node: unknown }) => node)).toEqual([
      { region: { id: CITY }, form: 'online', traineeCount: 120 },
      { region: { id: COUNTY }, form: 'skills', traineeCount: 40 },
    ]);
  });
});
