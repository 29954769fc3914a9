import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { DatedStatus, StatusPage } from '../status-directory.ts';
import { builder } from './builder.ts';
import { Region, RegionStatus } from './tables/region.ts';

/** A text that differs whenever any status of these kinds does, made where the rows are. */
const REVISION = `
  select count(*) || ':' || coalesce(md5(string_agg(
    concat_ws('|', id, region_id, kind, value, coalesce("from"::text, '-'), coalesce("to"::text, '-')), E'\\n' order by id)), '') as revision
  from personnel.region_status where kind = any(string_to_array(?, E'\\n'))`;

/** The statuses of some kinds with their regions' ancestors; without rows when they are what the asker knows already. */
export async function readStatuses(
  em: SqlEntityManager,
  kinds: readonly string[],
  known: string | null,
): Promise<StatusPage> {
  const [row] = await em.getConnection().execute<{ revision: string }[]>(REVISION, [kinds.join('\n')]);
  const revision = row?.revision ?? '';
  if (revision === known) return { revision, rows: null };
  const statuses = await em.find(RegionStatus, { kind: { $in: [...kinds] } }, { orderBy: { id: 'asc' } });
  const ids = [...new Set(statuses.map(({ regionId }) => regionId))];
  const regions = await em.find(Region, { id: { $in: ids } }, { fields: ['path'] });
  const paths = new Map(regions.map(({ id, path }) => [id, path]));
  const rows = statuses.map(
    ({ regionId, kind, value, from, to }): DatedStatus => ({
      path: paths.get(regionId) ?? [regionId],
      kind,
      value,
      from: from ?? null,
      to: to ?? null,
    }),
  );
  return { revision, rows };
}

const DatedStatusRef = builder.objectRef<DatedStatus>('DatedRegionStatus').implement({
  fields: (t) => ({
    path: t.exposeStringList('path', { description: 'Ids of the region and its ancestors, its own first.' }),
    kind: t.exposeString('kind'),
    value: t.exposeBoolean('value'),
    from: t.expose('from', { type: 'Date', nullable: true }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
  }),
});

const StatusPageRef = builder.objectRef<StatusPage>('RegionStatusDirectory').implement({
  description: 'The statuses of some kinds in the whole country, for those who must know where a pack governs.',
  fields: (t) => ({
    revision: t.exposeString('revision', { description: 'Another one whenever any of these statuses is another.' }),
    rows: t.field({
      type: [DatedStatusRef],
      nullable: true,
      description: 'Null when the revision is the one given as known.',
      resolve: ({ rows }) => rows && [...rows],
    }),
  }),
});

builder.queryField('regionStatusDirectory', (t) =>
  t.field({
    type: StatusPageRef,
    args: { kinds: t.arg.stringList({ required: true }), known: t.arg.string() },
    resolve: (_root, { kinds, known }, { em }) => readStatuses(em, kinds, known ?? null),
  }),
);
