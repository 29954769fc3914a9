import { describe } from '@jest/globals';
import { chapters } from './chapters.ts';
import { type Door, Teller } from './door.ts';
import { bringAbout, readTheTable, recordTheYear } from './plan-figures.ts';
import { holdMoneyBack, putGovernanceRight, tellExamples } from './plan-governance.ts';
import { leaveBeforeTheEnd, postTheWorkTeam, type Sent, sendCommissioners, sendTalent } from './plan-people.ts';
import { PLAN_CITY, type Plan, planBureau, setTheScene } from './plan-scene.ts';
import { formExpertGroups, formTeams } from './plan-teams.ts';
import { countOnce, countStockAndFlow, coverVillages, putUpBoards, standByOneVillage } from './plan-villages.ts';
import {
  inspectMidYear,
  inspectYearEnd,
  meet,
  reportEachQuarter,
  setTasks,
  settleTheYear,
  type Tasks,
} from './plan-work.ts';
import { everyDecisionAgain } from './sight.ts';

/** A year of a prefecture under a plan of tasks, told through the public graph at whichever door. */
export function tellTaskPlan(open: () => Door): void {
  const teller = new Teller(open);
  const chapter = chapters();
  let plan: Plan;
  let counties: string[];
  let tasks: Tasks;
  let commissioners: readonly [Sent, Sent];

  describe('a year of a plan of tasks', () => {
    chapter('its units, villages and counties are on record', async () => {
      plan = await setTheScene(teller, 10);
      // As they are at the end of the year, in which two of them became a district and a city.
      const document = `query ($within: ID!) { regions(first: 50, filter: { level: COUNTY, within: $within, asOf: "2019-12-31" }) {
        edges { node { id } } } }`;
      const { regions } = await teller.get(planBureau, document, { within: PLAN_CITY });
      counties = regions.edges.map(({ node }: { node: { id: string } }) => node.id);
    });
    chapter('tasks name who answers for them and what each year wants', async () => {
      tasks = await setTasks(teller, plan);
    });
    chapter('commissioners go with a clear assignment', async () => {
      commissioners = await sendCommissioners(teller, plan);
    });
    chapter('a talent of the three regions goes with the four ones', async () => {
      await sendTalent(teller, plan);
    });
    chapter('the work team has three members and no fourth', () => postTheWorkTeam(teller, plan));
    chapter('nine teams for nine industries, and branches that are no tenth', () => formTeams(teller, plan));
    chapter('groups of experts of three levels', () => formExpertGroups(teller, plan));
    chapter('services, trainings and events are recorded', () => recordTheYear(teller, counties, commissioners));
    chapter('what the work brought about is recorded, each thing once', () => bringAbout(teller, counties, plan));
    chapter('the party group and the departments meet', () => meet(teller));
    chapter('units report each quarter, one of them late', () => reportEachQuarter(teller, plan, tasks));
    chapter('the mid-year inspection finds, and what it found is put right', () => inspectMidYear(teller, plan, tasks));
    chapter('what an audit finds is put right, and verified', () => putGovernanceRight(teller, plan));
    chapter('misused money holds more money back', () => holdMoneyBack(teller, plan));
    chapter('the year-end inspection closes', () => inspectYearEnd(teller, tasks));
    chapter('the obligations of the year are satisfied, late or waived', () => settleTheYear(teller, plan, tasks));
    chapter('who began in 2018 does not just leave', () => leaveBeforeTheEnd(teller, commissioners));
    chapter('the table of indicators says what is met', () => readTheTable(teller));
    chapter('what is new and what there is in all are two figures', () => countStockAndFlow(teller, plan));
    chapter('each thing counts once, and the narrative’s figure stands beside', () => countOnce(teller));
    chapter('the bureau’s own village has its base', () => standByOneVillage(teller, plan));
    chapter('each village has its boards and somebody who serves it', async () => {
      await putUpBoards(teller, plan);
      await coverVillages(teller, plan);
    });
    chapter('an example is told to others', () => tellExamples(teller, commissioners[1].id));
    chapter('every decision comes out the same again', () => everyDecisionAgain(teller, 100));
  });
}
