import { lawOf } from '../law.ts';
import { builder } from './builder.ts';
import { PackRef } from './pack.ts';

/** A region as this subgraph knows it: by id. Its ancestors, which decide what governs it, come along when asked for. */
export const RegionRef = builder.externalRef('Region', builder.selection<{ id: string }>('id'));
RegionRef.implement({
  externalFields: (t) => ({ id: t.id(), path: t.stringList() }),
  fields: (t) => ({
    packs: t.field({
      type: [PackRef],
      description: 'The packs that are law here on a day: those of the region, of what contains it, and of everywhere.',
      args: { asOf: t.arg({ type: 'Date', description: 'Today if absent.' }) },
      requires: builder.selection<{ path: string[] }>('path'),
      resolve: ({ path }, { asOf }, context) => lawOf(context.registry, path, asOf ?? context.today),
    }),
  }),
});
