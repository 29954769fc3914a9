import { tellActionPlan } from './action-plan.ts';
import { tellAdvisorGroup } from './advisor-group.ts';
import { tellCommissioners } from './commissioners.ts';
import type { Door } from './door.ts';
import { tellExpertTeam } from './expert-team.ts';
import { tellTaskPlan } from './task-plan.ts';

/** The journeys through the public graph, one for each module of each regime, at whichever door they are told. */
export function tellJourneys(open: () => Door): void {
  // The county whose status brings a second regime comes first: what a place may ask for is remembered for a while.
  tellAdvisorGroup(open);
  tellCommissioners(open);
  tellExpertTeam(open);
  tellActionPlan(open);
  tellTaskPlan(open);
}
