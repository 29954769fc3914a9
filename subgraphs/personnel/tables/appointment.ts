import { defineEntity, p } from '@mikro-orm/postgresql';

const AppointmentSchema = defineEntity({
  name: 'Appointment',
  tableName: 'appointment',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    category: p.string(),
    /** What the place calls it beside its level; null where there is one kind only. */
    kind: p.string().nullable(),
    serviceType: p.string().nullable(),
    sector: p.string().nullable(),
    personId: p.uuid(),
    /** The dispatching unit: where the person was employed when appointed. */
    organisationId: p.uuid(),
    receivingUnitId: p.uuid().nullable(),
    /** The receiving county and what it lies in. */
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string(),
    year: p.integer(),
    from: p.date(),
    /** The last day of the engagement. */
    to: p.date(),
    /** listed, active, renewed, ended or exited. */
    status: p.string(),
    selectionId: p.uuid().nullable(),
    applicationId: p.uuid().nullable(),
    demandItemId: p.uuid().nullable(),
    renewalOfId: p.uuid().nullable(),
    contactPersonId: p.uuid().nullable(),
    unitSupports: p.array(),
    serviceObjectIds: p.array(),
    annualTargets: p.array(),
    /** The cover that the activation relied on: of several kinds, its kind is the one that counts. */
    insuranceId: p.uuid().nullable(),
    /** True when a public notice or list named the person. */
    published: p.boolean(),
    appointedOn: p.date(),
    activatedOn: p.date().nullable(),
    endedOn: p.date().nullable(),
    endReason: p.string().nullable(),
    /** A circumstance, such as ill health or a transfer, by which it ended. */
    specialCircumstance: p.text().nullable(),
  },
  indexes: [
    { properties: ['countyId', 'year', 'id'] },
    { properties: ['prefectureId', 'year', 'id'] },
    { properties: ['provinceId', 'year', 'id'] },
    { properties: ['personId', 'id'] },
    { properties: ['organisationId', 'id'] },
    { properties: ['receivingUnitId', 'id'] },
    { properties: ['selectionId', 'id'] },
    { properties: ['from', 'id'] },
  ],
  // A person is appointed once for a category, a kind, a year and a county: two clerks at once must not make two of it.
  // Kinds are programmes of their own: no text keeps who serves under one of them out of another.
  uniques: [
    {
      properties: ['personId', 'category', 'year', 'countyId'],
      where: "status in ('listed', 'active') and kind is null",
    },
    {
      properties: ['personId', 'category', 'kind', 'year', 'countyId'],
      where: "status in ('listed', 'active') and kind is not null",
    },
    { properties: ['renewalOfId'] },
  ],
});
export class Appointment extends AppointmentSchema.class {}
AppointmentSchema.setClass(Appointment);

export const appointmentTables = [AppointmentSchema];
