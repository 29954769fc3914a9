import { v7 as uuid } from 'uuid';
import type { Context } from '../context.ts';
import { divisionsOf, knownPlace, type Place } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { batchLaw, batchSubject, bodiesOf, evaluatorActs, evaluatorFacts } from './batch-facts.ts';
import { decided } from './builder.ts';
import { EvaluationBatchRef } from './evaluation-batch.ts';
import { organisationPlaceOf } from './organisation-place.ts';
import { type Evaluated, evaluated, SubjectKindEnum } from './subject.ts';
import { Evaluation } from './tables/evaluation.ts';
import { EvaluationBatch } from './tables/evaluation-batch.ts';

/** The most subjects that one batch takes. */
const MAX_SUBJECTS = 500;
const levelNames: Record<string, string> = { national: 'country' };

interface Evaluator {
  readonly evaluatorLevel: string;
  readonly evaluatorRegion: string;
  readonly evaluatorOrganisation?: string | null | undefined;
}

/** Where the evaluator is. A level that is not the region's own would let it choose the law it is judged by. */
async function evaluatorPlace(context: Context, input: Evaluator): Promise<Place> {
  const place = await knownPlace(context.graph, input.evaluatorRegion);
  if (!place) throw notFound('evaluatorRegion');
  const { evaluatorLevel: level, evaluatorOrganisation: organisation } = input;
  if (level !== 'unit' && place.level !== (levelNames[level] ?? level)) {
    throw new UserError('EVALUATOR_LEVEL_INVALID', 'evaluatorLevel', {
      zh: `评价方级别须为 unit 或与其地区级别（${place.level}）一致。`,
      en: `The level must be unit or that of the evaluator's region (${place.level}).`,
    });
  }
  if (level === 'unit' && !organisation) {
    throw new UserError('EVALUATOR_ORGANISATION_REQUIRED', 'evaluatorOrganisation', {
      zh: '单位评价须说明评价单位。',
      en: 'An evaluation by a unit must name the unit.',
    });
  }
  if (organisation) {
    const own = await organisationPlaceOf(context, organisation);
    if (!own) throw notFound('evaluatorOrganisation');
    if (own.path[0] !== place.path[0]) {
      throw new UserError('EVALUATOR_REGION_INVALID', 'evaluatorRegion', {
        zh: '评价单位不在该地区。',
        en: 'The evaluating organisation does not lie in exactly this region.',
      });
    }
  }
  return place;
}

function checkSubjects(subjects: readonly string[]): void {
  if (subjects.length === 0 || subjects.length > MAX_SUBJECTS) {
    throw new UserError('SUBJECTS_INVALID', 'subjects', {
      zh: `一个批次须有 1 至 ${MAX_SUBJECTS} 个评价对象。`,
      en: `A batch has 1 to ${MAX_SUBJECTS} subjects.`,
    });
  }
}

const enrolled = (batch: EvaluationBatch, subject: Evaluated) => ({
  id: uuid(),
  version: 1,
  batchId: batch.id,
  subjectKind: batch.subjectKind,
  year: batch.year,
  evaluatorOrganisationId: batch.evaluatorOrganisationId,
  subjectId: subject.id,
  subjectLevel: subject.level,
  personId: subject.personId,
  organisationId: subject.kind === 'dispatching-unit' ? subject.id : null,
  dispatchingUnitId: subject.unitId,
  ...divisionsOf(subject.place),
  scores: {},
  scored: false,
  scoredOn: null,
  grade: null,
  gradedOn: null,
  published: false,
  publishedOn: null,
});

decided('evaluationBatchOpen', {
  description:
    'Opens a batch with its subjects. Errors: NOT_FOUND (evaluatorRegion, evaluatorOrganisation, subjects), EVALUATOR_LEVEL_INVALID, EVALUATOR_ORGANISATION_REQUIRED, EVALUATOR_REGION_INVALID, SUBJECTS_INVALID (1 to 500), YEAR_INVALID.',
  thing: 'evaluationBatch',
  type: EvaluationBatchRef,
  input: (t) => ({
    subjectKind: t.field({ type: SubjectKindEnum, required: true }),
    evaluatorLevel: t.string({
      required: true,
      description: "national, province, prefecture, county or unit; the evaluator region's own unless unit.",
    }),
    evaluatorRegion: t.id({ required: true, description: "For a unit, the organisation's region." }),
    evaluatorOrganisation: t.id({ description: 'The evaluating bureau or unit; required for a unit.' }),
    year: t.int({ required: true, description: 'The year evaluated; not one to come.' }),
    subjects: t.idList({ required: true, description: 'Ids of the kind; each counts once.' }),
  }),
  plan: (input, context) => ({
    entity: EvaluationBatch,
    async remote(on) {
      const ids = [...new Set(input.subjects)];
      checkSubjects(ids);
      const place = await evaluatorPlace(context, input);
      const subjects = await evaluated(context.graph, input.subjectKind, ids, on);
      if (subjects.size < ids.length) throw notFound('subjects');
      return { place, subjects: [...subjects.values()] };
    },
    async prepare(tx, on, { place, subjects }) {
      if (input.year < 2000 || input.year > Number(on.slice(0, 4))) {
        throw new UserError('YEAR_INVALID', 'year', {
          zh: '评价年度须为已开始的年度。',
          en: 'The year evaluated must have begun.',
        });
      }
      const batch = new EvaluationBatch();
      Object.assign(batch, {
        id: uuid(),
        version: 1,
        subjectKind: input.subjectKind,
        evaluatorLevel: input.evaluatorLevel,
        evaluatorRegionId: input.evaluatorRegion,
        evaluatorOrganisationId: input.evaluatorOrganisation ?? null,
        ...divisionsOf(place),
        year: input.year,
        status: 'open',
        published: false,
        sites: [],
        openedOn: on,
        publishedOn: null,
        closedOn: null,
        changedOn: on,
        changedAt: context.now,
      });
      const subject = batchSubject(batch);
      return {
        subject,
        facts: { ...evaluatorFacts(batch), ...evaluatorActs(context, batch, subject, input) },
        ...bodiesOf(batchLaw(context, batch, on), 'evaluationBatchOpen'),
        current: null,
        change() {
          tx.persist(batch);
          for (const one of subjects) tx.create(Evaluation, enrolled(batch, one));
          return batch;
        },
      };
    },
  }),
});
