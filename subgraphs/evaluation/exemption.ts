import { v7 as uuid } from 'uuid';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { divisionsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { EvaluationRef, seesDetail } from './evaluation.ts';
import { evaluated, type SubjectKind, SubjectKindEnum } from './subject.ts';
import { type Evaluation, Exemption } from './tables/evaluation.ts';

const ExemptionRef = builder.objectRef<Exemption>('Exemption').implement({
  description: 'A failure that is not held against a subject in a year. What it changes, the packs say.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    subjectKind: t.field({ type: SubjectKindEnum, resolve: (exemption) => exemption.subjectKind as SubjectKind }),
    subjectId: t.exposeID('subjectId'),
    year: t.exposeInt('year'),
    ground: t.exposeString('ground', { description: 'A code of the pack, such as force-majeure.' }),
    scope: t.exposeString('scope', { description: 'The setting of the failure, such as reform or pilot.' }),
    concernsMisuse: t.exposeBoolean('concernsMisuse'),
    reason: t.exposeString('reason'),
    approvedOn: t.expose('approvedOn', { type: 'Date' }),
  }),
});

/** What is approved for the subject and the year of an evaluation: one query for all of a kind and year that a request asks about. */
export async function exemptionsOf(
  context: Context,
  { subjectKind, subjectId, year }: Pick<Evaluation, 'subjectKind' | 'subjectId' | 'year'>,
): Promise<Exemption[]> {
  const loader = loaderOf<string, Exemption[]>(context, `exemptions:${subjectKind}:${year}`, async (ids) => {
    const rows = await context.em.find(Exemption, { subjectKind, year, subjectId: { $in: [...ids] } });
    return Map.groupBy(rows, (row) => row.subjectId);
  });
  return (await loader.load(subjectId)) ?? [];
}

builder.objectFields(EvaluationRef, (t) => ({
  exemptions: t.field({
    type: [ExemptionRef],
    nullable: true,
    description: 'Approved for the subject and the year. Null unless you might read the evaluation before publication.',
    resolve(evaluation, _args, context) {
      if (!seesDetail(context, evaluation)) return null;
      return exemptionsOf(context, evaluation);
    },
  }),
}));

decided('exemptionApprove', {
  description:
    'Approves that a failure is not held against a subject in a year. Errors: NOT_FOUND (subject), YEAR_INVALID, REASON_REQUIRED.',
  thing: 'exemption',
  type: ExemptionRef,
  input: (t) => ({
    subjectKind: t.field({ type: SubjectKindEnum, required: true }),
    subject: t.id({ required: true }),
    year: t.int({ required: true }),
    ground: t.string({ required: true }),
    scope: t.string({ required: true }),
    concernsMisuse: t.boolean({ required: true, description: 'The failure concerns misuse of money.' }),
    reason: t.string({ required: true }),
  }),
  plan: (input, context) => ({
    entity: Exemption,
    async remote(on) {
      const subject = (await evaluated(context.graph, input.subjectKind, [input.subject], on)).get(input.subject);
      if (!subject) throw notFound('subject');
      return subject;
    },
    async prepare(tx, on, subject) {
      const reason = input.reason.trim();
      if (!reason) throw new UserError('REASON_REQUIRED', 'reason', { zh: '请说明理由。', en: 'Give a reason.' });
      if (input.year < 2000 || input.year > Number(on.slice(0, 4))) {
        throw new UserError('YEAR_INVALID', 'year', {
          zh: '年度须为已开始的年度。',
          en: 'The year must have begun.',
        });
      }
      const id = uuid();
      return {
        // Who benefits does not approve: neither the unit nor the person acts on it.
        subject: { type: 'Exemption', id, regions: subject.place.path },
        facts: {
          'exemption.ground': input.ground,
          'exemption.scope': input.scope,
          'exemption.subjectKind': input.subjectKind,
          'exemption.concernsMisuse': input.concernsMisuse,
        },
        current: null,
        change: () =>
          tx.create(Exemption, {
            id,
            version: 1,
            subjectKind: input.subjectKind,
            subjectId: input.subject,
            year: input.year,
            ...divisionsOf(subject.place),
            ground: input.ground,
            scope: input.scope,
            concernsMisuse: input.concernsMisuse,
            reason,
            approvedOn: on,
          }),
      };
    },
  }),
});
