import { loadGeography, type RegionRow } from '../subgraphs/personnel/geography/geography.ts';
import { Region, RegionStatus } from '../subgraphs/personnel/tables/region.ts';
import type { Placed } from '../subgraphs/place.ts';
import type { Batch } from './batch.ts';
import { idOf } from './id.ts';

/** Where a row lies, every column stated. */
export type Place = Required<{ readonly [Key in keyof Placed]: NonNullable<Placed[Key]> | null }> & {
  readonly regionId: string;
};

let divisions: ReadonlyMap<string, RegionRow> | undefined;

/** A division of the country. @throws Error for an id that is none */
export function division(id: string): RegionRow {
  divisions ??= new Map(loadGeography().map((row) => [row.id, row]));
  const found = divisions.get(id);
  if (!found) throw new Error(`${id} is no division`);
  return found;
}

const COLUMNS = { province: 'provinceId', prefecture: 'prefectureId', county: 'countyId' } as const;

/** The columns of a row that lies in a division: its region and what that lies in. */
export function placed(id: string): Place {
  const place: Record<keyof Place, string | null> = {
    regionId: id,
    countyId: null,
    prefectureId: null,
    provinceId: null,
  };
  for (const each of division(id).path) {
    const column = COLUMNS[division(each).level as keyof typeof COLUMNS];
    if (column) place[column] = each;
  }
  return place as Place;
}

/** The same without the column for the region itself. */
export function within(id: string): Omit<Place, 'regionId'> {
  const { regionId: _own, ...divisionsOf } = placed(id);
  return divisionsOf;
}

export interface Status {
  readonly regionId: string;
  readonly kind: string;
  readonly value: boolean;
  readonly from: string;
  readonly source: string;
  /** The act of a procedure that recorded it, where one did. */
  readonly stepId?: string;
}

/** A status that begins; one of its kind that stands already must be ended by `Batch.end`. */
export function addStatus(batch: Batch, { regionId, kind, value, from, source, stepId }: Status): void {
  const id = idOf(`status ${regionId} ${kind} ${value}`, from);
  batch.add(RegionStatus, {
    id,
    regionId,
    kind,
    value,
    from,
    to: null,
    source: `${source}（演示）`,
    stepId: stepId ?? null,
  });
}

export interface Village extends Place {
  readonly name: string;
}

/** A made-up village of a county, with what it is recorded as from a day on. */
export function addVillage(
  batch: Batch,
  county: string,
  number: number,
  more: { readonly industries?: readonly string[]; readonly statuses: readonly string[]; readonly from: string },
): Village {
  const id = `${county}-demo-${String(number).padStart(2, '0')}`;
  const name = `${division(county).shortName}演示${number}村`;
  batch.add(Region, {
    id,
    gbCode: null,
    statisticalCode: null,
    name,
    shortName: name,
    level: 'village',
    divisionType: 'village',
    parentId: county,
    path: [id, ...division(county).path.toReversed()],
    validFrom: null,
    validTo: null,
    predecessors: [],
    successors: [],
    aliases: [],
    standard: false,
    mainIndustries: [...(more.industries ?? [])],
  });
  for (const kind of more.statuses) {
    addStatus(batch, { regionId: id, kind, value: true, from: more.from, source: '贫困村名单' });
  }
  return { ...placed(county), regionId: id, name };
}
