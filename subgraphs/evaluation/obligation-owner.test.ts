import { describe, expect, it } from '@jest/globals';
import type { Obligation, Release } from '../../policies/pack.ts';
import type { Place } from '../place.ts';
import { ownersIn } from './obligation-owner.ts';

describe('the owners of an obligation in a region', () => {
  const roles = [
    { role: 'bureau', level: 'prefecture' },
    { role: 'dept', level: 'county' },
    { role: 'unit', level: 'unit' },
    { role: 'ministry', level: 'national' },
  ];
  const release = { pack: { governs: { regions: ['cn-1'] } }, roles } as unknown as Release;
  const duty = { owner: ['bureau', 'dept', 'unit', 'ministry', 'group'] } as unknown as Obligation;
  const place = (level: string, ...path: string[]) => ({ level, path }) as unknown as Place;

  it('are those of its tier; units with the county, bodies without a tier with the region that the pack names', () => {
    expect(ownersIn(duty, release, place('prefecture', 'cn-1', 'cn'))).toEqual(['bureau', 'group']);
    expect(ownersIn(duty, release, place('county', 'cn-11', 'cn-1', 'cn'))).toEqual(['dept', 'unit']);
    expect(ownersIn(duty, release, place('country', 'cn'))).toEqual(['ministry']);
  });
});
