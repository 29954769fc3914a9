import type { Citation, Release, Source } from '../../policies/pack.ts';
import { builder, types } from './builder.ts';
import { PackRef } from './pack.ts';

export const SourceRef = builder.objectRef<Source>('PackSource').implement({
  description: 'A document that a pack turns into data.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'What citations name as `document`.' }),
    title: t.field({ type: types.Bilingual, resolve: (source) => source.title }),
    number: t.string({
      nullable: true,
      description: 'The number its issuer gave it.',
      resolve: (source) => source.number ?? null,
    }),
    issuedOn: t.field({ type: 'Date', nullable: true, resolve: ({ issued }) => issued.date ?? null }),
    issuedBasis: t.string({
      description: 'How the day is known: stated, inferred or unknown.',
      resolve: ({ issued }) => issued.basis,
    }),
    digest: t.exposeString('digest', { description: 'SHA-256 of the text that was read.' }),
  }),
});

/** The document that a citation names; a release never cites one that it does not have. */
export function sourceOf(release: Release, citation: Citation): Source | null {
  return release.sources.find(({ id }) => id === citation.document) ?? null;
}

builder.objectFields(PackRef, (t) => ({
  sources: t.field({ type: [SourceRef], resolve: (release) => [...release.sources] }),
}));
