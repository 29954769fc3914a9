import { describe } from '@jest/globals';
import { chapters } from './chapters.ts';
import { type Door, Teller } from './door.ts';
import { adjust, extendTheTerm, keepInContact } from './expert-team-changes.ts';
import { activate, becomeNine } from './expert-team-members.ts';
import { closeMisuse, referTheSerious } from './expert-team-misuse.ts';
import { bearFruit, fileUpward, spendTheMoney } from './expert-team-results.ts';
import {
  type Assessed,
  assessTheTerm,
  assessTheYear,
  bearConsequences,
  fundTheYear,
  type Money,
  report,
} from './expert-team-term.ts';
import { type Cast, type ExpertTeam, enterCast, selectLeader } from './leader-selection.ts';
import { everyDecisionAgain } from './sight.ts';

/** The journey of an expert team, from a county without a posted leader to what a bad term costs, at whichever door. */
export function tellExpertTeam(open: () => Door): void {
  const teller = new Teller(open);
  const chapter = chapters();
  let cast: Cast;
  let team: ExpertTeam;
  let members: string[];
  let newcomer: string;
  let money: Money;
  let assessed: Assessed;

  describe('an expert team of a listed county', () => {
    chapter('its people are registered', async () => {
      cast = await enterCast(teller);
    });
    chapter('its leader goes through six steps, and is posted by the last', async () => {
      team = await selectLeader(teller, cast);
    });
    chapter('its members are proposed by the leader, approved by both bodies, engaged for two years', async () => {
      members = await becomeNine(teller, team);
    });
    chapter('it works once it is whole, and stays so', () => activate(teller, team, members));
    chapter('the province pays, the prefecture reports', async () => {
      money = await fundTheYear(teller, team);
      await report(teller);
      await spendTheMoney(teller, team, money);
    });
    chapter('its year is assessed where it is received, its leader by the prefecture', () =>
      assessTheYear(teller, team),
    );
    chapter('somebody of the county is in direct contact with it', () => keepInContact(teller, team));
    chapter('one goes and another comes in one act', async () => {
      newcomer = await adjust(teller, team, members);
    });
    chapter('its leader’s result is filed upward', () => fileUpward(teller, team));
    chapter('a good year brings praise, and money first', () => bearFruit(teller, team));
    chapter('the two years are extended where the work asks for it', () =>
      extendTheTerm(teller, team, members, newcomer),
    );
    chapter('its term is assessed in one of two windows', async () => {
      assessed = await assessTheTerm(teller, team);
    });
    chapter('a bad term costs the special money of the year after, not the county’s own', () =>
      bearConsequences(teller, team, money, assessed),
    );
    chapter('misuse is criticised, and the money is back, before its finding is closed', () =>
      closeMisuse(teller, money),
    );
    chapter('a serious case goes to the law', () => referTheSerious(teller, money));
    chapter('every decision comes out the same again', () => everyDecisionAgain(teller, 100));
  });
}
