import { describe, expect, it } from '@jest/globals';
import { stageOf } from './funding-stage.ts';

const use = (expenses: number, reviewed: number, lastSpentOn: string | null, lastInspectedOn: string | null) => ({
  expenses,
  reviewed,
  lastSpentOn,
  lastInspectedOn,
});

describe('the stage of a line of money', () => {
  it('follows from what was paid out, spent, reviewed and inspected', () => {
    expect(stageOf({ transferredFen: 0 }, null)).toBe('allocated');
    expect(stageOf({ transferredFen: 0 }, use(0, 0, null, null))).toBe('allocated');
    expect(stageOf({ transferredFen: 1 }, use(0, 0, null, null))).toBe('spending');
    expect(stageOf({ transferredFen: 1 }, use(2, 1, '2022-03-01', null))).toBe('spending');
    expect(stageOf({ transferredFen: 0 }, use(2, 2, '2022-03-01', null))).toBe('reviewed');
    expect(stageOf({ transferredFen: 1 }, use(2, 1, '2022-03-01', '2022-03-01'))).toBe('audited');
    expect(stageOf({ transferredFen: 1 }, use(2, 2, '2022-03-02', '2022-03-01'))).toBe('reviewed');
    expect(stageOf({ transferredFen: 0 }, use(0, 0, null, '2022-03-01'))).toBe('audited');
  });
});
