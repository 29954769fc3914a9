import type { SqlEntityManager } from '@mikro-orm/postgresql';

/** A question that is counted: of which records, which of them, how, for whom, where and when. */
export interface TallyQuestion {
  /** A kind of record, such as `meeting`. */
  readonly of: string;
  /** Dimensions of the record, and the codes of which it must have one. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly aggregation: 'count' | 'sum' | 'distinct' | 'last' | 'any';
  /** The dimension that is added up, told apart, or read. */
  readonly field: string | null;
  readonly when: 'during' | 'started' | 'at-end' | null;
  /** For whom each figure is: a level of region, team, appointment ...; `whole` for one figure of all. */
  readonly per: string;
  readonly within: string;
  readonly withinLevel: string;
  /** Only in these regions. */
  readonly among: readonly string[] | null;
  readonly from: string;
  readonly to: string;
  /** Regions that gave way to another by the end: what is recorded of them counts for it. */
  readonly succession?: readonly Succession[] | undefined;
}

/** A region that gave way to exactly one other. */
export interface Succession {
  readonly from: string;
  readonly to: string;
  /** Whether it lay itself in the region that is asked about. */
  readonly inside: boolean;
}

export interface TallyRow {
  readonly unit: string;
  readonly value: number;
  /** The day of the record that was read, for `last`. */
  readonly on: string | null;
}

/** The figures, without the units that have no record; or what nobody here measures. */
export interface TallyAnswer {
  readonly unknown: string | null;
  readonly rows: readonly TallyRow[];
}

/** SQL of a record `r`. One that takes another table, or the days of a record, says how they are joined. */
export type Dimension =
  | string
  | {
      readonly sql: string;
      /** `{schema}` stands for the schema. */
      readonly join: string;
      /** A day that must lie in the period. */
      readonly day?: string;
    };

/** What can be measured of a kind of record. Its SQL is written here, never by a pack. */
export interface TallyKind {
  readonly table: string;
  /** Joined always; `{schema}` stands for the schema. */
  readonly join?: string;
  /** Which rows count at all. */
  readonly only?: string;
  /**
   * Its day; or its first and last day, null for an open end. `last` says whether `to` is the last day on which it
   * holds, or the first on which it no longer does.
   */
  readonly time: { readonly day: string } | { readonly from: string; readonly to: string; readonly last: boolean };
  /** The units that figures can be for, the levels of regions among them. */
  readonly units: Readonly<Record<string, string>>;
  readonly dimensions: Readonly<Record<string, Dimension>>;
}

/** The levels of regions as columns of a record that has them. */
export const divisions = (alias = 'r') => ({
  county: `${alias}."county_id"`,
  prefecture: `${alias}."prefecture_id"`,
  province: `${alias}."province_id"`,
});
export const places = (alias = 'r') => ({ village: `${alias}."region_id"`, ...divisions(alias) });
/** What is or is not so, in the codes in which packs ask for it. */
export const yesNo = (condition: string) => `case when ${condition} then 'yes' else 'no' end`;

const ALL = 'whole';

interface Sql {
  readonly sql: string;
  readonly params: readonly unknown[];
}

function timeSql({ time }: TallyKind, { when, from, to }: TallyQuestion): Sql {
  const [start, end] = 'day' in time ? [time.day, null] : [time.from, time];
  if (when === 'started' || (end === null && when !== 'at-end')) {
    return { sql: `${start} >= ?::date and ${start} <= ?::date`, params: [from, to] };
  }
  if (end === null) return { sql: `${start} <= ?::date`, params: [to] };
  const holds = (day: string) => ({
    sql: `(${end.to} is null or ${end.to} ${end.last ? '>=' : '>'} ?::date)`,
    params: [day],
  });
  const still = holds(when === 'at-end' ? to : from);
  return { sql: `${start} <= ?::date and ${still.sql}`, params: [to, ...still.params] };
}

/** The first word of a question that is not known of its kind of record. */
function unknownIn(kinds: Readonly<Record<string, TallyKind>>, question: TallyQuestion): string | null {
  const kind = Object.hasOwn(kinds, question.of) ? kinds[question.of] : undefined;
  if (!kind) return question.of;
  const { per, where, field, aggregation, withinLevel } = question;
  if (per !== ALL && !Object.hasOwn(kind.units, per)) return `${question.of} per ${per}`;
  if (withinLevel !== 'country' && !Object.hasOwn(kind.units, withinLevel)) return `${question.of} in a ${withinLevel}`;
  const needsField = aggregation === 'sum' || aggregation === 'distinct' || aggregation === 'last';
  if (needsField && field === null) return `${aggregation} of ${question.of} without a field`;
  const asked = [...Object.keys(where), ...(needsField && field !== null ? [field] : [])];
  const unknown = asked.find((name) => !Object.hasOwn(kind.dimensions, name));
  return unknown === undefined ? null : `${question.of}.${unknown}`;
}

const sqlOf = (dimension: Dimension) => (typeof dimension === 'string' ? dimension : dimension.sql);

const LEVELS = ['village', 'county', 'prefecture', 'province'];

/** A column of a region as the region that stands for it at the end. */
const standing = ({ succession = [] }: TallyQuestion, name: string, sql: string): string =>
  succession.length > 0 && LEVELS.includes(name) ? `coalesce(was."now"->>(${sql}), ${sql})` : sql;

