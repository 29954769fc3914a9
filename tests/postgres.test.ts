import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findPostgres, missingPostgres } from './postgres-server.ts';

describe('findPostgres', () => {
  let folder: string;
  const program = (...path: string[]) => {
    const file = join(folder, ...path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    return file;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tepai-find-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says by name what is missing', () => {
    program('half', 'initdb');
    const missing = findPostgres(join(folder, 'half'), join(folder, 'nowhere'));
    expect(missing).toEqual(['postgres']);
    expect(missingPostgres(missing as string[])).toContain("PostgreSQL's postgres is neither on the PATH");
  });

  it('takes the PATH first, then the newest version of the package', () => {
    program('debian', '9', 'bin', 'initdb');
    const postgres = program('debian', '15', 'bin', 'postgres');
    const newest = program('debian', '15', 'bin', 'initdb');
    const own = program('own', 'initdb');
    const debian = join(folder, 'debian');
    expect(findPostgres('', debian)).toEqual({ initdb: newest, postgres });
    expect(findPostgres([join(folder, 'own'), '/nowhere'].join(delimiter), debian)).toEqual({ initdb: own, postgres });
  });
});
