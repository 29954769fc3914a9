import type { Verdict } from '../../policies/case.ts';
import type { Context } from '../context.ts';
import { knownPlace, type Place, regionUnknown } from '../place.ts';
import { packsFor, type StandingArgs, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { RegionRef, TeamRef } from './external.ts';
import { measure, type Progress, type Row } from './indicator-figure.ts';
import { completeness } from './indicator-unit.ts';

const REGIONS = ['province', 'prefecture', 'county', 'township', 'village'];

/** Progress as it is shown: in its place. */
type Shown = Progress & { readonly place: Place };

const VerdictEnum = builder.enumType('IndicatorVerdict', {
  description: 'UNKNOWN: a figure, the target, or the opening stock is not known.',
  values: { MET: { value: 'met' }, UNMET: { value: 'unmet' }, UNKNOWN: { value: 'unknown' } } as const,
});

const RowRef = builder.objectRef<Row & { readonly kind: string }>('IndicatorRow').implement({
  description: 'The figure of one unit.',
  fields: (t) => ({
    unit: t.id({ description: 'Its id.', resolve: ({ unit }) => unit }),
    region: t.field({
      type: RegionRef,
      nullable: true,
      description: 'When it is a region.',
      resolve: ({ unit, kind }) => (REGIONS.includes(kind) ? { id: unit } : null),
    }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      description: 'When it is a team.',
      resolve: ({ unit, kind }) => (kind === 'team' ? { id: unit } : null),
    }),
    value: t.float({
      nullable: true,
      description: '1 or 0 for what is or is not so. Null: not known.',
      resolve: ({ value }) => (value === null ? null : Number(value)),
    }),
    met: t.boolean({ nullable: true, description: 'Null: not known.', resolve: ({ isMet }) => isMet }),
  }),
});

interface Completeness {
  readonly expected: number;
  readonly reporting: number;
  readonly unattributed: number;
}

const CompletenessRef = builder.objectRef<Completeness>('IndicatorCompleteness').implement({
  description: 'From how many of those who should report anything there is a record.',
  fields: (t) => ({
    expected: t.exposeInt('expected'),
    reporting: t.exposeInt('reporting'),
    unattributed: t.exposeInt('unattributed', {
      description:
        'Former regions with records that became several regions, or none: their records are in no row, and the figures of what they became are not known. What gave way to one other counts for that.',
    }),
  }),
});

const isMeasured = ({ notComputed, unit, expected }: Progress) => expected !== null && (unit !== null || !notComputed);

const IndicatorRef = builder.objectRef<Shown>('IndicatorProgress').implement({
  description:
    'An indicator of a pack, and how far a place is in a year, measured from the records. What is not computed is null, never 0.',
  fields: (t) => ({
    id: t.string({ description: 'Its name in the pack.', resolve: ({ indicator }) => indicator.id }),
    code: t.string({ nullable: true, resolve: ({ indicator }) => indicator.code ?? null }),
    pack: t.string({ resolve: ({ release }) => release.pack.id }),
    packVersion: t.string({ resolve: ({ release }) => release.pack.version }),
    title: t.field({ type: types.Bilingual, resolve: ({ indicator }) => indicator.title }),
    scope: t.string({
      nullable: true,
      description: 'Whom it is about: the region as a whole, or each county, each county-team ... in it.',
      resolve: ({ indicator }) => indicator.scope ?? null,
    }),
    fact: t.string({ nullable: true, resolve: ({ indicator }) => indicator.fact ?? null }),
    comparator: t.string({
      nullable: true,
      description:
        'at-least, at-most, equal, between, about (within a tolerance), all (in percent of the units) or yes.',
      resolve: ({ indicator }) => indicator.comparator ?? null,
    }),
    unit: t.string({ nullable: true, resolve: ({ indicator }) => indicator.unit ?? null }),
    period: t.string({ nullable: true, resolve: ({ indicator }) => indicator.period ?? null }),
    from: t.field({
      type: 'Date',
      nullable: true,
      description: 'The first day that counts.',
      resolve: ({ period }) => period?.from ?? null,
    }),
    to: t.field({
      type: 'Date',
      nullable: true,
      description: 'The last day that counts so far.',
      resolve: ({ period }) => period?.to ?? null,
    }),
    hedge: t.string({
      nullable: true,
      description: 'The hedge word of the law, if it has one.',
      resolve: ({ indicator }) => indicator.hedge ?? null,
    }),
    assessed: t.boolean({
      description: 'False: a figure that the text gives beside the one that counts.',
      resolve: ({ indicator }) => indicator.assessed ?? true,
    }),
    beside: t.stringList({
      description: 'Indicators of the same thing for which the text gives other figures.',
      resolve: ({ indicator }) => [...(indicator.beside ?? [])],
    }),
    target: t.float({ nullable: true, description: 'Null: the law gives none.', resolve: (p) => p.target.value }),
    targetMax: t.float({ nullable: true, resolve: ({ target }) => target.valueMax }),
    tolerancePercent: t.float({
      nullable: true,
      description: 'For about: how far from the target a figure may lie.',
      resolve: ({ target }) => target.tolerancePercent,
    }),
    targetStatus: t.string({
      description: 'stated, unspecified, silent or unknown.',
      resolve: ({ target }) => target.status,
    }),
    platformDefault: t.boolean({
      description: "True: the target is the platform's, not the law's.",
      resolve: ({ target }) => target.platformDefault,
    }),
    value: t.float({
      nullable: true,
      description:
        'The figure of the place; where each unit has its own, their average; for a share, the share of all of them. Null: nobody is measured.',
      resolve: ({ value }) => value,
    }),
    opening: t.float({
      nullable: true,
      description: 'The stock at the beginning that `value` contains.',
      resolve: ({ opening }) => opening,
    }),
    verdict: t.field({
      type: VerdictEnum,
      nullable: true,
      description:
        'Whether it is met so far: by every unit, where each has its own figure. Null: the target is not one of this place.',
      resolve: ({ verdict }): Verdict | null => verdict,
    }),
    measured: t.int({
      nullable: true,
      description: 'How many units have a figure. Null: it is not computed here.',
      resolve: (p) => (isMeasured(p) ? p.rows.filter(({ value }) => value !== null).length : null),
    }),
    meeting: t.int({
      nullable: true,
      description: 'How many of them meet the target.',
      resolve: (p) => (isMeasured(p) && p.target.value !== null ? p.rows.filter(({ isMet }) => isMet).length : null),
    }),
    expected: t.int({
      nullable: true,
      description:
        'How many there are in all: fewer measured than expected is an incomplete figure, as while batches are not published.',
      resolve: ({ expected }) => expected,
    }),
    rows: t.field({
      type: [RowRef],
      description: 'The figure of each unit. Empty for appointments, whose figures only those who manage them read.',
      resolve: ({ rows, unit }) =>
        unit === null || unit === 'appointment' ? [] : rows.map((row) => ({ ...row, kind: unit })),
    }),
    completeness: t.field({
      type: CompletenessRef,
      nullable: true,
      description: 'Of the units; for one figure of the place, of the counties in it. Null: not known.',
      resolve: (progress, _args, context) => {
        const { unit, expected, reporting, unattributed } = progress;
        if (unit === 'whole') return completeness(context, progress, progress.place);
        return expected === null || reporting === null ? null : { expected, reporting, unattributed };
      },
    }),
    notComputed: t.field({
      type: types.Bilingual,
      nullable: true,
      description: 'Why there is no figure.',
      resolve: (progress) => progress.notComputed,
    }),
    norm: t.string({
      nullable: true,
      description: 'The clause it measures.',
      resolve: ({ indicator }) => (typeof indicator.norm === 'string' ? indicator.norm : null),
    }),
  }),
});

