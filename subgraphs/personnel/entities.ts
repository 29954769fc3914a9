import { agreementTables } from './tables/agreement.ts';
import { organisationTables } from './tables/organisation.ts';
import { personTables } from './tables/person.ts';
import { regionTables } from './tables/region.ts';
import { teamTables } from './tables/team.ts';

export const entities = [...regionTables, ...organisationTables, ...personTables, ...teamTables, ...agreementTables];
