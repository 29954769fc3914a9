import { requireService } from '../tally-field.ts';
import { builder } from './builder.ts';

/** A region that is no more, and those of its level that stand for it. */
interface Former {
  readonly id: string;
  readonly now: readonly string[];
  readonly inside: boolean;
}

const SQL = `select f."id", array_remove(array_agg(distinct n."id"), null) as "now", ? = any(f."path") as "inside"
  from {schema}."region" f left join lateral (
    with recursive next("id") as (
      select unnest(f."successors") union
      select unnest(g."successors") from {schema}."region" g join next on g."id" = next."id" where g."valid_to" <= ?::date
    ) select g."id", g."path" from next join {schema}."region" g on g."id" = next."id"
    where g."level" = f."level" and (g."valid_to" is null or g."valid_to" > ?::date)
  ) n on true
  where f."valid_to" <= ?::date
  group by f."id" having ? = any(f."path") or bool_or(? = any(n."path"))
  order by f."id"`;

const FormerRef = builder.objectRef<Former>('FormerRegion').implement({
  description: 'A region that is no more.',
  fields: (t) => ({
    id: t.exposeID('id'),
    now: t.exposeStringList('now', {
      description: 'The regions of its level that it became, as they stand; of several nobody can say which is meant.',
    }),
    inside: t.exposeBoolean('inside', { description: 'It lay itself in the region that is asked about.' }),
  }),
});

builder.queryField('formerRegions', (t) =>
  t.field({
    type: [FormerRef],
    authenticated: true,
    description:
      'The regions that were no more on a day and lay in a region, or became something in it. For services of the platform only.',
    args: { within: t.arg.id({ required: true }), on: t.arg({ type: 'Date', required: true }) },
    resolve(_root, { within, on }, context) {
      requireService(context);
      const sql = SQL.replaceAll('{schema}', `"${context.em.config.get('schema')}"`);
      return context.em.execute<Former[]>(sql, [within, on, on, on, within, within]);
    },
  }),
);
