import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { isAllowed, whereAllowed } from '../visible.ts';
import { builder } from './builder.ts';
import { AppointmentRef, OrganisationRef, PersonRef, RegionRef, TeamRef } from './external.ts';
import { between, given, placedWhere } from './listing.ts';
import { type RecordReference, RecordReferenceRef } from './record-reference.ts';
import { Assessment, type Told } from './tables/assessment.ts';

/** Which column of an assessment answers which fact of the visibility rules. */
const assessmentColumns = {
  'record.person': { column: 'person_id', type: 'code', nullable: true },
  // An assessment of no organisation is read by the one that receives whom it is about.
  'record.organisation': {
    expression: (alias: string) => `coalesce(${alias}."organisation_id", ${alias}."receiving_unit_id")`,
    type: 'code',
    nullable: true,
  },
  'record.dispatchingUnit': { column: 'dispatching_unit_id', type: 'code', nullable: true },
  'record.evaluator': { column: 'assessor_id', type: 'code', nullable: true },
  'record.county': { column: 'county_id', type: 'code', nullable: true },
  'record.prefecture': { column: 'prefecture_id', type: 'code', nullable: true },
  'record.province': { column: 'province_id', type: 'code', nullable: true },
  'record.published': { column: 'published', type: 'boolean', nullable: false },
} as const;

/** Whether the viewer may see an assessment: until it is published, those whom it is about, who made it or manage there. */
export function seesAssessment(context: Context, assessment: Assessment): boolean {
  return isAllowed(context, 'evaluationRead', regionsOf(assessment), {
    'record.person': assessment.personId ?? undefined,
    'record.organisation': assessment.organisationId ?? assessment.receivingUnitId ?? undefined,
    'record.dispatchingUnit': assessment.dispatchingUnitId ?? undefined,
    'record.evaluator': assessment.assessorId ?? undefined,
    'record.county': assessment.countyId ?? undefined,
    'record.prefecture': assessment.prefectureId ?? undefined,
    'record.province': assessment.provinceId ?? undefined,
    'record.published': assessment.published,
  });
}

const ToldRef = builder.objectRef<Told>('ToldUnit').implement({
  description: 'A unit that was told a result.',
  fields: (t) => ({
    unit: t.field({ type: OrganisationRef, resolve: ({ unit }) => ({ id: unit }) }),
    on: t.expose('on', { type: 'Date' }),
  }),
});

