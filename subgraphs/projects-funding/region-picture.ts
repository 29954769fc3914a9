import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { rowsWithin } from '../place.ts';
import { builder } from './builder.ts';
import { RegionRef } from './external.ts';
import { lineVisibility } from './funding-line.ts';
import { exactFen } from './funding-summary.ts';
import { plausibleYears } from './input.ts';
import { FundingLine } from './tables/funding-line.ts';
import { Project } from './tables/project.ts';

interface Funds {
  readonly year: number;
  readonly payerLevel: string;
  readonly lineCount: number;
  readonly allocatedFen: number;
  readonly transferredFen: number;
  readonly spentFen: number;
}

interface ProjectTotals {
  readonly projects: number;
  readonly inLibrary: number;
  readonly households: number;
  readonly poorHouseholds: number;
}

const FundsRef = builder.objectRef<Funds>('RegionFunds').implement({
  description: 'What one payer level set aside in one year in a region and below it, as far as you may see the lines.',
  fields: (t) => ({
    year: t.exposeInt('year'),
    payerLevel: t.exposeString('payerLevel'),
    lineCount: t.exposeInt('lineCount'),
    allocatedFen: t.expose('allocatedFen', { type: 'Fen' }),
    transferredFen: t.expose('transferredFen', { type: 'Fen' }),
    spentFen: t.expose('spentFen', { type: 'Fen' }),
  }),
});

const ProjectTotalsRef = builder.objectRef<ProjectTotals>('RegionProjects').implement({
  description: 'The projects of a region and below it, counted. Households are sums of what projects state.',
  fields: (t) => ({
    projects: t.exposeInt('projects'),
    inLibrary: t.exposeInt('inLibrary', { description: 'In the project library.' }),
    households: t.exposeInt('households'),
    poorHouseholds: t.exposeInt('poorHouseholds'),
  }),
});

/** Each row once for each region that it lies in, joined to a query of rows called `seen`. */
const AT = `cross join lateral (
  select distinct id from unnest(array[seen.region_id, seen.county_id, seen.prefecture_id, seen.province_id, 'cn']) as id
) as at`;

const among = (ids: readonly string[]) => `at.id in (${ids.map(() => '?').join(', ')})`;
const within = (ids: readonly string[]) => ({ $or: ids.map(rowsWithin) });

type Sums = Record<'lines' | 'allocated' | 'transferred' | 'spent', string>;

async function fundsOf(context: Context, regions: readonly string[], from: number, to: number) {
  const where = { $and: [{ year: { $gte: from, $lte: to } }, within(regions), lineVisibility.where(context)] };
  const seen = context.em
    .createQueryBuilder(FundingLine, 'line')
    .select('*')
    .where(where as never);
  const rows = await context.em.execute<(Sums & { region: string; year: number; payer_level: string })[]>(
    `with seen as (${seen.getQuery()})
     select at.id as region, year, payer_level, count(*) as lines, sum(amount_fen) as allocated,
            sum(transferred_fen) as transferred, sum(spent_fen) as spent
       from seen ${AT} where ${among(regions)} group by 1, 2, 3 order by 1, 2, 3`,
    [...seen.getParams(), ...regions],
  );
  const found = new Map<string, Funds[]>();
  for (const row of rows) {
    const funds = {
      year: row.year,
      payerLevel: row.payer_level,
      lineCount: Number(row.lines),
      allocatedFen: exactFen(Number(row.allocated)),
      transferredFen: exactFen(Number(row.transferred)),
      spentFen: exactFen(Number(row.spent)),
    };
    found.set(row.region, [...(found.get(row.region) ?? []), funds]);
  }
  return found;
}

async function projectsOf(context: Context, regions: readonly string[]) {
  const seen = context.em
    .createQueryBuilder(Project, 'project')
    .select('*')
    .where(within(regions) as never);
  const rows = await context.em.execute<(Record<keyof ProjectTotals, string> & { region: string })[]>(
    `with seen as (${seen.getQuery()})
     select at.id as region, count(*) as projects, count(library_entered_on) as "inLibrary",
            coalesce(sum(beneficiary_households), 0) as households,
            coalesce(sum(beneficiary_poor_households), 0) as "poorHouseholds"
       from seen ${AT} where ${among(regions)} group by 1`,
    [...seen.getParams(), ...regions],
  );
  return rows.map(
    ({ region, projects, inLibrary, households, poorHouseholds }) =>
      [
        region,
        {
          projects: Number(projects),
          inLibrary: Number(inLibrary),
          households: Number(households),
          poorHouseholds: Number(poorHouseholds),
        },
      ] as const,
  );
}

const NO_PROJECTS: ProjectTotals = { projects: 0, inLibrary: 0, households: 0, poorHouseholds: 0 };

// Asked of many regions at once (`regions(filter: { within, level: COUNTY })`) each of these is one query for them all.
builder.objectFields(RegionRef, (t) => ({
  funds: t.field({
    type: [FundsRef],
    authenticated: true,
    description:
      'The money of these years by year and payer level, in the region and below it. Ask it of all counties of a region at once. Errors: YEAR_INVALID, AMOUNT_TOO_LARGE.',
    args: {
      from: t.arg.int({ required: true, description: 'The first year, 2000 to 2100.' }),
      to: t.arg.int({ description: 'The last year; the first if absent.' }),
    },
    async resolve(region, args, context) {
      const [from, to] = plausibleYears(args.from, args.to ?? args.from);
      const loader = loaderOf<string, Funds[]>(context, `funds ${from} ${to}`, (ids) =>
        fundsOf(context, ids, from, to),
      );
      return (await loader.load(region.id)) ?? [];
    },
  }),
  projectTotals: t.field({
    type: ProjectTotalsRef,
    resolve: async (region, _args, context) =>
      (await loaderOf<string, ProjectTotals>(context, 'projectTotals', (ids) => projectsOf(context, ids)).load(
        region.id,
      )) ?? NO_PROJECTS,
  }),
}));
