import { describe, expect, it } from '@jest/globals';
import type { Report, Work } from './filter-worker.ts';
import { run } from './run.ts';

const compare = (work: Work) => run<Report>('./filter-worker.ts', work);

describe('row filters in PostgreSQL against the evaluator', () => {
  it('select the same of 100 rows with every one of 6,000 random filters', async () => {
    const reports = await Promise.all([
      compare({ fromSeed: 0, toSeed: 3000, rows: 100 }),
      compare({ fromSeed: 500_000, toSeed: 503_000, rows: 100 }),
    ]);
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
    for (const { filters, decisions, selective, untranslatable } of reports) {
      expect(filters).toBe(3000);
      expect(decisions).toBe(300_000);
      expect(selective).toBeGreaterThan(1000);
      expect(untranslatable).toBeLessThan(filters / 10);
    }
  }, 300_000);
});
