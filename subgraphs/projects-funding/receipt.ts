import { v7 as uuid } from 'uuid';
import { requireCode } from '../code.ts';
import { page } from '../connection.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { builder, decided } from './builder.ts';
import { AppointmentRef, OrganisationRef, PersonRef, referenceTo } from './external.ts';
import { engagementsOf, readAppointment } from './from-graph.ts';
import { moreThanNothing, notAfter } from './input.ts';
import { visibleBy } from './money-visibility.ts';
import { inService, isDesignated, knownCapacity, readPayer } from './receipt-facts.ts';
import type { FeeRecord } from './tables/receipt.ts';

/** A fee and an income have the same shape; what differs is what they are called and where they are kept. */
export type Receipt = FeeRecord;

const receiptVisibility = visibleBy<Receipt>('fundingLineRead', {
  'record.person': 'personId',
  'record.dispatchingUnit': 'dispatchingUnitId',
});

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
        const appointment = await readAppointment(context, input.appointment, 'appointment');
        return { payer, appointment, engagements: await engagementsOf(context, appointment.person.id) };
      },
      async prepare(tx, on, { payer, appointment, engagements }) {
        const id = uuid();
        const { person, organisation, receivingUnit, place } = appointment;
        const receivedOn = notAfter(input.receivedOn ?? on, on, 'receivedOn');
        const kind = requireCode(input.kind, 'kind');
        const capacity = knownCapacity(input.capacity);
        const serving = engagements.filter((engagement) => inService(engagement, receivedOn));
        const payerDesignated = await isDesignated(tx, payer, serving);
        const duringService = serving.length > 0;
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
