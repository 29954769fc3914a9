import type { Release } from '../../policies/pack.ts';
import type { Registry } from '../../policies/registry.ts';
import { lawOf } from '../law.ts';
import { builder, types } from './builder.ts';
import { TermRef } from './term.ts';

/** One published version of a pack, the latest if none is named; null when there is none. */
export function published(registry: Registry, pack: string, version?: string | null): Release | null {
  return (version ? registry.named(pack, version) : registry.versions(pack)[0]) ?? null;
}

const Governs = builder.objectRef<Release['pack']['governs']>('PackGoverns').implement({
  description: 'For whom a pack is law: exactly one of the three.',
  fields: (t) => ({
    regions: t.idList({
      description: 'These regions and all that lie in them. Empty where another field says it.',
      resolve: (governs) => ('regions' in governs ? [...governs.regions] : []),
    }),
    status: t.string({
      nullable: true,
      description: 'Regions that have this status on the date.',
      resolve: (governs) => ('status' in governs ? governs.status : null),
    }),
    everywhere: t.boolean({ resolve: (governs) => 'everywhere' in governs }),
  }),
});

const Effective = builder.objectRef<Release['pack']['effective']>('PackEffective').implement({
  description: 'When a pack is law. Both days are included.',
  fields: (t) => ({
    from: t.expose('from', { type: 'Date' }),
    to: t.field({
      type: 'Date',
      nullable: true,
      resolve: ({ to }) => to ?? null,
      description: 'Null: still in force.',
    }),
    basis: t.exposeString('basis', {
      description: 'stated: the document says so; inferred: it follows from the document; unknown: assumed.',
    }),
    note: t.field({ type: types.Bilingual, nullable: true, resolve: ({ note }) => note ?? null }),
  }),
});

export const PackRef = builder.objectRef<Release>('Pack');
PackRef.implement({
  description: "One published version of a place's law as data. It is never edited: a change is a new version.",
  fields: (t) => ({
    id: t.id({ resolve: ({ pack }) => pack.id }),
    version: t.string({ description: 'major.minor.patch.', resolve: ({ pack }) => pack.version }),
    digest: t.exposeString('digest', { description: 'SHA-256 of the canonical form of `release` without its digest.' }),
    latest: t.boolean({
      description: 'Whether no later version is published.',
      resolve: ({ pack, digest }, _args, { registry }) => published(registry, pack.id)?.digest === digest,
    }),
    title: t.field({ type: types.Bilingual, resolve: ({ pack }) => pack.title }),
    governs: t.field({ type: Governs, resolve: ({ pack }) => pack.governs }),
    effective: t.field({ type: Effective, resolve: ({ pack }) => pack.effective }),
    stewards: t.stringList({ description: 'Who keeps it.', resolve: ({ pack }) => [...pack.stewards] }),
    vocabulary: t.field({
      type: [TermRef],
      description: 'What its codes are called here.',
      args: { codes: t.arg.stringList({ description: 'Only these codes.' }) },
      resolve: ({ pack }, { codes }) =>
        Object.entries(pack.vocabulary)
          .filter(([code]) => !codes || codes.includes(code))
          .map(([code, title]) => ({ code, title })),
    }),
    release: t.field({
      type: 'JSON',
      description: 'The whole version as published, to keep and to check against the digest.',
      resolve: (release) => release,
    }),
  }),
});

builder.queryFields((t) => ({
  packs: t.field({
    type: [PackRef],
    description: 'The latest published version of every pack, by id.',
    resolve: (_root, _args, { registry }) => [...registry.latest()],
  }),
  pack: t.field({
    type: PackRef,
    nullable: true,
    args: {
      id: t.arg.id({ required: true }),
      version: t.arg.string({ description: 'The latest if absent.' }),
    },
    resolve: (_root, { id, version }, { registry }) => published(registry, id, version),
  }),
  packVersions: t.field({
    type: [PackRef],
    description: 'Every published version of a pack, the latest first. Empty when there is no such pack.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, { registry }) => [...registry.versions(id)],
  }),
  packsGoverning: t.field({
    type: [PackRef],
    nullable: true,
    description: 'The packs that are law in a region on a day. Null when there is no such region.',
    args: {
      region: t.arg.id({ required: true }),
      asOf: t.arg({ type: 'Date', description: 'Today if absent.' }),
    },
    async resolve(_root, { region, asOf }, context) {
      const path = await context.regionPath(region);
      return path.length > 0 ? lawOf(context.registry, path, asOf ?? context.today) : null;
    },
  }),
}));
