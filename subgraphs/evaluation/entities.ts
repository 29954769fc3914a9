import { assessmentTables } from './tables/assessment.ts';
import { caseStudyTables } from './tables/case-study.ts';
import { evaluationTables } from './tables/evaluation.ts';
import { evaluationBatchTables } from './tables/evaluation-batch.ts';
import { gatheringTables } from './tables/gathering.ts';
import { inspectionTables } from './tables/inspection.ts';
import { obligationTables } from './tables/obligation.ts';
import { reportTables } from './tables/report.ts';
import { responsibilityLetterTables } from './tables/responsibility-letter.ts';
import { serviceRecordTables } from './tables/service-record.ts';
import { targetTables } from './tables/target.ts';
import { taskTables } from './tables/task.ts';
import { trainingRecordTables } from './tables/training-record.ts';

export const entities = [
  ...serviceRecordTables,
  ...trainingRecordTables,
  ...evaluationBatchTables,
  ...evaluationTables,
  ...obligationTables,
  ...caseStudyTables,
  ...taskTables,
  ...targetTables,
  ...reportTables,
  ...inspectionTables,
  ...gatheringTables,
  ...assessmentTables,
  ...responsibilityLetterTables,
];
