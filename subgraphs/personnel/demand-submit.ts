import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Subject } from '../actor.ts';
import { requireCode } from '../code.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { DemandRef } from './demand.ts';
import { lockCounty, placeOf } from './place.ts';
import { statusOf } from './region-status-facts.ts';
import { requireText } from './required-text.ts';
import { processOf, stillOpen } from './selection.ts';
import { Demand, DemandItem } from './tables/demand.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Selection } from './tables/selection.ts';

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
    'Files the needs of a receiving unit of a county. Errors: NOT_FOUND, COUNTY_INVALID, COUNTY_NOT_VALID, TEXT_REQUIRED, CODE_INVALID, WRONG_STATE, COUNTY_OUTSIDE_ROUND, YEAR_MISMATCH.',
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
    kind: t.string({ description: 'Code, such as industry-need.' }),
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
      const kind = input.kind ? requireCode(input.kind, 'kind') : null;
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
          'demand.kind': kind ?? undefined,
          'region.povertyLifted': await statusOf(tx, county.id, 'poverty-lifted', on),
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
            kind,
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
