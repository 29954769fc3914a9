import type { Graph } from '../../../tests/harness.ts';
import { persona } from '../../../tests/harness.ts';
import { appointment } from '../../personnel/testdata/appointment.ts';
import { act, bureau, CITY, COUNTY, organisation } from './batch.ts';

export const OTHER_COUNTY = 'cn-410822';

/** Somebody sent to a county: the appointment, and the accounts of those whom it concerns. */
export async function commissioner(
  graph: Graph,
  name: string,
  more: { county?: string; category?: string; year?: number } = {},
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
  const engaged = { category, year, from: `${year}-01-01`, to: `${year}-12-31`, receivingUnitId };
  const id = await appointment(graph, county, { person, organisation: unit }, engaged);
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
