import { type QueryBuilder, type QueryOrderMap, raw } from '@mikro-orm/postgresql';
import { type Page, type PageArgs, page, pageOf, pageSize } from './connection.ts';
import type { Context } from './context.ts';
import { loaderOf } from './loader.ts';
import type { Placed } from './place.ts';

/** The list that each of many parents has, such as the ledger of a task. */
export interface Nested<Entity> {
  /** What a row holds of its parent: its id in this property, or in one of these. */
  readonly by: (keyof Entity & string) | readonly (keyof Entity & string)[];
  readonly parent: string;
  /** Which rows at all. It is read once for all parents, so it must follow from `args` and from who asks alone. */
  readonly where?: object;
  /** Must end in a unique column. */
  readonly orderBy: QueryOrderMap<Entity> | QueryOrderMap<Entity>[];
  readonly args: PageArgs;
}

interface Property {
  readonly fieldNames: readonly string[];
  readonly columnTypes: readonly string[];
}

/** The parents, each joined to its rows as `one`. */
function joined<Entity extends { id: string }>(
  { em }: Context,
  entity: new () => Entity,
  { by, where = {} }: Nested<Entity>,
  more: (rows: QueryBuilder<Entity>) => unknown,
) {
  const properties = em.getMetadata(entity).properties as unknown as Record<string, Property>;
  const held = [by].flat().map((name) => properties[name] as Property);
  const isOf = (alias: string) =>
    held.map(({ fieldNames }) => `${alias}."${fieldNames[0]}" = parent."id"`).join(' or ');
  const own = { [raw((alias: string) => `(${isOf(alias)})`) as unknown as string]: [] };
  const rows = em
    .createQueryBuilder(entity, 'row')
    .select('id' as never)
    .where({ $and: [own, where] } as never);
  more(rows as never);
  const type = held[0]?.columnTypes[0] === 'uuid' ? 'uuid' : 'text';
  return {
    sql: `from unnest(array[?]::${type}[]) as parent("id") cross join lateral (${rows.getQuery()}) as one`,
    params: rows.getParams(),
  };
}

/** The first rows of each parent, in their order: two statements, however many parents there are. */
async function firstOf<Entity extends { id: string }>(
  context: Context,
  entity: new () => Entity,
  nested: Nested<Entity>,
  parents: readonly string[],
  limit: number,
): Promise<[string, Entity[]][]> {
  const { em } = context;
  const { orderBy } = nested;
  const { sql, params } = joined(context, entity, nested, (rows) => rows.orderBy(orderBy as never).limit(limit));
  const found: { parent: string; id: string }[] = await em.execute(
    `select parent."id"::text as "parent", one."id"::text as "id" ${sql}`,
    [[...parents], ...params] as never,
  );
  if (found.length === 0) return [];
  const ids = [...new Set(found.map(({ id }) => id))];
  const entities = (await em.find(entity, { id: { $in: ids } } as never, { orderBy: orderBy as never })) as Entity[];
  return [...Map.groupBy(found, ({ parent }) => parent)].map(([parent, rows]) => {
    const own = new Set(rows.map(({ id }) => id));
    return [parent, entities.filter(({ id }) => own.has(id))];
  });
}

async function countOf<Entity extends { id: string }>(
  context: Context,
  entity: new () => Entity,
  nested: Nested<Entity>,
  parents: readonly string[],
): Promise<[string, number][]> {
  const { sql, params } = joined(context, entity, nested, () => undefined);
  const found: { parent: string; rows: string }[] = await context.em.execute(
    `select parent."id"::text as "parent", count(*) as "rows" ${sql} group by 1`,
    [[...parents], ...params] as never,
  );
  return found.map(({ parent, rows }) => [parent, Number(rows)]);
}

/**
 * The page of one parent in a list of parents. The first pages of all of them are read together, so that a list of fifty
 * costs as many statements as one of five; only who goes on from a cursor asks for that one parent. `name` is the field.
 *
 * @throws GraphQLError PAGE_SIZE_INVALID, CURSOR_INVALID
 */
export async function nestedPage<Entity extends { id: string }>(
  context: Context,
  name: string,
  entity: new () => Entity,
  nested: Nested<Entity>,
): Promise<Page<Entity>> {
  const { by, parent, where = {}, orderBy, args } = nested;
  if (args.after || args.before || typeof args.last === 'number') {
    const own = { $or: [by].flat().map((property) => ({ [property]: parent })) };
    return page(context.em, entity, { where: { $and: [own, where] }, orderBy, args });
  }
  const size = pageSize(args.first);
  const key = `nested:${name}:${JSON.stringify(args)}`;
  const rows = loaderOf<string, Entity[]>(context, key, (parents) =>
    firstOf(context, entity, nested, parents, size + 1),
  );
  const counts = loaderOf<string, number>(context, `${key}:count`, (parents) =>
    countOf(context, entity, nested, parents),
  );
  return pageOf(context.em, entity, {
    rows: (await rows.load(parent)) ?? [],
    size,
    orderBy,
    totalCount: async () => (await counts.load(parent)) ?? 0,
  });
}

/** All rows of a list that is never long, read for all parents that a request asks about: one statement. `name` is the field. */
export async function childrenOf<Entity extends { id: string }>(
  context: Context,
  name: string,
  entity: new () => Entity,
  { by, parent, orderBy, where = {} }: Omit<Nested<Entity>, 'args' | 'by'> & { readonly by: keyof Entity & string },
): Promise<Entity[]> {
  const loader = loaderOf<string, Entity[]>(context, `children:${name}`, async (parents) => {
    const own = { [by]: { $in: [...parents] } };
    const rows = (await context.em.find(entity, { $and: [own, where] } as never, {
      orderBy: orderBy as never,
    })) as Entity[];
    return Map.groupBy(rows, (row) => row[by] as string);
  });
  return (await loader.load(parent)) ?? [];
}

type PlacedRow = { readonly id: string } & Placed;

/** `nestedPage` for the rows in each of many regions and below it. */
export function nestedWithin<Entity extends PlacedRow>(
  context: Context,
  name: string,
  entity: new () => Entity,
  nested: Omit<Nested<Entity>, 'by'>,
): Promise<Page<Entity>> {
  const { parent, where = {}, orderBy, args } = nested;
  // All rows lie in the country, and none of them says so.
  if (parent === 'cn') return page(context.em, entity, { where, orderBy, args });
  const by = ['regionId', 'countyId', 'prefectureId', 'provinceId'] as (keyof Entity & string)[];
  return nestedPage(context, name, entity, { ...nested, by });
}
