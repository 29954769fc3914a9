import { Migration0001 } from './0001-start.ts';
import { Migration0002 } from './0002-projects-funding.ts';
import { Migration0003 } from './0003-service-object-name.ts';

/** In the order in which they run. */
export const migrations = [
  { name: '0001-start', class: Migration0001 },
  { name: '0002-projects-funding', class: Migration0002 },
  { name: '0003-service-object-name', class: Migration0003 },
];
