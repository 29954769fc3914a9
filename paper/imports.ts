import { applications } from './forms/applications.ts';
import type { ImportKind } from './forms/form.ts';
import { nominations } from './forms/nominations.ts';
import { serviceRecords } from './forms/service-records.ts';
import { trainings } from './forms/trainings.ts';

/** The forms that can be filled in, by the name in their address. */
export const importKinds: Readonly<Record<string, ImportKind>> = {
  'service-records': serviceRecords,
  trainings,
  applications,
  nominations,
};
