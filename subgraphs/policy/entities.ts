import { decisionLogTables } from './tables/decision-log.ts';

export const entities = [...decisionLogTables];
