import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { regionUnknown, rowsWithin } from '../place.ts';
import { builder } from './builder.ts';
import { RegionRef } from './external.ts';
import { lineVisibility } from './funding-line.ts';
import { plausibleYears } from './input.ts';
import { FundingLine } from './tables/funding-line.ts';

interface CategorySum {
  readonly category: string;
  readonly amountFen: number;
}

interface Group {
  readonly payerLevel: string;
  readonly beneficiaryKind: string;
  readonly lineCount: number;
  readonly allocatedFen: number;
  readonly transferredFen: number;
  readonly spentFen: number;
  readonly spentByCategory: readonly CategorySum[];
}

interface Summary {
  readonly region: string;
  readonly year: number;
  readonly groups: readonly Group[];
}

const CategorySumRef = builder.objectRef<CategorySum>('ExpenseCategorySum').implement({
  description: 'What was spent in one category.',
  fields: (t) => ({ category: t.exposeString('category'), amountFen: t.expose('amountFen', { type: 'Fen' }) }),
});

const GroupRef = builder.objectRef<Group>('FundingSummaryGroup').implement({
  description: 'The funding lines of one payer level for one kind of beneficiary.',
  fields: (t) => ({
    payerLevel: t.exposeString('payerLevel'),
    beneficiaryKind: t.exposeString('beneficiaryKind'),
    lineCount: t.exposeInt('lineCount'),
    allocatedFen: t.expose('allocatedFen', { type: 'Fen' }),
    transferredFen: t.expose('transferredFen', { type: 'Fen' }),
    spentFen: t.expose('spentFen', { type: 'Fen' }),
    spentByCategory: t.field({
      type: [CategorySumRef],
      description: 'By code of the category.',
      resolve: (group) => [...group.spentByCategory],
    }),
  }),
});

const total = (summary: Summary, of: 'allocatedFen' | 'transferredFen' | 'spentFen') =>
  exactFen(summary.groups.reduce((sum, group) => sum + group[of], 0));

const SummaryRef = builder.objectRef<Summary>('FundingSummary').implement({
  description: 'Sums over the funding lines of a region and year that you may see.',
  fields: (t) => ({
    region: t.field({ type: RegionRef, resolve: (summary) => ({ id: summary.region }) }),
    year: t.exposeInt('year'),
    allocatedFen: t.field({ type: 'Fen', resolve: (summary) => total(summary, 'allocatedFen') }),
    transferredFen: t.field({ type: 'Fen', resolve: (summary) => total(summary, 'transferredFen') }),
    spentFen: t.field({ type: 'Fen', resolve: (summary) => total(summary, 'spentFen') }),
    groups: t.field({
      type: [GroupRef],
      description: 'By payer level, then kind of beneficiary.',
      resolve: (summary) => [...summary.groups],
    }),
  }),
});

/** A sum of exact amounts need not be exact; a wrong one is worse than none. Code AMOUNT_TOO_LARGE. */
export function exactFen(sum: number): number {
  if (Number.isSafeInteger(sum)) return sum;
  throw new GraphQLError('The sum is too large to be exact.', {
    extensions: { code: 'AMOUNT_TOO_LARGE', messageZh: '合计金额超出可精确表示的范围。' },
  });
}

interface Row {
  readonly payer_level: string;
  readonly beneficiary_kind: string;
  /** Null in the row that sums the lines, else the category whose expenses it sums. */
  readonly category: string | null;
  readonly lines: string;
  readonly allocated: string;
  readonly transferred: string;
  readonly spent: string;
}

async function sums(context: Context, region: string, year: number): Promise<Row[]> {
  const seen = context.em
    .createQueryBuilder(FundingLine, 'line')
    .select(['id', 'payerLevel', 'beneficiaryKind', 'amountFen', 'transferredFen', 'spentFen'])
    .where({ $and: [{ year }, rowsWithin(region), lineVisibility.where(context)] } as never);
  // Lines and expenses are summed apart: joined, a line would count once for each of its expenses.
  return context.em.execute<Row[]>(
    `with seen as (${seen.getQuery()})
     select payer_level, beneficiary_kind, null as category, count(*) as lines, sum(amount_fen) as allocated,
            sum(transferred_fen) as transferred, sum(spent_fen) as spent
       from seen group by 1, 2
     union all
     select payer_level, beneficiary_kind, e.category, 0, 0, 0, sum(e.amount_fen)
       from seen join ?? e on e.line_id = seen.id group by 1, 2, 3
     order by 1, 2, 3 nulls first`,
    [...seen.getParams(), `${context.em.config.get('schema')}.expense`],
  );
}

function grouped(rows: readonly Row[]): Group[] {
  return rows
    .filter((row) => row.category === null)
    .map((row) => ({
      payerLevel: row.payer_level,
      beneficiaryKind: row.beneficiary_kind,
      lineCount: Number(row.lines),
      allocatedFen: exactFen(Number(row.allocated)),
      transferredFen: exactFen(Number(row.transferred)),
      spentFen: exactFen(Number(row.spent)),
      spentByCategory: rows.flatMap((part) =>
        part.category !== null && part.payer_level === row.payer_level && part.beneficiary_kind === row.beneficiary_kind
          ? [{ category: part.category, amountFen: exactFen(Number(part.spent)) }]
          : [],
      ),
    }));
}

builder.queryField('fundingSummary', (t) =>
  t.field({
    type: SummaryRef,
    authenticated: true,
    description:
      'What was set aside, paid out and spent for a year in a region and below it, as far as you may see the lines. Errors: REGION_UNKNOWN, YEAR_INVALID, AMOUNT_TOO_LARGE.',
    args: {
      region: t.arg.id({ required: true }),
      year: t.arg.int({ required: true, description: '2000 to 2100.' }),
    },
    async resolve(_root, { region, year }, context) {
      plausibleYears(year, year);
      if ((await context.regionPath(region)).length === 0) regionUnknown(region);
      return { region, year, groups: grouped(await sums(context, region, year)) };
    },
  }),
);
