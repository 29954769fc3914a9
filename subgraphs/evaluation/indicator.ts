import { meets, type Target, targetOf } from '../../policies/indicator.ts';
import type { Indicator, Release, Text } from '../../policies/pack.ts';
import type { Context } from '../context.ts';
import { knownPlace, type Place } from '../place.ts';
import { packsFor, type StandingArgs, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { type Measured, measures } from './indicator-measure.ts';

import { topGrade } from './vocabulary.ts';

interface Progress {
  readonly indicator: Indicator;
  readonly release: Release;
  readonly target: Target;
  readonly measured: Measured | null;
  readonly notComputed: Text | null;
}

const average = ({ figures, overall }: Measured): number | null => {
  if (figures.length === 0) return null;
  const value = overall ?? figures.reduce((total, figure) => total + figure, 0) / figures.length;
  return Math.round(value * 100) / 100;
};

const meeting = ({ indicator, target, measured }: Progress): number | null =>
  measured && target.value !== null
    ? measured.figures.filter((figure) => meets(figure, indicator.comparator, target)).length
    : null;

const IndicatorRef = builder.objectRef<Progress>('IndicatorProgress').implement({
  description: 'An indicator of a pack, and how far a region is in a year. What is not computed is null, never 0.',
  fields: (t) => ({
    id: t.string({ description: 'Its name in the pack.', resolve: ({ indicator }) => indicator.id }),
    code: t.string({ nullable: true, resolve: ({ indicator }) => indicator.code ?? null }),
    pack: t.string({ resolve: ({ release }) => release.pack.id }),
    packVersion: t.string({ resolve: ({ release }) => release.pack.version }),
    title: t.field({ type: types.Bilingual, resolve: ({ indicator }) => indicator.title }),
    scope: t.string({
      nullable: true,
      description: 'Whom it is about, such as county-appointment: each of them is measured.',
      resolve: ({ indicator }) => indicator.scope ?? null,
    }),
    fact: t.string({ nullable: true, resolve: ({ indicator }) => indicator.fact ?? null }),
    comparator: t.string({
      nullable: true,
      description: 'at-least, at-most, equal or between.',
      resolve: ({ indicator }) => indicator.comparator ?? null,
    }),
    unit: t.string({ nullable: true, resolve: ({ indicator }) => indicator.unit ?? null }),
    period: t.string({ nullable: true, resolve: ({ indicator }) => indicator.period ?? null }),
    hedge: t.string({
      nullable: true,
      description: 'The hedge word of the law, if it has one.',
      resolve: ({ indicator }) => indicator.hedge ?? null,
    }),
    target: t.float({ nullable: true, description: 'Null: the law gives none.', resolve: (p) => p.target.value }),
    targetMax: t.float({ nullable: true, resolve: ({ target }) => target.valueMax }),
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
      description: 'The average of those measured; for a share, the share of all of them. Null: nobody is measured.',
      resolve: ({ measured }) => measured && average(measured),
    }),
    measured: t.int({
      nullable: true,
      description: 'How many were measured. Null: it is not computed here.',
      resolve: ({ measured }) => measured?.figures.length ?? null,
    }),
    meeting: t.int({ nullable: true, description: 'How many of them meet the target.', resolve: meeting }),
    expected: t.int({
      nullable: true,
      description:
        'How many there are in all: fewer measured than expected is an incomplete figure, as while batches are not published.',
      resolve: ({ measured }) => measured?.expected ?? null,
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

const elsewhere = (fact: string): Text => ({
  zh: `事实 ${fact} 由其他子图负责，本处未计算。`,
  en: `The fact ${fact} belongs to another part of the graph and is not computed here.`,
});
const definition: Text = {
  zh: '这是规则的定义，不是可统计的数值。',
  en: 'It is a definition of the law, not a figure that can be counted.',
};

const KINDS = /^(.+)-(appointment|team)$/;

async function progressOf(
  context: Context,
  place: Place,
  year: number,
  day: string,
  law: readonly Release[],
  release: Release,
): Promise<Progress[]> {
  const list: Progress[] = [];
  for (const indicator of release.indicators) {
    const { fact, scope } = indicator;
    const measure = fact ? measures[fact] : undefined;
    const level = scope?.match(KINDS)?.[1] ?? null;
    const asked = { place, year, asOf: day, level, top: topGrade(law, day) };
    list.push({
      indicator,
      release,
      target: targetOf(indicator, release, day),
      measured: measure ? await measure(context, asked) : null,
      notComputed: measure ? null : fact ? elsewhere(fact) : definition,
    });
  }
  return list;
}

/** The day within a year on which the year is looked at: today or `asOf`, but not before it begins or after it ends. */
function dayIn(year: number, asOf: string): string {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return asOf < first ? first : asOf > last ? last : asOf;
}

builder.queryField('indicatorProgress', (t) =>
  t.field({
    type: [IndicatorRef],
    nullable: true,
    authenticated: true,
    description:
      'The indicators of the packs that govern a region, with its figures of a year. Null when there is no such region. Error: PACK_UNKNOWN.',
    args: { region: t.arg.id({ required: true }), year: t.arg.int({ required: true }), ...standingArgs(t as never) },
    async resolve(_root, { region, year, ...law }, context) {
      const place = await knownPlace(context.graph, region);
      if (!place) return null;
      const day = dayIn(year, law.asOf ?? context.today);
      const asked: StandingArgs = { ...law, asOf: day };
      const releases = packsFor(context, place.path, asked);
      const lists: Progress[] = [];
      for (const release of releases) {
        lists.push(...(await progressOf(context, place, year, day, releases, release)));
      }
      return lists;
    },
  }),
);
