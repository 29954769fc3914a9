import { builder } from './builder.ts';

const key = builder.selection<{ id: string }>('id');

/** Things of other subgraphs: here they are an id, and carry what this subgraph knows of them. */
export const AppointmentRef = builder.externalRef('Appointment', key);
export const TeamRef = builder.externalRef('Team', key);
export const OrganisationRef = builder.externalRef('Organisation', key);
export const RegionRef = builder.externalRef('Region', key);
export const PersonRef = builder.externalRef('Person', key);
export const ServiceObjectRef = builder.externalRef('ServiceObject', key);

for (const ref of [AppointmentRef, TeamRef, OrganisationRef, RegionRef, PersonRef, ServiceObjectRef]) {
  ref.implement({ externalFields: (t) => ({ id: t.id({ nullable: false }) }) });
}
