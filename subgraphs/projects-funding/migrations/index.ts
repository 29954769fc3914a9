import { Migration0001 } from './0001-start.ts';
import { Migration0002 } from './0002-projects-funding.ts';

/** In the order in which they run. */
export const migrations = [
  { name: '0001-start', class: Migration0001 },
  { name: '0002-projects-funding', class: Migration0002 },
];
