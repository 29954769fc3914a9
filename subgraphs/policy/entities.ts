import { auditTables } from './tables/audit.ts';
import { decisionLogTables } from './tables/decision-log.ts';

export const entities = [...decisionLogTables, ...auditTables];
