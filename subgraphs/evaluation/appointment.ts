import { possibleIds } from '../ask-many.ts';
import type { Context, GraphQuery } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { type GraphRegion, PLACE_FIELDS, type Place, placeOf } from '../place.ts';

/** What the graph knows of an appointment. */
export interface Appointment {
  readonly id: string;
  readonly category: string;
  readonly kind: string | null;
  readonly status: string;
  readonly from: string | null;
  /** The last day of the engagement; null: no end is set. */
  readonly to: string | null;
  /** When it ended in fact; null while it lasts. */
  readonly endedOn: string | null;
  readonly personId: string;
  readonly dispatchingUnitId: string;
  readonly receivingUnitId: string | null;
  readonly place: Place;
}

interface GraphAppointment {
  readonly id: string;
  readonly category: string;
  readonly kind: string | null;
  readonly status: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly endedOn: string | null;
  readonly person: { readonly id: string };
  readonly organisation: { readonly id: string };
  readonly receivingUnit: { readonly id: string } | null;
  readonly county: GraphRegion;
}

const NODE = `id category kind status from to endedOn
  person { id } organisation { id } receivingUnit { id } county { ${PLACE_FIELDS} }`;
const BY_ID = `query EvaluationAppointments($ids: [ID!]!, $first: Int!) {
  appointments(filter: { ids: $ids }, first: $first) { edges { node { ${NODE} } } }
}`;

// The graph's largest page.
const AT_ONCE = 200;

/** Asks the graph for appointments by id. Those that do not exist are left out. */
export async function appointments(graph: GraphQuery, ids: readonly string[]): Promise<Map<string, Appointment>> {
  const found = new Map<string, Appointment>();
  const possible = possibleIds(ids);
  for (let at = 0; at < possible.length; at += AT_ONCE) {
    const part = possible.slice(at, at + AT_ONCE);
    const answer = await graph<{ appointments: { edges: { node: GraphAppointment }[] } }>(BY_ID, {
      ids: part,
      first: AT_ONCE,
    });
    for (const { node } of answer.appointments.edges) {
      const { person, organisation, receivingUnit, county, ...own } = node;
      found.set(node.id, {
        ...own,
        personId: person.id,
        dispatchingUnitId: organisation.id,
        receivingUnitId: receivingUnit?.id ?? null,
        place: placeOf(county),
      });
    }
  }
  return found;
}

/** One appointment, asked together with the others that this request asks for; null when there is none. */
export function appointmentOf(context: Context, id: string): Promise<Appointment | null> {
  return loaderOf<string, Appointment>(context, 'appointment', (ids) => appointments(context.graph, ids)).load(id);
}
