import type { Release } from '../../policies/pack.ts';
import type { Registry } from '../../policies/registry.ts';
import type { Withdrawal } from '../../policies/withdrawal.ts';
import { lawOf } from '../law.ts';
import { builder, types } from './builder.ts';
import { TermRef } from './term.ts';

/** One published version of a pack, the latest that is not withdrawn if none is named; null when there is none. */
export function published(registry: Registry, pack: string, version?: string | null): Release | null {
  return (version ? registry.named(pack, version) : registry.newest(pack)) ?? null;
}

const WithdrawalRef = builder.objectRef<Withdrawal>('PackWithdrawal').implement({
  description: 'That a published version was taken back. Decisions made under it stand and can be replayed.',
  fields: (t) => ({
    on: t.expose('on', { type: 'Date', description: 'The day on which it was taken back.' }),
    reason: t.expose('reason', { type: types.Bilingual }),
  }),
});

const PackState = builder.enumType('PackState', {
  description: 'Where a published version of a pack stands. Drafts are not in the graph: `packCheck` reads them.',
  values: {
    PUBLISHED: { description: 'The latest: it is law where and while it governs.' },
    SUPERSEDED: { description: 'A later version has taken its place.' },
    WITHDRAWN: { description: 'Taken back, as `withdrawal` says.' },
  } as const,
});

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
    state: t.field({
      type: PackState,
      resolve: ({ pack, digest }, _args, { registry }) => {
        if (registry.withdrawal(pack.id, pack.version)) return 'WITHDRAWN';
        return published(registry, pack.id)?.digest === digest ? 'PUBLISHED' : 'SUPERSEDED';
      },
    }),
    withdrawal: t.field({
      type: WithdrawalRef,
      nullable: true,
      description: 'Null for what is not withdrawn.',
      resolve: ({ pack }, _args, { registry }) => registry.withdrawal(pack.id, pack.version) ?? null,
    }),
    latest: t.boolean({
      description: 'Whether it is the one that is law: no later version is published that was not withdrawn.',
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
    description: 'The latest version of every pack that is published and not withdrawn, by id.',
    resolve: (_root, _args, { registry }) => [...registry.latest()],
  }),
  pack: t.field({
    type: PackRef,
    nullable: true,
    args: {
      id: t.arg.id({ required: true }),
      version: t.arg.string({ description: 'The latest that is not withdrawn if absent.' }),
    },
    resolve: (_root, { id, version }, { registry }) => published(registry, id, version),
  }),
  packVersions: t.field({
    type: [PackRef],
    description:
      'Every published version of a pack, withdrawn ones too, the latest first. Empty when there is no such pack.',
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
