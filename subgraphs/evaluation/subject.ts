import { askMany, possibleIds, type Wanted } from '../ask-many.ts';
import type { GraphQuery } from '../context.ts';
import { type GraphRegion, PLACE_FIELDS, type Place, placeOf } from '../place.ts';
import type { Viewer } from '../viewer.ts';
import { type Appointment, appointments } from './appointment.ts';
import { builder } from './builder.ts';

/** What can be evaluated, in the codes of the catalogue. */
export type SubjectKind = 'team' | 'appointment' | 'region-work' | 'dispatching-unit';

export const SubjectKindEnum = builder.enumType('EvaluationSubjectKind', {
  description:
    'What is evaluated. REGION_WORK: the work of a region, its id is the region; DISPATCHING_UNIT: an organisation.',
  values: {
    TEAM: { value: 'team' },
    APPOINTMENT: { value: 'appointment' },
    REGION_WORK: { value: 'region-work' },
    DISPATCHING_UNIT: { value: 'dispatching-unit' },
  } as const,
});

/** What the graph knows of somebody or something to be evaluated. */
export interface Evaluated {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly place: Place;
  /** Level of the team, category of the appointment. */
  readonly level: string | null;
  readonly personId: string | null;
  /** Of a team: who leads it that day. */
  readonly leaderIds: readonly string[];
  /** The unit that sends it; for an organisation, itself. */
  readonly unitId: string | null;
  /** Commitments of a team's agreements that are due and not settled. */
  readonly openCommitments: number | null;
}

interface GraphSubject extends GraphRegion {
  readonly openCommitmentCount?: number;
  readonly region?: GraphRegion;
  readonly organisation?: { readonly id: string };
  readonly leaders?: readonly { readonly person: { readonly id: string } }[];
}

const wanted: Record<Exclude<SubjectKind, 'appointment'>, Wanted> = {
  team: {
    field: 'team',
    selection: `id level openCommitmentCount(asOf: $on) organisation { id } leaders(asOf: $on) { person { id } }
      region { ${PLACE_FIELDS} }`,
  },
  'region-work': { field: 'region', selection: PLACE_FIELDS },
  'dispatching-unit': { field: 'organisation', selection: `id region { ${PLACE_FIELDS} }` },
};

function read(kind: SubjectKind, id: string, found: GraphSubject): Evaluated {
  return {
    kind,
    id,
    place: placeOf(found.region ?? found),
    level: kind === 'team' ? found.level : null,
    personId: null,
    leaderIds: (found.leaders ?? []).map(({ person }) => person.id),
    unitId: kind === 'dispatching-unit' ? id : (found.organisation?.id ?? null),
    openCommitments: found.openCommitmentCount ?? null,
  };
}

const readAppointment = ({ id, place, category, personId, dispatchingUnitId }: Appointment): Evaluated => ({
  kind: 'appointment',
  id,
  place,
  level: category,
  personId,
  leaderIds: [],
  unitId: dispatchingUnitId,
  openCommitments: null,
});

/**
 * Whether an account is what is evaluated: the person, a leader of the team, or somebody of the very organisation or
 * region. A unit that evaluates whom it sends is not.
 */
export function isEvaluated(viewer: Viewer, { kind, id, personId, leaderIds }: Evaluated): boolean {
  const persons = [...(personId ? [personId] : []), ...leaderIds];
  if (viewer.person && persons.includes(viewer.person)) return true;
  if (kind === 'dispatching-unit') return viewer.roles.some(({ organisation }) => organisation === id);
  return kind === 'region-work' && viewer.roles.some(({ region, organisation }) => !organisation && region === id);
}

/** Asks the graph for subjects as they are on a day. Those that do not exist are left out. */
export async function evaluated(
  graph: GraphQuery,
  kind: SubjectKind,
  ids: readonly string[],
  on: string,
): Promise<Map<string, Evaluated>> {
  if (kind === 'appointment') {
    return new Map([...(await appointments(graph, ids))].map(([id, found]) => [id, readAppointment(found)]));
  }
  const found = await askMany<GraphSubject>(graph, wanted[kind], kind === 'region-work' ? ids : possibleIds(ids), on);
  return new Map([...found].map(([id, subject]) => [id, read(kind, id, subject)]));
}
