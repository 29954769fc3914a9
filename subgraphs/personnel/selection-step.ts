import type { Context } from '../context.ts';
import { loadById, loaderOf } from '../loader.ts';
import { builder, types } from './builder.ts';
import { chainOf } from './chain.ts';
import { isRoundBody, SelectionRef } from './selection.ts';
import { stepsDone } from './selection-facts.ts';
import { type CandidateResult, Selection, SelectionOpinion, SelectionStep } from './tables/selection.ts';

const OpinionRef = builder.objectRef<SelectionOpinion>('SelectionOpinion').implement({
  description: 'What an organisation that was asked said of the candidates.',
  fields: (t) => ({
    body: t.exposeString('body', { description: 'Role code of the organisation.' }),
    adverse: t.exposeBoolean('adverse', { description: 'True for an objection.' }),
    text: t.exposeString('text', { nullable: true }),
    documentNumber: t.exposeString('documentNumber', { nullable: true }),
  }),
});

const CandidateResultRef = builder.objectRef<CandidateResult>('CandidateResult').implement({
  description: 'What became of one candidate in a step.',
  fields: (t) => ({
    application: t.id({ resolve: ({ application }) => application }),
    outcome: t.exposeString('outcome', { description: 'passed, rejected or withdrawn.' }),
    score: t.exposeFloat('score', { nullable: true }),
    note: t.exposeString('note', { nullable: true }),
  }),
});

const StepRef = builder.objectRef<SelectionStep>('SelectionStep').implement({
  description:
    'A step that was taken in a round. Who took it and what was said is for the bodies of the round: null for others.',
  fields: (t) => {
    const restricted = async <Value>(step: SelectionStep, context: Context, value: () => Value | Promise<Value>) => {
      const selection = (await loadById(context, Selection, step.selectionId)) as Selection;
      return isRoundBody(context, selection) ? await value() : null;
    };
    return {
      id: t.exposeID('id'),
      key: t.exposeString('key', { description: 'The key of the step in the chain.' }),
      on: t.expose('on', { type: 'Date' }),
      body: t.exposeString('body', { nullable: true, description: 'The role for which it was taken.' }),
      documentNumber: t.exposeString('documentNumber', { nullable: true }),
      outcome: t.exposeString('outcome', {
        description: 'done, or returned: an objection sent the round back to the step before.',
      }),
      reopenedOn: t.expose('reopenedOn', {
        type: 'Date',
        nullable: true,
        description: 'The day on which a return made it undone; null while it stands.',
      }),
      actor: t.string({
        nullable: true,
        description: 'The account that recorded it. Restricted.',
        resolve: (step, _args, context) => restricted(step, context, () => step.actor),
      }),
      decision: t.string({
        nullable: true,
        description: 'What was decided, in words. Restricted.',
        resolve: (step, _args, context) => restricted(step, context, () => step.decision ?? null),
      }),
      results: t.field({
        type: [CandidateResultRef],
        nullable: true,
        description: 'Restricted.',
        resolve: (step, _args, context) => restricted(step, context, () => [...step.results]),
      }),
      opinions: t.field({
        type: [OpinionRef],
        nullable: true,
        description: 'The opinions of the organisations that were asked. Restricted.',
        resolve: (step, _args, context) =>
          restricted(step, context, async () => {
            const loader = loaderOf<string, SelectionOpinion[]>(context, 'selectionOpinions', async (ids) => {
              const rows = await context.em.find(
                SelectionOpinion,
                { stepId: { $in: [...ids] } },
                { orderBy: { body: 'asc' } },
              );
              return Map.groupBy(rows, ({ stepId }) => stepId);
            });
            return (await loader.load(step.id)) ?? [];
          }),
      }),
    };
  },
});

interface ChainStepState {
  readonly key: string;
  readonly no: number;
  readonly title: { readonly zh: string; readonly en: string };
  readonly bodies: readonly string[];
  readonly opinions: readonly string[];
  readonly documents: readonly { readonly zh: string; readonly en: string }[];
  readonly done: SelectionStep | null;
}

const ChainStepRef = builder.objectRef<ChainStepState>('SelectionChainStep').implement({
  description: 'A step that the chain of the round asks for, and whether it has been taken.',
  fields: (t) => ({
    key: t.exposeString('key'),
    no: t.exposeInt('no'),
    title: t.field({ type: types.Bilingual, resolve: ({ title }) => title }),
    bodies: t.stringList({ description: 'The roles that take it.', resolve: ({ bodies }) => [...bodies] }),
    opinions: t.stringList({ description: 'The roles that are asked.', resolve: ({ opinions }) => [...opinions] }),
    documents: t.field({ type: [types.Bilingual], resolve: ({ documents }) => [...documents] }),
    done: t.field({ type: StepRef, nullable: true, resolve: ({ done }) => done }),
  }),
});

builder.objectFields(SelectionRef, (t) => ({
  steps: t.field({
    type: [StepRef],
    description: 'Every step taken, returns included, in the order in which they were recorded.',
    resolve: (selection, _args, context) =>
      context.em.find(SelectionStep, { selectionId: selection.id }, { orderBy: { id: 'asc' } }),
  }),
  chain: t.field({
    type: [ChainStepRef],
    description: 'The steps that its pack asks for, with what is done; empty where the law has no chain for the tier.',
    resolve: async (selection, _args, context) => {
      const chain = chainOf(context.registry, selection, context.today);
      const done = await stepsDone(context.em, selection.id);
      return (chain?.steps ?? []).map((step) => ({
        ...step,
        opinions: step.opinions ?? [],
        documents: step.documents.map((name) => (typeof name === 'string' ? { zh: name, en: name } : name)),
        done: done.find(({ key }) => key === step.key) ?? null,
      }));
    },
  }),
}));
