import { addDays } from '../../policies/day.ts';
import { Brigade, BrigadeMember, BrigadePost } from '../../subgraphs/personnel/tables/brigade.ts';
import type { Batch } from '../batch.ts';
import { officeHour } from '../day.ts';
import { idOf } from '../id.ts';
import { appointmentId, firstDay } from './appointment.ts';
import type { Engagement } from './engagement.ts';
import { personId } from './person.ts';
import { COUNTIES, inCounty, MACUN } from './place.ts';

const FORMED = '2022-07-04';
const brigadeId = (countyId: string) => idOf(`brigade ${countyId}`, FORMED);

const POSTS = [
  ['leader', 'leader', 'county-leader'],
  ['deputy', 'head', 'county-st-dept-head'],
  ['deputy', 'deputy', null],
  ['liaison', 'liaison', null],
] as const;

/** A brigade for every county but one, with everybody sent there; two of the last year have not joined. */
export function addBrigades(batch: Batch, engagements: readonly Engagement[]): void {
  const counties = COUNTIES.filter(({ id }) => id !== MACUN);
  for (const { id } of counties) {
    batch.add(Brigade, {
      id: brigadeId(id),
      ...inCounty(id),
      createdOn: FORMED,
      changedOn: FORMED,
      changedAt: officeHour(FORMED),
    });
    batch.add(
      BrigadePost,
      ...POSTS.map(([role, who, post], at) => ({
        id: idOf(`brigade post ${id} ${who}`, FORMED, at),
        brigadeId: brigadeId(id),
        personId: personId(`${who} ${id}`),
        role,
        post,
        from: FORMED,
        to: null,
      })),
    );
    const here = engagements.filter(({ countyId }) => countyId === id);
    const outside = id === 'cn-410882' ? here.slice(-2) : [];
    for (const one of here) {
      if (outside.includes(one)) continue;
      const from = addDays(firstDay(one), 3);
      batch.add(BrigadeMember, {
        id: idOf(`brigade member ${one.key}`, from),
        brigadeId: brigadeId(id),
        appointmentId: appointmentId(one),
        personId: one.expert.id,
        from,
      });
    }
  }
}
