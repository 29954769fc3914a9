import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Subject } from '../actor.ts';
import { page } from '../connection.ts';
import { loadById, loaderOf } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef } from './organisation.ts';
import { mayRead, whereMayRead } from './party.ts';
import { PersonRef } from './person.ts';
import { lockCounty, placeOf, regionsOf } from './place.ts';
import { RegionRef } from './region.ts';
import { requireText } from './required-text.ts';
import { processOf, SelectionRef, stillOpen } from './selection.ts';
import { Demand, DemandItem } from './tables/demand.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Selection } from './tables/selection.ts';
import { whereWithin } from './within.ts';

export const DemandRef = builder.objectRef<Demand>('Demand');
export const DemandItemRef = builder.objectRef<DemandItem>('DemandItem').implement({
  description: 'One need for science and technology.',
  fields: (t) => ({
    id: t.exposeID('id'),
    no: t.exposeInt('no'),
    demand: t.field({
      type: DemandRef,
      resolve: async (item, _args, context) => (await loadById(context, Demand, item.demandId)) as Demand,
    }),
    field: t.exposeString('field', { description: "Technology field, a code of the pack's vocabulary." }),
    industry: t.exposeString('industry'),
    stage: t.exposeString('stage', { nullable: true, description: 'Stage of the industry chain, such as processing.' }),
    description: t.exposeString('description'),
    urgency: t.exposeString('urgency', { nullable: true }),
    status: t.exposeString('status', {
      description:
        'open; matched when a person and the receiving unit agree; served when somebody is appointed for it.',
    }),
  }),
});

DemandRef.implement({
  description:
    'The needs of a receiving unit, gathered by its county for a year. Before publication only those whom it concerns see it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    county: t.field({
      type: RegionRef,
      resolve: async (demand, _args, context) => (await loadById(context, Region, demand.countyId)) as Region,
    }),
    receivingUnit: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (demand, _args, context) =>
        demand.receivingUnitId ? loadById(context, Organisation, demand.receivingUnitId) : null,
    }),
    contactPerson: t.field({
      type: PersonRef,
      nullable: true,
      description: 'Whom experts talk to.',
      resolve: (demand, _args, context) =>
        demand.contactPersonId ? loadById(context, Person, demand.contactPersonId) : null,
    }),
    selection: t.field({
      type: SelectionRef,
      nullable: true,
      description: 'The round it is gathered for.',
      resolve: (demand, _args, context) =>
        demand.selectionId ? loadById(context, Selection, demand.selectionId) : null,
    }),
    year: t.exposeInt('year'),
    status: t.exposeString('status', { description: 'submitted or published.' }),
    submittedOn: t.expose('submittedOn', { type: 'Date' }),
    publishedOn: t.expose('publishedOn', { type: 'Date', nullable: true }),
    audience: t.exposeStringList('audience', { description: 'Codes of the groups of units it is published to.' }),
    items: t.field({
      type: [DemandItemRef],
      resolve: async (demand, _args, context) => {
        const loader = loaderOf<string, DemandItem[]>(context, 'demandItems', async (ids) => {
          const rows = await context.em.find(DemandItem, { demandId: { $in: [...ids] } }, { orderBy: { no: 'asc' } });
          return Map.groupBy(rows, ({ demandId }) => demandId);
        });
        return (await loader.load(demand.id)) ?? [];
      },
    }),
  }),
});
builder.asEntity(DemandRef, {
  key: builder.selection<{ id: string }>('id'),
  async resolveReference({ id }, context) {
    const demand = await loadById(context, Demand, id);
    return demand && mayRead(context, demand) ? demand : null;
  },
});

const DemandFilter = builder.inputType('DemandFilter', {
  fields: (t) => ({
    region: t.id({ description: 'In this region or below it.' }),
    receivingUnit: t.id(),
    selection: t.id(),
    year: t.int(),
    status: t.string(),
  }),
});

