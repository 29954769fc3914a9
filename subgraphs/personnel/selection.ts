import { LockMode, type SqlEntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { rolesOn, type Subject } from '../actor.ts';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { lawOf } from '../law.ts';
import { requireLevel } from '../level.ts';
import { loadById } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { chainOf } from './chain.ts';
import { OrganisationRef } from './organisation.ts';
import { placeOf } from './place.ts';
import { RegionRef } from './region.ts';
import { findChain } from './selection-chain.ts';
import { Organisation } from './tables/organisation.ts';
import { Region } from './tables/region.ts';
import { Selection } from './tables/selection.ts';
import { whereWithin } from './within.ts';

export const SelectionRef = builder.objectRef<Selection>('Selection');
SelectionRef.implement({
  description:
    'A round in which a tier selects commissioners for a year, following the chain that its pack has for that tier.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version', {
      description: 'Send it back with a change; STALE_VERSION if somebody was faster.',
    }),
    region: t.field({
      type: RegionRef,
      resolve: async (selection, _args, context) => (await loadById(context, Region, selection.regionId)) as Region,
    }),
    level: t.exposeString('level', {
      description: 'The tier that selects: national, province, prefecture, county, unit.',
    }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The unit that selects, for a round of its own.',
      resolve: (selection, _args, context) =>
        selection.organisationId ? loadById(context, Organisation, selection.organisationId) : null,
    }),
    year: t.exposeInt('year'),
    category: t.exposeString('category', { description: 'The category of those that it selects.' }),
    batch: t.exposeInt('batch', { description: '1 for the first round of its kind in a year.' }),
    status: t.exposeString('status', { description: 'open, or listed when the list has been decided.' }),
    openedOn: t.expose('openedOn', { type: 'Date' }),
    listedOn: t.expose('listedOn', { type: 'Date', nullable: true }),
    pack: t.exposeString('packId', {
      nullable: true,
      description: 'The pack whose chain it follows; null where the law has no chain for the tier.',
    }),
  }),
});
builder.asEntity(SelectionRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Selection, id),
});

const SelectionFilter = builder.inputType('SelectionFilter', {
  fields: (t) => ({
    region: t.id({ description: 'In this region or below it.' }),
    level: t.string(),
    year: t.int(),
    category: t.string(),
    status: t.string(),
  }),
});

