import { agreementTables } from './tables/agreement.ts';
import { applicationTables } from './tables/application.ts';
import { appointmentTables } from './tables/appointment.ts';
import { brigadeTables } from './tables/brigade.ts';
import { demandTables } from './tables/demand.ts';
import { governingBodyTables } from './tables/governing-body.ts';
import { insuranceTables } from './tables/insurance.ts';
import { localMeasureTables } from './tables/local-measure.ts';
import { matchingTables } from './tables/matching.ts';
import { offPostLeaveTables } from './tables/off-post-leave.ts';
import { organisationTables } from './tables/organisation.ts';
import { personTables } from './tables/person.ts';
import { regionTables } from './tables/region.ts';
import { regionIndustryTables } from './tables/region-industry.ts';
import { selectionTables } from './tables/selection.ts';
import { selectionNoticeTables } from './tables/selection-notice.ts';
import { supportRequestTables } from './tables/support-request.ts';
import { teamTables } from './tables/team.ts';
import { workstationTables } from './tables/workstation.ts';

export const entities = [
  ...regionTables,
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
];
