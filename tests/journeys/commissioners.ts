import { describe } from '@jest/globals';
import { chapters } from './chapters.ts';
import { payTheCommissioner, takeNoFees, watchTheMoney } from './commissioner-money.ts';
import {
  comeFirst,
  forgiveTheHonest,
  goThroughTheGreenChannel,
  leaveThePost,
  shareTheIncome,
} from './commissioner-rights.ts';
import { askForHelp, leadTogether, standByThem } from './county-work.ts';
import { type Door, Teller } from './door.ts';
import { appointAll, brigadeOfTheCounty, type Engaged, insureAndSend, serveTheYear } from './engagement.ts';
import { evaluateByTheCounty, type Graded, renewAndExit } from './evaluation.ts';
import { fromDemandToForms, type Listed, noticeAndList, throughTheBodies } from './selection.ts';
import { everyDecisionAgain, whoSeesPersonalData, whoSeesResults, whoSeesServices } from './sight.ts';
import { evaluateTeam, formTeam, fundTeam, keepThePromise, type TeamAtWork } from './team.ts';

/** The journey of commissioners and their teams, from demand to exit, at whichever door it is told. */
export function tellCommissioners(open: () => Door): void {
  const teller = new Teller(open);
  const chapter = chapters();
  let listed: Listed;
  let appointed: Omit<Engaged, 'version'>[];
  let engaged: [Engaged, Engaged, Engaged, ...Engaged[]];
  let graded: Graded;
  let team: TeamAtWork;

  describe('a commissioner, from demand to exit', () => {
    chapter('the bodies that lead it sit together', () => leadTogether(teller));
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
    chapter('the county stands by them, the unit helps', async () => {
      await standByThem(teller);
      await askForHelp(teller, engaged[0], listed);
    });
    chapter('each gets the same money once, and it goes where it is meant', async () => {
      const line = await payTheCommissioner(teller, engaged[0], listed);
      await watchTheMoney(teller, [engaged[0], engaged[1]], listed, line);
    });
    chapter('nobody takes fees, everybody shares what results earn', async () => {
      await takeNoFees(teller, engaged[0], listed);
      await shareTheIncome(teller, engaged[0], listed);
    });
    chapter('who leaves his post for a foundation keeps his rights', () => leaveThePost(teller, listed));
    chapter('a unit that failed honestly is exempt, and everybody sees why', () => forgiveTheHonest(teller));
    chapter('the receiving county evaluates, within the quota, in public', async () => {
      graded = await evaluateByTheCounty(teller, engaged, listed);
    });
    chapter('who did well comes first', () => comeFirst(teller, engaged));
    chapter('the excellent one needs no place', () =>
      goThroughTheGreenChannel(teller, [engaged[0], engaged[1], engaged[2]], listed),
    );
    chapter('the good one serves on, the unqualified one leaves', () => renewAndExit(teller, engaged[1], engaged[2]));
  });

  describe('a team', () => {
    chapter('needs five members, leaders of both sides and an agreement, and keeps them', async () => {
      team = await formTeam(teller);
    });
    chapter('gets money within its bounds and spends what the unit reviewed', async () => {
      await fundTeam(teller, team);
    });
    chapter('keeps what it promised', () => keepThePromise(teller, team));
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
