import { describe } from '@jest/globals';
import { chapters } from './chapters.ts';
import { type Door, Teller } from './door.ts';
import { appointAll, brigadeOfTheCounty, type Engaged, insureAndSend, serveTheYear } from './engagement.ts';
import { evaluateByTheCounty, type Graded, renewAndExit } from './evaluation.ts';
import { fromDemandToForms, type Listed, noticeAndList, throughTheBodies } from './selection.ts';
import { everyDecisionAgain, whoSeesPersonalData, whoSeesResults, whoSeesServices } from './sight.ts';
import { evaluateTeam, formTeam, fundTeam, type TeamAtWork } from './team.ts';

/** The journeys through the public graph, one after the other, at whichever door they are told. */
export function tellJourneys(open: () => Door): void {
  const teller = new Teller(open);
  const chapter = chapters();
  let listed: Listed;
  let appointed: Omit<Engaged, 'version'>[];
  let engaged: [Engaged, Engaged, Engaged, ...Engaged[]];
  let graded: Graded;
  let team: TeamAtWork;

  describe('a commissioner, from demand to exit', () => {
    chapter('a county asks, both sides agree, the unit files sealed forms', async () => {
      listed = await fromDemandToForms(teller);
    });
    chapter('the round goes through its bodies in their order', () => throughTheBodies(teller, listed));
    chapter('the notice asks for its length, runs in full, and the list follows', () => noticeAndList(teller, listed));
    chapter('who reviewed does not appoint; the bureau appoints the list', async () => {
      appointed = await appointAll(teller, listed);
    });
    chapter('nobody is sent without cover', async () => {
      engaged = (await insureAndSend(teller, listed, appointed)) as typeof engaged;
    });
    chapter('the county forms its brigade', () => brigadeOfTheCounty(teller, engaged));
    chapter('the year’s services reach the floor', () => serveTheYear(teller, engaged));
    chapter('the receiving county evaluates, within the quota, in public', async () => {
      graded = await evaluateByTheCounty(teller, engaged, listed);
    });
    chapter('the good one serves on, the unqualified one leaves', () => renewAndExit(teller, engaged[1], engaged[2]));
  });

  describe('a team', () => {
    chapter('needs five members, leaders of both sides and an agreement, and keeps them', async () => {
      team = await formTeam(teller);
    });
    chapter('gets money within its bounds and spends what the unit reviewed', async () => {
      await fundTeam(teller, team);
    });
    chapter('is evaluated by the prefecture', () => evaluateTeam(teller, team));
  });

  describe('who sees what', () => {
    chapter('of service records', () => whoSeesServices(teller, engaged[0], engaged[1], listed));
    chapter('of personal data', () => whoSeesPersonalData(teller, engaged[0], listed));
    chapter('of published results', () => whoSeesResults(teller, graded, engaged[0]));
    chapter('of the decision log, in which every decision comes out the same again', () =>
      everyDecisionAgain(teller, 150),
    );
  });
}
