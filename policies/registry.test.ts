import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from './canonical.ts';
import type { Governs, Release } from './pack.ts';
import { PackError } from './problem.ts';
import { governing, openRegistry } from './registry.ts';
import { releaseText } from './release.ts';
import { release } from './testdata/arden.ts';

const versionOf = (
  id: string,
  version: string,
  governs: Governs = release.pack.governs,
  effective = release.pack.effective,
): Release => {
  const { digest, ...content } = { ...release, pack: { ...release.pack, id, version, governs, effective } };
  return { ...content, digest: digestOf(content) };
};

describe('what governs', () => {
  const subject = { regions: ['xx-arden-3', 'xx-arden'], statuses: ['upland'], asOf: '2021-01-01' };
  const until = { from: '2020-01-01', to: '2020-12-31', basis: 'stated' } as const;

  it('is the law of its regions, of their status and of everywhere, sorted by pack', () => {
    const releases = [
      versionOf('zoe', '1.0.0', { everywhere: true }),
      versionOf('upland', '1.0.0', { status: 'upland' }),
      versionOf('lowland', '1.0.0', { status: 'lowland' }),
      versionOf('arden', '1.0.0', { regions: ['xx-arden'] }),
      versionOf('bree', '1.0.0', { regions: ['xx-bree', 'xx-arden-4'] }),
    ];
    expect(governing(releases, subject).map(({ pack }) => pack.id)).toEqual(['arden', 'upland', 'zoe']);
  });

  it('is only what is in force that day, the last day included', () => {
    const old = [versionOf('arden', '1.0.0', { everywhere: true }, until)];
    expect(governing(old, { ...subject, asOf: '2020-12-31' })).toHaveLength(1);
    expect(governing(old, subject)).toEqual([]);
    expect(governing(old, { ...subject, asOf: '2019-12-31' })).toEqual([]);
  });
});

describe('a registry', () => {
  let folder = '';
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'packs-'));
    for (const version of ['1.9.0', '1.10.0'])
      put(`arden/releases/${version}.json`, releaseText(versionOf('arden', version)));
    put('bree/releases/1.0.0.json', releaseText(versionOf('bree', '1.0.0', { everywhere: true })));
    put('draft/pack.json', '{}');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('knows the latest version of each pack and every published one', () => {
    const registry = openRegistry(folder);
    expect(registry.latest().map(({ pack }) => `${pack.id} ${pack.version}`)).toEqual(['arden 1.10.0', 'bree 1.0.0']);
    expect(registry.versions('arden').map(({ pack }) => pack.version)).toEqual(['1.10.0', '1.9.0']);
    expect(registry.named('arden', '1.9.0')?.pack.version).toBe('1.9.0');
    expect(registry.named('arden', '3.0.0')).toBeUndefined();
    const { digest } = versionOf('arden', '1.9.0');
    expect(registry.withDigest(digest)?.pack.version).toBe('1.9.0');
    expect(registry.governing({ regions: [], statuses: [], asOf: '2021-01-01' }).map(({ pack }) => pack.id)).toEqual([
      'bree',
    ]);
  });

  it('takes up what is published while it is open', () => {
    const registry = openRegistry(folder);
    put('arden/releases/2.0.0.json', releaseText(versionOf('arden', '2.0.0')));
    expect(registry.refresh()).toEqual([]);
    expect(registry.latest()[0]?.pack.version).toBe('2.0.0');
  });

  it('keeps the last good law when a file is damaged, edited or gone', () => {
    const registry = openRegistry(folder);
    const before = registry.latest();
    put('arden/releases/1.10.0.json', '{');
    put('arden/releases/1.9.0.json', releaseText(versionOf('arden', '1.9.0', { everywhere: true })));
    put('arden/releases/9.0.0.json', releaseText(versionOf('arden', '8.0.0')));
    rmSync(join(folder, 'bree'), { recursive: true });
    expect(registry.refresh().map(({ code, file }) => `${code} ${file}`)).toEqual([
      'NOT_JSON arden/releases/1.10.0.json',
      'RELEASE_EXISTS arden/releases/1.9.0.json',
      'WRONG_ID arden/releases/9.0.0.json',
    ]);
    expect(registry.latest()).toEqual(before);
    expect(registry.named('arden', '1.9.0')?.pack.governs).toEqual(release.pack.governs);
  });

  it('takes back what is withdrawn: the newest of the others governs, and it does not come back', () => {
    const registry = openRegistry(folder);
    const back = (version: string) => ({ version, on: '2026-11-22', reason: { zh: '数字有误', en: 'a wrong figure' } });
    put('arden/withdrawals.json', JSON.stringify([back('1.10.0')]));
    expect(registry.refresh()).toEqual([]);
    expect(registry.latest().map(({ pack }) => `${pack.id} ${pack.version}`)).toEqual(['arden 1.9.0', 'bree 1.0.0']);
    expect(registry.withdrawal('arden', '1.10.0')?.reason.en).toBe('a wrong figure');
    expect(registry.withdrawal('arden', '1.9.0')).toBeUndefined();
    expect(registry.versions('arden').map(({ pack }) => pack.version)).toEqual(['1.10.0', '1.9.0']);
    expect(registry.withDigest(versionOf('arden', '1.10.0').digest)?.pack.version).toBe('1.10.0');
    put('arden/withdrawals.json', '[');
    expect(registry.refresh().map(({ code, file }) => `${code} ${file}`)).toEqual(['NOT_JSON arden/withdrawals.json']);
    expect(registry.latest()[0]?.pack.version).toBe('1.9.0');
    put('arden/withdrawals.json', JSON.stringify([back('1.9.0'), back('7.0.0')]));
    expect(registry.refresh().map(({ code }) => code)).toEqual(['UNKNOWN_FILE']);
    expect(registry.latest().map(({ pack }) => pack.id)).toEqual(['bree']);
  });

  it('does not open on a release it cannot read', () => {
    put('bree/releases/1.0.1.json', '{}');
    expect(() => openRegistry(folder)).toThrow(PackError);
  });
});
