import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { loadById, loaderOf } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { batchSubject, evaluatorActs } from './batch-facts.ts';
import { builder, decided } from './builder.ts';
import { EvaluationRef, seesEvaluation } from './evaluation.ts';
import { Certificate, Evaluation } from './tables/evaluation.ts';
import { EvaluationBatch } from './tables/evaluation-batch.ts';

const CertificateRef = builder.objectRef<Certificate>('Certificate').implement({
  description: 'A certificate of a grade.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    year: t.exposeInt('year'),
    number: t.exposeString('number', { description: 'Unique in its year.' }),
    issuedOn: t.expose('issuedOn', { type: 'Date' }),
    evaluation: t.field({
      type: EvaluationRef,
      resolve: async (certificate, _args, context) =>
        (await loadById(context, Evaluation, certificate.evaluationId)) as Evaluation,
    }),
  }),
});

builder.objectFields(EvaluationRef, (t) => ({
  certificate: t.field({
    type: CertificateRef,
    nullable: true,
    resolve: ({ id }, _args, context) =>
      loaderOf<string, Certificate>(context, 'certificate', async (ids) => {
        const rows = await context.em.find(Certificate, { evaluationId: { $in: [...ids] } });
        return rows.map((row) => [row.evaluationId, row] as const);
      }).load(id),
  }),
}));

builder.queryField('certificate', (t) =>
  t.field({
    type: CertificateRef,
    nullable: true,
    description: 'Proves a certificate by its number. Null when there is none, or its grade is not public.',
    args: { year: t.arg.int({ required: true }), number: t.arg.string({ required: true }) },
    async resolve(_root, { year, number }, context) {
      const certificate = await context.em.findOne(Certificate, { year, number });
      const evaluation = certificate && (await loadById(context, Evaluation, certificate.evaluationId));
      return evaluation && seesEvaluation(context, evaluation) ? certificate : null;
    },
  }),
);

decided('certificateIssue', {
  description:
    'Issues the certificate of a grade. Errors: NOT_FOUND (evaluation), NUMBER_REQUIRED, WRONG_STATE (not published), ALREADY_ISSUED (to this subject, or this number this year), ON_BEFORE_LAST_ACT.',
  thing: 'certificate',
  type: CertificateRef,
  input: (t) => ({
    evaluation: t.id({ required: true }),
    number: t.string({ required: true, description: 'Unique in the year evaluated.' }),
  }),
  plan: (input, context) => ({
    entity: Certificate,
    async prepare(tx, on) {
      const number = input.number.trim();
      if (!number) throw new UserError('NUMBER_REQUIRED', 'number', { zh: '请填写证书编号。', en: 'Give the number.' });
      const evaluation = await tx.findOne(Evaluation, { id: input.evaluation });
      if (!evaluation) throw notFound('evaluation');
      // Shared: closing the batch counts who lacks a certificate, and waits for this one.
      const held = { lockMode: LockMode.PESSIMISTIC_READ } as const;
      const batch = await tx.findOneOrFail(EvaluationBatch, { id: evaluation.batchId }, held);
      // Until it is published a grade may still change, and the certificate would be of another one.
      if (!batch.published) {
        throw new UserError('WRONG_STATE', 'evaluation', {
          zh: '评价结果公布后方可颁证。',
          en: 'A certificate is issued when the results are published.',
        });
      }
      requireOrder(batch.publishedOn ?? batch.openedOn, on);
      const same = { $or: [{ evaluationId: evaluation.id }, { year: batch.year, number }] };
      if ((await tx.count(Certificate, same)) > 0) {
        throw new UserError('ALREADY_ISSUED', 'number', {
          zh: '该对象已颁证，或该编号本年度已使用。',
          en: 'This subject has its certificate, or the number is used this year.',
        });
      }
      const id = uuid();
      const subject = batchSubject(batch);
      return {
        // Not a step of the batch: who closed it may hand out its certificates.
        subject: { type: 'Certificate', id, regions: subject.regions, organisations: subject.organisations ?? [] },
        facts: {
          ...evaluatorActs(context, batch, subject, input),
          'certificate.grade': evaluation.grade ?? 'none',
          'evaluationBatch.published': batch.published,
          'evaluationBatch.subjectKind': batch.subjectKind,
        },
        current: null,
        change: () =>
          tx.create(Certificate, {
            id,
            version: 1,
            evaluationId: evaluation.id,
            batchId: batch.id,
            year: batch.year,
            number,
            issuedOn: on,
          }),
      };
    },
  }),
});
