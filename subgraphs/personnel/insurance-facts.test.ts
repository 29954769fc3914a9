import { describe, expect, it } from '@jest/globals';
import { coverFor, unbroken } from './insurance-facts.ts';

const accident = (from: string, to: string) => ({ kind: 'accident', from, to });

describe('unbroken cover', () => {
  it('joins policies with no day between them, across the end of February and of a year', () => {
    expect(
      unbroken([
        accident('2024-03-01', '2024-12-31'),
        accident('2024-01-01', '2024-02-29'),
        accident('2025-01-01', '2025-06-30'),
      ]),
    ).toEqual([accident('2024-01-01', '2025-06-30')]);
  });

  it('breaks at a single day without cover', () => {
    expect(unbroken([accident('2023-01-01', '2023-02-27'), accident('2023-03-01', '2023-12-31')])).toHaveLength(2);
  });

  it('keeps the longer end of a policy that lies inside another', () => {
    expect(unbroken([accident('2022-01-01', '2022-12-31'), accident('2022-03-01', '2022-04-01')])).toEqual([
      accident('2022-01-01', '2022-12-31'),
    ]);
  });

  it('joins no policies of different kinds', () => {
    expect(
      unbroken([accident('2022-01-01', '2022-06-30'), { kind: 'health', from: '2022-07-01', to: '2022-12-31' }]),
    ).toHaveLength(2);
  });
});

describe('the cover that speaks for an engagement', () => {
  it('contains its first day', () => {
    const covers = [accident('2020-01-01', '2020-12-31'), accident('2022-04-01', '2022-12-31')];
    expect(coverFor(covers, '2022-04-01')).toEqual(covers[1]);
    expect(coverFor(covers, '2022-12-31')).toEqual(covers[1]);
  });

  it('is the earliest when none contains that day, and none when there is none', () => {
    const covers = [accident('2023-01-01', '2023-12-31'), accident('2021-01-01', '2021-12-31')];
    expect(coverFor(covers, '2022-04-01')).toEqual(covers[1]);
    expect(coverFor([], '2022-04-01')).toBeUndefined();
  });

  it('is the one that lasts longest when several contain that day', () => {
    const health = { kind: 'health', from: '2022-01-01', to: '2023-12-31' };
    expect(coverFor([accident('2022-01-01', '2022-12-31'), health], '2022-04-01')).toEqual(health);
  });
});
