import { declareReceipt } from './receipt.ts';
import { IncomeRecord } from './tables/receipt.ts';

declareReceipt({
  point: 'incomeRecord',
  type: 'IncomeRecord',
  list: 'incomeRecords',
  entity: IncomeRecord,
  description: 'An income that a person has from a venture, such as a dividend or a licence: who paid it, and as what.',
});
