import { describe, expect, it } from '@jest/globals';
import type { Report, Work } from './compiled-worker.ts';
import { run } from './run.ts';

const compare = (work: Work) => run<Report>('./compiled-worker.ts', work);

describe('the compiled evaluators against json-rules-engine', () => {
  it('agree on every one of 240,000 random decisions, facts missing', async () => {
    const reports = await Promise.all([
      compare({ fromSeed: 0, toSeed: 6000, decisionsEach: 20 }),
      compare({ fromSeed: 6000, toSeed: 12_000, decisionsEach: 20 }),
    ]);
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
    expect(reports.reduce((sum, { decisions }) => sum + decisions, 0)).toBe(240_000);
    for (const outcome of ['allow', 'deny', 'needs-fact', 'needs-override'])
      for (const { outcomes } of reports) expect(outcomes[outcome]).toBeGreaterThan(1000);
  }, 300_000);
});
