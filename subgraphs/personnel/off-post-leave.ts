import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { loadById } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { requirePeriod } from './appointment-period.ts';
import { builder, decided } from './builder.ts';
import { employedFacts } from './off-post-facts.ts';
import { mayRead, whereMayRead } from './party.ts';
import { PersonRef } from './person.ts';
import { unitFacts } from './person-facts.ts';
import { placeOf } from './place.ts';
import { requireText } from './required-text.ts';
import { OffPostLeave } from './tables/off-post-leave.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';

const OffPostLeaveRef = builder.objectRef<OffPostLeave>('OffPostLeave').implement({
  description: 'Leave of a member of staff to start an undertaking, with rights kept. For those whom it concerns.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    person: t.field({
      type: PersonRef,
      resolve: async (leave, _args, context) => (await loadById(context, Person, leave.personId)) as Person,
    }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The last day as granted; null: not fixed.' }),
    rightsKept: t.exposeStringList('rightsKept'),
    documentNumber: t.exposeString('documentNumber', { nullable: true }),
    endedOn: t.expose('endedOn', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
    choice: t.exposeString('choice', { nullable: true, description: 'What the person chose at its end.' }),
  }),
});

builder.objectFields(PersonRef, (t) => ({
  offPostLeaves: t.field({
    type: [OffPostLeaveRef],
    description: 'Those that you may see, the oldest first.',
    resolve: (person, _args, context) =>
      context.em.find(
        OffPostLeave,
        { personId: person.id, $and: [whereMayRead(context, ['personId', 'organisationId'])] } as never,
        { orderBy: { from: 'asc' } },
      ),
  }),
}));

builder.queryField('offPostLeave', (t) =>
  t.field({
    type: OffPostLeaveRef,
    nullable: true,
    authenticated: true,
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const leave = await loadById(context, OffPostLeave, id);
      return leave && mayRead(context, leave) ? leave : null;
    },
  }),
);

const subjectOf = (leave: Pick<OffPostLeave, 'id' | 'personId' | 'organisationId'>, regions: readonly string[]) => ({
  type: 'OffPostLeave',
  id: leave.id,
  regions,
  organisations: [leave.organisationId],
  persons: [leave.personId],
});

decided('offPostLeaveGrant', {
  description:
    'Grants leave for a start-up to a member of staff of a public institution. The law is that of the region whose scheme it is under. Errors: NOT_FOUND, PERIOD_INVALID, ON_LEAVE.',
  thing: 'leave',
  type: OffPostLeaveRef,
  input: (t) => ({
    person: t.id({ required: true }),
    region: t.id({ description: "The region whose scheme it is under; the unit's own if absent." }),
    from: t.field({ type: 'Date', required: true }),
    to: t.field({ type: 'Date', description: 'The last day, if it is fixed.' }),
    rightsKept: t.stringList({ required: true, description: 'Codes of the rights kept.' }),
    meetsConditions: t.boolean({ description: 'Whether the unit has verified the conditions; absent: not known.' }),
    documentNumber: t.string(),
  }),
  plan: (input) => ({
    entity: OffPostLeave,
    async prepare(tx, on) {
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      if (input.to) requirePeriod(input.from, input.to);
      const organisation = await tx.findOneOrFail(Organisation, { id: person.organisationId });
      const region = await tx.findOne(Region, { id: input.region ?? organisation.regionId });
      if (!region) throw notFound('region');
      const place = await placeOf(tx, region);
      const id = uuid();
      const { 'person.employmentStatus': employmentStatus } = await employedFacts(tx, person, on);
      const { 'unit.publicInstitution': publicInstitution } = await unitFacts(tx, organisation.id);
      return {
        subject: subjectOf({ id, personId: person.id, organisationId: organisation.id }, region.path),
        facts: {
          'unit.publicInstitution': publicInstitution,
          'offPost.rightsKept': [...new Set(input.rightsKept)].sort(),
          'offPost.meetsConditions': input.meetsConditions ?? undefined,
          'person.employmentStatus': employmentStatus,
        },
        current: null,
        async change() {
          const leave = tx.create(OffPostLeave, {
            id,
            version: 1,
            personId: person.id,
            organisationId: organisation.id,
            ...place,
            from: input.from,
            to: input.to ?? null,
            rightsKept: [...new Set(input.rightsKept)].sort(),
            documentNumber: input.documentNumber?.trim() || null,
            endedOn: null,
            choice: null,
          });
          await tx.flush().catch((error) => {
            if (!(error instanceof UniqueConstraintViolationException)) throw error;
            throw new UserError('ON_LEAVE', 'person', {
              zh: '该人员已在离岗期间。',
              en: 'This person is on such leave already.',
            });
          });
          return leave;
        },
      };
    },
  }),
});

decided('offPostLeaveEnd', {
  description:
    'Ends a leave with what the person chooses. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, TEXT_REQUIRED (choice), ON_BEFORE_LAST_ACT.',
  thing: 'leave',
  type: OffPostLeaveRef,
  input: (t) => ({
    leave: t.id({ required: true }),
    version: t.int({ required: true }),
    choice: t.string({ required: true, description: 'A code of the pack, such as return.' }),
    employmentStatus: t.string({ description: "The person's status from then on, where it changes." }),
  }),
  plan: (input) => ({
    entity: OffPostLeave,
    async prepare(tx, on) {
      const leave = await tx.findOne(OffPostLeave, { id: input.leave }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!leave) throw notFound('leave');
      expectVersion(leave.version, input.version);
      if (leave.endedOn) {
        throw new UserError('WRONG_STATE', 'leave', { zh: '该离岗已结束。', en: 'This leave has ended.' });
      }
      requireOrder(leave.from, on);
      const choice = requireText(input.choice, 'choice');
      return {
        subject: subjectOf(leave, regionsOf(leave)),
        facts: { 'offPost.choice': choice },
        current: leave,
        async change() {
          leave.endedOn = on;
          leave.choice = choice;
          const person = await tx.findOneOrFail(Person, { id: leave.personId });
          person.employmentStatus = input.employmentStatus ?? person.employmentStatus ?? null;
          return leave;
        },
      };
    },
  }),
});
