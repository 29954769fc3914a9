import { agreementTables } from './tables/agreement.ts';
import { applicationTables } from './tables/application.ts';
import { appointmentTables } from './tables/appointment.ts';
import { assignmentTables } from './tables/assignment.ts';
import { brigadeTables } from './tables/brigade.ts';
import { demandTables } from './tables/demand.ts';
import { designationTables } from './tables/designation.ts';
import { engagementTables } from './tables/engagement.ts';
import { expertPoolEntryTables } from './tables/expert-pool-entry.ts';
import { governingBodyTables } from './tables/governing-body.ts';
import { insuranceTables } from './tables/insurance.ts';
import { letterTables } from './tables/letter.ts';
import { localMeasureTables } from './tables/local-measure.ts';
import { matchingTables } from './tables/matching.ts';
import { nominationTables } from './tables/nomination.ts';
import { offPostLeaveTables } from './tables/off-post-leave.ts';
import { organisationTables } from './tables/organisation.ts';
import { personTables } from './tables/person.ts';
import { postingTables } from './tables/posting.ts';
import { procedureTables } from './tables/procedure.ts';
import { regionTables } from './tables/region.ts';
import { regionFigureTables } from './tables/region-figure.ts';
import { regionIndustryTables } from './tables/region-industry.ts';
import { selectionTables } from './tables/selection.ts';
import { selectionNoticeTables } from './tables/selection-notice.ts';
import { supportRequestTables } from './tables/support-request.ts';
import { teamTables } from './tables/team.ts';
import { villageExpertTables } from './tables/village-expert.ts';
import { workstationTables } from './tables/workstation.ts';

export const entities = [
  ...regionTables,
  ...regionFigureTables,
  ...organisationTables,
  ...personTables,
  ...teamTables,
  ...agreementTables,
  ...demandTables,
  ...appointmentTables,
  ...brigadeTables,
  ...workstationTables,
  ...localMeasureTables,
  ...governingBodyTables,
  ...regionIndustryTables,
  ...matchingTables,
  ...selectionTables,
  ...selectionNoticeTables,
  ...applicationTables,
  ...insuranceTables,
  ...offPostLeaveTables,
  ...supportRequestTables,
  ...assignmentTables,
  ...designationTables,
  ...engagementTables,
  ...expertPoolEntryTables,
  ...letterTables,
  ...nominationTables,
  ...postingTables,
  ...procedureTables,
  ...villageExpertTables,
];
