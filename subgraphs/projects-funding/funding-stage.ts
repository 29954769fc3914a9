import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { builder } from './builder.ts';
import { FundingLineRef } from './funding-line.ts';
import type { FundingLine } from './tables/funding-line.ts';

/** What is on record of the use of a line. */
interface Use {
  readonly expenses: number;
  readonly reviewed: number;
  readonly lastSpentOn: string | null;
  readonly lastInspectedOn: string | null;
}
type Stage = 'allocated' | 'spending' | 'reviewed' | 'audited';

/** How far the money of a line has come: read from what is recorded of it, never set by hand. */
export function stageOf({ transferredFen }: Pick<FundingLine, 'transferredFen'>, use: Use | null): Stage {
  const { expenses = 0, reviewed = 0, lastSpentOn = null, lastInspectedOn = null } = use ?? {};
  // What was spent after an inspection nobody has looked at.
  if (lastInspectedOn !== null && (lastSpentOn === null || lastSpentOn <= lastInspectedOn)) return 'audited';
  if (expenses > 0) return reviewed === expenses ? 'reviewed' : 'spending';
  return transferredFen > 0 ? 'spending' : 'allocated';
}

const SQL = `select l."id"::text as "id", e."expenses"::int as "expenses", e."reviewed"::int as "reviewed",
    e."last"::text as "lastSpentOn", i."last"::text as "lastInspectedOn"
  from unnest(array[?]::uuid[]) as l("id")
  cross join lateral (select count(*) as "expenses", count("reviewed_on") as "reviewed", max("spent_on") as "last"
    from ?? where "line_id" = l."id") e
  cross join lateral (select max("inspected_on") as "last" from ?? where "line_id" = l."id") i`;

/** What is on record of the use of a line: one query for all lines that a request asks about. */
function useOf(context: Context, line: string): Promise<Use | null> {
  const schema = context.em.config.get('schema');
  const loader = loaderOf<string, Use>(context, 'fundingUse', async (ids) => {
    const params = [[...ids], `${schema}.expense`, `${schema}.fund_inspection`];
    const rows = await context.em.execute<(Use & { id: string })[]>(SQL, params);
    return rows.map(({ id, ...use }) => [id, use] as const);
  });
  return loader.load(line);
}

const FundingStage = builder.enumType('FundingStage', {
  values: {
    ALLOCATED: { value: 'allocated', description: 'Nothing was paid out or spent.' },
    SPENDING: { value: 'spending', description: 'Some was paid out or spent, and an expense is not reviewed.' },
    REVIEWED: { value: 'reviewed', description: 'Every expense so far was reviewed for the dispatching unit.' },
    AUDITED: { value: 'audited', description: 'It was inspected, and nothing was spent since.' },
  } as const,
});

builder.objectField(FundingLineRef, 'stage', (t) =>
  t.field({
    type: FundingStage,
    description: 'How far its money has come, by what is on record today.',
    resolve: async (line, _args, context) => stageOf(line, await useOf(context, line.id)),
  }),
);
