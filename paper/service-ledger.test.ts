import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { CITY, COUNTY, countyDept, stranger } from '../subgraphs/evaluation/testdata/batch.ts';
import { type Commissioner, commissioner } from '../subgraphs/evaluation/testdata/commissioner.ts';
import { type Graph, startGraph } from '../tests/harness.ts';
import { XLSX } from './spreadsheet.ts';
import { openDoor, textsOf } from './testdata/door.ts';

const ADDRESS = `region=${COUNTY}&on=2022-12-31`;

describe('the service ledger on paper', () => {
  let graph: Graph;
  let door: Awaited<ReturnType<typeof openDoor>>;
  let li: Commissioner;
  let zhang: Commissioner;
  let template: Buffer;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    li = await commissioner(graph, '李龘');
    zhang = await commissioner(graph, '张');
    door = await openDoor(graph, [countyDept, stranger, li.self], '2023-02-01');
  });
  afterAll(async () => {
    await door.close();
    await graph.stop();
  });

  /** The template as somebody filled it in below its header. */
  async function filled(rows: readonly Record<string, unknown>[]): Promise<Buffer> {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(template as never);
    const sheet = book.getWorksheet('服务台账') as ExcelJS.Worksheet;
    const titles = (sheet.getRow(1).values as string[]).map((title) => title?.replace('*', ''));
    for (const [at, row] of rows.entries()) {
      const line = sheet.getRow(at + 2);
      for (let column = 1; column < titles.length; column += 1) line.getCell(column).value = null;
      for (const [title, value] of Object.entries(row)) line.getCell(titles.indexOf(title)).value = value as never;
    }
    return Buffer.from(await book.xlsx.writeBuffer());
  }
  const row = (who: Commissioner, date: string, more: Record<string, unknown> = {}) => ({
    选派编号: who.id,
    开始日期: date,
    服务内容: `果树修剪 ${date}`,
    ...more,
  });
  const count = async () => {
    const data = await graph.get(countyDept, `{ serviceRecords { totalCount } }`);
    return data.serviceRecords.totalCount as number;
  };

  it('begins with a template: the appointments the caller may see, and the words of the law to choose from', async () => {
    const answer = await door.visit(countyDept, `forms/service-records?${ADDRESS}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('服务台账.xlsx'));
    template = answer.body;
    const [header, ...begun] = await textsOf(template, '服务台账');
    expect(header?.slice(0, 5)).toEqual(['选派编号', '姓名', '开始日期*', '天数', '服务方式*']);
    expect(begun).toEqual([
      [li.id, '李龘'],
      [zhang.id, '张'],
    ]);
    const lists = await textsOf(template, '编码');
    expect(lists.flat()).toEqual(expect.arrayContaining(['全产业链服务', '修武县']));
  });

  it('is taken back whole', async () => {
    const mode = (await textsOf(template, '编码'))[1]?.[0];
    expect(mode).not.toBe('on-site');
    const file = await filled([
      row(li, '2022-03-01', {
        天数: 3,
        服务方式: mode,
        服务任务: '全产业链服务',
        对象已确认: '是',
        服务县: '修武县',
        参加人数: 12,
      }),
      row(zhang, '2022/3/10', { 服务方式: 'remote' }),
    ]);
    const taken = await door.visit(countyDept, `imports/service-records?${ADDRESS}`, file);
    expect(taken.json).toMatchObject({ written: 2, repeated: 0, reasonCount: 0 });
    expect(taken.status).toBe(200);
    const data = await graph.get(
      li.self,
      `{ serviceRecords { edges { node { date days mode taskType objectAcknowledged attendance county { id } loggedOn } } } }`,
    );
    expect(data.serviceRecords.edges).toEqual([
      {
        node: {
          date: '2022-03-01',
          days: 3,
          mode: 'on-site',
          taskType: 'whole-chain',
          objectAcknowledged: true,
          attendance: 12,
          county: { id: COUNTY },
          loggedOn: '2022-12-31',
        },
      },
    ]);
    const again = await door.visit(countyDept, `imports/service-records?${ADDRESS}`, file);
    expect(again.json).toMatchObject({ written: 0, repeated: 2, reasonCount: 0 });
  });

  it('changes nothing when anything is wrong, and comes back with every cell, its code and its clause', async () => {
    const before = await count();
    const file = await filled([
      row(li, '2022-04-01', { 服务方式: 'on-site' }),
      row(li, '2023-01-05', { 服务方式: 'on-site' }),
      row(zhang, '2022-02-30', { 服务方式: 'on-site' }),
      row(zhang, '2022-04-04', { 服务方式: 'on-site', 天数: 99 }),
      row(zhang, '2022-04-05', { 服务方式: '电话' }),
    ]);
    const refused = await door.visit(countyDept, `imports/service-records?${ADDRESS}`, file);
    expect(refused.status).toBe(422);
    expect(refused.json).toMatchObject({ written: 0, id: null });
    expect(refused.json.reasons.map(({ cell, code }: { cell: string; code: string }) => [cell, code])).toEqual([
      ['C3', 'DENY'],
      ['C4', 'CELL_NOT_DATE'],
      ['D5', 'DAYS_INVALID'],
      ['E6', 'CELL_NOT_IN_LIST'],
    ]);
    expect(refused.json.reasons[0]).toMatchObject({
      rule: 'platform.service.not-future',
      citation: { document: expect.any(String), article: expect.any(String), phrase: expect.any(String) },
      message: { zh: expect.any(String), en: expect.any(String) },
    });
    expect(await count()).toBe(before);

    const report = await door.visit(countyDept, `imports/service-records?${ADDRESS}`, file, { accept: XLSX });
    expect(report.status).toBe(422);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(report.body as never);
    const sheet = book.getWorksheet('服务台账') as ExcelJS.Worksheet;
    expect(sheet.getCell('O1').value).toBe('问题');
    expect(sheet.getCell('O3').text).toMatch(/^C3 \[DENY\] .*platform\.service\.not-future/);
    expect(sheet.getCell('P4').text).toContain('[CELL_NOT_DATE]');
    expect(sheet.getCell('C4').fill).toMatchObject({ type: 'pattern', fgColor: { argb: 'FFFFC7CE' } });
    expect((sheet.getCell('C2').fill as { pattern?: string } | undefined)?.pattern ?? 'none').toBe('none');

    // Mended in the report itself, reasons and all, it is taken.
    sheet.getCell('C3').value = '2022-04-02';
    sheet.getCell('C4').value = '2022-04-03';
    sheet.getCell('D5').value = 9;
    sheet.getCell('E6').value = 'remote';
    const mended = Buffer.from(await book.xlsx.writeBuffer());
    const tried = await door.visit(countyDept, `imports/service-records?${ADDRESS}&dryRun=true`, mended);
    expect(tried.json).toMatchObject({ written: 0, id: null, reasonCount: 0 });
    expect(await count()).toBe(before);
    const taken = await door.visit(countyDept, `imports/service-records?${ADDRESS}`, mended);
    expect(taken.json).toMatchObject({ written: 5, reasonCount: 0 });
    expect(await count()).toBe(before + 5);
  });

  it('is refused row by row to whom the graph refuses it', async () => {
    const file = await filled([row(li, '2022-05-01', { 服务方式: 'on-site' })]);
    const refused = await door.visit(stranger, `imports/service-records?${ADDRESS}`, file);
    expect(refused.status).toBe(422);
    expect(refused.json.reasons).toContainEqual(
      expect.objectContaining({ cell: 'A2', code: 'DENY', rule: 'platform.access.permitted' }),
    );
  });

  it('is opened to nobody without a token, and says what the address or the file lacks', async () => {
    const code = async (visit: ReturnType<typeof door.visit>) => {
      const { status, json } = await visit;
      return [status, json?.errors?.[0]?.extensions.code];
    };
    const file = await filled([row(li, '2022-06-01')]);
    expect(await code(door.visit(null, `forms/service-records?${ADDRESS}`))).toEqual([401, 'SIGN_IN_REQUIRED']);
    expect(await code(door.visit(null, `imports/service-records?${ADDRESS}`, file))).toEqual([401, 'SIGN_IN_REQUIRED']);
    expect(await code(door.visit(countyDept, 'forms/service-records'))).toEqual([400, 'PARAMETER_REQUIRED']);
    expect(await code(door.visit(countyDept, `imports/service-records?${ADDRESS}`))).toEqual([
      405,
      'METHOD_NOT_ALLOWED',
    ]);
    expect(await code(door.visit(countyDept, `imports/service-records?${ADDRESS}`, Buffer.from('a,b')))).toEqual([
      400,
      'FILE_NOT_XLSX',
    ]);
    expect(await code(door.visit(countyDept, `imports/trainings?${ADDRESS}`, file))).toEqual([400, 'SHEET_NOT_FOUND']);
    expect(
      await code(door.visit(countyDept, `imports/service-records?${ADDRESS}`, Buffer.alloc(25 * 2 ** 20))),
    ).toEqual([413, 'FILE_TOO_LARGE']);
  });

  it('is a door of the gateway itself', async () => {
    const { url } = await graph.gateway.listen(0);
    const answer = await fetch(`${url}/paper/forms/service-records?${ADDRESS}`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'SIGN_IN_REQUIRED' } }] });
    const forged = await fetch(`${url}/paper/lists/service-ledger?prefecture=${CITY}`, {
      headers: { authorization: 'Bearer x' },
    });
    expect(forged.status).toBeGreaterThanOrEqual(400);
  });

  it('goes out as the caller may see it, with where it comes from on the last sheet', async () => {
    const all = await door.visit(countyDept, `lists/service-ledger?prefecture=${CITY}&from=2022-04-01`);
    expect(all.status).toBe(200);
    const [header, ...rows] = await textsOf(all.body, '服务台账');
    expect(header?.slice(0, 3)).toEqual(['记录编号', '选派编号', '姓名']);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toEqual(expect.arrayContaining([li.id, '李龘', '修武县', '2022-04-01']));
    const source = new Map((await textsOf(all.body, '出处')).map(([name, ...value]) => [name, value.join()]));
    expect(source.get('行数')).toBe('5');
    expect(source.get('读取开始')).toBe('2023-02-01T04:00:00.000Z');
    expect(source.get('查询')).toContain('serviceRecords(filter: $filter');
    expect(source.get('政策包')).toMatch(/^\S+ \d+\.\d+\.\d+ sha256:/);
    const none = await door.visit(stranger, `lists/service-ledger?prefecture=${CITY}`);
    expect(await textsOf(none.body, '服务台账')).toHaveLength(1);
    const members = await door.visit(countyDept, `lists/member-ledger?region=${COUNTY}&year=2022`);
    expect((await textsOf(members.body, '人员台账')).map((cells) => cells[1])).toEqual(['姓名', '李龘', '张']);
    const figures = await door.visit(countyDept, `lists/indicators?region=${CITY}&year=2022`);
    expect((await textsOf(figures.body, '指标报表')).length).toBeGreaterThan(3);
  });
});
