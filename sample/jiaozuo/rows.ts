import { Batch } from '../batch.ts';
import { addActivities } from './activity.ts';
import { addAppointments } from './appointment.ts';
import { addBrigades } from './brigade.ts';
import { type Engagement, memberPicker, planEngagements } from './engagement.ts';
import { addEvaluations } from './evaluation.ts';
import { addMoney } from './money.ts';
import { addNeeds } from './need.ts';
import { addOrganisations } from './organisation.ts';
import { addPersons, experts } from './person.ts';
import { addProgramme } from './programme.ts';
import { addSelections } from './selection.ts';
import { addServices } from './service.ts';
import { addTeams } from './team.ts';

/** The demonstration prefecture as it stands early in 2025: every row, the same each time. */
export function jiaozuo(): Batch {
  const batch = new Batch();
  addOrganisations(batch);
  addPersons(batch);
  addProgramme(batch);
  const members = memberPicker();
  addTeams(batch, members.pick);
  const engagements: readonly Engagement[] = planEngagements(members.taken);
  const served = engagements.flatMap(({ need }) => need?.itemId ?? []);
  addNeeds(batch, new Set(served));
  const sent = new Set(engagements.map(({ expert }) => expert.id));
  const losers = experts.filter(({ id }) => members.taken.has(id) && !sent.has(id));
  addSelections(batch, engagements, losers);
  addAppointments(batch, engagements);
  addBrigades(batch, engagements);
  addServices(batch, engagements);
  addActivities(batch, engagements);
  addMoney(batch, engagements);
  addEvaluations(batch, engagements);
  return batch;
}
