import { caseStudyTables } from './tables/case-study.ts';
import { evaluationTables } from './tables/evaluation.ts';
import { evaluationBatchTables } from './tables/evaluation-batch.ts';
import { obligationTables } from './tables/obligation.ts';
import { serviceRecordTables } from './tables/service-record.ts';
import { trainingRecordTables } from './tables/training-record.ts';

export const entities = [
  ...serviceRecordTables,
  ...trainingRecordTables,
  ...evaluationBatchTables,
  ...evaluationTables,
  ...obligationTables,
  ...caseStudyTables,
];
