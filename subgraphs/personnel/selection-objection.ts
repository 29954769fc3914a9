import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { loadById } from '../loader.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { requireText } from './required-text.ts';
import { isRoundBody, roundSubject } from './selection.ts';
import { lockNotice, openObjections, SelectionNoticeRef } from './selection-notice.ts';
import { Application } from './tables/application.ts';
import { Selection } from './tables/selection.ts';
import { SelectionNotice, SelectionObjection } from './tables/selection-notice.ts';

const ObjectionRef = builder.objectRef<SelectionObjection>('SelectionObjection').implement({
  description: 'An objection to a notice.',
  fields: (t) => ({
    id: t.exposeID('id'),
    application: t.id({
      nullable: true,
      description: 'The candidate whom it is about.',
      resolve: ({ applicationId }) => applicationId ?? null,
    }),
    raisedOn: t.expose('raisedOn', { type: 'Date' }),
    raisedBy: t.exposeString('raisedBy', { nullable: true }),
    text: t.exposeString('text'),
    settledOn: t.expose('settledOn', { type: 'Date', nullable: true }),
    settlement: t.exposeString('settlement', { nullable: true, description: 'What was found and done.' }),
  }),
});

builder.objectFields(SelectionNoticeRef, (t) => ({
  objections: t.field({
    type: [ObjectionRef],
    nullable: true,
    description: 'For the bodies of the round: null for others.',
    resolve: async (notice, _args, context) => {
      const selection = (await loadById(context, Selection, notice.selectionId)) as Selection;
      if (!isRoundBody(context, selection)) return null;
      return context.em.find(SelectionObjection, { noticeId: notice.id }, { orderBy: { id: 'asc' } });
    },
  }),
}));

decided('selectionObjectionRecord', {
  description:
    'Records an objection to a running notice; with `objection`, records how that one was settled. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, TEXT_REQUIRED, ON_BEFORE_LAST_ACT.',
  thing: 'notice',
  type: SelectionNoticeRef,
  input: (t) => ({
    notice: t.id({ required: true }),
    version: t.int({ required: true }),
    text: t.string({ required: true, description: 'What is objected; with `objection`, what was found and done.' }),
    objection: t.id({ description: 'The objection that this settles.' }),
    application: t.id({ description: 'The candidate whom a new objection is about.' }),
    raisedBy: t.string({ description: 'Who raised a new objection; absent when nobody signed it.' }),
  }),
  plan: (input, _context) => ({
    entity: SelectionNotice,
    async prepare(tx, on) {
      const { selection, notice } = await lockNotice(tx, input.notice);
      expectVersion(notice.version, input.version);
      const text = requireText(input.text, 'text');
      const objection = input.objection
        ? await tx.findOne(SelectionObjection, { id: input.objection, noticeId: notice.id })
        : null;
      if (input.objection && !objection) throw notFound('objection');
      if (objection?.settledOn) {
        throw new UserError('WRONG_STATE', 'objection', { zh: '该异议已处理。', en: 'This objection is settled.' });
      }
      requireOrder(objection?.raisedOn ?? notice.openedOn, on);
      const candidate = { id: input.application ?? '', selectionId: selection.id };
      if (input.application && !(await tx.findOne(Application, candidate))) throw notFound('application');
      return {
        subject: roundSubject(selection),
        facts: {
          'selection.level': selection.level,
          'notice.openObjections': await openObjections(tx, notice.id),
        },
        current: notice,
        change() {
          if (objection) {
            objection.settledOn = on;
            objection.settlement = text;
          } else {
            tx.create(SelectionObjection, {
              id: uuid(),
              noticeId: notice.id,
              applicationId: input.application ?? null,
              raisedOn: on,
              raisedBy: input.raisedBy?.trim() || null,
              text,
              settledOn: null,
              settlement: null,
            });
          }
          notice.acts += 1;
          return notice;
        },
      };
    },
  }),
});
