import type { Context, GraphQuery } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { askMany, type Wanted } from './ask-many.ts';
import { type GraphRegion, PLACE, type Place, placeOf } from './place.ts';

/** What the graph knows of an appointment. */
export interface Appointment {
  readonly id: string;
  readonly category: string;
  readonly status: string;
  readonly from: string | null;
  /** Null: no end is set. */
  readonly to: string | null;
  readonly personId: string;
  readonly dispatchingUnitId: string;
  readonly receivingUnitId: string | null;
  readonly place: Place;
}

interface GraphAppointment {
  readonly id: string;
  readonly category: string;
  readonly status: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly person: { readonly id: string };
  readonly organisation: { readonly id: string };
  readonly receivingUnit: { readonly id: string } | null;
  readonly county: GraphRegion;
}

const wanted: Wanted = {
  field: 'appointment',
  selection: 'id category status from to person { id } organisation { id } receivingUnit { id } county { ...Place }',
  fragments: PLACE,
};

/** Asks the graph for appointments by id. Those that do not exist are left out. */
export async function appointments(
  graph: GraphQuery,
  ids: readonly string[],
  on: string,
): Promise<Map<string, Appointment>> {
  const found = await askMany<GraphAppointment>(graph, wanted, ids, on);
  return new Map(
    [...found].map(([id, { person, organisation, receivingUnit, county, ...own }]) => [
      id,
      {
        ...own,
        personId: person.id,
        dispatchingUnitId: organisation.id,
        receivingUnitId: receivingUnit?.id ?? null,
        place: placeOf(county),
      },
    ]),
  );
}

/** One appointment, asked together with the others that this request asks for; null when there is none. */
export function appointmentOf(context: Context, id: string): Promise<Appointment | null> {
  return loaderOf<string, Appointment>(context, 'appointment', (ids) =>
    appointments(context.graph, ids, context.today),
  ).load(id);
}
