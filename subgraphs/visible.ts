import { raw } from '@mikro-orm/postgresql';
import { validate } from 'uuid';
import { compile } from '../policies/compile.ts';
import { decides } from '../policies/evaluate.ts';
import type { Facts } from '../policies/facts.ts';
import { type Columns, toFilter } from '../policies/filter.ts';
import type { Release } from '../policies/pack.ts';
import type { Sql } from '../policies/sql.ts';
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

/**
 * Whether a viewer may see one record, or a masked field of it, under the packs that govern it today. What is not known
 * is not allowed. A service of ours sees what it needs for decisions.
 */
export function isAllowed(context: Context, point: string, regions: readonly string[], record: Facts): boolean {
  if (context.viewer.kind === 'service') return true;
  const packs = lawOf(context.registry, regions, context.today).map((release) => compile(release));
  const facts = { ...viewerFacts(context.viewer), ...record };
  return decides({ packs, point, asOf: context.today, facts }) === 'allow';
}

/** How a list's table answers the facts of its visibility rules. A fact it cannot answer is not known of any row. */
export type RecordColumns = Columns;

const REGION_FACTS = ['record.county', 'record.prefecture', 'record.province'];

/** The rows that a pack does not govern: to them its rules do not speak. Null for a pack that governs everywhere. */
function outside(pack: Release, columns: RecordColumns, alias: string): Sql | null {
  const { governs } = pack.pack;
  if ('everywhere' in governs) return null;
  if (!('regions' in governs)) throw new Error(`row filters know packs by region, not ${JSON.stringify(governs)}`);
  const parts = REGION_FACTS.flatMap((fact) => {
    const mapping = columns[fact];
    return mapping && 'column' in mapping
      ? [`coalesce(${alias}."${mapping.column}" in (${governs.regions.map(() => '?').join(', ')}), false)`]
      : [];
  });
  return { sql: `not (${parts.join(' or ')})`, params: parts.flatMap(() => governs.regions) };
}

/** The condition that a row is visible, as SQL on a table called `alias`. */
export function allowedSql(context: Context, point: string, columns: RecordColumns, alias: string): Sql {
  const parts = lawInForce(context.registry, context.today).map((release) => {
    const unanswerable = Object.keys(release.facts).filter((fact) => !columns[fact]);
    const known = {
      ...Object.fromEntries(unanswerable.map((fact) => [fact, undefined])),
      ...viewerFacts(context.viewer),
    };
    const packs = [compile(release)];
    const { sql, params } = toFilter({ packs, point, asOf: context.today, known, columns, alias });
    const elsewhere = outside(release, columns, alias);
    return elsewhere
      ? { sql: `(${elsewhere.sql} or (${sql}))`, params: [...elsewhere.params, ...params] }
      : { sql: `(${sql})`, params };
  });
  return { sql: parts.map(({ sql }) => sql).join(' and ') || 'true', params: parts.flatMap(({ params }) => params) };
}

/**
 * The rows of a list that a viewer may see: the same rows for which `isAllowed` answers true, decided by the database.
 * Put it into the `where` of a find under `$and`.
 */
export function whereAllowed(context: Context, point: string, columns: RecordColumns): Record<string, unknown> {
  if (context.viewer.kind === 'service') return {};
  const { params } = allowedSql(context, point, columns, 'row');
  const fragment = raw((alias: string) => allowedSql(context, point, columns, alias).sql, params as never);
  return { [fragment as unknown as string]: [] };
}
