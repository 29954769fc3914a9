import type { QueryOrderMap, SqlEntityManager } from '@mikro-orm/postgresql';
import { GraphQLError } from 'graphql';

export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** The largest page. */
export const MAX_PAGE = 200;
const DEFAULT_PAGE = 20;

/** @throws GraphQLError PAGE_SIZE_INVALID */
export function pageSize(asked: number | null | undefined): number | undefined {
  if (asked === null || asked === undefined) return undefined;
  if (asked >= 0 && asked <= MAX_PAGE) return asked;
  throw new GraphQLError(`A page has 0 to ${MAX_PAGE} items; ${asked} were asked for.`, {
    extensions: { code: 'PAGE_SIZE_INVALID', messageZh: `每页 0 至 ${MAX_PAGE} 条，不能请求 ${asked} 条。` },
  });
}

/**
 * A page of rows by keyset, so that deep pages cost what the first one does and rows that come in between are neither
 * lost nor shown twice. `orderBy` must end in a unique column. `totalCount` is counted only when it is asked for.
 *
 * @throws GraphQLError PAGE_SIZE_INVALID, CURSOR_INVALID
 */
export async function page<Entity extends object>(
  em: SqlEntityManager,
  entity: new () => Entity,
  query: { where: unknown; orderBy: QueryOrderMap<Entity> | QueryOrderMap<Entity>[]; args: PageArgs },
) {
  const first = pageSize(query.args.first);
  const last = pageSize(query.args.last);
  const backwards = first === undefined && last !== undefined;
  let cursor: Awaited<ReturnType<typeof em.findByCursor<Entity>>>;
  try {
    cursor = await em.findByCursor(entity, {
      where: query.where as never,
      orderBy: query.orderBy as never,
      includeCount: false,
      ...(backwards
        ? { last, before: query.args.before ?? undefined }
        : { first: first ?? DEFAULT_PAGE, after: query.args.after ?? undefined }),
    } as never);
  } catch (error) {
    if (/cursor/i.test(String((error as Error).message))) {
      throw new GraphQLError('The cursor is not one of this list.', {
        extensions: { code: 'CURSOR_INVALID', messageZh: '分页游标无效。' },
      });
    }
    throw error;
  }
  const items = [...cursor] as Entity[];
  return {
    edges: items.map((node) => ({ node, cursor: cursor.from(node as never) })),
    pageInfo: {
      hasNextPage: cursor.hasNextPage,
      hasPreviousPage: cursor.hasPrevPage,
      startCursor: cursor.startCursor,
      endCursor: cursor.endCursor,
    },
    totalCount: () => em.count(entity, query.where as never),
  };
}
