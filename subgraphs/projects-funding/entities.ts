import { expenseTables } from './tables/expense.ts';
import { fundInspectionTables } from './tables/fund-inspection.ts';
import { fundingLineTables } from './tables/funding-line.ts';
import { incomeDistributionTables } from './tables/income-distribution.ts';
import { misuseFindingTables } from './tables/misuse-finding.ts';
import { platformTables } from './tables/platform.ts';
import { projectTables } from './tables/project.ts';
import { projectCallTables } from './tables/project-call.ts';
import { receiptTables } from './tables/receipt.ts';
import { serviceObjectTables } from './tables/service-object.ts';
import { transferTables } from './tables/transfer.ts';
import { workResultTables } from './tables/work-result.ts';

export const entities = [
  ...fundingLineTables,
  ...transferTables,
  ...expenseTables,
  ...receiptTables,
  ...incomeDistributionTables,
  ...projectCallTables,
  ...fundInspectionTables,
  ...platformTables,
  ...serviceObjectTables,
  ...workResultTables,
  ...projectTables,
  ...misuseFindingTables,
];
