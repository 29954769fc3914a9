import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Chain } from '../../policies/pack.ts';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import type { Viewer } from '../viewer.ts';
import { builder, decided } from './builder.ts';
import { chainOf, chooseStep } from './chain.ts';
import { lockSelection, roundSubject, SelectionRef, stillOpen, touched } from './selection.ts';
import { selectionFacts, stepsDone } from './selection-facts.ts';
import { Application } from './tables/application.ts';
import { Demand } from './tables/demand.ts';
import { Matching } from './tables/matching.ts';
import { Selection, SelectionOpinion, SelectionStep } from './tables/selection.ts';
import { SelectionNotice } from './tables/selection-notice.ts';

const OpinionInput = builder.inputType('SelectionOpinionInput', {
  fields: (t) => ({
    body: t.string({ required: true, description: 'Role code of the organisation that answered.' }),
    adverse: t.boolean({ required: true, description: 'True for an objection; it needs a text.' }),
    text: t.string({ description: 'Shown only to the bodies of the round.' }),
    documentNumber: t.string(),
  }),
});

const ResultInput = builder.inputType('CandidateResultInput', {
  fields: (t) => ({
    application: t.id({ required: true }),
    outcome: t.string({ required: true, description: 'passed, rejected or withdrawn.' }),
    score: t.float(),
    note: t.string(),
  }),
});

const OUTCOMES = ['passed', 'rejected', 'withdrawn'];

/**
 * The bodies that take steps in a round: its own tier, the counties whose needs it serves, the units that send. Of the
 * many, only those that the viewer may act for are looked up.
 */
async function participants(tx: SqlEntityManager, selection: Selection, viewer: Viewer): Promise<Subject> {
  const organisationId = { $in: viewer.roles.flatMap(({ organisation }) => organisation ?? []) };
  const countyId = { $in: viewer.roles.flatMap(({ organisation, region }) => (organisation ? [] : [region])) };
  const selectionId = selection.id;
  const demands = await tx.find(Demand, { selectionId, countyId }, { fields: ['countyId'] });
  const senders = [
    ...(await tx.find(Matching, { selectionId, organisationId }, { fields: ['organisationId'] })),
    ...(await tx.find(Application, { selectionId, organisationId }, { fields: ['organisationId'] })),
  ];
  const subject = roundSubject(selection);
  return {
    ...subject,
    parts: [...new Set(demands.map(({ countyId }) => countyId))],
    organisations: [
      ...new Set([...(subject.organisations ?? []), ...senders.map(({ organisationId }) => organisationId)]),
    ],
  };
}

function checkOpinions(opinions: readonly { body: string; adverse: boolean; text?: string | null }[]): void {
  const bodies = opinions.map(({ body }) => body);
  if (new Set(bodies).size < bodies.length) {
    throw new UserError('OPINION_DUPLICATE', ['opinions', 'body'], {
      zh: '同一单位的意见填写了两次。',
      en: 'One organisation has two opinions here.',
    });
  }
  if (opinions.some(({ adverse, text }) => adverse && !text?.trim())) {
    throw new UserError('REASON_REQUIRED', ['opinions', 'text'], {
      zh: '不同意见须写明内容。',
      en: 'An objection needs its text.',
    });
  }
}

/** The candidates that are spoken of, each still in the round. */
async function candidates(tx: SqlEntityManager, selection: Selection, ids: readonly string[], field: string[]) {
  const rows = await tx.find(Application, { id: { $in: [...ids] }, selectionId: selection.id });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (!row) throw new UserError('NOT_FOUND', field, notFound('application').text);
    if (row.status !== 'submitted') {
      throw new UserError('WRONG_STATE', field, {
        zh: '该报名人已退出或未获通过。',
        en: 'This candidate has withdrawn or was rejected.',
      });
    }
    return row;
  });
}

/** The list belongs to the last step of the chain; without a chain, to the step that brings one. */
function checkList(chain: Chain | null, key: string, list: readonly string[] | null | undefined): void {
  const last = chain?.steps.at(-1)?.key;
  if (chain && key === last && !list) {
    throw new UserError('LIST_REQUIRED', 'list', {
      zh: '请提交选聘名单。',
      en: 'This step decides the list: send it.',
    });
  }
  if (chain && key !== last && list) {
    throw new UserError('LIST_EARLY', 'list', {
      zh: '名单由程序的最后一步确定。',
      en: 'The last step of the chain decides the list, not this one.',
    });
  }
}

