import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { addDays } from '../../policies/day.ts';
import type { Facts } from '../../policies/facts.ts';
import { requireCode } from '../code.ts';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { requirePeriod } from './appointment-period.ts';
import { builder, decided } from './builder.ts';
import { employedFacts } from './off-post-facts.ts';
import { OrganisationRef } from './organisation.ts';
import { PersonRef } from './person.ts';
import { lockCounty, placeOf } from './place.ts';
import { RegionRef } from './region.ts';
import { statusOf } from './region-status-facts.ts';
import { ExpertPoolEntry } from './tables/expert-pool-entry.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { pooledOn } from './team-roster.ts';

/** The source of those whom one province sends to a county that is paired with it. */
const PAIRED = 'east-west';

export const ExpertPoolEntryRef = builder.objectRef<ExpertPoolEntry>('ExpertPoolEntry');
ExpertPoolEntryRef.implement({
  description: 'A person of the pool from which members of advisory teams are taken.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    person: t.field({
      type: PersonRef,
      resolve: async (entry, _args, context) => (await loadById(context, Person, entry.personId)) as Person,
    }),
    source: t.exposeString('source', { description: 'Code, such as national-society or east-west.' }),
    field: t.exposeString('field', { nullable: true }),
    recommender: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (entry, _args, context) =>
        entry.recommenderId ? loadById(context, Organisation, entry.recommenderId) : null,
    }),
    recommenderName: t.exposeString('recommenderName', { nullable: true }),
    pairedCounty: t.field({
      type: RegionRef,
      nullable: true,
      resolve: (entry, _args, context) =>
        entry.pairedCountyId ? loadById(context, Region, entry.pairedCountyId) : null,
    }),
    addedOn: t.expose('addedOn', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
    endReason: t.exposeString('endReason', { nullable: true, authenticated: true, description: 'Why it was ended.' }),
  }),
});

builder.queryFields((t) => ({
  expertPool: t.connection({
    type: ExpertPoolEntryRef,
    authenticated: true,
    description: 'The entries that hold on a day, the oldest first.',
    args: {
      source: t.arg.string(),
      field: t.arg.string(),
      person: t.arg.id(),
      pairedCounty: t.arg.id(),
      asOf: t.arg({ type: 'Date', description: 'Today if absent.' }),
    },
    resolve: (_root, args, context) =>
      page(context.em, ExpertPoolEntry, {
        where: {
          ...(args.source ? { source: args.source } : {}),
          ...(args.field ? { field: args.field } : {}),
          ...(args.person ? { personId: args.person } : {}),
          ...(args.pairedCounty ? { pairedCountyId: args.pairedCounty } : {}),
          ...pooledOn(args.asOf ?? context.today),
        },
        orderBy: { id: 'asc' },
        args,
      }),
  }),
}));

/** How many different persons a pairing has brought a county, `more` of them about to come. */
export async function pairedExperts(
  tx: SqlEntityManager,
  countyId: string,
  on: string,
  more: readonly string[] = [],
): Promise<number> {
  const rows = await tx.find(
    ExpertPoolEntry,
    { source: PAIRED, pairedCountyId: countyId, ...pooledOn(on) },
    { fields: ['personId'] },
  );
  return new Set([...rows.map(({ personId }) => personId), ...more]).size;
}

/** What is known of a pairing, for an entry that comes by one. */
async function pairingFacts(
  tx: SqlEntityManager,
  source: string,
  county: Region | null,
  personId: string,
  on: string,
): Promise<Facts> {
  if (source !== PAIRED) return {};
  return {
    'expertPool.pairedCountyPaired': county ? (await statusOf(tx, county.id, 'east-west-paired', on)) === true : false,
    'expertPool.pairedCountyCountAfter': county ? await pairedExperts(tx, county.id, on, [personId]) : undefined,
  };
}

decided('expertPoolAdd', {
  description:
    'Enters a person in the expert pool from the day of the act on. Errors: NOT_FOUND, CODE_INVALID, COUNTY_INVALID, COUNTY_NOT_VALID, PERIOD_INVALID, ALREADY_POOLED.',
  thing: 'expertPoolEntry',
  type: ExpertPoolEntryRef,
  input: (t) => ({
    person: t.id({ required: true }),
    source: t.string({ required: true, description: 'Code, such as national-society, east-west, local-province.' }),
    field: t.string(),
    recommender: t.id({ description: 'Who mobilised or recommended.' }),
    recommenderName: t.string({ description: 'Its name, where it is no organisation of the graph.' }),
    pairedCounty: t.id({ description: 'The county that is paired, for a source of pairings.' }),
    region: t.id({ description: 'Whose pool it is, where no county is paired; the country if absent.' }),
    until: t.field({ type: 'Date', description: 'The last day; absent: open end.' }),
  }),
  plan: (input) => ({
    entity: ExpertPoolEntry,
    async prepare(tx, on) {
      const source = requireCode(input.source, 'source');
      if (input.until) requirePeriod(on, input.until);
      // Held, so that those whom a pairing brings are counted one entry at a time.
      const county = input.pairedCounty ? await lockCounty(tx, input.pairedCounty, on, 'pairedCounty') : null;
      const region = county ?? (await tx.findOne(Region, { id: input.region ?? 'cn' }));
      if (!region) throw notFound('region');
      const person = await tx.findOne(Person, { id: input.person }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!person) throw notFound('person');
      const recommender = input.recommender ? await tx.findOne(Organisation, { id: input.recommender }) : null;
      if (input.recommender && !recommender) throw notFound('recommender');
      const recommenderName = input.recommenderName?.trim() || null;
      const field = input.field?.trim() || null;
      const alike = {
        personId: person.id,
        source,
        ...(source === PAIRED ? { pairedCountyId: county?.id ?? null } : {}),
      };
      const already = (await tx.count(ExpertPoolEntry, { ...alike, ...pooledOn(on) })) > 0;
      const unit = await tx.findOneOrFail(Organisation, { id: person.organisationId });
      const { 'person.employmentStatus': status, 'person.age': age } = await employedFacts(tx, person, on);
      const id = uuid();
      const place = { regionId: region.id, ...(await placeOf(tx, region)) };
      return {
        subject: {
          type: 'ExpertPoolEntry',
          id,
          regions: region.path,
          organisations: [person.organisationId, ...(recommender ? [recommender.id] : [])],
        },
        facts: {
          'expertPool.source': source,
          'expertPool.fieldStated': field !== null,
          'expertPool.recommenderStated': recommender !== null || recommenderName !== null,
          'expertPool.alreadyInPool': already,
          ...(await pairingFacts(tx, source, county, person.id, on)),
          'person.employmentStatus': status,
          'person.age': age,
          'unit.kind': unit.type,
        },
        current: null,
        change() {
          if (already) {
            throw new UserError('ALREADY_POOLED', 'person', {
              zh: '该人员已以同一来源在库。',
              en: 'This person is in the pool from the same source already.',
            });
          }
          return tx.create(ExpertPoolEntry, {
            id,
            version: 1,
            personId: person.id,
            source,
            field,
            recommenderId: recommender?.id ?? null,
            recommenderName,
            pairedCountyId: county?.id ?? null,
            ...place,
            addedOn: on,
            to: input.until ? addDays(input.until, 1) : null,
          });
        },
      };
    },
  }),
});
