import { codeColumn, regionCodes } from './choices.ts';
import type { ImportKind } from './form.ts';

/** Trainings that were given (培训台账). */
export const trainings: ImportKind = {
  mutation: 'trainingRecord',
  needs: ['region'],
  async form(words, ask, { region = '' }) {
    return {
      sheet: '培训台账',
      columns: [
        {
          key: 'region',
          title: '地区',
          type: 'code',
          isRequired: true,
          codes: await regionCodes(ask, region),
          isClosed: true,
          facts: ['actor.permitted', 'regime.inForce'],
        },
        { key: 'date', title: '培训日期', type: 'date', isRequired: true },
        {
          key: 'form',
          title: '培训形式',
          type: 'code',
          isRequired: true,
          ...codeColumn(words.list('training.forms')),
          facts: ['training.form'],
        },
        { key: 'topic', title: '培训内容', type: 'text', isRequired: true, width: 44 },
        { key: 'audience', title: '培训对象', type: 'text' },
        { key: 'traineeCount', title: '培训人数', type: 'integer', isRequired: true, facts: ['training.traineeCount'] },
        { key: 'organisation', title: '举办单位编号', type: 'id' },
      ],
    };
  },
  row: (values) => ({ ...values }),
  async *begun() {},
};
