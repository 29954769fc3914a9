import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from './place.ts';

const ServiceObjectSchema = defineEntity({
  name: 'ServiceObject',
  tableName: 'service_object',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** The engagement whose designated receiver it is: another engagement has its own row. */
    appointmentId: p.uuid(),
    personId: p.uuid(),
    dispatchingUnitId: p.uuid().nullable(),
    receivingUnitId: p.uuid().nullable(),
    name: p.text(),
    kind: p.string(),
    /** Null for a household or anybody else who is no organisation of the graph. */
    organisationId: p.uuid().nullable(),
    commissionerRole: p.string(),
    contributionMode: p.string().nullable(),
    registeredOn: p.date(),
    ...placeColumns(),
  },
  uniques: [{ properties: ['appointmentId', 'name'] }],
  indexes: [{ properties: ['organisationId', 'appointmentId'] }, { properties: ['personId', 'id'] }],
});
export class ServiceObject extends ServiceObjectSchema.class {}
ServiceObjectSchema.setClass(ServiceObject);

export const serviceObjectTables = [ServiceObjectSchema];
