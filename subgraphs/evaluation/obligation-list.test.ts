import { describe, expect, it } from '@jest/globals';
import type { Obligation as Duty, Release } from '../../policies/pack.ts';
import type { Place } from '../place.ts';
import type { Act } from './obligation-act.ts';
import { askedBy } from './obligation-list.ts';
import { satisfiedBy } from './obligation-settled.ts';
import type { Unit } from './obligation-unit.ts';

const place: Place = {
  regionId: 'cn-430224',
  countyId: 'cn-430224',
  prefectureId: 'cn-430200',
  provinceId: 'cn-43',
  path: ['cn-430224', 'cn-430200', 'cn-43', 'cn'],
  level: 'county',
};
const release = {
  pack: { id: 'one', governs: { regions: ['cn-43'] }, effective: { from: '2017-01-01' } },
  roles: [{ role: 'county', level: 'county' }],
  parameters: [],
} as unknown as Release;
const duty = {
  id: 'assess',
  owner: ['county'],
  per: 'team',
  windows: [
    { from: '01-01', to: '06-30' },
    { from: '07-01', to: '12-31' },
  ],
  satisfiedBy: ['assessmentRecord'],
  satisfiedWhen: { kind: ['annual'], teamKind: ['expert-team'] },
} as unknown as Duty;
const unit = (id: string, more: Partial<Unit> = {}): Unit => ({
  id,
  title: id,
  events: {},
  marks: { teamKind: 'expert-team' },
  ...more,
});
const asked = (...units: Unit[]) =>
  askedBy(place, 2019, release, duty, units).map(({ occurrence, window }) => `${occurrence} ${window?.from}`);

describe('what is asked for each of many', () => {
  it('is asked for those that the duty means, and of them alone', () => {
    expect(asked(unit('a'), unit('b', { marks: { teamKind: 'advisor-group' } }), unit('c'))).toEqual([
      'a 2019-01-01',
      'a 2019-07-01',
      'c 2019-01-01',
      'c 2019-07-01',
    ]);
    const [item] = askedBy(place, 2019, release, duty, [unit('a')]);
    const act = (kind: string): Act => ({
      on: '2019-05-06',
      about: '2019-05-06',
      regionId: 'cn-430224',
      units: ['a'],
      // An act says nothing of the kind of the team.
      marks: { kind },
    });
    const settled = (kind: string) => item && satisfiedBy(item, new Map([['assessmentRecord', [act(kind)]]]));
    expect(settled('annual')).toMatchObject({ outcome: 'satisfied', on: '2019-05-06' });
    expect(settled('daily')).toBeNull();
  });

  it('is asked of nobody before its first day or after its last', () => {
    expect(asked(unit('a', { since: '2019-06-30' }))).toEqual(['a 2019-01-01', 'a 2019-07-01']);
    expect(asked(unit('a', { since: '2019-07-01' }))).toEqual(['a 2019-07-01']);
    expect(asked(unit('a', { since: '2018-01-01', until: '2019-06-30' }))).toEqual(['a 2019-01-01']);
    expect(asked(unit('a', { until: '2019-07-01' }))).toEqual(['a 2019-01-01', 'a 2019-07-01']);
  });

  it('is asked after the end of what an event ends', () => {
    const after = { ...duty, windows: undefined, window: { from: 'engagement-end', to: 'engagement-end+30d' } } as Duty;
    const ended = unit('a', { until: '2019-03-31', events: { 'engagement-end': '2019-04-30' } });
    expect(askedBy(place, 2019, release, after, [ended])).toMatchObject([{ window: { from: '2019-04-30' } }]);
  });
});
