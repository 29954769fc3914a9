import { Batch } from '../batch.ts';
import { Register } from '../register.ts';
import { addActivities } from './activity.ts';
import { addBodies } from './body.ts';
import { NAME, REGISTERED } from './cast.ts';
import { addMoney } from './money.ts';
import { addPlaces, addResults } from './result.ts';
import { addReviews } from './review.ts';
import { addSent } from './sent.ts';
import { addTasks } from './task.ts';
import { addTeams } from './team.ts';

/** The prefecture as it stands at the end of 2019, the first whole year of its plan: every row, the same each time. */
export function baise(): Batch {
  const batch = new Batch();
  const roll = new Register(batch, NAME, REGISTERED);
  addPlaces(roll);
  const bodies = addBodies(roll);
  const sent = addSent(roll, bodies);
  addTeams(roll, bodies, sent);
  addTasks(roll, bodies);
  addReviews(roll, bodies);
  addActivities(roll, bodies, sent);
  addResults(roll, bodies);
  addMoney(roll, bodies, sent);
  return batch;
}
