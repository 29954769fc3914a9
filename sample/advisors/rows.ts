import { Batch } from '../batch.ts';
import { division, placed } from '../region.ts';
import { Register } from '../register.ts';
import { addReport } from '../report.ts';
import { addBodies } from './body.ts';
import { NAME, REGISTERED } from './cast.ts';
import { addGroups } from './group.ts';
import { addProjects } from './project.ts';
import { addYear } from './work.ts';

const NATION = ['national-revitalisation-administration', 'national-science-association'];

/** Three counties with advisors of the nation as they stand at the end of 2022: every row, the same each time. */
export function advisors(): Batch {
  const batch = new Batch();
  const roll = new Register(batch, NAME, REGISTERED);
  const bodies = addBodies(roll);
  const active = addGroups(roll, bodies).filter(({ county }) => county.isActive);
  for (const group of active) {
    addYear(roll, bodies, group);
    addProjects(roll, bodies, group);
    const [, province] = division(group.county.id).path;
    addReport(batch, {
      key: `provincial report ${province}`,
      on: '2022-12-26',
      place: placed(province as string),
      kind: 'group-provincial-report',
      periodFrom: '2022-01-01',
      periodTo: '2022-12-31',
      organisationId: bodies.pair(province as string)[0].id,
      recipients: NATION,
      signatories: ['province-revitalisation-dept', 'province-science-association'],
    });
  }
  return batch;
}
