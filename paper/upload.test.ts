import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CITY, COUNTY, countyDept } from '../subgraphs/evaluation/testdata/batch.ts';
import { type Commissioner, commissioner } from '../subgraphs/evaluation/testdata/commissioner.ts';
import { type Graph, startGraph } from '../tests/harness.ts';
import { openDoor, textsOf } from './testdata/door.ts';
import { filledForm } from './testdata/read.ts';

const ADDRESS = `service-records?region=${COUNTY}&on=2022-12-31`;

describe('a file on its way to the door', () => {
  let graph: Graph;
  let door: Awaited<ReturnType<typeof openDoor>>;
  let li: Commissioner;
  let template: Buffer;
  let titles: string[];

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    li = await commissioner(graph, '李');
    door = await openDoor(graph, [countyDept], '2023-02-01');
    template = (await door.visit(countyDept, `forms/${ADDRESS}`)).body;
    [titles = []] = await textsOf(template, '服务台账');
  });
  afterAll(async () => {
    await door.close();
    await graph.stop();
  });

  const filled = (...dates: readonly string[]) => {
    const row = (date: string): Record<string, string> => ({
      选派编号: li.id,
      '开始日期*': date,
      '服务方式*': 'remote',
      '服务内容*': '电话指导',
    });
    const rows = dates.map((date) => titles.map((title) => row(date)[title] ?? null));
    return filledForm(template, '服务台账', rows);
  };
  const count = async () =>
    (await graph.get(countyDept, '{ serviceRecords { totalCount } }')).serviceRecords.totalCount as number;

  /** Sends a part of a file, does `then`, and answers the status, or null when the connection ended without one. */
  function send(part: Buffer, then: 'break' | 'end', headers: Record<string, string> = {}): Promise<number | null> {
    const { promise, resolve } = Promise.withResolvers<number | null>();
    const url = `${door.url}/paper/imports/${ADDRESS}`;
    const authorization = `Bearer ${countyDept.subject}`;
    const sent = request(url, { method: 'POST', headers: { authorization, ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? null);
    });
    sent.on('error', () => resolve(null));
    if (then === 'end') sent.end(part);
    else sent.write(part, () => setTimeout(() => sent.destroy(), 50));
    return promise;
  }

  it('that breaks off on its way takes nobody’s turn, writes nothing, and is no failure of ours', async () => {
    const file = await filled('2022-03-01');
    const half = file.subarray(0, file.length / 2);
    const length = { 'content-length': String(file.length) };
    for (let at = 0; at < 10; at += 1) expect(await send(half, 'break', length)).toBeNull();
    await new Promise((done) => setTimeout(done, 200));
    expect(door.failures).toEqual([]);
    expect(await count()).toBe(0);
    expect(await send(half, 'end')).toBe(400);
    expect((await door.visit(countyDept, `imports/${ADDRESS}&dryRun=true`, file)).status).toBe(200);
  });

  it('is judged by what it is and not by what it is called, but must be the body itself', async () => {
    const file = await filled('2022-03-01');
    const as = async (type: string) => {
      const answer = await door.visit(countyDept, `imports/${ADDRESS}&dryRun=true`, file, { 'content-type': type });
      return [answer.status, answer.json.errors?.[0].extensions.code];
    };
    for (const type of ['text/csv', 'application/json', 'application/x-www-form-urlencoded', ''])
      expect([type, ...(await as(type))]).toEqual([type, 200, undefined]);
    expect(await as('multipart/form-data; boundary=x')).toEqual([415, 'CONTENT_TYPE_WRONG']);
  });

  it('that is too large, or of a caller nobody knows, is answered and not cut off', async () => {
    const large = Buffer.alloc(60 * 2 ** 20);
    expect(await send(large, 'end')).toBe(413);
    const unknown = await send(large.subarray(0, 20 * 2 ** 20), 'end', { authorization: 'Basic x' });
    expect(unknown).toBe(401);
  });

  it('is taken in its turn: two are read at once, the others are told to come again', async () => {
    const file = await filled('2022-03-01');
    const all = Array.from({ length: 6 }, () => door.visit(countyDept, `imports/${ADDRESS}&dryRun=true`, file));
    const answers = await Promise.all(all);
    const told = answers.map(({ status, json }) => [status, json.errors?.[0].extensions.code]);
    expect(told).toContainEqual([200, undefined]);
    expect(told).toContainEqual([503, 'BUSY']);
    expect(new Set(told.map(String))).toEqual(new Set(['200,', '503,BUSY']));
    expect((await door.visit(countyDept, `imports/${ADDRESS}&dryRun=true`, file)).status).toBe(200);
  });

  it('that says a row twice is told so at its cell, and writes neither', async () => {
    const answer = await door.visit(countyDept, `imports/${ADDRESS}`, await filled('2022-03-01', '2022-03-01'));
    expect([answer.status, answer.json.written]).toEqual([422, 0]);
    expect(answer.json.reasons).toMatchObject([{ cell: 'A3', code: 'DUPLICATE_ROW' }]);
    expect(await count()).toBe(0);
  });

  it('goes to an address that may say anything, and is never our failure', async () => {
    const nul = encodeURIComponent('a\u0000b');
    const strange = [`'; drop table x; --`, nul, encodeURIComponent('\ud83d\ude00'), 'x'.repeat(3_000), '-1', '%', ''];
    const addresses = strange.flatMap((text) => [
      `forms/service-records?region=${text}`,
      `forms/service-records?region=${COUNTY}&year=${text}`,
      `forms/nominations?region=${CITY}&organisation=${text}&on=${text}`,
      `forms/applications?region=${CITY}&selection=${text}&organisation=${text}`,
      `lists/service-ledger?prefecture=${text}&from=${text}`,
      `lists/member-ledger?region=${text}&year=${text}`,
      `lists/applications?region=${CITY}&selection=${text}`,
      `lists/indicators?region=${text}&year=${text}&asOf=${text}`,
      `documents/certificate?year=${text}&number=${text}`,
      `documents/letter-of-appointment?appointment=${text}`,
      `documents/team-letter?team=${text}&person=${text}`,
      `documents/public-notice?selection=${text}`,
      `documents/project-notice?project=${text}&level=${text}`,
    ]);
    const failed: unknown[] = [];
    for (const address of addresses) {
      const answer = await door.visit(countyDept, address).catch((error) => ({ status: 599, json: String(error) }));
      if (answer.status >= 500) failed.push([address.slice(0, 120), answer.status, answer.json]);
    }
    expect(failed).toEqual([]);
    expect(door.failures).toEqual([]);
  });
});
