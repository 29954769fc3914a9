import { raw } from '@mikro-orm/postgresql';
import { validate } from 'uuid';
import { type CompiledPack, compile } from '../policies/compile.ts';
import { decides } from '../policies/evaluate.ts';
import type { Facts } from '../policies/facts.ts';
import type { PackHeader } from '../policies/pack.ts';
import { simplify } from '../policies/simplify.ts';
import { type Sql, toSql } from '../policies/sql.ts';
import { allowedRows, type ColumnMapping, type Columns, type Where } from '../policies/where.ts';
import type { Context } from './context.ts';
import { lawInForce, lawOf } from './law.ts';
import type { Viewer } from './viewer.ts';

/** Our ids of persons and organisations. Another text in a token is nobody's, and the database would not compare it. */
const isId = (text: string | null): text is string => text !== null && validate(text);

/** The facts about who looks. */
export function viewerFacts(viewer: Viewer): Facts {
  const organisations = viewer.roles.map((held) => held.organisation).filter(isId);
  const regions = viewer.roles.flatMap((held) => (held.organisation ? [] : [held.region]));
  const holding = (role: string) => viewer.roles.filter((held) => held.role === role);
  return {
    'viewer.authenticated': viewer.kind !== 'anonymous',
    'viewer.person': isId(viewer.person) ? viewer.person : undefined,
    'viewer.organisations': [...new Set(organisations)],
    'viewer.regions': [...new Set(regions)],
    'viewer.roles': [...new Set(viewer.roles.map((held) => held.role))],
    'viewer.scopes': [...viewer.scopes],
    'viewer.registrarOrganisations': holding('registrar')
      .map((held) => held.organisation)
      .filter(isId),
    'viewer.administeredRegions': holding('region-administrator').map(({ region }) => region),
  };
}

/** Whether any rule stands on the point. Where none does nobody has said who may see, and nobody may. */
function isJudged(packs: readonly CompiledPack[], point: string, asOf: string): boolean {
  return packs.some((pack) => pack.at(point, asOf).gates.length > 0);
}

/**
 * Whether a viewer may see one record, or a masked field of it, under the packs that govern it today. What is not known
 * is not allowed. A service of ours sees what it needs for decisions.
 */
export function isAllowed(context: Context, point: string, regions: readonly string[], record: Facts): boolean {
  if (context.viewer.kind === 'service') return true;
  const packs = lawOf(context.registry, regions, context.today).map((release) => compile(release));
  if (!isJudged(packs, point, context.today)) return false;
  const facts = { ...viewerFacts(context.viewer), ...record };
  return decides({ packs, point, asOf: context.today, facts }) === 'allow';
}

/** How a list's table answers the facts of its visibility rules. A fact it cannot answer is not known of any row. */
export type RecordColumns = Columns;

/** The columns that say where a row lies, smallest division first. */
const REGION_FACTS = ['record.county', 'record.prefecture', 'record.province'];

/** A division of the row as SQL. A row without one lies in none, which is known: not the null that leaves comparisons open. */
function divisionsOf(columns: RecordColumns): ColumnMapping[] {
  return REGION_FACTS.flatMap((fact) => {
    const mapping = columns[fact];
    if (!mapping || !('column' in mapping)) return [];
    const expression = (alias: string) => `coalesce(${alias}."${mapping.column}", '')`;
    return [{ expression, type: mapping.type, nullable: false } as const];
  });
}

/** What every path of regions ends with. */
const COUNTRY = 'cn';

const isOneOf = (mapping: ColumnMapping, operator: 'in' | 'notIn', regions: Iterable<string>): Where => {
  const value = [...regions];
  return value.length === 0 ? operator === 'notIn' : { left: { mapping }, operator, right: { value } };
};

/** The rows that a pack does not govern: to them its rules do not speak. False for a pack that governs everywhere. */
function outside(context: Context, { governs }: PackHeader, columns: RecordColumns): Where {
  if ('everywhere' in governs) return false;
  const divisions = divisionsOf(columns);
  const { regions, above } =
    'regions' in governs
      ? { regions: new Set<string>(governs.regions), above: new Set<string>() }
      : context.registry.statuses.holders(governs.status, context.today);
  if (regions.has(COUNTRY)) return false;
  // By what it lies in, and by what its own region, the smallest it names, contains.
  const containing = divisions.map(
    (division, at): Where => ({
      any: [...divisions.slice(0, at).map((one) => isOneOf(one, 'notIn', [''])), isOneOf(division, 'notIn', above)],
    }),
  );
  const ofCountry: Where = above.has(COUNTRY) ? { any: divisions.map((one) => isOneOf(one, 'notIn', [''])) } : true;
  return { all: [...divisions.map((one) => isOneOf(one, 'notIn', regions)), ...containing, ofCountry] };
}

/** The rows that a viewer may see. */
function visibleRows(context: Context, point: string, columns: RecordColumns): Where {
  const { registry, today, viewer } = context;
  const packs = lawInForce(registry, today).map((release) => compile(release));
  const everywhere = packs.filter(({ release }) => 'everywhere' in release.pack.governs);
  if (!isJudged(everywhere, point, today)) return false;
  const viewing = viewerFacts(viewer);
  const parts = packs.map((pack): Where => {
    const unanswerable = pack.at(point, today).facts.filter(({ id }) => !columns[id]);
    const known = { ...Object.fromEntries(unanswerable.map(({ id }) => [id, undefined])), ...viewing };
    const rows = allowedRows({ packs: [pack], point, asOf: today, known, columns });
    return rows === true || { any: [outside(context, pack.release.pack, columns), rows] };
  });
  return simplify({ all: parts });
}

/** The condition that a row is visible, as SQL on a table called `alias`. */
export const allowedSql = (context: Context, point: string, columns: RecordColumns, alias: string): Sql =>
  toSql(visibleRows(context, point, columns), alias);

/**
 * The rows of a list that a viewer may see: the same rows for which `isAllowed` answers true, decided by the database.
 * Put it into the `where` of a find under `$and`.
 */
export function whereAllowed(context: Context, point: string, columns: RecordColumns): Record<string, unknown> {
  if (context.viewer.kind === 'service') return {};
  const rows = visibleRows(context, point, columns);
  const fragment = raw((alias: string) => toSql(rows, alias).sql, toSql(rows, 'row').params as never);
  return { [fragment as unknown as string]: [] };
}
