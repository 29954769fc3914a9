import { readFileSync } from 'node:fs';
import type { Divisions } from './import.ts';
import { type DivisionRule, type DivisionType, type RegionLevel, ruleFor, shortNameOf } from './naming.ts';

/** A division of the country, or an area that is not one but is administered and reported like one. */
export interface RegionRow {
  /** `cn`, `cn-` and two digits for a province, `cn-` and six digits below it. Never reused, never renamed. */
  id: string;
  /** GB/T 2260; null where the area has none, whatever its statistical code looks like. */
  gbCode: string | null;
  /** First six digits of the National Bureau of Statistics' code; null where none is known. */
  statisticalCode: string | null;
  name: string;
  shortName: string;
  level: RegionLevel;
  divisionType: DivisionType;
  parentId: string | null;
  /** Ids from the country down to the region itself. */
  path: string[];
  /** First day of validity; null means since before this record begins. */
  validFrom: string | null;
  /** First day on which it is no longer valid, so that it equals the successor's validFrom; null means still valid. */
  validTo: string | null;
  predecessors: string[];
  successors: string[];
  /** Other names in use for it, names of its predecessors among them. */
  aliases: string[];
  /** Whether it is a division in law: all but the areas without a GB/T 2260 code. */
  standard: boolean;
}

/** A dated fact about a region. `from` is its first day, `to` the first day on which it no longer holds. */
export interface RegionStatusRow {
  regionId: string;
  kind: string;
  value: boolean;
  from: string;
  to: string | null;
  source: string;
}

interface Supplement {
  country: { name: string; shortName: string; aliases: readonly string[] };
  placeholders: readonly string[];
  divisionTypes: readonly DivisionRule[];
  nationalities: readonly string[];
  nonStandard: Readonly<Record<string, string>>;
  names: Readonly<Record<string, { name?: string; shortName?: string; aliases?: readonly string[] }>>;
  established: readonly { code: string; name: string; on: string }[];
  changes: readonly { from: readonly (readonly [code: string, name: string])[]; to: string; on: string }[];
}

interface StatusFile {
  document: string;
  dates: Readonly<Record<string, string>>;
  rows: readonly (readonly [string, string, string, boolean, string, string | null, string])[];
}

// A fifth digit of 7 is where the statistics number areas that the Ministry of Civil Affairs does not list.
const STATISTICAL_AREA = /^\d{4}7\d$/;

/**
 * Every region, present and former, parents before children.
 * Throws when a supplement entry points at a region that is not there.
 */
export function loadGeography(): RegionRow[] {
  const divisions = read<Divisions>('divisions.json');
  const supplement = read<Supplement>('supplement.json');
  const country: RegionRow = {
    ...supplement.country,
    ...blank('cn', null),
    aliases: [...supplement.country.aliases],
    gbCode: null,
    statisticalCode: null,
    level: 'country',
    divisionType: 'country',
    standard: true,
  };
  const rows = new Map([[country.id, country]]);

  const add = (code: string, sourceName: string, level: RegionLevel, parentId: string, counted: boolean): RegionRow => {
    const parent = rows.get(parentId);
    const id = level === 'province' ? `cn-${code.slice(0, 2)}` : `cn-${code}`;
    if (!parent || rows.has(id)) throw new Error(`${id} ${sourceName}: ${parent ? 'listed twice' : 'no parent'}`);
    const standard = !(level === 'county' && (STATISTICAL_AREA.test(code) || code in supplement.nonStandard));
    const { name = sourceName, shortName, aliases = [] } = supplement.names[code] ?? {};
    const rule = standard ? ruleFor(supplement.divisionTypes, level, code, name) : null;
    const row: RegionRow = {
      ...blank(id, parent),
      gbCode: standard ? code : null,
      statisticalCode: counted ? code : null,
      name,
      shortName: shortName ?? (rule ? shortNameOf(name, rule, supplement.nationalities) : name),
      level,
      divisionType: rule?.type ?? 'management-district',
      aliases: [...aliases],
      standard,
    };
    rows.set(id, row);
    return row;
  };

  const counted = new Set(divisions.prefectures.map(([code]) => code.slice(0, 2)));
  for (const [code, name] of divisions.provinces) add(`${code}0000`, name, 'province', 'cn', counted.has(code));

  // Placeholders keep the numbering regular but nobody governs them: what they hold belongs to the province itself.
  const placeholders = new Set<string>();
  for (const [code, name] of divisions.prefectures) {
    if (supplement.placeholders.includes(name)) placeholders.add(code);
    else add(`${code}00`, name, 'prefecture', `cn-${code.slice(0, 2)}`, true);
  }
  const parentOf = (code: string) =>
    placeholders.has(code.slice(0, 4)) ? `cn-${code.slice(0, 2)}` : `cn-${code.slice(0, 4)}00`;
  for (const [code, name] of divisions.counties) {
    // A city without counties is repeated by the statistics as its own only county, under the same code.
    if (parentOf(code) !== `cn-${code}`) add(code, name, 'county', parentOf(code), true);
  }
  for (const { code, name, on } of supplement.established) {
    add(code, name, 'county', parentOf(code), false).validFrom = on;
  }

  for (const code of [...Object.keys(supplement.names), ...Object.keys(supplement.nonStandard)]) {
    if (!rows.has(`cn-${code}`)) throw new Error(`the supplement speaks of cn-${code}, which is no region`);
  }
  for (const { from, to, on } of supplement.changes) {
    const successor = rows.get(`cn-${to}`);
    if (!successor) throw new Error(`a change leads to cn-${to}, which is no region`);
    successor.validFrom = on;
    for (const [code, name] of from) {
      const former = add(code, name, 'county', parentOf(code), true);
      former.validTo = on;
      former.successors.push(successor.id);
      successor.predecessors.push(former.id);
      successor.aliases.push(former.name);
    }
  }
  return [...rows.values()];
}

/** Every dated status, each with the place in the document that states it and how its date was read. */
export function loadRegionStatuses(): RegionStatusRow[] {
  const { document, dates, rows } = read<StatusFile>('status.json');
  return rows.map(([regionId, , kind, value, from, to, locator]) => ({
    regionId,
    kind,
    value,
    from,
    to,
    source: `${document}, ${locator}. ${from}: ${dates[from]}.`,
  }));
}

/** Whether the region exists on a civil date, `YYYY-MM-DD`. */
export function isValidOn(region: Pick<RegionRow, 'validFrom' | 'validTo'>, date: string): boolean {
  return (region.validFrom === null || region.validFrom <= date) && (region.validTo === null || date < region.validTo);
}

/**
 * The regions that bear a name, short name or alias on a civil date, optionally only within another region.
 * More than one means the name alone does not say which; never take the first.
 */
export function findRegions(
  regions: readonly RegionRow[],
  name: string,
  { asOf, within }: { asOf: string; within?: string },
): RegionRow[] {
  return regions.filter(
    (it) =>
      (it.name === name || it.shortName === name || it.aliases.includes(name)) &&
      isValidOn(it, asOf) &&
      (within === undefined || it.path.includes(within)),
  );
}

function blank(id: string, parent: RegionRow | null) {
  return {
    id,
    parentId: parent?.id ?? null,
    path: [...(parent?.path ?? []), id],
    validFrom: null,
    validTo: null,
    predecessors: [],
    successors: [],
  };
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}
