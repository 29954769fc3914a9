import { v7 as uuid } from 'uuid';
import { type Graph, persona } from '../../../tests/harness.ts';
import { Appointment } from '../../personnel/tables/appointment.ts';
import { act, bureau, CITY, COUNTY, organisation, PROVINCE } from './batch.ts';

export const OTHER_COUNTY = 'cn-410822';

type Engaged = Pick<
  Appointment,
  'personId' | 'organisationId' | 'receivingUnitId' | 'countyId' | 'category' | 'year' | 'from' | 'to' | 'endedOn'
>;

/** Puts an active appointment into personnel's table, as the way from the need to the list would leave it. */
async function engage(graph: Graph, engaged: Engaged): Promise<string> {
  const em = graph.subgraphs.get('personnel')?.orm.em.fork();
  if (!em) throw new Error('no personnel subgraph');
  const { id } = em.create(Appointment, {
    id: uuid(),
    version: 1,
    ...engaged,
    provinceId: PROVINCE,
    prefectureId: CITY,
    status: 'active',
    unitSupports: [],
    serviceObjectIds: [],
    annualTargets: [],
    published: true,
    appointedOn: engaged.from,
    activatedOn: engaged.from,
  });
  await em.flush();
  return id;
}

/** Somebody sent to a county: the appointment, and the accounts of those whom it concerns. */
export async function commissioner(
  graph: Graph,
  name: string,
  more: { county?: string; category?: string; year?: number; endedOn?: string } = {},
) {
  const { county = COUNTY, category = 'prefecture', year = 2022 } = more;
  const unit = await organisation(graph, `${name}的单位`);
  const receivingUnitId = await organisation(graph, `${name}的受援单位`);
  const registered = await act(
    graph,
    bureau,
    'personRegister',
    { name, organisation: unit, on: '2022-01-05' },
    'person { id }',
  );
  const person = registered.person.id as string;
  const id = await engage(graph, {
    personId: person,
    organisationId: unit,
    receivingUnitId,
    countyId: county,
    category,
    year,
    from: `${year}-01-01`,
    to: `${year}-12-31`,
    endedOn: more.endedOn ?? null,
  });
  return {
    id,
    person,
    unit,
    receivingUnit: receivingUnitId,
    self: persona(`self ${name}`, [], { person }),
    unitStaff: persona(`unit ${name}`, [['dispatching-unit', CITY, unit]]),
    receiver: persona(`receiver ${name}`, [['receiving-unit', county, receivingUnitId]]),
  };
}
export type Commissioner = Awaited<ReturnType<typeof commissioner>>;

/** Logs a service as the commissioner. */
export const serve = (
  graph: Graph,
  who: Commissioner,
  date: string,
  more: Record<string, unknown> = {},
  viewer = who.self,
) =>
  act(
    graph,
    viewer,
    'serviceRecordLog',
    { appointment: who.id, date, mode: 'on-site', summary: '果树修剪指导', on: date, ...more },
    'serviceRecord { id date endsOn days mode county { id } objectAcknowledged }',
  );
