import { applications } from './lists/applications.ts';
import { indicators } from './lists/indicators.ts';
import type { ListKind } from './lists/list.ts';
import { memberLedger } from './lists/member-ledger.ts';
import { serviceLedger } from './lists/service-ledger.ts';

/** The lists that can be taken out, by the name in their address. */
export const exportKinds: Readonly<Record<string, ListKind>> = {
  'service-ledger': serviceLedger,
  'member-ledger': memberLedger,
  applications,
  indicators,
};
