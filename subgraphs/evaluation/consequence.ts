import type { Finding } from '../../policies/decision.ts';
import type { Facts } from '../../policies/facts.ts';
import type { Context } from '../context.ts';
import { childrenOf } from '../nested.ts';
import { regionsOf } from '../place.ts';
import { decideStanding } from '../standing.ts';
import { builder, types } from './builder.ts';
import { EvaluationRef } from './evaluation.ts';
import { EvaluationBatchRef } from './evaluation-batch.ts';
import { exemptionsOf } from './exemption.ts';
import { Certificate, Evaluation } from './tables/evaluation.ts';
import type { EvaluationBatch } from './tables/evaluation-batch.ts';

type Kind = 'certificate-due' | 'exit-due' | 'renewal-priority';

interface Consequence {
  readonly kind: Kind;
  readonly evaluation: Evaluation;
  readonly finding: Finding;
  readonly done: boolean | null;
  readonly exempted: boolean;
}

const ConsequenceKind = builder.enumType('ConsequenceKind', {
  description:
    'CERTIFICATE_DUE: a rule lets this grade, and not every grade, have a certificate. EXIT_DUE: a rule bars renewal with this grade. RENEWAL_PRIORITY: a rule ranks this grade first in renewal.',
  values: {
    CERTIFICATE_DUE: { value: 'certificate-due' },
    EXIT_DUE: { value: 'exit-due' },
    RENEWAL_PRIORITY: { value: 'renewal-priority' },
  } as const,
});

const ConsequenceRef = builder.objectRef<Consequence>('Consequence').implement({
  description: 'What follows from a published grade under the packs that governed on the day of publication.',
  fields: (t) => ({
    kind: t.field({ type: ConsequenceKind, resolve: ({ kind }) => kind }),
    evaluation: t.field({ type: EvaluationRef, resolve: ({ evaluation }) => evaluation }),
    rule: t.string({ description: 'The rule that says so.', resolve: ({ finding }) => finding.rule }),
    pack: t.string({ resolve: ({ finding }) => finding.pack }),
    title: t.field({ type: types.Bilingual, resolve: ({ finding }) => finding.title }),
    citation: t.field({ type: types.Citation, resolve: ({ finding }) => finding.citation }),
    done: t.boolean({
      nullable: true,
      description: 'For a certificate: it is issued. Null where another part of the graph knows.',
      resolve: ({ done }) => done,
    }),
    exempted: t.boolean({
      description: 'An exemption is approved for the subject and the year. Whether it lifts this, the packs say.',
      resolve: ({ exempted }) => exempted,
    }),
  }),
});

/** The rules at a point that speak of the grade and end so: asked of the pack, so that no grade is named here. */
function ask(
  context: Context,
  batch: EvaluationBatch,
  point: string,
  facts: Facts,
  grade: string,
  wanted: (finding: Finding) => boolean,
): Finding[] {
  const asOf = batch.publishedOn as string;
  const { findings } = decideStanding(context, point, regionsOf(batch), facts, { asOf });
  return findings.filter((finding) => finding.leaves.some(({ fact }) => fact === grade) && wanted(finding));
}

const blocks = ({ effect }: Finding) => effect === 'deny' || effect === 'override';

function findingsOf(context: Context, batch: EvaluationBatch, grade: string, level: string | null): [Kind, Finding][] {
  const certificate: Facts = {
    'certificate.grade': grade,
    'evaluationBatch.published': true,
    'evaluationBatch.subjectKind': batch.subjectKind,
  };
  const found: [Kind, Finding][] = [];
  const allowed = ask(context, batch, 'certificateIssue', certificate, 'certificate.grade', blocks);
  const [passing] = allowed;
  if (passing && allowed.every(({ outcome }) => outcome === 'pass')) found.push(['certificate-due', passing]);
  if (batch.subjectKind !== 'appointment') return found;
  const graded: Facts = { 'appointment.latestGrade': grade, 'appointment.category': level ?? undefined };
  const barred = ask(context, batch, 'appointmentRenew', graded, 'appointment.latestGrade', blocks);
  for (const finding of barred) if (finding.outcome === 'fail') found.push(['exit-due', finding]);
  const ranked = ask(
    context,
    batch,
    'renewalRanking',
    graded,
    'appointment.latestGrade',
    ({ effect }) => effect === 'rank',
  );
  for (const finding of ranked) if (finding.outcome === 'pass') found.push(['renewal-priority', finding]);
  return found;
}

/** What follows from the grades of a published batch; nothing before it is published. */
export async function consequences(context: Context, batch: EvaluationBatch): Promise<Consequence[]> {
  if (!batch.publishedOn) return [];
  const held = { by: 'batchId', parent: batch.id, orderBy: { id: 'asc' } } as const;
  const [evaluations, certificates] = await Promise.all([
    childrenOf(context, 'EvaluationBatch.published', Evaluation, { ...held, where: { published: true } }),
    childrenOf(context, 'EvaluationBatch.certificates', Certificate, held),
  ]);
  const certified = new Set(certificates.map(({ evaluationId }) => evaluationId));
  const exempt = new Set(
    (await Promise.all(evaluations.map((evaluation) => exemptionsOf(context, evaluation)))).flatMap((found, at) =>
      found.length > 0 ? [evaluations[at]?.subjectId] : [],
    ),
  );
  // The rules see grade and level only, so each pair is asked once.
  const known = new Map<string, [Kind, Finding][]>();
  return evaluations.flatMap((evaluation) => {
    const { grade, subjectLevel = null } = evaluation;
    if (!grade) return [];
    const key = JSON.stringify([grade, subjectLevel]);
    const found = known.get(key) ?? findingsOf(context, batch, grade, subjectLevel);
    known.set(key, found);
    return found.map(([kind, finding]) => ({
      kind,
      evaluation,
      finding,
      done: kind === 'certificate-due' ? certified.has(evaluation.id) : null,
      exempted: exempt.has(evaluation.subjectId),
    }));
  });
}

builder.objectFields(EvaluationBatchRef, (t) => ({
  consequences: t.field({
    type: [ConsequenceRef],
    description: 'What follows from its published grades, each with the rule that says so. Empty until published.',
    resolve: (batch, _args, context) => consequences(context, batch),
  }),
}));
