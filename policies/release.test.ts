import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canonical, digestOf } from './canonical.ts';
import { loadPack } from './load.ts';
import type { Release } from './pack.ts';
import { compareVersions, loadRelease, releaseText } from './release.ts';
import { release as publish } from './release-cli.ts';
import { folder as ardenFolder, catalogue, release } from './testdata/arden.ts';

const refusing = (code: string) => expect.objectContaining({ code }) as never;
/** The release with something changed in it and, as a forger would, a digest to match. */
const forged = (change: Partial<Release>) => {
  const { digest, ...content } = { ...release, ...change };
  return { ...content, digest: digestOf(content) };
};

describe('a release', () => {
  it('is read back as what was frozen', () => {
    expect(loadRelease(releaseText(release))).toEqual(release);
    expect(loadRelease(JSON.parse(releaseText(release)))).toEqual(release);
  });

  it('holds the law and no cases', () => {
    expect(Object.keys(release).sort()).toEqual(
      [
        'chains',
        'digest',
        'facts',
        'format',
        'indicators',
        'obligations',
        'pack',
        'parameters',
        'roles',
        'rules',
        'sources',
      ].sort(),
    );
  });

  it('is refused when a character of it changed', () => {
    const text = releaseText(release);
    expect(() => loadRelease(text.replace('"value": 5000000', '"value": 5000001'))).toThrow(refusing('RELEASE_DIGEST'));
    expect(() => loadRelease({ ...release, digest: `sha256:${'0'.repeat(64)}` })).toThrow(refusing('RELEASE_DIGEST'));
  });

  it('is refused when it is none', () => {
    expect(() => loadRelease('{}')).toThrow(refusing('RELEASE_FORMAT'));
    expect(() => loadRelease(null)).toThrow(refusing('RELEASE_FORMAT'));
    expect(() => loadRelease('[')).toThrow(refusing('NOT_JSON'));
  });

  it('is refused when its digest is right and its meaning is not', () => {
    const [rule] = release.rules;
    const requiring = (requires: unknown) => forged({ rules: [{ ...rule, requires }] as never });
    expect(() => loadRelease(requiring({ fact: 'team.colour', operator: 'equal', value: 'red' }))).toThrow(
      refusing('UNKNOWN_FACT'),
    );
    expect(() => loadRelease(requiring({ fact: 'team.level', operator: 'before', value: 'x' }))).toThrow(
      refusing('OPERATOR_TYPE'),
    );
    expect(() => loadRelease(requiring({ condition: 'experienced' }))).toThrow(refusing('UNKNOWN_FACT'));
    const [parameter] = release.parameters;
    const values = [{ from: '2020-01-01', value: 'many', citation: rule?.citation }];
    expect(() => loadRelease(forged({ parameters: [{ ...parameter, type: 'integer', values }] as never }))).toThrow(
      refusing('VALUE_TYPE'),
    );
  });
});

describe('versions', () => {
  it('are compared by number', () => {
    expect(['1.10.0', '1.9.9', '2.0.0', '1.9.10'].sort(compareVersions)).toEqual([
      '1.9.9',
      '1.9.10',
      '1.10.0',
      '2.0.0',
    ]);
    expect(compareVersions('1.2.3', '1.2.3')).toBe(0);
  });
});

describe('publishing', () => {
  let folder = '';
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'packs-')), 'arden');
    cpSync(ardenFolder, folder, { recursive: true });
    rmSync(join(folder, 'releases'), { recursive: true, force: true });
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  const edit = (file: string, from: string, to: string) => {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replaceAll(from, to));
  };

  it('writes the frozen version once', async () => {
    const file = await publish(folder, catalogue);
    expect(file).toBe(join(folder, 'releases', '1.0.0.json'));
    const written = readFileSync(file, 'utf8');
    expect(canonical(loadRelease(written))).toBe(canonical(release));
    expect(loadPack(folder, catalogue).rules).toHaveLength(9);
    await expect(publish(folder, catalogue)).rejects.toThrow(refusing('RELEASE_EXISTS'));
    expect(readFileSync(file, 'utf8')).toBe(written);
  });

  it.each([
    ['CASE_DIFFERS', 'parameters/leader.age.max.json', '"value": 45', '"value": 50'],
    ['CASE_DIFFERS', 'baselines/expenseRecord.json', '100,', '9000000,'],
    ['CHANGELOG_SILENT', 'pack.json', '1.0.0', '1.0.1'],
    ['WARNED', 'parameters/team.size.max.json', '"value": 10', '"value": 2'],
    ['UNKNOWN_DOCUMENT', 'sources.json', 'arden-2020', 'arden-2021'],
  ])('refuses with %s when %s says otherwise, and writes nothing', async (code, file, from, to) => {
    edit(file, from, to);
    await expect(publish(folder, catalogue)).rejects.toThrow(
      expect.objectContaining({ problems: expect.arrayContaining([expect.objectContaining({ code })]) }) as never,
    );
    expect(existsSync(join(folder, 'releases'))).toBe(false);
  });
});
