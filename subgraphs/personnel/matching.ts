import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { loadById } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { DemandItemRef } from './demand.ts';
import { mayRead, whereMayRead } from './party.ts';
import { PersonRef } from './person.ts';
import { processOf, SelectionRef, stillOpen } from './selection.ts';
import { Demand, DemandItem } from './tables/demand.ts';
import { Matching } from './tables/matching.ts';
import { Person } from './tables/person.ts';
import { Selection } from './tables/selection.ts';

export const MatchingRef = builder.objectRef<Matching>('Matching');
MatchingRef.implement({
  description:
    'A contact between a person and a receiving unit over a need, and who has agreed. For those it concerns.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    demandItem: t.field({
      type: DemandItemRef,
      nullable: true,
      resolve: (matching, _args, context) =>
        matching.demandItemId ? loadById(context, DemandItem, matching.demandItemId) : null,
    }),
    selection: t.field({
      type: SelectionRef,
      nullable: true,
      resolve: (matching, _args, context) =>
        matching.selectionId ? loadById(context, Selection, matching.selectionId) : null,
    }),
    person: t.field({
      type: PersonRef,
      resolve: async (matching, _args, context) => (await loadById(context, Person, matching.personId)) as Person,
    }),
    contactPerson: t.field({
      type: PersonRef,
      nullable: true,
      description: 'Of the receiving unit.',
      resolve: (matching, _args, context) =>
        matching.contactPersonId ? loadById(context, Person, matching.contactPersonId) : null,
    }),
    personConsent: t.exposeBoolean('personConsent', { description: 'False when refused or not asked.' }),
    receivingUnitConsent: t.exposeBoolean('receivingUnitConsent', { description: 'False when refused or not asked.' }),
    recordedOn: t.expose('recordedOn', { type: 'Date' }),
  }),
});
builder.asEntity(MatchingRef, {
  key: builder.selection<{ id: string }>('id'),
  async resolveReference({ id }, context) {
    const matching = await loadById(context, Matching, id);
    return matching && mayRead(context, matching) ? matching : null;
  },
});

builder.objectFields(DemandItemRef, (t) => ({
  matchings: t.field({
    type: [MatchingRef],
    description: 'The contacts over it that you may see.',
    resolve: (item, _args, context) =>
      context.em.find(
        Matching,
        {
          demandItemId: item.id,
          $and: [whereMayRead(context, ['personId', 'organisationId', 'receivingUnitId'])],
        } as never,
        { orderBy: { id: 'asc' } },
      ),
  }),
}));

/** What the two sides say after an act, and which accounts said so: a consent stays with who stated it first. */
function consents(
  known: Matching | null,
  asked: { readonly personConsents?: boolean | null; readonly receivingUnitConsents?: boolean | null },
  actor: string,
) {
  const by = (before: boolean | undefined, who: string | null | undefined, now: boolean) =>
    now ? (before ? (who ?? null) : actor) : null;
  const personConsent = asked.personConsents ?? known?.personConsent ?? false;
  const receivingUnitConsent = asked.receivingUnitConsents ?? known?.receivingUnitConsent ?? false;
  return {
    personConsent,
    receivingUnitConsent,
    personConsentBy: by(known?.personConsent, known?.personConsentBy, personConsent),
    receivingUnitConsentBy: by(known?.receivingUnitConsent, known?.receivingUnitConsentBy, receivingUnitConsent),
  };
}

