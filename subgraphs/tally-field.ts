import { GraphQLError } from 'graphql';
import type { Builder } from './builder.ts';
import type { Context } from './context.ts';
import { type TallyAnswer, type TallyKind, type TallyQuestion, type TallyRow, tally } from './tally.ts';

/** Figures of parts so small that they speak of one person are for decisions, not for browsing. */
export function requireService(context: Context): void {
  if (context.viewer.kind === 'service') return;
  throw new GraphQLError('Only services of the platform ask this; ask indicatorTable.', {
    extensions: { code: 'FORBIDDEN', messageZh: '仅限平台内部服务调用；请查询 indicatorTable。' },
  });
}

/** Adds the query `<name>Tallies`, by which other subgraphs have this one's records measured: many questions at once. */
export function addTallies(builder: Builder, name: string, kinds: Readonly<Record<string, TallyKind>>): void {
  const Row = builder.objectRef<TallyRow>('TallyRow').implement({
    shareable: true,
    description: 'The figure of one unit.',
    fields: (t) => ({
      unit: t.exposeID('unit'),
      value: t.exposeFloat('value'),
      on: t.expose('on', { type: 'Date', nullable: true, description: 'For last: the day of the record.' }),
    }),
  });
  const Answer = builder.objectRef<TallyAnswer>('TallyAnswer').implement({
    shareable: true,
    description: 'The figures of the units that have any.',
    fields: (t) => ({
      unknown: t.exposeString('unknown', {
        nullable: true,
        description: 'The word of the question that is not known.',
      }),
      rows: t.field({ type: [Row], resolve: ({ rows }) => [...rows] }),
    }),
  });
  const Succession = builder.inputType('TallySuccession', {
    fields: (t) => ({
      from: t.id({ required: true, description: 'A region that gave way.' }),
      to: t.id({ required: true, description: 'The one that stands for it.' }),
      inside: t.boolean({ required: true, description: 'It lay itself in the region that is asked about.' }),
    }),
  });
  const Question = builder.inputType('TallyQuestion', {
    fields: (t) => ({
      of: t.string({ required: true, description: 'A kind of record.' }),
      where: t.field({ type: 'JSON', required: true, description: 'Dimensions, each with the codes that count.' }),
      aggregation: t.string({ required: true, description: 'count, sum, distinct, last or any.' }),
      field: t.string(),
      when: t.string({ description: 'during, started or at-end, for records that last.' }),
      per: t.string({ required: true, description: 'A level of region, another unit, or whole.' }),
      within: t.string({ required: true }),
      withinLevel: t.string({ required: true }),
      among: t.stringList({ description: 'Only in these regions.' }),
      from: t.field({ type: 'Date', required: true }),
      to: t.field({ type: 'Date', required: true }),
      succession: t.field({ type: [Succession], description: 'What is recorded of these counts for the other.' }),
    }),
  });
  builder.queryField(`${name}Tallies`, (t) =>
    t.field({
      type: [Answer],
      authenticated: true,
      description: 'Measures records for indicators, one answer for each question. For services of the platform only.',
      args: { questions: t.arg({ type: [Question], required: true }) },
      async resolve(_root, { questions }, context) {
        requireService(context);
        const answers: TallyAnswer[] = [];
        for (const { field, when, among, where, aggregation, succession, ...question } of questions) {
          answers.push(
            await tally(context.em, kinds, {
              ...question,
              where: where as TallyQuestion['where'],
              aggregation: aggregation as TallyQuestion['aggregation'],
              field: field ?? null,
              when: (when ?? null) as TallyQuestion['when'],
              among: among ?? null,
              succession: succession ?? undefined,
            }),
          );
        }
        return answers;
      },
    }),
  );
}
