import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const ServiceObjectSchema = defineEntity({
  name: 'ServiceObject',
  tableName: 'service_object',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** The engagement it was registered for; null when it is to be designated by engagements that name it. */
    appointmentId: p.uuid().nullable(),
    personId: p.uuid().nullable(),
    dispatchingUnitId: p.uuid().nullable(),
    receivingUnitId: p.uuid().nullable(),
    name: p.text(),
    kind: p.string(),
    /** Null for a household or anybody else who is no organisation of the graph. */
    organisationId: p.uuid().nullable(),
    commissionerRole: p.string(),
    contributionMode: p.string().nullable(),
    /** Codes of the criteria of a demonstration that it was found to meet. */
    criteriaMet: p.array().default([]),
    /** Households that it takes along, counted. */
    households: p.integer().nullable(),
    /** With what they take part: capital, land, labour, technology. */
    participation: p.array().default([]),
    registeredOn: p.date(),
    ...placeColumns(),
  },
  uniques: [
    { properties: ['appointmentId', 'regionId', 'name'] },
    // One null is not another's like to an index.
    { properties: ['regionId', 'name'], where: '"appointment_id" is null' },
  ],
  indexes: [
    { properties: ['organisationId', 'id'] },
    { properties: ['name', 'id'] },
    { properties: ['personId', 'id'] },
  ],
});
export class ServiceObject extends ServiceObjectSchema.class {}
ServiceObjectSchema.setClass(ServiceObject);

export const serviceObjectTables = [ServiceObjectSchema];
