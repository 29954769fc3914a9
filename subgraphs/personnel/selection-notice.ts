import { LockMode, type SqlEntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { addDays, daysBetween } from '../../policies/day.ts';
import { requireOrder } from '../act-order.ts';
import { loadById } from '../loader.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { chainOf, chooseStep } from './chain.ts';
import { lockSelection, roundSubject, SelectionRef, stillOpen, touched } from './selection.ts';
import { selectionFacts, stepsDone } from './selection-facts.ts';
import { Selection } from './tables/selection.ts';
import { SelectionNotice, SelectionObjection } from './tables/selection-notice.ts';

export const SelectionNoticeRef = builder.objectRef<SelectionNotice>('SelectionNotice');
SelectionNoticeRef.implement({
  description: 'A public notice of the candidates of a round.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    selection: t.field({
      type: SelectionRef,
      resolve: async (notice, _args, context) => (await loadById(context, Selection, notice.selectionId)) as Selection,
    }),
    openedOn: t.expose('openedOn', { type: 'Date' }),
    days: t.exposeInt('days', { description: 'Days planned: the day it opens is not counted, the last day is.' }),
    until: t.field({
      type: 'Date',
      description: 'The last day as planned.',
      resolve: (notice) => addDays(notice.openedOn, notice.days),
    }),
    fixedDays: t.exposeInt('fixedDays', {
      nullable: true,
      description: 'The length that the organising body fixed itself; null without a document of its own.',
    }),
    fixedBy: t.exposeString('fixedBy', { nullable: true, description: 'That document.' }),
    place: t.exposeString('place', { nullable: true }),
    closedOn: t.expose('closedOn', { type: 'Date', nullable: true }),
    supersededOn: t.expose('supersededOn', {
      type: 'Date',
      nullable: true,
      description: 'The day on which the round went back behind it, so that it no longer counts.',
    }),
    openObjections: t.int({
      description: 'Objections that are not settled.',
      resolve: (notice, _args, context) => openObjections(context.em, notice.id),
    }),
  }),
});
builder.asEntity(SelectionNoticeRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, SelectionNotice, id),
});

builder.objectFields(SelectionRef, (t) => ({
  notices: t.field({
    type: [SelectionNoticeRef],
    description: 'Its public notices, the oldest first.',
    resolve: (selection, _args, context) =>
      context.em.find(SelectionNotice, { selectionId: selection.id }, { orderBy: { id: 'asc' } }),
  }),
}));

/** How many objections to a notice are not settled. */
export function openObjections(tx: SqlEntityManager, noticeId: string): Promise<number> {
  return tx.count(SelectionObjection, { noticeId, settledOn: null });
}

