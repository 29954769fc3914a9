import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { AppointmentRef, OrganisationRef, PersonRef, referenceTo } from './external.ts';
import { type Appointment, knownForm, readAppointment, readOrganisation } from './from-graph.ts';
import { code, moreThanNothing, notAfter, stated } from './input.ts';
import { visibleBy } from './money-visibility.ts';
import { placeColumnsOf, regionsOf } from './place.ts';
import type { FeeRecord } from './tables/receipt.ts';
import { ServiceObject } from './tables/service-object.ts';

/** A fee and an income have the same shape; what differs is what they are called and where they are kept. */
export type Receipt = FeeRecord;

const receiptVisibility = visibleBy<Receipt>('fundingLineRead', {
  'record.person': 'personId',
  'record.dispatchingUnit': 'dispatchingUnitId',
});

interface Payer {
  readonly organisation: string | null;
  readonly serviceObject: string | null;
  readonly name: string | null;
}

type Asked = { [field in 'payerOrganisation' | 'payerServiceObject' | 'payerName']?: string | null | undefined };

async function readPayer(context: Context, asked: Asked): Promise<Payer> {
  const nobody = { organisation: null, serviceObject: null, name: null };
  const { payerOrganisation, payerServiceObject, payerName } = asked;
  if ([payerOrganisation, payerServiceObject, payerName].filter((one) => typeof one === 'string').length !== 1) {
    throw new UserError('ONE_PAYER', ['payerOrganisation', 'payerServiceObject', 'payerName'], {
      zh: '须且只须填写一个付款方。',
      en: 'Give exactly one payer.',
    });
  }
  if (payerOrganisation) {
    return { ...nobody, organisation: (await readOrganisation(context, payerOrganisation, 'payerOrganisation')).id };
  }
  if (payerServiceObject) return { ...nobody, serviceObject: knownForm(payerServiceObject, 'payerServiceObject') };
  return { ...nobody, name: stated(payerName ?? '', 'payerName') };
}

/**
 * Whether the payer is a designated receiver of the person: the receiving unit itself, or one that is registered as a
 * service object of the person. Whoever is not registered is not designated: designation is the registration.
 */
async function isDesignated(tx: SqlEntityManager, payer: Payer, appointment: Appointment): Promise<boolean> {
  const personId = appointment.person.id;
  if (payer.serviceObject) {
    const object = await tx.findOne(ServiceObject, { id: payer.serviceObject });
    if (!object) throw notFound('payerServiceObject');
    return object.personId === personId;
  }
  if (payer.organisation) {
    if (payer.organisation === appointment.receivingUnit?.id) return true;
    return (await tx.count(ServiceObject, { personId, organisationId: payer.organisation })) > 0;
  }
  return (await tx.count(ServiceObject, { personId, name: payer.name as string })) > 0;
}

/** Whether a day falls in an engagement. Both ends belong to it. */
export function inService(appointment: Appointment, day: string): boolean {
  return (appointment.from === null || appointment.from <= day) && (appointment.to === null || day <= appointment.to);
}

