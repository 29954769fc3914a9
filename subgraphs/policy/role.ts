import type { Release, Role } from '../../policies/pack.ts';
import { builder, types } from './builder.ts';
import { DecisionPointRef } from './decision-point.ts';
import { pointOf } from './fact.ts';
import { PackRef } from './pack.ts';
import { SourceRef, sourceOf } from './source.ts';

interface InPack {
  readonly release: Release;
  readonly role: Role;
}

const PackRole = builder.objectRef<InPack>('PackRole').implement({
  description: 'Who acts under a pack, and what they may do.',
  fields: (t) => ({
    role: t.string({ resolve: ({ role }) => role.role, description: 'The code that accounts and overrides name.' }),
    title: t.field({ type: types.Bilingual, resolve: ({ role }) => role.title }),
    level: t.string({ resolve: ({ role }) => role.level }),
    may: t.field({
      type: [DecisionPointRef],
      description: 'The mutations open to it, as far as the rules allow each.',
      resolve: ({ role }) => role.may.flatMap((id) => pointOf(id) ?? []),
    }),
    citation: t.field({ type: types.Citation, nullable: true, resolve: ({ role }) => role.citation ?? null }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      resolve: ({ release, role }) => (role.citation ? sourceOf(release, role.citation) : null),
    }),
  }),
});

builder.objectFields(PackRef, (t) => ({
  roles: t.field({ type: [PackRole], resolve: (release) => release.roles.map((role) => ({ release, role })) }),
}));
