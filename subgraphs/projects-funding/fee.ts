import { declareReceipt } from './receipt.ts';
import { FeeRecord } from './tables/receipt.ts';

declareReceipt({
  point: 'feeRecord',
  type: 'FeeRecord',
  list: 'feeRecords',
  entity: FeeRecord,
  description:
    'A fee that a person charged somebody, such as for a course or advice: who paid it, and as what it was taken.',
});
