import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

type Locked = Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
  packages: Locked;
};

describe('package-lock.json', () => {
  it('locks every optional dependency it names, or `npm ci` refuses it elsewhere', () => {
    const names = Object.keys(packages);
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !names.some((at) => at === `node_modules/${name}` || at.endsWith(`/node_modules/${name}`)))
        .map((name) => `${path} -> ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('has one graphql, or schemas of one are strangers to the other', () => {
    expect(Object.keys(packages).filter((path) => path.endsWith('node_modules/graphql'))).toEqual([
      'node_modules/graphql',
    ]);
  });

  it('names no download address of the machine it was made on', () => {
    const hosts = Object.values(packages).flatMap(({ resolved }) => (resolved ? [new URL(resolved).host] : []));
    expect([...new Set(hosts)].filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
  });
});