/** Declares one of the two kinds of receipt: its type, its list and its mutation. */
export function declareReceipt(noun: {
  readonly point: 'feeRecord' | 'incomeRecord';
  readonly type: 'FeeRecord' | 'IncomeRecord';
  readonly list: 'feeRecords' | 'incomeRecords';
  readonly entity: new () => Receipt;
  readonly description: string;
}): void {
  const { entity } = noun;
  const Ref = builder.objectRef<Receipt>(noun.type).implement({
    description: noun.description,
    fields: (t) => ({
      id: t.exposeID('id'),
      version: t.exposeInt('version'),
      appointment: t.field({ type: AppointmentRef, resolve: (receipt) => ({ id: receipt.appointmentId }) }),
      person: t.field({ type: PersonRef, resolve: (receipt) => ({ id: receipt.personId }) }),
      kind: t.exposeString('kind', { description: 'A code, such as consulting-fee or equity-dividend.' }),
      capacity: t.exposeString('capacity', {
        description: 'As what the person was paid: appointee, private, shareholder, inventor or employee.',
      }),
      amountFen: t.expose('amountFen', { type: 'Fen' }),
      receivedOn: t.expose('receivedOn', { type: 'Date' }),
      payerOrganisation: t.field({
        type: OrganisationRef,
        nullable: true,
        resolve: (receipt) => referenceTo(receipt.payerOrganisationId),
      }),
      payerName: t.exposeString('payerName', { nullable: true, description: 'A payer that is not in the graph.' }),
      payerDesignated: t.exposeBoolean('payerDesignated', {
        description: 'The payer was a designated receiver of the person on the day it was recorded.',
      }),
      duringService: t.exposeBoolean('duringService'),
    }),
  });

  const filter = builder.inputType(`${noun.type}Filter`, {
    fields: (t) => ({
      appointment: t.id(),
      person: t.id(),
      from: t.field({ type: 'Date' }),
      to: t.field({ type: 'Date' }),
    }),
  });
  builder.queryFields((t) => ({
    [noun.list]: t.connection({
      type: Ref,
      authenticated: true,
      description: 'Those that you may see, oldest first.',
      args: { filter: t.arg({ type: filter }) },
      resolve(_root, args, context) {
        const { appointment, person, from, to } = args.filter ?? {};
        const asked = {
          ...(appointment ? { appointmentId: appointment } : {}),
          ...(person ? { personId: person } : {}),
          ...(from || to ? { receivedOn: { ...(from ? { $gte: from } : {}), ...(to ? { $lte: to } : {}) } } : {}),
        };
        return page(context.em, entity, {
          where: { $and: [asked, receiptVisibility.where(context)] },
          orderBy: { id: 'asc' },
          args,
        });
      },
    }),
  }));

  decided(noun.point, {
    description: `${noun.description} Errors: NOT_FOUND, ONE_PAYER, CAPACITY_INVALID, AMOUNT_ZERO, DATE_AFTER_ACT, CODE_INVALID, TEXT_REQUIRED.`,
    thing: noun.point,
    type: Ref,
    input: (t) => ({
      appointment: t.id({ required: true, description: 'The engagement of the person who was paid.' }),
      kind: t.string({ required: true, description: 'A code, such as course-fee or patent-licence.' }),
      capacity: t.string({
        required: true,
        description: 'As what: appointee, private, shareholder, inventor or employee.',
      }),
      amountFen: t.field({ type: 'Fen', required: true, description: 'More than zero.' }),
      receivedOn: t.field({ type: 'Date', description: 'The day of the act if absent; not later.' }),
      payerOrganisation: t.id({ description: 'The payer: exactly one of these three.' }),
      payerServiceObject: t.id(),
      payerName: t.string({ description: 'A payer that is not in the graph, such as a household.' }),
    }),
    plan: (input, context) => ({
      entity,
      async remote(_on) {
        moreThanNothing(input.amountFen);
        const { payerOrganisation, payerServiceObject, payerName } = input;
        const payer = await readPayer(context, { payerOrganisation, payerServiceObject, payerName });
        return { payer, appointment: await readAppointment(context, input.appointment, 'appointment') };
      },
      async prepare(tx, on, { payer, appointment }) {
        const id = uuid();
        const { person, organisation, receivingUnit, place } = appointment;
        const receivedOn = notAfter(input.receivedOn ?? on, on, 'receivedOn');
        const kind = code(input.kind, 'kind');
        const capacity = knownCapacity(input.capacity);
        const payerDesignated = await isDesignated(tx, payer, appointment);
        const duringService = inService(appointment, receivedOn);
        return {
          subject: {
            type: noun.type,
            id,
            regions: regionsOf(place),
            organisations: [organisation.id, ...(receivingUnit ? [receivingUnit.id] : [])],
            persons: [person.id],
          },
          facts: {
            'receipt.kind': kind,
            'receipt.payerDesignated': payerDesignated,
            'receipt.capacity': capacity,
            'receipt.duringService': duringService,
            'receipt.amountFen': input.amountFen,
          },
          current: null,
          change: () =>
            tx.create(entity, {
              id,
              version: 1,
              appointmentId: appointment.id,
              personId: person.id,
              dispatchingUnitId: organisation.id,
              kind,
              capacity,
              amountFen: input.amountFen,
              receivedOn,
              payerOrganisationId: payer.organisation,
              payerServiceObjectId: payer.serviceObject,
              payerName: payer.name,
              payerDesignated,
              duringService,
              ...placeColumnsOf(place),
            }),
        };
      },
    }),
  });
}

const CAPACITIES = ['appointee', 'private', 'shareholder', 'inventor', 'employee'];

// A capacity that no rule knows would slip past the rules that ask for one.
function knownCapacity(capacity: string): string {
  if (CAPACITIES.includes(capacity)) return capacity;
  throw new UserError('CAPACITY_INVALID', 'capacity', {
    zh: `收款身份须为 ${CAPACITIES.join('、')} 之一。`,
    en: `The capacity must be one of ${CAPACITIES.join(', ')}.`,
  });
}