/** The day within a year on which the year is looked at: today or `asOf`, but not before it begins or after it ends. */
function dayIn(year: number, asOf: string): string {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return asOf < first ? first : asOf > last ? last : asOf;
}

interface Asked extends StandingArgs {
  readonly year: number;
  readonly indicators?: readonly string[] | null | undefined;
}

async function progress(context: Context, place: Place, { year, indicators, ...law }: Asked): Promise<Shown[]> {
  const day = dayIn(year, law.asOf ?? context.today);
  const releases = packsFor(context, place.path, { ...law, asOf: day });
  const wanted = releases.flatMap((release) =>
    release.indicators
      .filter(({ id }) => !indicators || indicators.includes(id))
      .map((indicator) => [indicator, release] as const),
  );
  const list = await measure(context, releases, wanted, { place, year, day });
  return list.map((one) => ({ ...one, place }));
}

builder.queryFields((t) => ({
  indicatorProgress: t.field({
    type: [IndicatorRef],
    nullable: true,
    authenticated: true,
    description:
      'The indicators of the packs that govern a region, with its figures of a year. Null when there is no such region. Error: PACK_UNKNOWN.',
    args: {
      region: t.arg.id({ required: true }),
      year: t.arg.int({ required: true }),
      indicators: t.arg.stringList({ description: 'Only these.' }),
      ...standingArgs(t as never),
    },
    async resolve(_root, { region, ...asked }, context) {
      const place = await knownPlace(context.graph, region);
      return place ? progress(context, place, asked) : null;
    },
  }),
  indicatorTable: t.field({
    type: [IndicatorRef],
    authenticated: true,
    description:
      'The indicators of one pack in the place that it governs, or with `region` anywhere, such as the whole country: every unit with its figure, target and whether it is met, measured in one go. Errors: PACK_UNKNOWN, REGION_UNKNOWN.',
    args: {
      year: t.arg.int({ required: true }),
      pack: t.arg.string({ required: true }),
      version: t.arg.string({ description: 'Of the pack; its latest if absent.' }),
      region: t.arg.id({ description: 'Absent: the region that the pack names, or the country.' }),
      indicators: t.arg.stringList({ description: 'Only these.' }),
      asOf: t.arg({ type: 'Date', description: 'The day as of which, today if absent.' }),
    },
    async resolve(_root, { region, ...asked }, context) {
      const [release] = packsFor(context, [], asked);
      const governs = release?.pack.governs;
      const named = governs && 'regions' in governs ? governs.regions[0] : undefined;
      const id = region ?? named ?? 'cn';
      const place = await knownPlace(context.graph, id);
      return place ? progress(context, place, asked) : regionUnknown(id);
    },
  }),
}));
