import { loadCatalogue } from '../../policies/load.ts';
import type { FactEntry, Point } from '../../policies/pack.ts';
import { builder, types } from './builder.ts';

/** A fact of the catalogue with its id. */
export type CatalogueFact = FactEntry & { readonly id: string };
/** A decision point of the catalogue with its id. */
export type CataloguePoint = Point & { readonly id: string };

/** The fact with an id, or null. */
export function factOf(id: string): CatalogueFact | null {
  const { facts } = loadCatalogue();
  const entry = Object.hasOwn(facts, id) ? facts[id] : undefined;
  return entry ? { id, ...entry } : null;
}

/** The decision point with an id, or null. */
export function pointOf(id: string): CataloguePoint | null {
  const { points } = loadCatalogue();
  const entry = Object.hasOwn(points, id) ? points[id] : undefined;
  return entry ? { id, ...entry } : null;
}

/** Every decision point, by id. */
export const allPoints = (): CataloguePoint[] =>
  Object.entries(loadCatalogue().points).map(([id, entry]) => ({ id, ...entry }));

export const FactRef = builder.objectRef<CatalogueFact>('Fact').implement({
  description: 'A word that rules may use: something that can be known about a case.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'noun.name.' }),
    type: t.exposeString('type', { description: 'boolean, integer, decimal, fen, date, code, text or codes.' }),
    unit: t.string({
      nullable: true,
      description: 'What is counted; money is in fen.',
      resolve: ({ type, unit }) => unit ?? (type === 'fen' ? 'fen' : null),
    }),
    owner: t.exposeString('owner', {
      description: 'The subgraph that knows it; `request` for who asks and what was typed in.',
    }),
    path: t.exposeString('path', { description: 'Where it stands in the graph.' }),
    title: t.field({ type: types.Bilingual, resolve: ({ title }) => title }),
    description: t.field({
      type: types.Bilingual,
      nullable: true,
      resolve: ({ description }) => description ?? null,
    }),
    values: t.stringList({
      nullable: true,
      description: 'The codes it can take, where they are the same everywhere.',
      resolve: ({ values }) => (values ? [...values] : null),
    }),
  }),
});

const FactFilter = builder.inputType('FactFilter', {
  fields: (t) => ({
    ids: t.idList(),
    owner: t.string(),
    type: t.string(),
    point: t.id({ description: 'Only those that rules at this decision point may ask.' }),
  }),
});

builder.queryFields((t) => ({
  facts: t.field({
    type: [FactRef],
    description: 'The only words that rules may use, by id.',
    args: { filter: t.arg({ type: FactFilter }) },
    resolve(_root, { filter }) {
      const { ids, owner, type, point } = filter ?? {};
      const offered = point ? (pointOf(point)?.facts ?? []) : null;
      return Object.keys(loadCatalogue().facts)
        .sort()
        .filter((id) => (!ids || ids.includes(id)) && (!offered || offered.includes(id)))
        .flatMap((id) => factOf(id) ?? [])
        .filter((fact) => (!owner || fact.owner === owner) && (!type || fact.type === type));
    },
  }),
}));
