import type { Chain, ChainStep, Release } from '../../policies/pack.ts';
import { builder, types } from './builder.ts';
import { PackRef } from './pack.ts';
import { SourceRef, sourceOf } from './source.ts';
import { TermRef, termOf } from './term.ts';

interface InPack<Thing> {
  readonly release: Release;
  readonly it: Thing;
}

const PackChainStep = builder.objectRef<InPack<ChainStep>>('PackChainStep').implement({
  description: 'One step of a procedure.',
  fields: (t) => ({
    key: t.string({ resolve: ({ it }) => it.key }),
    no: t.int({
      description: 'Its place; steps with one number may be taken in any order.',
      resolve: ({ it }) => it.no,
    }),
    title: t.field({ type: types.Bilingual, resolve: ({ it }) => it.title }),
    bodies: t.field({
      type: [TermRef],
      description: 'The roles that take it.',
      resolve({ release, it }) {
        const titles = Object.fromEntries(release.roles.map(({ role, title }) => [role, title]));
        return it.bodies.map((body) => termOf(body, { ...release.pack.vocabulary, ...titles }));
      },
    }),
    level: t.string({ resolve: ({ it }) => it.level }),
    documents: t.field({
      type: [types.Bilingual],
      description: 'What it takes or makes on paper.',
      resolve: ({ release, it }) =>
        it.documents.map((document) =>
          typeof document === 'string'
            ? (termOf(document, release.pack.vocabulary).title ?? { zh: document, en: document })
            : document,
        ),
    }),
    opinions: t.field({
      type: [TermRef],
      description: 'Whose opinion it asks for.',
      resolve: ({ release, it }) => (it.opinions ?? []).map((code) => termOf(code, release.pack.vocabulary)),
    }),
    citation: t.field({ type: types.Citation, resolve: ({ it }) => it.citation }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      resolve: ({ release, it }) => sourceOf(release, it.citation),
    }),
  }),
});

const PackChain = builder.objectRef<InPack<Chain>>('PackChain').implement({
  description: 'A procedure of the law: steps in their order, and who takes each.',
  fields: (t) => ({
    id: t.id({ resolve: ({ it }) => it.id }),
    title: t.field({ type: types.Bilingual, resolve: ({ it }) => it.title }),
    concept: t.string({
      nullable: true,
      description: 'The key under which regions are compared.',
      resolve: ({ it }) => it.concept ?? null,
    }),
    openList: t.boolean({
      description: 'Whether the text leaves room for further steps.',
      resolve: ({ it }) => it.openList,
    }),
    steps: t.field({
      type: [PackChainStep],
      resolve: ({ release, it }) => it.steps.map((step) => ({ release, it: step })),
    }),
  }),
});

builder.objectFields(PackRef, (t) => ({
  chains: t.field({ type: [PackChain], resolve: (release) => release.chains.map((it) => ({ release, it })) }),
}));
