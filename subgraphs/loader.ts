import DataLoader from 'dataloader';
import { validate as isUuid } from 'uuid';
import type { Context } from './context.ts';

/**
 * The request's loader called `name`, made on first use: one query for all keys asked in a tick. `batch` may answer in
 * any order and leave keys out; a key without an answer loads as null.
 */
export function loaderOf<Key, Value>(
  context: Context,
  name: string,
  batch: (keys: readonly Key[]) => Promise<Iterable<readonly [Key, Value]>>,
): DataLoader<Key, Value | null> {
  const known = context.loaders.get(name);
  if (known) return known as DataLoader<Key, Value | null>;
  const loader = new DataLoader<Key, Value | null>(async (keys) => {
    const found = new Map(await batch(keys));
    return keys.map((key) => found.get(key) ?? null);
  });
  context.loaders.set(name, loader as DataLoader<unknown, unknown>);
  return loader;
}

/** Loads one entity by id, batched with the others of the same class that this request asks for. */
export function loadById<Entity extends { id: string }>(
  context: Context,
  entity: new () => Entity,
  id: string,
): Promise<Entity | null> {
  // The database refuses a whole batch for one id that is no UUID; such an id leads nowhere and nothing else.
  if (context.em.getMetadata(entity).properties.id?.columnTypes[0] === 'uuid' && !isUuid(id))
    return Promise.resolve(null);
  return loaderOf<string, Entity>(context, entity.name, async (ids) => {
    const rows = (await context.em.find(entity, { id: { $in: [...ids] } } as never)) as Entity[];
    return rows.map((row) => [row.id, row] as const);
  }).load(id);
}
