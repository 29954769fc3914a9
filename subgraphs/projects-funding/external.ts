import { builder } from './builder.ts';

/** A thing of another subgraph, known here by its id alone. The gateway fetches the rest. */
export interface Reference {
  readonly id: string;
}

const byId = () => builder.selection<Reference>('id');

export const RegionRef = builder.externalRef('Region', byId()).implement({
  externalFields: (t) => ({ id: t.id() }),
});

export const OrganisationRef = builder.externalRef('Organisation', byId()).implement({
  externalFields: (t) => ({ id: t.id() }),
});

export const PersonRef = builder.externalRef('Person', byId()).implement({
  externalFields: (t) => ({ id: t.id() }),
});

export const TeamRef = builder.externalRef('Team', byId()).implement({
  externalFields: (t) => ({ id: t.id() }),
});

export const AppointmentRef = builder.externalRef('Appointment', byId()).implement({
  externalFields: (t) => ({ id: t.id() }),
});

/** The reference for an id that may be absent. */
export function referenceTo(id: string | null | undefined): Reference | null {
  return id ? { id } : null;
}