export const AssessmentRef = builder.objectRef<Assessment>('Assessment');
AssessmentRef.implement({
  description:
    'An assessment that stands by itself, outside of a batch of a year: scheduled, recorded with its result, filed, published. Its outcome is a word of the pack.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.exposeString('kind', { description: 'A code of the pack, such as daily, annual or term-end.' }),
    subjectKind: t.exposeString('subjectKind', { description: 'A code of the pack, such as team or leader.' }),
    region: t.field({ type: RegionRef, resolve: (assessment) => ({ id: assessment.regionId }) }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      resolve: (assessment) => (assessment.teamId ? { id: assessment.teamId } : null),
    }),
    appointment: t.field({
      type: AppointmentRef,
      nullable: true,
      resolve: (assessment) => (assessment.appointmentId ? { id: assessment.appointmentId } : null),
    }),
    person: t.field({
      type: PersonRef,
      nullable: true,
      resolve: (assessment) => (assessment.personId ? { id: assessment.personId } : null),
    }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (assessment) => (assessment.organisationId ? { id: assessment.organisationId } : null),
    }),
    year: t.exposeInt('year', { description: 'The year that it covers.' }),
    date: t.expose('date', { type: 'Date', description: 'When it is planned for; once recorded, when it was made.' }),
    status: t.exposeString('status', { description: 'scheduled, recorded or published.' }),
    leadBody: t.exposeString('leadBody', { nullable: true, description: 'Who leads it: a role of the pack.' }),
    participants: t.exposeStringList('participants', { description: 'Who takes part beside the lead: roles.' }),
    assessor: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The organisation that made it.',
      resolve: (assessment) => (assessment.assessorId ? { id: assessment.assessorId } : null),
    }),
    basis: t.field({
      type: [AssessmentRef],
      description: 'The earlier assessments that it rests on, as far as you may see them.',
      resolve: async (assessment, _args, context) =>
        (await Promise.all(assessment.basisIds.map((id) => loadById(context, Assessment, id)))).filter(
          (one) => one !== null && seesAssessment(context, one),
        ) as Assessment[],
    }),
    records: t.field({
      type: [RecordReferenceRef],
      description: 'The other records that it rests on.',
      resolve: (assessment) => assessment.records as RecordReference[],
    }),
    outcome: t.exposeString('outcome', { nullable: true, description: 'A code of the pack.' }),
    text: t.exposeString('text', { nullable: true }),
    recordedOn: t.expose('recordedOn', { type: 'Date', nullable: true }),
    filedWith: t.exposeString('filedWith', { nullable: true, description: 'A role of the pack.' }),
    filedOn: t.expose('filedOn', { type: 'Date', nullable: true }),
    sites: t.exposeStringList('sites', { description: 'Where it was published: codes of the pack.' }),
    publishedOn: t.expose('publishedOn', { type: 'Date', nullable: true }),
    unitsToNotify: t.field({
      type: [OrganisationRef],
      description: 'The units that send whom it is about and were not told the result.',
      resolve: (assessment) => untold(assessment).map((id) => ({ id })),
    }),
    told: t.field({
      type: [ToldRef],
      description: 'The units that were told the result.',
      resolve: (assessment) => assessment.told,
    }),
  }),
});

/** The units that are still to be told the result; with a day, those that were not told by then. */
export function untold({ unitIds, told }: Pick<Assessment, 'unitIds' | 'told'>, day?: string): string[] {
  const heard = new Set(told.filter(({ on }) => day === undefined || on <= day).map(({ unit }) => unit));
  return unitIds.filter((unit) => !heard.has(unit));
}

const AssessmentFilter = builder.inputType('AssessmentFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    within: t.id({ description: 'Of this region or one in it.' }),
    team: t.id(),
    appointment: t.id(),
    organisation: t.id(),
    kinds: t.stringList(),
    subjectKind: t.string(),
    year: t.int(),
    status: t.string(),
    outcome: t.string(),
    filed: t.boolean({ description: 'Whether it is filed.' }),
    from: t.field({ type: 'Date' }),
    to: t.field({ type: 'Date' }),
  }),
});

interface Filter {
  readonly filter?: typeof AssessmentFilter.$inferInput | null | undefined;
}

function where(context: Context, { filter }: Filter): object {
  const { team, appointment, organisation, kinds, filed, from, to, region, within, ...same } = filter ?? {};
  return {
    $and: [
      ...placedWhere({ region, within }),
      ...given({ teamId: team, appointmentId: appointment, organisationId: organisation, kind: kinds, ...same }),
      ...(typeof filed === 'boolean' ? [{ filedOn: filed ? { $ne: null } : null }] : []),
      ...between('date', from, to),
      whereAllowed(context, 'evaluationRead', assessmentColumns),
    ],
  };
}

builder.queryFields((t) => ({
  assessment: t.field({
    type: AssessmentRef,
    nullable: true,
    description: 'Null when there is none, or when you may not see it before it is published.',
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const assessment = await loadById(context, Assessment, id);
      return assessment && seesAssessment(context, assessment) ? assessment : null;
    },
  }),
  assessments: t.connection({
    type: AssessmentRef,
    description: 'The assessments that you may see, the latest first. Published ones are public.',
    args: { filter: t.arg({ type: AssessmentFilter }) },
    resolve: (_root, args, context) =>
      page(context.em, Assessment, {
        where: where(context, args),
        orderBy: [{ date: 'desc' }, { id: 'desc' }],
        args,
      }),
  }),
}));