/** Loads a running notice and holds it and its round, the round first as every step of it does. */
export async function lockNotice(tx: SqlEntityManager, id: string) {
  const known = await tx.findOne(SelectionNotice, { id });
  if (!known) throw notFound('notice');
  const selection = await lockSelection(tx, known.selectionId);
  const notice = await tx.findOneOrFail(
    SelectionNotice,
    { id },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  if (notice.closedOn || notice.supersededOn) {
    throw new UserError('WRONG_STATE', 'notice', { zh: '该公示已结束。', en: 'This notice is over.' });
  }
  return { selection, notice };
}

decided('selectionNoticeOpen', {
  description:
    'Opens the public notice of a round. Where the law is silent on its length, the organising body states one it fixed by a document of its own. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, STEP_REQUIRED, STEP_UNKNOWN, STEP_DONE, DAYS_INVALID, DOCUMENT_REQUIRED, NOTICE_RUNNING.',
  thing: 'notice',
  type: SelectionNoticeRef,
  input: (t) => ({
    selection: t.id({ required: true }),
    version: t.int({ required: true, description: 'Of the round.' }),
    step: t.string({ description: 'The step of the chain that the notice is; the first that is not done if absent.' }),
    days: t.int({
      required: true,
      description: 'Planned: the day it opens is not counted, the last day is. At least 1.',
    }),
    fixedDays: t.int({ description: 'A length fixed by the organising body itself. At least 1.' }),
    fixedBy: t.string({ description: 'The document that fixes it; required with fixedDays.' }),
    place: t.string({ description: 'Where it is posted.' }),
  }),
  plan: (input, context) => ({
    entity: SelectionNotice,
    async prepare(tx, on) {
      const selection = await lockSelection(tx, input.selection);
      expectVersion(selection.version, input.version);
      stillOpen(selection);
      const chain = chainOf(context.registry, selection, on);
      const done = await stepsDone(tx, selection.id);
      requireOrder(selection.changedOn, on);
      const { key, step } = chain
        ? chooseStep(
            chain,
            input.step,
            done.map((one) => one.key),
          )
        : { key: input.step ?? null, step: null };
      if (input.days < 1 || (input.fixedDays ?? 1) < 1) {
        throw new UserError('DAYS_INVALID', input.days < 1 ? 'days' : 'fixedDays', {
          zh: '公示天数至少为 1。',
          en: 'A notice runs at least 1 day.',
        });
      }
      const fixedBy = input.fixedBy?.trim() || null;
      if (input.fixedDays && !fixedBy) {
        throw new UserError('DOCUMENT_REQUIRED', 'fixedBy', {
          zh: '自行确定公示天数须注明文件。',
          en: 'A length that the body fixed itself needs the document that fixes it.',
        });
      }
      const place = input.place?.trim() || null;
      const { 'selection.doneSteps': doneSteps, 'selection.missingSteps': missingSteps } = await selectionFacts(
        tx,
        selection,
        chain,
        key,
      );
      return {
        subject: roundSubject(selection),
        ...(step ? { stepBodies: step.bodies } : {}),
        facts: {
          'selection.level': selection.level,
          'selection.doneSteps': doneSteps,
          'selection.missingSteps': missingSteps,
          'notice.days': input.days,
          'notice.fixedDays': input.fixedDays ?? undefined,
          'notice.placeStated': place !== null,
        },
        current: null,
        async change() {
          const notice = tx.create(SelectionNotice, {
            id: uuid(),
            version: 1,
            selectionId: selection.id,
            step: key,
            openedOn: on,
            days: input.days,
            fixedDays: input.fixedDays ?? null,
            fixedBy,
            place,
            closedOn: null,
            supersededOn: null,
            acts: 1,
          });
          touched(selection, on);
          await tx.flush().catch((error) => {
            if (!(error instanceof UniqueConstraintViolationException)) throw error;
            throw new UserError('NOTICE_RUNNING', 'selection', {
              zh: '该轮选聘已有正在进行的公示。',
              en: 'This round has a notice that is running.',
            });
          });
          return notice;
        },
      };
    },
  }),
});

decided('selectionNoticeClose', {
  description:
    'Closes a notice that has run its days. The step of the chain that it is, is then taken with selectionAdvance. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT.',
  thing: 'notice',
  type: SelectionNoticeRef,
  input: (t) => ({ notice: t.id({ required: true }), version: t.int({ required: true }) }),
  plan: (input, context) => ({
    entity: SelectionNotice,
    async prepare(tx, on) {
      const { selection, notice } = await lockNotice(tx, input.notice);
      expectVersion(notice.version, input.version);
      requireOrder(selection.changedOn, on);
      const step = chainOf(context.registry, selection, on)?.steps.find(({ key }) => key === notice.step);
      return {
        subject: roundSubject(selection),
        ...(step ? { stepBodies: step.bodies } : {}),
        facts: {
          'selection.level': selection.level,
          'notice.days': notice.days,
          'notice.fixedDays': notice.fixedDays ?? undefined,
          'notice.elapsedDays': daysBetween(notice.openedOn, on),
          'notice.openObjections': await openObjections(tx, notice.id),
        },
        current: notice,
        change() {
          notice.closedOn = on;
          touched(selection, on);
          notice.acts += 1;
          return notice;
        },
      };
    },
  }),
});
