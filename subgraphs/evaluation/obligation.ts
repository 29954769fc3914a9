import { windowsOf } from '../../policies/duty.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { knownPlace } from '../place.ts';
import { builder, types } from './builder.ts';
import { RegionRef } from './external.ts';
import { generated, keyOf, type Obligation, obligationsOf } from './obligation-list.ts';
import { ownersIn } from './obligation-owner.ts';
import { isLeast, settledBy, statusOn } from './obligation-settled.ts';
import { isListed } from './obligation-unit.ts';
import { Settlement } from './tables/obligation.ts';

/** An obligation of a list, as of the list's day; or a stored settlement, by which a mutation answers it. */
type Shown = (Obligation & { readonly asOf: string }) | Pick<Settlement, 'id'>;

/** The obligation that a stored settlement is about, as its pack said it. */
async function settledObligation(context: Context, id: string): Promise<Obligation> {
  const row = (await loadById(context, Settlement, id)) as Settlement;
  const releases = context.registry.versions(row.pack);
  const release = releases.find(({ obligations }) => obligations.some((entry) => entry.id === row.entry));
  const duty = release?.obligations.find(({ id: stem }) => stem === row.entry);
  if (!release || !duty) throw new Error(`no release of ${row.pack} has the obligation ${row.entry}`);
  const place = await knownPlace(context.graph, row.regionId);
  const listed = place && (await generated(context, place, row.year, row.pack)).find((item) => item.id === row.id);
  if (listed) return { ...listed, settled: settledBy(row) };
  const window = keyOf(id)?.window ?? 1;
  return {
    id: row.id,
    release,
    duty,
    title: null,
    marks: {},
    regionId: row.regionId,
    year: row.year,
    occurrence: row.occurrence ?? null,
    owners: place ? ownersIn(duty, release, place) : duty.owner,
    window: windowsOf(duty, row.year, release)[window - 1] ?? null,
    settled: settledBy(row),
  };
}

const full = async (shown: Shown, context: Context) =>
  'duty' in shown ? shown : { ...(await settledObligation(context, shown.id)), asOf: context.today };

/** A field's resolver that reads the whole obligation. */
const of =
  <Value>(read: (obligation: Obligation & { readonly asOf: string }) => Value) =>
  async (shown: Shown, _args: unknown, context: Context) =>
    read(await full(shown, context));

const ObligationStatus = builder.enumType('ObligationStatus', {
  description:
    'GENERATED: not due yet, or without a date. DUE: the window is open. LATE: it has passed. What is irregular is never late.',
  values: {
    GENERATED: { value: 'generated' },
    DUE: { value: 'due' },
    SATISFIED: { value: 'satisfied' },
    LATE: { value: 'late' },
    WAIVED: { value: 'waived' },
  } as const,
});

