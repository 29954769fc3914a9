import { describe, expect, it } from '@jest/globals';
import { XLSX } from '../../paper/spreadsheet.ts';
import { textsOf } from '../../paper/testdata/door.ts';
import { docxText, filledForm, pdfText } from '../../paper/testdata/read.ts';
import { bureau, CITY, COUNTY, countyDept, type Persona } from './door.ts';
import type { Processes } from './processes.ts';

/** A form, an import, a list and a document at the gateway's own address, after the journeys were told. */
export function tellPaper(open: () => Processes): void {
  async function visit(persona: Persona | null, path: string, file?: Buffer, headers: Record<string, string> = {}) {
    const { gateway, token } = open();
    const authorization: Record<string, string> = persona ? { authorization: `Bearer ${await token(persona)}` } : {};
    const answer = await fetch(`${gateway}/paper/${path}`, {
      method: file ? 'POST' : 'GET',
      headers: { ...authorization, ...headers },
      ...(file ? { body: new Uint8Array(file) } : {}),
    });
    return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
  }

  describe('on paper', () => {
    const SHEET = '培训台账';
    const address = `trainings?region=${COUNTY}&on=2022-12-31`;
    const training = (form: string) => ['修武县', '2022-05-01', form, '果树修剪', '农户', 40];

    it('a form is given out, refused whole, mended and taken whole, once', async () => {
      expect((await visit(null, `forms/${address}`)).status).toBe(401);
      const { body: template } = await visit(countyDept, `forms/${address}`);
      expect((await textsOf(template, '编码')).flat()).toEqual(expect.arrayContaining(['修武县', '技能培训']));
      const later = ['修武县', '2023-05-01', '技能培训', '果树修剪', '农户', 40];
      const wrong = await filledForm(template, SHEET, [training('技能培训'), later]);
      const refused = await visit(countyDept, `imports/${address}`, wrong, { accept: XLSX });
      expect([refused.status, refused.headers.get('content-type')]).toEqual([422, XLSX]);
      const [, , second = []] = await textsOf(refused.body, SHEET);
      expect(second.join()).toContain('B3 [DATE_IN_FUTURE]');
      const file = await filledForm(template, SHEET, [training('技能培训'), training('线上培训')]);
      for (const expected of [
        { written: 2, repeated: 0, reasonCount: 0 },
        { written: 0, repeated: 2, reasonCount: 0 },
      ]) {
        const taken = await visit(countyDept, `imports/${address}`, file);
        expect([taken.status, JSON.parse(taken.body.toString())]).toMatchObject([200, expected]);
      }
    });

    it('a list says what the journeys left, and where it comes from', async () => {
      const list = await visit(countyDept, `lists/service-ledger?prefecture=${CITY}`);
      expect([list.status, list.headers.get('content-type')]).toEqual([200, XLSX]);
      const rows = await textsOf(list.body, '服务台账');
      const { data } = await open().ask(
        countyDept,
        `{ serviceRecords(filter: { prefecture: "${CITY}" }) { totalCount } }`,
      );
      expect(rows.length - 1).toBe(data.serviceRecords.totalCount);
      expect(rows.length).toBeGreaterThan(1);
      const source = (await textsOf(list.body, '出处')).map(([name]) => name);
      expect(source).toEqual(expect.arrayContaining(['政策包', '查询', '行数']));
    });

    it('a letter of appointment is printed, with its font, and is a Word file', async () => {
      const query = `{ appointments(filter: { region: "${COUNTY}" }, first: 1) { edges { node { id person { name } } } } }`;
      const { data } = await open().ask(bureau, query);
      const [{ node }] = data.appointments.edges;
      const pdf = await visit(bureau, `documents/letter-of-appointment?appointment=${node.id}`);
      expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      const docx = await visit(bureau, `documents/letter-of-appointment?appointment=${node.id}&format=docx`);
      for (const text of [pdfText(pdf.body), await docxText(docx.body)]) {
        expect(text).toContain(`${node.person.name}：`);
        expect(text).toContain('修武县');
      }
    });
  });
}
