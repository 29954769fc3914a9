import { Cursor, type QueryOrderMap, type SqlEntityManager } from '@mikro-orm/postgresql';
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

/** How many items a page of this size has; the usual number when none is asked for. @throws GraphQLError PAGE_SIZE_INVALID */
export function pageSize(asked: number | null | undefined): number {
  if (asked === null || asked === undefined) return DEFAULT_PAGE;
  if (asked >= 0 && asked <= MAX_PAGE) return asked;
  throw new GraphQLError(`A page has 0 to ${MAX_PAGE} items; ${asked} were asked for.`, {
    extensions: { code: 'PAGE_SIZE_INVALID', messageZh: `每页 0 至 ${MAX_PAGE} 条，不能请求 ${asked} 条。` },
  });
}

/** A page as a connection field answers it. */
export interface Page<Entity> {
  readonly edges: { node: Entity; cursor: string }[];
  readonly pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount(): Promise<number>;
}

/** The first page of a list, made of its first rows: one more than fit on it, where there are more. */
export function pageOf<Entity extends object>(
  em: SqlEntityManager,
  entity: new () => Entity,
  first: {
    readonly rows: readonly Entity[];
    readonly size: number;
    readonly orderBy: QueryOrderMap<Entity> | QueryOrderMap<Entity>[];
    totalCount(): Promise<number>;
  },
): Page<Entity> {
  const { rows, size, orderBy, totalCount } = first;
  const meta = em.getMetadata(entity);
  const edges = rows
    .slice(0, size)
    .map((node) => ({ node, cursor: Cursor.for(meta, node as never, orderBy as never) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
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
): Promise<Page<Entity>> {
  const first = pageSize(query.args.first);
  const last = pageSize(query.args.last);
  const backwards = typeof query.args.first !== 'number' && typeof query.args.last === 'number';
  let cursor: Awaited<ReturnType<typeof em.findByCursor<Entity>>>;
  try {
    cursor = await em.findByCursor(entity, {
      where: query.where as never,
      orderBy: query.orderBy as never,
      includeCount: false,
      ...(backwards
        ? { last, before: query.args.before ?? undefined }
        : { first, after: query.args.after ?? undefined }),
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
