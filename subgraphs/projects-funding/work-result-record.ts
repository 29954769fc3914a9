import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { requireCode, requireCodes } from '../code.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { knownForm, readOrganisation, readPerson, readPlace, readTeam } from './from-graph.ts';
import { stated } from './input.ts';
import { type Attributes, WorkReference, WorkResult } from './tables/work-result.ts';
import { WorkResultRef } from './work-result.ts';
import { resultFacts, resultPlaceFacts } from './work-result-facts.ts';

/** @throws UserError QUANTITY_INVALID */
function atLeastOne(quantity: number): number {
  if (quantity >= 1) return quantity;
  throw new UserError('QUANTITY_INVALID', 'quantity', { zh: '数量至少为 1。', en: 'The quantity is at least 1.' });
}

/** @throws UserError ATTRIBUTES_INVALID */
function flat(attributes: unknown): Attributes {
  const entries = attributes && typeof attributes === 'object' ? Object.entries(attributes) : [];
  const isFlat = entries.every(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  if ((attributes ?? null) === null || (isFlat && !Array.isArray(attributes) && typeof attributes === 'object')) {
    return Object.fromEntries(entries);
  }
  throw new UserError('ATTRIBUTES_INVALID', 'attributes', {
    zh: '附加属性须为一层的对象，值为文字、数字或真假。',
    en: 'Attributes are one flat object of texts, numbers and booleans.',
  });
}

/** @throws UserError DATES_REVERSED */
function notBefore(start: string, end: string, field: string): string {
  if (end >= start) return end;
  throw new UserError('DATES_REVERSED', field, {
    zh: `结束日期早于开始日期 ${start}。`,
    en: `It would end before it begins, on ${start}.`,
  });
}

/**
 * Whether a result of this kind and reference is on record that is there on a day or later. Holds the reference, so that
 * two records of one thing come one after the other.
 */
async function isDuplicate(tx: SqlEntityManager, kind: string, reference: string, day: string): Promise<boolean> {
  await tx.execute('insert into ?? ("kind", "reference") values (?, ?) on conflict do nothing', [
    `${tx.config.get('schema')}.work_reference`,
    kind,
    reference,
  ]);
  await tx.findOneOrFail(WorkReference, { kind, reference }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const there = { kind, reference, $or: [{ endedOn: null }, { endedOn: { $gte: day } }] };
  return (await tx.count(WorkResult, there)) > 0;
}

type Parties = Pick<WorkResult, 'organisationId' | 'partnerId' | 'personId'>;

function subjectOf(id: string, place: Parameters<typeof regionsOf>[0], parties: Parties): Subject {
  return {
    type: 'WorkResult',
    id,
    regions: regionsOf(place),
    organisations: [parties.organisationId, parties.partnerId].filter((one) => typeof one === 'string'),
    persons: parties.personId ? [parties.personId] : [],
  };
}

decided('workResultRecord', {
  description:
    'Records a thing that the work brought about, where it is: a base, a promoted patent, a board, a pairing. A thing with a reference that is on record is known again by it; what follows is for the rules. Errors: NOT_FOUND, CODE_INVALID, TEXT_REQUIRED, QUANTITY_INVALID, ATTRIBUTES_INVALID, DATES_REVERSED.',
  thing: 'workResult',
  type: WorkResultRef,
  input: (t) => ({
    kind: t.string({ required: true, description: "A code of the pack's vocabulary, such as demo-base." }),
    title: t.string({ required: true }),
    region: t.id({ required: true, description: 'Where it is: the village, the township, the county or above.' }),
    startedOn: t.field({
      type: 'Date',
      description: 'The first day on which it is there; the day of the act if absent.',
    }),
    until: t.field({ type: 'Date', description: 'The last day on which it is there, when that is known.' }),
    reference: t.string({ description: 'What makes it one and the same thing, such as the number of a patent.' }),
    quantity: t.int({ description: 'How many it stands for; 1 if absent.' }),
    features: t.stringList({ description: 'What it has, by its kind; codes of the pack.' }),
    organisation: t.id({ description: 'Who made it or answers for it.' }),
    partner: t.id({ description: 'The other unit, of a pairing for instance.' }),
    person: t.id({ description: 'The person who answers for it.' }),
    team: t.id({ description: 'The team whose work it is.' }),
    attributes: t.field({ type: 'JSON', description: 'What else is known: one flat object.' }),
  }),
  plan: (input, context) => ({
    entity: WorkResult,
    async remote(on) {
      const place = await readPlace(context, input.region, 'region');
      const villageId = place.level === 'village' ? place.regionId : null;
      const { organisation, partner, person, team } = input;
      return {
        place,
        villageId,
        placeFacts: await resultPlaceFacts(context, place, villageId, on),
        organisationId: organisation ? (await readOrganisation(context, organisation, 'organisation')).id : null,
        partner: partner ? await readOrganisation(context, partner, 'partner') : null,
        personId: person ? (await readPerson(context, person, 'person')).id : null,
        teamId: team ? (await readTeam(context, team, 'team')).id : null,
      };
    },
    async prepare(tx, on, { place, villageId, placeFacts, organisationId, partner, personId, teamId }) {
      const id = uuid();
      const startedOn = input.startedOn ?? on;
      const reference = input.reference?.trim() ? stated(input.reference, 'reference') : null;
      const result = {
        kind: requireCode(input.kind, 'kind'),
        title: stated(input.title, 'title'),
        quantity: atLeastOne(input.quantity ?? 1),
        reference,
        features: requireCodes(input.features, 'features'),
        organisationId,
        partnerId: partner?.id ?? null,
        partnerKind: partner?.type ?? null,
        personId,
        teamId,
        startedOn,
        endedOn: input.until ? notBefore(startedOn, input.until, 'until') : null,
        attributes: flat(input.attributes),
      };
      return {
        subject: subjectOf(id, place, result),
        facts: {
          ...resultFacts(result),
          ...placeFacts,
          'workResult.duplicate': reference ? await isDuplicate(tx, result.kind, reference, startedOn) : false,
          'workResult.future': startedOn > on,
        },
        current: null,
        change: () =>
          tx.create(WorkResult, {
            id,
            version: 1,
            ...result,
            villageId,
            endReason: null,
            changedOn: on,
            ...placeColumnsOf(place),
          }),
      };
    },
  }),
});

decided('workResultEnd', {
  description:
    'Records that a thing is there no more. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT, DATES_REVERSED.',
  thing: 'workResult',
  type: WorkResultRef,
  input: (t) => ({
    workResult: t.id({ required: true }),
    version: t.int({ required: true }),
    endedOn: t.field({
      type: 'Date',
      description: 'The last day on which it was there; the day of the act if absent.',
    }),
    reason: t.string({ description: 'Why.' }),
  }),
  plan: (input) => ({
    entity: WorkResult,
    async prepare(tx, on) {
      const result = await tx.findOne(
        WorkResult,
        { id: knownForm(input.workResult, 'workResult') },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (!result) throw notFound('workResult');
      expectVersion(result.version, input.version);
      requireOrder(result.changedOn, on);
      // One with a last day that is still to come may end earlier.
      if (result.endedOn && result.endedOn < on) {
        throw new UserError('WRONG_STATE', 'workResult', { zh: '该成果已终止。', en: 'It has ended already.' });
      }
      const endedOn = notBefore(result.startedOn, input.endedOn ?? on, 'endedOn');
      const reason = input.reason?.trim() ? stated(input.reason, 'reason') : null;
      return {
        subject: subjectOf(result.id, result, result),
        facts: { 'workResult.kind': result.kind, 'workResult.reasonStated': reason !== null },
        current: result,
        change() {
          result.endedOn = endedOn;
          result.endReason = reason;
          result.changedOn = on;
          return result;
        },
      };
    },
  }),
});
