import { personsOf } from './choices.ts';
import type { ImportKind } from './form.ts';

const FORM_FIELDS = [
  ['specialty', '专业'],
  ['field', '服务领域'],
  ['experience', '服务经历'],
  ['intent', '意向服务县'],
  ['remark', '备注'],
] as const;

/** The registration forms that a unit files for a round (报名统计表). */
export const applications: ImportKind = {
  mutation: 'applicationSubmit',
  needs: ['region', 'selection', 'organisation'],
  form: (words) => ({
    sheet: '报名统计表',
    columns: [
      { key: 'person', title: '人员编号', type: 'id', isRequired: true, facts: ['actor.permitted'] },
      { key: 'name', title: '姓名', type: 'text', isNote: true, width: 12 },
      { key: 'matching', title: '对接编号', type: 'id', facts: ['application.answersDemandItem'] },
      { key: 'sealed', title: '已加盖公章', type: 'boolean', facts: ['application.sealed'] },
      {
        key: 'experienceAttested',
        title: '单位证明服务经历',
        type: 'boolean',
        facts: ['application.experienceAttested'],
      },
      { key: 'receivedOn', title: '收件日期', type: 'date' },
      ...FORM_FIELDS.map(([key, title]) => ({
        key,
        title: key === 'field' ? words.titleOr('service-field', title) : title,
        type: 'text' as const,
        facts: key === 'specialty' ? ['application.formAttached'] : [],
      })),
    ],
  }),
  row(values, { selection }) {
    const form: Record<string, unknown> = {};
    const own: Record<string, unknown> = { selection };
    const fields = new Set<string>(FORM_FIELDS.map(([key]) => key));
    for (const [key, value] of Object.entries(values)) (fields.has(key) ? form : own)[key] = value;
    return { ...own, form };
  },
  begun: (ask, { organisation = '' }) => personsOf(ask, organisation),
};
