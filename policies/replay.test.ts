import { describe, expect, it } from '@jest/globals';
import { canonical, digestOf } from './canonical.ts';
import { decide } from './decide.ts';
import type { Release } from './pack.ts';
import { replay, UnknownRelease } from './replay.ts';
import { ask, release } from './testdata/arden.ts';

const having = (...releases: Release[]) => ({
  withDigest: (digest: string) => releases.find((one) => one.digest === digest),
});

describe('replay', () => {
  const question = {
    ...ask('teamActivate', { 'leader.ageYears': 60, 'team.fields': undefined }),
    overrides: [{ rule: 'arden.leader.age', reason: '急需', role: 'county-office', actor: 'p' }],
  };

  it('repeats a stored decision to the byte, overrides, missing facts and all', async () => {
    const record = canonical(await decide(question));
    expect(await replay(record, having(release))).toBe(record);
  });

  it('does so after the record has been through a database that orders keys as it likes', async () => {
    const record = canonical(await decide(question));
    const stored = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(record)).reverse()));
    expect(await replay(stored, having(release))).toBe(record);
  });

  it('shows that a record was changed', async () => {
    const record = canonical(await decide(question));
    const forged = record.replace('"outcome":"allow"', '"outcome":"deny"');
    expect(forged).not.toBe(record);
    expect(await replay(forged, having(release))).toBe(record);
  });

  it('knows the version by its digest alone', async () => {
    const record = canonical(await decide(question));
    const { digest, ...content } = { ...release, rules: release.rules.slice(1) };
    const other = { ...content, digest: digestOf(content) };
    await expect(replay(record, having(other))).rejects.toThrow(UnknownRelease);
    await expect(replay(record, having(other))).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
    expect(await replay(record, having(other, release))).toBe(record);
  });
});
