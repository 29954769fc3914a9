import { describe, expect, it } from '@jest/globals';
import type { Report, Work } from './compiled-worker.ts';
import { run } from './run.ts';

const compare = (work: Work) => run<Report>('./compiled-worker.ts', work);

describe('the compiled evaluators against json-rules-engine', () => {
  it('agree on every one of 80,000 random decisions, facts missing', async () => {
    const reports = await Promise.all([
      compare({ fromSeed: 0, toSeed: 2000, decisionsEach: 20 }),
      compare({ fromSeed: 2000, toSeed: 4000, decisionsEach: 20 }),
    ]);
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
    expect(reports.reduce((sum, { decisions }) => sum + decisions, 0)).toBe(80_000);
    for (const outcome of ['allow', 'deny', 'needs-fact', 'needs-override'])
      for (const { outcomes } of reports) expect(outcomes[outcome]).toBeGreaterThan(300);
  }, 300_000);
});
