import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { toDocx } from './docx.ts';
import type { Page } from './page.ts';
import { toPdf } from './pdf.ts';
import { openZip } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'paper-'));
afterAll(() => rmSync(folder, { recursive: true }));

const page: Page = {
  title: '荣誉证书',
  blocks: [
    { kind: 'paragraph', text: '张龘、李喆、王㛃：', isIndented: false },
    { kind: 'paragraph', text: '在2022年度科技特派员绩效评价中被评为优秀。特发此证，以资鼓励。'.repeat(6) },
    { kind: 'table', header: ['序号', '姓名', '工作单位'], rows: [['1', '欧阳骞', '温县山药合作社']] },
    { kind: 'signature', lines: ['某市科技局', '2022年12月31日'] },
  ],
};
const text = (file: Buffer) => {
  const path = join(folder, 'page.pdf');
  writeFileSync(path, file);
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
};

describe('an official page', () => {
  it('is a PDF that reads as it was written, rare characters too, with only what it uses of the font', async () => {
    const file = await toPdf(page, new Date('2023-01-01T00:00:00Z'));
    const read = text(file);
    for (const part of ['荣誉证书', '张龘、李喆、王㛃：', '欧阳骞', '温县山药合作社', '2022年12月31日'])
      expect(read).toContain(part);
    expect(read.replaceAll(/\s/g, '')).toContain('特发此证，以资鼓励。在2022年度');
    expect(file.length).toBeLessThan(200_000);
    expect(file.toString('latin1')).toMatch(/FontFile/);
    // No line is longer than the standard's 28 characters.
    const longest = Math.max(...read.split('\n').map((line) => line.trim().length));
    expect(longest).toBeLessThanOrEqual(32);
    expect(longest).toBeGreaterThanOrEqual(26);
  });

  it('is refused as a PDF when the font lacks a character, which is named, and not printed as a box', async () => {
    const rare: Page = { title: '聘书', blocks: [{ kind: 'paragraph', text: '张\u{31350}：' }] };
    await expect(toPdf(rare, new Date())).rejects.toMatchObject({
      code: 'FONT_LACKS_CHARACTER',
      text: { zh: expect.stringContaining('U+31350') },
    });
    const zip = openZip(await toDocx(rare));
    expect(await zip.text('word/document.xml')).toContain('张\u{31350}：');
  });

  it('is a Word file on the page of GB/T 9704, which names its fonts', async () => {
    const xml = await openZip(await toDocx(page)).text('word/document.xml');
    expect(xml).toContain('w:top="2098"');
    expect(xml).toContain('w:left="1587"');
    expect(xml).toMatch(/<w:docGrid[^>]*w:type="linesAndChars"/);
    expect(xml).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
    expect(xml).toMatch(/w:eastAsia="方正小标宋简体"[\s\S]*荣誉证书/);
    expect(xml).toContain('w:eastAsia="仿宋_GB2312"');
    expect(xml).toContain('张龘、李喆、王㛃：');
    expect(xml).toMatch(/<w:tblHeader\/>[\s\S]*欧阳骞/);
  });

  it('comes with the licence of its font', () => {
    const licence = readFileSync(new URL('font/LICENSE', import.meta.url), 'utf8');
    expect(licence).toContain('SIL OPEN FONT LICENSE');
    expect(licence).toContain('Noto Serif SC');
  });
});
