import { sha256 } from '../../policies/canonical.ts';
import { replayRecord } from '../replay.ts';
import { builder } from './builder.ts';
import { type Difference, differences } from './difference.ts';
import { findReadable, seesAll } from './logged-decision.ts';

/** Enough to see what went wrong; a replay that differs everywhere would say no more. */
const MOST_DIFFERENCES = 100;

export const DifferenceRef = builder.objectRef<Difference>('Difference').implement({
  description: 'A place where two versions differ.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'A field, or a JSON pointer into the record.' }),
    from: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Null where it is absent.',
      resolve: ({ from }) => from ?? null,
    }),
    to: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Null where it is absent.',
      resolve: ({ to }) => to ?? null,
    }),
  }),
});

const DecisionReplay = builder
  .objectRef<{ stored: string; again: string; isOpen: boolean }>('DecisionReplay')
  .implement({
    description: 'A decision made again from its stored facts under the pack versions that it names.',
    fields: (t) => ({
      same: t.boolean({
        description: 'Whether every byte is the same.',
        resolve: ({ stored, again }) => stored === again,
      }),
      digest: t.string({
        description: 'SHA-256 of the answer made again.',
        resolve: ({ again }) => sha256(again),
      }),
      differences: t.field({
        type: [DifferenceRef],
        description: `Where the stored answer (from) and the new one (to) differ, the first ${MOST_DIFFERENCES}. Empty for who may not see the record.`,
        resolve: ({ stored, again, isOpen }) =>
          stored === again || !isOpen ? [] : differences(JSON.parse(stored), JSON.parse(again), MOST_DIFFERENCES),
      }),
    }),
  });

builder.queryField('decisionReplay', (t) =>
  t.field({
    type: DecisionReplay,
    nullable: true,
    authenticated: true,
    description:
      'Decides a logged decision again. Null when there is none that you may read. Error: RELEASE_UNKNOWN when a version it was decided under is not here.',
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const line = await findReadable(context, id);
      if (!line) return null;
      const again = await replayRecord(line.record, context.registry);
      return { stored: line.record, again, isOpen: seesAll(context, line) };
    },
  }),
);
