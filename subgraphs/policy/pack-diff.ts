import type { Release } from '../../policies/pack.ts';
import { builder } from './builder.ts';
import { DifferenceRef } from './decision-replay.ts';
import { changedFields, type Difference } from './difference.ts';
import { PackRef, published } from './pack.ts';

interface PackChange {
  readonly kind: string;
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly fields: readonly Difference[];
}

type Parts = readonly { readonly id: string }[];

/** What a release is made of, by kind. The version itself is left out: it always differs. */
function partsOf(release: Release): Readonly<Record<string, Parts>> {
  const { version, ...header } = release.pack;
  return {
    pack: [header],
    source: release.sources,
    rule: release.rules,
    parameter: release.parameters,
    role: release.roles.map((role) => ({ id: role.role, ...role })),
    chain: release.chains,
    indicator: release.indicators,
    obligation: release.obligations,
    fact: Object.entries(release.facts).map(([id, fact]) => ({ id, ...fact })),
  };
}

/** What changed from one release to another, part by part. */
function changesOf(from: Release, to: Release): PackChange[] {
  const [before, after] = [partsOf(from), partsOf(to)];
  return Object.keys(before).flatMap((kind) => {
    const old = new Map((before[kind] ?? []).map((part) => [part.id, part]));
    const now = new Map((after[kind] ?? []).map((part) => [part.id, part]));
    return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((id): PackChange[] => {
      const [was, is] = [old.get(id), now.get(id)];
      const fields = changedFields(was ?? {}, is ?? {});
      if (fields.length === 0) return [];
      return [{ kind, id, change: !was ? 'added' : !is ? 'removed' : 'changed', fields }];
    });
  });
}

const ChangeKind = builder.enumType('PackChangeKind', {
  values: { ADDED: { value: 'added' }, REMOVED: { value: 'removed' }, CHANGED: { value: 'changed' } } as const,
});

const PackChangeRef = builder.objectRef<PackChange>('PackChange').implement({
  description: 'A part of a pack that is not the same in two versions.',
  fields: (t) => ({
    kind: t.exposeString('kind', {
      description: 'pack, source, rule, parameter, role, chain, indicator, obligation or fact.',
    }),
    id: t.exposeID('id'),
    change: t.field({ type: ChangeKind, resolve: ({ change }) => change }),
    fields: t.field({
      type: [DifferenceRef],
      description: 'The fields that differ, with both values; all of them for what was added or removed.',
      resolve: ({ fields }) => [...fields],
    }),
  }),
});

const PackDiff = builder.objectRef<{ from: Release; to: Release }>('PackDiff').implement({
  description: 'What differs between two published versions of a pack.',
  fields: (t) => ({
    from: t.field({ type: PackRef, resolve: ({ from }) => from }),
    to: t.field({ type: PackRef, resolve: ({ to }) => to }),
    changes: t.field({
      type: [PackChangeRef],
      args: { kinds: t.arg.stringList({ description: 'Only parts of these kinds.' }) },
      resolve: ({ from, to }, { kinds }) => changesOf(from, to).filter(({ kind }) => !kinds || kinds.includes(kind)),
    }),
  }),
});

builder.queryField('packDiff', (t) =>
  t.field({
    type: PackDiff,
    nullable: true,
    description: 'Null unless both versions are published.',
    args: {
      pack: t.arg.id({ required: true }),
      from: t.arg.string({ required: true }),
      to: t.arg.string({ required: true }),
    },
    resolve(_root, args, { registry }) {
      const [from, to] = [published(registry, args.pack, args.from), published(registry, args.pack, args.to)];
      return from && to ? { from, to } : null;
    },
  }),
);