/** Sends the round back: the step before is to be taken again, and a notice that has run no longer counts. */
async function goBack(
  tx: SqlEntityManager,
  selectionId: string,
  chain: Chain | null,
  key: string,
  done: readonly SelectionStep[],
  on: string,
): Promise<void> {
  const before = chain ? chain.steps[chain.steps.findIndex((step) => step.key === key) - 1]?.key : done.at(-1)?.key;
  for (const step of done) if (step.key === before) step.reopenedOn = on;
  const notices = await tx.find(SelectionNotice, { selectionId, supersededOn: null });
  for (const notice of notices) notice.supersededOn = on;
}

decided('selectionAdvance', {
  description:
    'Takes the next step of a round, or the step named. An objection among the opinions is recorded and returns the round to the step before. The last step of the chain decides the list. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, STEP_REQUIRED, STEP_UNKNOWN, STEP_DONE, OPINION_DUPLICATE, REASON_REQUIRED, OUTCOME_INVALID, LIST_REQUIRED, LIST_EARLY.',
  thing: 'selection',
  type: SelectionRef,
  input: (t) => ({
    selection: t.id({ required: true }),
    version: t.int({ required: true }),
    step: t.string({ description: 'Key of the step; the first that is not done if absent.' }),
    documentNumber: t.string({ description: 'Number of the minutes, letter or document.' }),
    decision: t.string({ description: 'What was decided, in words. Shown only to the bodies of the round.' }),
    results: t.field({ type: [ResultInput], description: 'What became of candidates in this step.' }),
    opinions: t.field({ type: [OpinionInput], description: 'The written opinions of the organisations asked.' }),
    list: t.idList({ description: 'Applications that are on the list: with the last step, and only then.' }),
  }),
  plan: (input, context) => ({
    entity: Selection,
    async prepare(tx, on) {
      const selection = await lockSelection(tx, input.selection);
      expectVersion(selection.version, input.version);
      stillOpen(selection);
      const chain = chainOf(context.registry, selection, on);
      const done = await stepsDone(tx, selection.id);
      requireOrder(selection.changedOn, on);
      const { key, step } = chooseStep(
        chain,
        input.step,
        done.map((one) => one.key),
      );
      const opinions = input.opinions ?? [];
      checkOpinions(opinions);
      const results = input.results ?? [];
      if (results.some(({ outcome }) => !OUTCOMES.includes(outcome))) {
        throw new UserError('OUTCOME_INVALID', ['results', 'outcome'], {
          zh: `结果须为 ${OUTCOMES.join('、')} 之一。`,
          en: `The outcome is one of ${OUTCOMES.join(', ')}.`,
        });
      }
      checkList(chain, key, input.list);
      const judged = await candidates(
        tx,
        selection,
        results.map(({ application }) => application),
        ['results', 'application'],
      );
      const listed = await candidates(tx, selection, input.list ?? [], ['list']);
      return {
        subject: await participants(tx, selection, context.viewer),
        ...(step ? { stepBodies: step.bodies } : {}),
        facts: {
          ...(await selectionFacts(tx, selection, chain, key, opinions)),
          'selection.step': key,
        },
        current: selection,
        async change(decision) {
          const bodies = decision.facts['actor.bodies'] as readonly string[];
          const returned = opinions.some(({ adverse }) => adverse);
          const taken = tx.create(SelectionStep, {
            id: uuid(),
            selectionId: selection.id,
            key,
            on,
            body: bodies.find((one) => step?.bodies.includes(one)) ?? bodies[0] ?? null,
            actor: context.viewer.subject,
            documentNumber: input.documentNumber ?? null,
            decision: input.decision ?? null,
            results: results.map(({ application, outcome, score, note }) => ({
              application,
              outcome,
              score: score ?? null,
              note: note ?? null,
            })),
            outcome: returned ? 'returned' : 'done',
            reopenedOn: null,
          });
          for (const { body: asked, adverse, text, documentNumber } of opinions) {
            tx.create(SelectionOpinion, {
              id: uuid(),
              stepId: taken.id,
              selectionId: selection.id,
              body: asked,
              adverse,
              text: text?.trim() || null,
              documentNumber: documentNumber ?? null,
            });
          }
          judged.forEach((row, at) => {
            const outcome = results[at]?.outcome;
            if (outcome && outcome !== 'passed') row.status = outcome;
          });
          if (returned) await goBack(tx, selection.id, chain, key, done, on);
          else if (input.list) {
            for (const row of listed) row.status = 'listed';
            selection.status = 'listed';
            selection.listedOn = on;
          }
          return touched(selection, on);
        },
      };
    },
  }),
});