export const ObligationRef = builder.objectRef<Shown>('Obligation');
ObligationRef.implement({
  description:
    "What a pack's calendar asks of a region in a year. It is made from the pack whenever it is asked for; only how it was done with is stored.",
  fields: (t) => ({
    id: t.id({ description: 'The same whenever it is asked for.', resolve: ({ id }) => id }),
    entry: t.string({
      description: 'Its name in the pack.',
      resolve: of((obligation) => obligation.duty.id),
    }),
    pack: t.string({ resolve: of((obligation) => obligation.release.pack.id) }),
    packVersion: t.string({
      resolve: of((obligation) => obligation.release.pack.version),
    }),
    title: t.field({
      type: types.Bilingual,
      resolve: of((obligation) => obligation.duty.title),
    }),
    region: t.field({
      type: RegionRef,
      resolve: of((obligation) => ({ id: obligation.regionId })),
    }),
    year: t.int({ resolve: of((obligation) => obligation.year) }),
    occurrence: t.string({
      nullable: true,
      description: 'Which engagement, selection or inspection; null for the obligation as such.',
      resolve: of((obligation) => obligation.occurrence),
    }),
    unit: t.string({
      nullable: true,
      description: 'What the team, task or engagement is called for which it stands; null for the region as a whole.',
      resolve: of((obligation) => obligation.title),
    }),
    owners: t.stringList({
      description: 'The roles of the pack that owe it here.',
      resolve: of((obligation) => [...obligation.owners]),
    }),
    recipients: t.stringList({
      resolve: of((obligation) => [...(obligation.duty.recipient ?? [])]),
    }),
    recurrence: t.string({
      description: 'yearly, once, irregular, or per event, such as per-engagement.',
      resolve: of((obligation) => obligation.duty.recurrence),
    }),
    from: t.field({
      type: 'Date',
      nullable: true,
      description: 'First day of its window; null when no date says.',
      resolve: of((obligation) => obligation.window?.from ?? null),
    }),
    to: t.field({
      type: 'Date',
      nullable: true,
      description: 'Last day of its window.',
      resolve: of((obligation) => obligation.window?.to ?? null),
    }),
    platformDefault: t.boolean({
      description: "True: the window is the platform's, the law gives no date.",
      resolve: of((obligation) => obligation.duty.platformDefault ?? false),
    }),
    lateEffect: t.string({
      description: 'What lateness means: flag, schedule (only a reminder), none ...',
      resolve: of((obligation) => obligation.duty.lateEffect),
    }),
    satisfiedBy: t.stringList({
      description: 'The mutations by which it is done. Those of other subgraphs are reported by obligationSatisfy.',
      resolve: of((obligation) => [...obligation.duty.satisfiedBy]),
    }),
    status: t.field({
      type: ObligationStatus,
      resolve: of((obligation) => statusOn(obligation, obligation.asOf)),
    }),
    settledOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'When it was satisfied or waived.',
      resolve: of((obligation) => obligation.settled?.on ?? null),
    }),
    provisional: t.boolean({
      description: 'True: its window is counted in working days over years whose public holidays are not known yet.',
      resolve: of(({ window }) => window?.provisional ?? false),
    }),
    settledEarly: t.boolean({
      description: 'Satisfied before its window.',
      resolve: of(
        ({ window, settled }) => window !== null && settled?.outcome === 'satisfied' && settled.on < window.from,
      ),
    }),
    settledLate: t.boolean({
      description: 'Satisfied after its window.',
      resolve: of(
        ({ duty, window, settled }) =>
          window !== null && !isLeast(duty) && settled?.outcome === 'satisfied' && settled.on > window.to,
      ),
    }),
    text: t.string({
      nullable: true,
      description: 'The evidence, or the reason of the waiver. Null unless you are signed in.',
      resolve: async (shown, _args, context) =>
        context.viewer.kind === 'anonymous' ? null : ((await full(shown, context)).settled?.text ?? null),
    }),
    note: t.field({
      type: types.Bilingual,
      nullable: true,
      resolve: of((obligation) => obligation.duty.note ?? null),
    }),
    citation: t.field({
      type: types.Citation,
      nullable: true,
      resolve: of((obligation) => obligation.duty.citation),
    }),
  }),
});

builder.queryField('obligations', (t) =>
  t.field({
    type: [ObligationRef],
    nullable: true,
    description:
      'What the packs that govern a region ask of it in a year: of its own bodies, not of those of the regions in it. Null when there is no such region. Error: PACK_UNKNOWN.',
    args: {
      region: t.arg.id({ required: true }),
      year: t.arg.int({ required: true }),
      pack: t.arg.string({ description: 'Only of this pack, even where it does not govern.' }),
      asOf: t.arg({ type: 'Date', description: 'The day as of which they stand, today if absent.' }),
    },
    async resolve(_root, { region, year, pack, asOf }, context) {
      const place = await knownPlace(context.graph, region);
      if (!place) return null;
      const day = asOf ?? context.today;
      const list = await obligationsOf(context, place, year, pack ?? null);
      return list.flatMap((item) => {
        const settled = item.settled && item.settled.on <= day ? item.settled : null;
        // An occurrence that nobody counts beforehand is known by its settlement only.
        const isUncounted = item.occurrence !== null && !isListed(item.duty.per);
        return isUncounted && !settled ? [] : [{ ...item, settled, asOf: day }];
      });
    },
  }),
);
