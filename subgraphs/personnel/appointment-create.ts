import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { requireCode } from '../code.ts';
import { notFound, UserError } from '../user-error.ts';
import { AppointmentRef } from './appointment.ts';
import { requirePeriod } from './appointment-period.ts';
import { appointmentSubject, storeUnique } from './appointment-row.ts';
import { decided } from './builder.ts';
import { chainOf } from './chain.ts';
import { employedFacts } from './off-post-facts.ts';
import { unitFacts } from './person-facts.ts';
import { lockCounty, placeOf } from './place.ts';
import { processOf } from './selection.ts';
import { selectionFacts } from './selection-facts.ts';
import { Application } from './tables/application.ts';
import { Appointment } from './tables/appointment.ts';
import { DemandItem } from './tables/demand.ts';
import { Matching } from './tables/matching.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Selection } from './tables/selection.ts';

const CLOSED = ['rejected', 'withdrawn', 'appointed'];

decided('appointmentCreate', {
  description:
    "Appoints a candidate of a round, in the round's category and year. It is `listed` until appointmentActivate. Errors: NOT_FOUND, WRONG_STATE, COUNTY_REQUIRED, COUNTY_INVALID, COUNTY_NOT_VALID, COUNTY_OUTSIDE_ROUND, PERIOD_INVALID, CODE_INVALID, ON_BEFORE_LAST_ACT, DUPLICATE_APPOINTMENT.",
  thing: 'appointment',
  type: AppointmentRef,
  input: (t) => ({
    application: t.id({ required: true }),
    kind: t.string({ description: 'Code of what the place calls it beside its level, where there are several kinds.' }),
    serviceType: t.string({ description: 'Such as public-service, rural-startup.' }),
    sector: t.string({ description: 'primary, secondary or tertiary.' }),
    county: t.id({ description: 'The receiving county; that of the need if absent.' }),
    receivingUnit: t.id({ description: 'That of the need if absent.' }),
    from: t.field({ type: 'Date', required: true }),
    to: t.field({ type: 'Date', required: true, description: 'The last day.' }),
    serviceObjects: t.idList({ description: 'Ids of the service objects designated.' }),
    annualTargets: t.stringList(),
  }),
  plan: (input, context) => ({
    entity: Appointment,
    async prepare(tx, on) {
      requirePeriod(input.from, input.to);
      // Held, so that one candidacy makes one appointment.
      const application = await tx.findOne(
        Application,
        { id: input.application },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (!application) throw notFound('application');
      if (CLOSED.includes(application.status)) {
        throw new UserError('WRONG_STATE', 'application', {
          zh: `该报名的状态为“${application.status}”，不能再聘任。`,
          en: `This candidacy is ${application.status}: nobody can be appointed from it.`,
        });
      }
      const selection = await tx.findOneOrFail(Selection, { id: application.selectionId });
      requireOrder(selection.changedOn, on);
      const item = application.demandItemId
        ? await tx.findOneOrFail(DemandItem, { id: application.demandItemId })
        : null;
      const countyId = input.county ?? item?.countyId;
      if (!countyId) {
        throw new UserError('COUNTY_REQUIRED', 'county', { zh: '请填写受援县（市、区）。', en: 'Say which county.' });
      }
      const county = await lockCounty(tx, countyId, on);
      if (!county.path.includes(selection.regionId)) {
        throw new UserError('COUNTY_OUTSIDE_ROUND', 'county', {
          zh: '该县（市、区）不在这一轮选聘的地域内。',
          en: 'The county does not lie in the region of this round.',
        });
      }
      const receivingUnitId = input.receivingUnit ?? application.receivingUnitId ?? null;
      if (input.receivingUnit && !(await tx.findOne(Organisation, { id: input.receivingUnit }))) {
        throw notFound('receivingUnit');
      }
      const person = await tx.findOneOrFail(Person, { id: application.personId });
      const matching = application.matchingId ? await tx.findOne(Matching, { id: application.matchingId }) : null;
      const serviceType = input.serviceType?.trim() || null;
      const round = await selectionFacts(tx, selection, chainOf(context.registry, selection, on), null);
      const appointment = {
        id: uuid(),
        version: 1,
        category: selection.category,
        kind: input.kind ? requireCode(input.kind, 'kind') : null,
        serviceType,
        sector: input.sector?.trim() || null,
        personId: person.id,
        organisationId: application.organisationId,
        receivingUnitId,
        ...(await placeOf(tx, county)),
        countyId: county.id,
        year: selection.year,
        from: input.from,
        to: input.to,
        status: 'listed',
        selectionId: selection.id,
        applicationId: application.id,
        demandItemId: item?.id ?? null,
        renewalOfId: null,
        contactPersonId: null,
        unitSupports: [],
        serviceObjectIds: input.serviceObjects ?? [],
        annualTargets: input.annualTargets ?? [],
        insuranceId: null,
        published: round['selection.noticeClosed'] === true,
        appointedOn: on,
        activatedOn: null,
        endedOn: null,
        endReason: null,
        specialCircumstance: null,
      };
      return {
        subject: { ...appointmentSubject(appointment), process: processOf(selection.id) },
        facts: {
          'appointment.category': appointment.category,
          'appointment.serviceType': serviceType ?? undefined,
          'appointment.serviceTypeStated': serviceType !== null,
          'appointment.sector': appointment.sector ?? undefined,
          'selection.level': selection.level,
          'selection.doneSteps': round['selection.doneSteps'],
          'selection.missingSteps': round['selection.missingSteps'],
          'selection.missingOpinions': round['selection.missingOpinions'],
          'selection.noticeClosed': round['selection.noticeClosed'],
          'selection.listed': application.status === 'listed',
          // Without a contact on record nobody has been asked.
          'matching.personConsented': matching?.personConsent ?? false,
          'matching.receivingUnitConsented': matching?.receivingUnitConsent ?? false,
          ...(await employedFacts(tx, person, on)),
          ...(await unitFacts(tx, application.organisationId)),
        },
        current: null,
        change() {
          application.status = 'appointed';
          if (item) item.status = 'served';
          return storeUnique(tx, tx.create(Appointment, appointment));
        },
      };
    },
  }),
});
