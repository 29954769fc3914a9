import { Migration0001 } from './0001-start.ts';
import { Migration0002 } from './0002-evaluation.ts';
import { Migration0003 } from './0003-service-records-of-places.ts';
import { Migration0004 } from './0004-told-units.ts';

/** In the order in which they run. */
export const migrations = [
  { name: '0001-start', class: Migration0001 },
  { name: '0002-evaluation', class: Migration0002 },
  { name: '0003-service-records-of-places', class: Migration0003 },
  { name: '0004-told-units', class: Migration0004 },
];