builder.queryFields((t) => ({
  demand: t.field({
    type: DemandRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const demand = await loadById(context, Demand, id);
      return demand && mayRead(context, demand) ? demand : null;
    },
  }),
  demands: t.connection({
    type: DemandRef,
    description: 'The needs that you may see, the oldest first.',
    args: { filter: t.arg({ type: DemandFilter }) },
    async resolve(_root, args, context) {
      const { region, receivingUnit, selection, year, status } = args.filter ?? {};
      return page(context.em, Demand, {
        where: {
          ...(region ? await whereWithin(context, region) : {}),
          ...(receivingUnit ? { receivingUnitId: receivingUnit } : {}),
          ...(selection ? { selectionId: selection } : {}),
          ...(year ? { year } : {}),
          ...(status ? { status } : {}),
          $and: [whereMayRead(context, ['receivingUnitId', 'published'])],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

/** The subject of a decision about a county's needs: the county, and the receiving unit where it is known. */
export function demandSubject(demand: Demand, selectionId: string | null): Subject {
  return {
    type: 'Demand',
    id: demand.id,
    regions: regionsOf(demand),
    process: processOf(selectionId, demand.id),
    organisations: demand.receivingUnitId ? [demand.receivingUnitId] : [],
  };
}

/**
 * The open round that a county's need is gathered for.
 *
 * @throws UserError NOT_FOUND, WRONG_STATE, COUNTY_OUTSIDE_ROUND, YEAR_MISMATCH
 */
export async function roundFor(
  tx: SqlEntityManager,
  id: string,
  need: { readonly regions: readonly string[]; readonly year: number },
): Promise<Selection> {
  const selection = await tx.findOne(Selection, { id });
  if (!selection) throw notFound('selection');
  stillOpen(selection);
  if (!need.regions.includes(selection.regionId)) {
    throw new UserError('COUNTY_OUTSIDE_ROUND', 'selection', {
      zh: '该县（市、区）不在这一轮选聘的地域内。',
      en: 'The county does not lie in the region of this round.',
    });
  }
  if (selection.year !== need.year) {
    throw new UserError('YEAR_MISMATCH', 'selection', {
      zh: `该轮选聘属于 ${selection.year} 年，需求属于 ${need.year} 年。`,
      en: `This round is of ${selection.year}, the need of ${need.year}.`,
    });
  }
  return selection;
}

const DemandItemInput = builder.inputType('DemandItemInput', {
  fields: (t) => ({
    field: t.string({ required: true, description: 'Technology field.' }),
    industry: t.string({ required: true }),
    stage: t.string(),
    description: t.string({ required: true }),
    urgency: t.string(),
  }),
});

decided('demandSubmit', {
  description:
    'Files the needs of a receiving unit of a county. Errors: NOT_FOUND, COUNTY_INVALID, COUNTY_NOT_VALID, TEXT_REQUIRED, WRONG_STATE, COUNTY_OUTSIDE_ROUND, YEAR_MISMATCH.',
  thing: 'demand',
  type: DemandRef,
  input: (t) => ({
    county: t.id({ required: true }),
    receivingUnit: t.id(),
    contactPerson: t.id({ description: 'Whom experts talk to at the receiving unit.' }),
    selection: t.id({
      description: 'The round it is gathered for; named here, duties are kept apart from the first step on.',
    }),
    year: t.int({ required: true }),
    items: t.field({ type: [DemandItemInput], required: true }),
  }),
  plan: (input, _context) => ({
    entity: Demand,
    async prepare(tx, on) {
      const county = await lockCounty(tx, input.county, on);
      if (input.receivingUnit && !(await tx.findOne(Organisation, { id: input.receivingUnit }))) {
        throw notFound('receivingUnit');
      }
      if (input.contactPerson && !(await tx.findOne(Person, { id: input.contactPerson }))) {
        throw notFound('contactPerson');
      }
      if (input.selection) await roundFor(tx, input.selection, { regions: county.path, year: input.year });
      const items = input.items.map((item) => ({
        field: requireText(item.field, ['items', 'field']),
        industry: requireText(item.industry, ['items', 'industry']),
        stage: item.stage?.trim() || null,
        description: requireText(item.description, ['items', 'description']),
        urgency: item.urgency?.trim() || null,
      }));
      const id = uuid();
      const receivingUnitId = input.receivingUnit ?? null;
      const place = await placeOf(tx, county);
      const subject: Subject = {
        type: 'Demand',
        id,
        regions: county.path,
        process: processOf(input.selection, id),
        organisations: receivingUnitId ? [receivingUnitId] : [],
      };
      return {
        subject,
        facts: {
          'demand.itemCount': items.length,
          'demand.receivingUnitStated': receivingUnitId !== null,
        },
        current: null,
        change() {
          items.forEach((item, at) => {
            tx.create(DemandItem, {
              id: uuid(),
              demandId: id,
              countyId: county.id,
              no: at + 1,
              ...item,
              status: 'open',
            });
          });
          return tx.create(Demand, {
            id,
            version: 1,
            ...place,
            countyId: county.id,
            receivingUnitId,
            contactPersonId: input.contactPerson ?? null,
            year: input.year,
            selectionId: input.selection ?? null,
            status: 'submitted',
            submittedOn: on,
            published: false,
            publishedOn: null,
            audience: [],
          });
        },
      };
    },
  }),
});