builder.queryFields((t) => ({
  selection: t.field({
    type: SelectionRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Selection, id),
  }),
  selections: t.connection({
    type: SelectionRef,
    description: 'Rounds, the oldest first. That a round exists and how far it is, is public.',
    args: { filter: t.arg({ type: SelectionFilter }) },
    async resolve(_root, args, context) {
      const { region, level, year, category, status } = args.filter ?? {};
      return page(context.em, Selection, {
        where: {
          ...(region ? await whereWithin(context, region) : {}),
          ...(level ? { level } : {}),
          ...(year ? { year } : {}),
          ...(category ? { category } : {}),
          ...(status ? { status } : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

/** Loads a round and holds its row: its steps follow one another, so they are taken one at a time. */
export async function lockSelection(tx: SqlEntityManager, id: string, field = 'selection'): Promise<Selection> {
  const selection = await tx.findOne(Selection, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!selection) throw notFound(field);
  return selection;
}

/** Marks the round as changed by an act of a day, also when only what belongs to it was, so that its version moves on. */
export function touched(selection: Selection, on: string): Selection {
  selection.changedOn = on;
  selection.acts += 1;
  return selection;
}

/** @throws UserError WRONG_STATE once the list is decided */
export function stillOpen(selection: Selection): void {
  if (selection.status !== 'open') {
    throw new UserError('WRONG_STATE', 'selection', {
      zh: '该轮选聘名单已确定。',
      en: 'The list of this round has been decided.',
    });
  }
}

/**
 * The chain of acts of a round, from the need to the appointment: duties are kept apart within it. A need that no round
 * has taken up yet is a chain of its own.
 */
export const processOf = (selectionId: string | null | undefined, demandId = ''): string =>
  selectionId ? `selection:${selectionId}` : `demand:${demandId}`;

/** The subject of a decision about a round, for the bodies of the tier that selects. */
export function roundSubject(selection: Selection): Subject {
  return {
    type: 'Selection',
    id: selection.id,
    regions: regionsOf(selection),
    process: processOf(selection.id),
    organisations: selection.organisationId ? [selection.organisationId] : [],
  };
}

/** Whether the viewer is one of the bodies of the round: those that the chain has act in it or asks, at its own tier. */
export function isRoundBody(context: Context, selection: Selection): boolean {
  if (context.viewer.kind === 'service') return true;
  const held = rolesOn(context.viewer, roundSubject(selection));
  const chain = chainOf(context.registry, selection, context.today);
  if (!chain) return held.length > 0;
  const bodies = chain.steps.flatMap((step) => [...step.bodies, ...(step.opinions ?? [])]);
  return held.some((role) => bodies.includes(role));
}

/** The region level at which each tier selects. A unit selects wherever it takes part in a region's scheme. */
const REGION_LEVEL: Readonly<Record<string, string>> = {
  national: 'country',
  province: 'province',
  prefecture: 'prefecture',
  county: 'county',
};

decided('selectionOpen', {
  description:
    'Opens a round. It follows the chain that the packs in force have for its tier, or none. Errors: NOT_FOUND (region, organisation), LEVEL_INVALID, LEVEL_MISMATCH, ORGANISATION_REQUIRED, CATEGORY_REQUIRED, CHAIN_UNKNOWN, CHAIN_AMBIGUOUS, DUPLICATE_ROUND.',
  thing: 'selection',
  type: SelectionRef,
  input: (t) => ({
    region: t.id({ required: true, description: 'The region whose tier selects.' }),
    level: t.string({ required: true, description: 'national, province, prefecture, county or unit.' }),
    organisation: t.id({ description: 'The unit that selects; only and always with level unit.' }),
    year: t.int({ required: true }),
    category: t.string({ required: true, description: 'The category of those that it selects.' }),
    batch: t.int({ description: '1 if absent.' }),
    chain: t.string({ description: 'Id of the chain, where the packs in force have several for the tier.' }),
  }),
  plan: (input, context) => ({
    entity: Selection,
    async prepare(tx, on) {
      requireLevel(input.level);
      const region = await tx.findOne(Region, { id: input.region });
      if (!region) throw notFound('region');
      const wanted = REGION_LEVEL[input.level];
      if (wanted && region.level !== wanted) {
        throw new UserError('LEVEL_MISMATCH', 'region', {
          zh: `${region.name}不是该层级的地域，不能由其组织该层级选聘。`,
          en: `${region.name} is not a region of that level, so it cannot select at it.`,
        });
      }
      if ((input.level === 'unit') !== Boolean(input.organisation)) {
        throw new UserError('ORGANISATION_REQUIRED', 'organisation', {
          zh: '单位本级选聘须且仅须填写组织单位。',
          en: 'A round at level unit names its organisation, and no other round does.',
        });
      }
      if (input.organisation && !(await tx.findOne(Organisation, { id: input.organisation }))) {
        throw notFound('organisation');
      }
      const category = input.category.trim();
      if (!category) {
        throw new UserError('CATEGORY_REQUIRED', 'category', { zh: '请填写选派类别。', en: 'Say which category.' });
      }
      const found = findChain(lawOf(context.registry, region.path, on), input.level, input.chain ?? null);
      const round = {
        id: uuid(),
        version: 1,
        regionId: region.id,
        ...(await placeOf(tx, region)),
        level: input.level,
        organisationId: input.organisation ?? null,
        year: input.year,
        category,
        batch: input.batch ?? 1,
        packId: found?.release.pack.id ?? null,
        packVersion: found?.release.pack.version ?? null,
        chainId: found?.chain.id ?? null,
        status: 'open',
        openedOn: on,
        listedOn: null,
        changedOn: on,
        acts: 1,
      };
      const { organisationId } = round;
      return {
        subject: {
          type: 'Selection',
          id: round.id,
          regions: region.path,
          process: processOf(round.id),
          organisations: organisationId ? [organisationId] : [],
        },
        facts: { 'selection.level': round.level, 'appointment.category': category },
        current: null,
        async change() {
          const selection = tx.create(Selection, round);
          await tx.flush().catch((error) => {
            if (!(error instanceof UniqueConstraintViolationException)) throw error;
            throw new UserError('DUPLICATE_ROUND', 'batch', {
              zh: '该地域该年度该类别的这一批次已启动。',
              en: 'There is such a round already: the same region, level, year, category and batch.',
            });
          });
          return selection;
        },
      };
    },
  }),
});
