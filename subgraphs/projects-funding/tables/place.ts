import { p } from '@mikro-orm/postgresql';

/** Where a row lies: its own region, and the ancestors by which packs, visibility and sums find it without a join. */
export function placeColumns() {
  return {
    regionId: p.string(),
    countyId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    provinceId: p.string().nullable(),
  };
}

/** An amount in fen. PostgreSQL refuses a negative one, whatever the code says. */
export function fenColumn(column: string) {
  return p.bigint('number').check(`${column} >= 0`);
}
