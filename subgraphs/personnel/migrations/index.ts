import { Migration0001 } from './0001-start.ts';
import { Migration0002 } from './0002-teams-of-regions.ts';
import { Migration0003 } from './0003-acts-that-end.ts';
import { Migration0004 } from './0004-region-figures.ts';

/** In the order in which they run. */
export const migrations = [
  { name: '0001-start', class: Migration0001 },
  { name: '0002-teams-of-regions', class: Migration0002 },
  { name: '0003-acts-that-end', class: Migration0003 },
  { name: '0004-region-figures', class: Migration0004 },
];