/** The rows in the region that is asked about, or in one that gave way to it or to one in it. */
function withinSql({ units }: TallyKind, { within, withinLevel, succession = [] }: TallyQuestion): Sql {
  const former = succession.filter(({ inside }) => !inside).map(({ from }) => from);
  const own = { sql: `${units[withinLevel]} = ?`, params: [within] };
  if (former.length === 0) return own;
  const other = amongSql({ units }, former);
  return { sql: `${own.sql} or ${other.sql}`, params: [...own.params, ...other.params] };
}

function valueSql({ aggregation }: TallyQuestion, field: string, kind: TallyKind): string {
  const day = 'day' in kind.time ? kind.time.day : kind.time.from;
  if (aggregation === 'sum') return `coalesce(sum(${field}), 0)`;
  if (aggregation === 'distinct') return `count(distinct ${field})`;
  if (aggregation === 'last') return `(array_agg(${field} order by ${day} desc, r."id" desc))[1]`;
  return aggregation === 'any' ? 'least(count(*), 1)' : 'count(*)';
}

/**
 * Measures records with one query, for all units at once.
 *
 * A word of the question that the kinds do not know is answered as `unknown`, for a pack may be ahead of the code.
 */
export async function tally(
  em: SqlEntityManager,
  kinds: Readonly<Record<string, TallyKind>>,
  question: TallyQuestion,
): Promise<TallyAnswer> {
  const unknown = unknownIn(kinds, question);
  if (unknown !== null) return { unknown, rows: [] };
  const kind = kinds[question.of] as TallyKind;
  const { per, within, withinLevel, among, succession = [] } = question;
  const used = [...Object.keys(question.where), ...(question.field === null ? [] : [question.field])]
    .map((name) => kind.dimensions[name])
    .filter((dimension) => dimension !== undefined);
  const joined = used.filter((dimension) => typeof dimension !== 'string');
  const conditions: Sql[] = [
    timeSql(kind, question),
    ...(kind.only ? [{ sql: kind.only, params: [] }] : []),
    ...(withinLevel === 'country' ? [] : [withinSql(kind, question)]),
    ...Object.entries(question.where).map(([name, codes]) => ({
      sql: `${standing(question, name, sqlOf(kind.dimensions[name] as Dimension))} in (?)`,
      params: [[...codes]],
    })),
    ...joined.flatMap(({ day }) =>
      day ? [{ sql: `${day} >= ?::date and ${day} <= ?::date`, params: [question.from, question.to] }] : [],
    ),
    ...(among === null ? [] : [amongSql(kind, withFormer(among, succession))]),
  ];
  const unit =
    per === ALL
      ? { sql: '?::text', params: [within] }
      : { sql: `(${standing(question, per, kind.units[per] as string)})::text`, params: [] };
  const { field: name } = question;
  const field = name === null ? '' : standing(question, name, sqlOf(kind.dimensions[name] as Dimension));
  const day = 'day' in kind.time ? kind.time.day : kind.time.from;
  const joins = [kind.join ?? '', ...new Set(joined.map(({ join }) => join))].join(' ');
  const now = Object.fromEntries(succession.map(({ from, to }) => [from, to]));
  const was =
    succession.length === 0
      ? { sql: '', params: [] }
      : { sql: 'cross join (select ?::jsonb as "now") as was', params: [JSON.stringify(now)] };
  const sql = `select ${unit.sql} as "unit", (${valueSql(question, field, kind)})::text as "value", (max(${day}))::date::text as "on"
     from {schema}."${kind.table}" r ${joins} ${was.sql}
     where ${conditions.map((condition) => `(${condition.sql})`).join(' and ')}
     group by 1`;
  const rows: { unit: string | null; value: string | null; on: string | null }[] = await em.execute(
    sql.replaceAll('{schema}', `"${em.config.get('schema')}"`),
    [...unit.params, ...was.params, ...conditions.flatMap(({ params }) => params)],
  );
  return {
    unknown: null,
    rows: rows.flatMap(({ unit: id, value, on }) =>
      id === null || value === null
        ? []
        : [{ unit: id, value: Number(value), on: question.aggregation === 'last' ? on : null }],
    ),
  };
}

/** The regions, and those that gave way to one of them. */
function withFormer(among: readonly string[], succession: readonly Succession[]): string[] {
  const wanted = new Set(among);
  return [...among, ...succession.flatMap(({ from, to }) => (wanted.has(to) ? [from] : []))];
}

/** The rows in one of these regions, of whatever level they are. */
function amongSql({ units }: Pick<TallyKind, 'units'>, among: readonly string[]): Sql {
  if (among.length === 0) return { sql: 'false', params: [] };
  const columns = LEVELS.flatMap((level) => units[level] ?? []);
  return { sql: columns.map((column) => `${column} in (?)`).join(' or '), params: columns.map(() => [...among]) };
}

/** What personnel is asked for the units of. */
export interface UnitQuestion {
  readonly unit: string;
  readonly sort: string | null;
  readonly within: string;
  readonly status: string | null;
  readonly without: string | null;
  readonly year: number;
  readonly on: string;
}
