import { Batch } from '../batch.ts';
import { Register } from '../register.ts';
import { addAssessments } from './assessment.ts';
import { addBodies } from './body.ts';
import { NAME, REGISTERED } from './cast.ts';
import { addMoney } from './money.ts';
import { addLetters, addReports } from './report.ts';
import { addResults, addVillages } from './result.ts';
import { addLeaders } from './selection.ts';
import { addTeams } from './team.ts';
import { addCountyYears, addTeamServices } from './work.ts';

/** The listed counties of the province as they stand at the end of 2019: every row, the same each time. */
export function hunan(): Batch {
  const batch = new Batch();
  const roll = new Register(batch, NAME, REGISTERED);
  const bodies = addBodies(roll);
  const leaders = addLeaders(roll, bodies);
  const teams = addTeams(roll, bodies, leaders);
  for (const county of bodies.counties) {
    addResults(roll, bodies, county);
    addCountyYears(roll, bodies, county);
  }
  for (const team of teams) {
    addTeamServices(roll, bodies, team);
    addVillages(roll, team);
    addAssessments(roll, bodies, team);
  }
  addMoney(roll, bodies, teams);
  addLetters(roll, bodies);
  addReports(roll, bodies);
  return batch;
}