decided('matchingRecord', {
  description:
    'Records a contact over a need, or what the two sides say now (send `version` then). Errors: NOT_FOUND, DEMAND_ITEM_OR_SELECTION_REQUIRED, SELECTION_MISMATCH, WRONG_STATE, ALREADY_MATCHED, STALE_VERSION, ON_BEFORE_LAST_ACT.',
  thing: 'matching',
  type: MatchingRef,
  input: (t) => ({
    demandItem: t.id({ description: 'The need that the contact is about.' }),
    selection: t.id({ description: 'The round, where the need names none.' }),
    person: t.id({ required: true }),
    personConsents: t.boolean({ description: 'Absent: not asked, which counts as no.' }),
    receivingUnitConsents: t.boolean({ description: 'Absent: not asked, which counts as no.' }),
    contactPerson: t.id({ description: "Of the receiving unit; the need's own if absent." }),
    version: t.int({
      description:
        'Of the contact already recorded between this person and this need, or this round where there is no need.',
    }),
  }),
  plan: (input, context) => ({
    entity: Matching,
    async prepare(tx, on) {
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      // Held, because its status follows from the contacts over it.
      const item = input.demandItem
        ? await tx.findOne(DemandItem, { id: input.demandItem }, { lockMode: LockMode.PESSIMISTIC_WRITE })
        : null;
      if (input.demandItem && !item) throw notFound('demandItem');
      const demand = item ? await tx.findOneOrFail(Demand, { id: item.demandId }) : null;
      if (demand?.selectionId && input.selection && demand.selectionId !== input.selection) {
        throw new UserError('SELECTION_MISMATCH', 'selection', {
          zh: '该需求属于另一轮选聘。',
          en: 'This need belongs to another round.',
        });
      }
      const selectionId = demand?.selectionId ?? input.selection ?? null;
      const selection = selectionId ? await tx.findOne(Selection, { id: selectionId }) : null;
      if (selectionId && !selection) throw notFound('selection');
      if (selection) stillOpen(selection);
      const at = demand ?? selection;
      if (!at) {
        throw new UserError('DEMAND_ITEM_OR_SELECTION_REQUIRED', 'demandItem', {
          zh: '请填写需求项或选聘轮次。',
          en: 'Name the need, or at least the round.',
        });
      }
      if (input.contactPerson && !(await tx.findOne(Person, { id: input.contactPerson }))) {
        throw notFound('contactPerson');
      }
      const isUpdate = typeof input.version === 'number';
      const contact = { demandItemId: item?.id ?? null, personId: person.id };
      // Without a need a round may know several contacts of a person: the latest is meant, and only when one is.
      const [known = null] =
        item || isUpdate
          ? await tx.find(Matching, item ? contact : { ...contact, selectionId }, { orderBy: { id: 'desc' }, limit: 1 })
          : [];
      if (isUpdate && !known) throw notFound('version');
      if (known && !isUpdate) throw alreadyMatched();
      if (known) {
        expectVersion(known.version, input.version as number);
        requireOrder(known.recordedOn, on);
      }
      const id = known?.id ?? uuid();
      const subject: Subject = {
        type: 'Matching',
        id,
        regions: regionsOf(at),
        process: processOf(selectionId, demand?.id),
        organisations: [person.organisationId, ...(demand?.receivingUnitId ? [demand.receivingUnitId] : [])],
        persons: [person.id],
      };
      const said = {
        ...consents(known, input, context.viewer.subject),
        contactPersonId: input.contactPerson ?? known?.contactPersonId ?? demand?.contactPersonId ?? null,
        recordedOn: on,
      };
      return {
        subject,
        facts: {
          'matching.demandItemLinked': item !== null,
          'matching.personConsented': said.personConsent,
          'matching.receivingUnitConsented': said.receivingUnitConsent,
          'matching.oneActorBothSides':
            said.personConsentBy !== null && said.personConsentBy === said.receivingUnitConsentBy,
          'demand.published': demand?.published,
          'selection.level': selection?.level,
        },
        current: known,
        async change() {
          if (item && item.status !== 'served') {
            item.status = said.personConsent && said.receivingUnitConsent ? 'matched' : item.status;
          }
          if (known) return Object.assign(known, said);
          const { provinceId, prefectureId, countyId } = at;
          const matching = tx.create(Matching, {
            id,
            version: 1,
            provinceId: provinceId ?? null,
            prefectureId: prefectureId ?? null,
            countyId: countyId ?? null,
            demandItemId: item?.id ?? null,
            selectionId,
            personId: person.id,
            organisationId: person.organisationId,
            receivingUnitId: demand?.receivingUnitId ?? null,
            ...said,
          });
          await tx.flush().catch((error) => {
            throw error instanceof UniqueConstraintViolationException ? alreadyMatched() : error;
          });
          return matching;
        },
      };
    },
  }),
});

function alreadyMatched(): UserError {
  return new UserError('ALREADY_MATCHED', 'person', {
    zh: '该人员与该需求项的对接已登记；如需更新，请填写版本号。',
    en: 'This contact is recorded already: send its version to change what the sides say.',
  });
}
