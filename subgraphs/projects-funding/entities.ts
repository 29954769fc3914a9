import { expenseTables } from './tables/expense.ts';
import { fundInspectionTables } from './tables/fund-inspection.ts';
import { fundingLineTables } from './tables/funding-line.ts';
import { incomeDistributionTables } from './tables/income-distribution.ts';
import { platformTables } from './tables/platform.ts';
import { projectCallTables } from './tables/project-call.ts';
import { receiptTables } from './tables/receipt.ts';
import { serviceObjectTables } from './tables/service-object.ts';
import { transferTables } from './tables/transfer.ts';

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
];
