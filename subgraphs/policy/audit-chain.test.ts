import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { sha256 } from '../../policies/canonical.ts';
import { type AuditLine, AuditReader, FIRST, hashOf } from './audit-chain.ts';
import { verifyFile } from './audit-verify-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'tepai-audit-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A sound trail over these records. */
function trail(records: readonly string[]): AuditLine[] {
  let previous = FIRST;
  return records.map((record, at) => {
    const link = {
      position: at + 1,
      kind: 'decision' as const,
      entry: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
      digest: sha256(record),
      at: '2022-06-01T04:00:00.000Z',
      previous,
    };
    previous = hashOf(link);
    return { ...link, hash: previous, record };
  });
}
const lines = trail(['{"a":1}', '{"a":2}', '{"a":3}', '{"a":4}']);
const head = lines.at(-1) as AuditLine;
const [first, second, third, fourth] = lines as [AuditLine, AuditLine, AuditLine, AuditLine];

function read(changed: readonly (AuditLine | null)[], expected: { position: number; hash: string } | null = null) {
  const reader = new AuditReader(expected);
  for (const line of changed) reader.read(line);
  return reader.verdict();
}

describe('an audit trail', () => {
  it('that nobody touched is whole and says where it ends', () => {
    expect(read(lines, head)).toEqual({ lines: 4, head: { position: 4, hash: head.hash }, fault: null });
    expect(read([])).toEqual({ lines: 0, head: { position: 0, hash: FIRST }, fault: null });
  });

  it.each<[string, readonly (AuditLine | null)[], { position: number; what: string }]>([
    ['a record changed', [first, { ...second, record: '{"a":9}' }, third], { position: 2, what: 'record' }],
    [
      'a record changed with its digest',
      [first, { ...second, record: '{"a":9}', digest: sha256('{"a":9}') }, third],
      { position: 2, what: 'hash' },
    ],
    ['a time changed', [{ ...first, at: '2021-01-01T00:00:00.000Z' }], { position: 1, what: 'hash' }],
    ['a line left out', [first, third, fourth], { position: 2, what: 'position' }],
    ['a line left out and the rest renumbered', [first, { ...third, position: 2 }], { position: 2, what: 'previous' }],
    ['two lines exchanged', [second, first], { position: 1, what: 'position' }],
    ['the beginning cut off', [second, third], { position: 1, what: 'position' }],
    ['a line that cannot be read', [first, null], { position: 2, what: 'unreadable' }],
  ])('shows %s', (_name, changed, fault) => {
    expect(read(changed).fault).toEqual(fault);
  });

  it('rewritten whole, or cut at its end, is betrayed by a head written down before', () => {
    const rewritten = trail(['{"a":1}', '{"a":2}', '{"a":8}', '{"a":4}']);
    expect(read(rewritten).fault).toBeNull();
    expect(read(rewritten, head).fault).toEqual({ position: 4, what: 'head' });
    expect(read(lines.slice(0, 3)).fault).toBeNull();
    expect(read(lines.slice(0, 3), head).fault).toEqual({ position: 4, what: 'head' });
  });

  it('does not take the same entry twice', () => {
    const again = { ...second, position: 3, previous: second.hash };
    expect(read([first, second, { ...again, hash: hashOf(again) }]).fault).toEqual({ position: 3, what: 'repeated' });
  });

  it('is read from a file, without anything else', async () => {
    const file = join(folder, 'trail.jsonl');
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(await verifyFile(file, `4:${head.hash}`)).toMatchObject({ lines: 4, fault: null });
    writeFileSync(file, `${JSON.stringify(first)}\nnot json\n`);
    expect((await verifyFile(file, null)).fault).toEqual({ position: 2, what: 'unreadable' });
  });
});

describe('the commands', () => {
  const run = (program: string, args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [join(import.meta.dirname, program), ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });

  it('say in a line what fails', () => {
    const { status, stderr } = run('audit-verify-cli.ts', [join(folder, 'absent.jsonl')]);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('absent.jsonl');
  });

  it('leave no half of an export, and no earlier one overwritten', () => {
    const file = join(folder, 'export.jsonl');
    // Port 9 takes no connections.
    const nobody = [file, 'http://127.0.0.1:9/graphql'];
    const failed = run('audit-export-cli.ts', nobody, { TEPAI_TOKEN: 'token' });
    expect([failed.status, failed.stderr.trim().split('\n').length]).toEqual([1, 1]);
    expect(readdirSync(folder).filter((name) => name.startsWith('export'))).toEqual([]);
    writeFileSync(file, 'evidence');
    expect(run('audit-export-cli.ts', nobody, { TEPAI_TOKEN: 'token' }).status).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('evidence');
  });
});
