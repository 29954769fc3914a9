import { describe } from '@jest/globals';
import { breakTheWorkDown, reportStatistics, signLetters } from './action-plan-duty.ts';
import {
  callWithoutMatching,
  giveInThreeWays,
  type PlanProject,
  payLocally,
  registerProject,
} from './action-plan-money.ts';
import { chapters } from './chapters.ts';
import { type Door, Teller } from './door.ts';
import {
  bringEachCountyItsOnes,
  closeTheSeven,
  countForTheProvince,
  linkVillages,
  lookAtThePicture,
} from './seven-ones.ts';
import { everyDecisionAgain } from './sight.ts';

/** The other module of the regime of expert teams: a plan with seven ones, its work, its money and what is counted. */
export function tellActionPlan(open: () => Door): void {
  const teller = new Teller(open);
  const chapter = chapters();
  let project: PlanProject;

  describe('an action plan of a province', () => {
    chapter('its tasks have somebody who answers, a day and a ledger', () => breakTheWorkDown(teller));
    chapter('every kind of party signs what it is responsible for', () => signLetters(teller));
    chapter('each poor village has an expert, and shows when it has none any more', () => linkVillages(teller));
    chapter('statistics go up, and an answer comes down', () => reportStatistics(teller));
    chapter('a project says for whom, by whom and to which market', async () => {
      project = await registerProject(teller);
    });
    chapter('it gets money in three ways, and no fourth', () => giveInThreeWays(teller, project));
    chapter('a call asks nobody for money of his own', () => callWithoutMatching(teller, project));
    chapter('county and prefecture set money aside too', () => payLocally(teller, project));
    chapter('each county gets its ones', () => bringEachCountyItsOnes(teller));
    chapter('the province counts operators, patents and persons, once each', () => countForTheProvince(teller));
    chapter('the picture shows areas, people and money', () => lookAtThePicture(teller));
    chapter('the seven are due at the end of 2020', () => closeTheSeven(teller));
    chapter('every decision comes out the same again', () => everyDecisionAgain(teller, 40));
  });
}
