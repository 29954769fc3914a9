import { Migration0001 } from './0001-start.ts';

/** In the order in which they run. */
export const migrations = [{ name: '0001-start', class: Migration0001 }];
