import { requireOrder } from '../act-order.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { notFound } from '../user-error.ts';
import { AssessmentRef, seesAssessment, untold } from './assessment.ts';
import { aboutFacts, lockAssessment, subjectOf } from './assessment-act.ts';
import { decided } from './builder.ts';
import { requireText, spoken, wrongState } from './required.ts';
import { Assessment } from './tables/assessment.ts';
import { type Team, teamOf } from './team.ts';

/** The team that an assessment is about, as it is on the day; null where it is about none. */
async function teamBehind(context: Context, id: string, on: string): Promise<Team | null> {
  const assessment = await loadById(context, Assessment, id);
  return assessment?.teamId ? teamOf(context, assessment.teamId, on) : null;
}

decided('assessmentFile', {
  description:
    'Files the result with a body above. Errors: NOT_FOUND, STALE_VERSION, FILING_BODY_REQUIRED, WRONG_STATE (it has no result), ON_BEFORE_LAST_ACT.',
  thing: 'assessment',
  type: AssessmentRef,
  input: (t) => ({
    assessment: t.id({ required: true }),
    version: t.int({ required: true }),
    filingBody: t.string({ required: true, description: 'The body that it is filed with: a role of the pack.' }),
  }),
  plan: (input, context) => ({
    entity: Assessment,
    remote: (on) => teamBehind(context, input.assessment, on),
    async prepare(tx, on, team) {
      const assessment = await lockAssessment(tx, input.assessment, input.version);
      requireOrder(assessment.changedOn, on);
      const filingBody = requireText(input.filingBody, 'filingBody');
      return {
        subject: subjectOf(assessment, regionsOf(assessment), team),
        facts: {
          ...aboutFacts(assessment, team),
          'assessment.recorded': assessment.recordedOn !== null,
          'assessment.filed': assessment.filedOn !== null,
          'assessment.filingBody': filingBody,
          'assessment.outcome': assessment.outcome ?? undefined,
        },
        current: seesAssessment(context, assessment) ? assessment : null,
        change() {
          if (!assessment.recordedOn) throw wrongState('assessment', assessment.status);
          return Object.assign(assessment, { filedWith: filingBody, filedOn: on, changedOn: on });
        },
      };
    },
  }),
});

decided('assessmentPublish', {
  description:
    'Publishes the result, and records which of the units that send whom it is about were told of it. Units may be told later by the same act without sites. Errors: NOT_FOUND (assessment, notify: not one of the units), STALE_VERSION, WRONG_STATE (it has no result; or it is published and nobody new is told), ON_BEFORE_LAST_ACT.',
  thing: 'assessment',
  type: AssessmentRef,
  input: (t) => ({
    assessment: t.id({ required: true }),
    version: t.int({ required: true }),
    sites: t.stringList({
      description: 'Where: codes of the pack. Absent: it is told to the units and not published.',
    }),
    notify: t.idList({ description: 'Of its `unitsToNotify`, those that are told the result.' }),
  }),
  plan: (input, context) => ({
    entity: Assessment,
    remote: (on) => teamBehind(context, input.assessment, on),
    async prepare(tx, on, team) {
      const assessment = await lockAssessment(tx, input.assessment, input.version);
      requireOrder(assessment.changedOn, on);
      const notified = [...new Set(input.notify ?? [])];
      if (!notified.every((unit) => assessment.unitIds.includes(unit))) throw notFound('notify');
      const sites = [...new Set(spoken(input.sites))];
      const { unitIds } = assessment;
      const news = notified.filter((unit) => !assessment.told.some((one) => one.unit === unit));
      const told = [...assessment.told, ...news.map((unit) => ({ unit, on }))];
      return {
        subject: subjectOf(assessment, regionsOf(assessment), team),
        facts: {
          ...aboutFacts(assessment, team),
          'assessment.recorded': assessment.recordedOn !== null,
          'assessment.filed': assessment.filedOn !== null,
          'assessment.outcome': assessment.outcome ?? undefined,
          'assessment.unitsToNotify': untold({ unitIds, told }).length,
          'publication.sites': sites,
        },
        current: seesAssessment(context, assessment) ? assessment : null,
        change() {
          const isNew = sites.length > 0 ? !assessment.published : news.length > 0;
          if (!assessment.recordedOn || !isNew) throw wrongState('assessment', assessment.status);
          const publication = { status: 'published', published: true, publishedOn: on, sites };
          return Object.assign(assessment, { told, changedOn: on }, sites.length > 0 ? publication : {});
        },
      };
    },
  }),
});
