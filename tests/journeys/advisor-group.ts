import { describe } from '@jest/globals';
import { evaluate, keepDiscipline } from './advisor-evaluation.ts';
import { nameThem, provide } from './advisor-people.ts';
import { type Enlisted, enterTheLibrary, giveNotice, register, showAndTrack } from './advisor-project.ts';
import { dock, readGroupLedger, recognise } from './advisor-recognition.ts';
import { beLifted } from './advisor-scene.ts';
import {
  type Application,
  apply,
  type Group,
  listTheCounty,
  poolAndList,
  sayTheNeed,
  throughTheLevels,
} from './advisor-selection.ts';
import { coordinate, plan, summarise, workTheYear } from './advisor-year.ts';
import { chapters } from './chapters.ts';
import { type Door, Teller } from './door.ts';
import { everyDecisionAgain } from './sight.ts';

/** The journey of an advisor group, from what a county needs to what its work was worth, at whichever door. */
export function tellAdvisorGroup(open: () => Door): void {
  const teller = new Teller(open);
  const chapter = chapters();
  let application: Application;
  let group: Group;
  let unit: string;
  let convenor: string;
  let project: Enlisted;

  describe('an advisor group of a county lifted out of poverty', () => {
    chapter('its status brings a second regime, from its day on', () => beLifted(teller));
    chapter('each body at each level names one liaison, the county one convenor', async () => {
      convenor = await nameThem(teller);
    });
    chapter('the county says what it needs, and applies because it wants to', async () => {
      await sayTheNeed(teller);
      application = await apply(teller);
    });
    chapter('the levels pass it on in their order, both bodies of each together', () =>
      throughTheLevels(teller, application),
    );
    chapter('the county is put on the list before there is a group for it', async () => {
      unit = await listTheCounty(teller, application);
    });
    chapter('its members come from the pool, and both bodies list them', async () => {
      group = await poolAndList(teller, application, unit);
    });
    chapter('both bodies recognise it and give letters to all', () => recognise(teller, application, group));
    chapter('both sides agree on what matters, and it works', async () => {
      await dock(teller, application, group, convenor);
      await readGroupLedger(teller, group);
    });
    chapter('the county gives it a place, transport, board and lodging', () => provide(teller, '2022-03-17'));
    chapter('county and group plan the year, the province passes it on', () => plan(teller, group));
    chapter('a project of the county is served by it', async () => {
      project = await register(teller, group);
    });
    chapter('village and township are told, ten whole days each', () => giveNotice(teller, project));
    chapter('approved and in the library it gets money of the three sources', () => enterTheLibrary(teller, project));
    chapter('it is shown on the portal, and tracked', () => showAndTrack(teller, project));
    chapter('it serves and consults in both halves of the year', () => workTheYear(teller, group));
    chapter('the bodies meet to coordinate', () => coordinate(teller));
    chapter('what is found against discipline is put right, and verified by another', () =>
      keepDiscipline(teller, group),
    );
    chapter('county and group sum the year up', () => summarise(teller, group));
    chapter('the county evaluates, then the nation, and its units are told', () => evaluate(teller, group));
    chapter('every decision comes out the same again', () => everyDecisionAgain(teller, 120));
  });
}
