import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { divisionsOf, knownPlace } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, RegionRef } from './external.ts';
import { organisationPlaceOf } from './organisation-place.ts';
import { requireCount, spoken } from './required.ts';
import { TrainingRecord } from './tables/training-record.ts';

const TrainingRecordRef = builder.objectRef<TrainingRecord>('TrainingRecord').implement({
  description: 'A training that was given. It counts people and names none.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    region: t.field({
      type: RegionRef,
      description: 'Whose training it was: a county, or what lies above it.',
      resolve: (record) => ({ id: record.regionId }),
    }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'Who gave it.',
      resolve: (record) => (record.organisationId ? { id: record.organisationId } : null),
    }),
    form: t.exposeString('form', { description: 'A code of the pack, such as skills or online.' }),
    date: t.expose('date', { type: 'Date' }),
    topic: t.exposeString('topic'),
    audience: t.exposeString('audience', { nullable: true }),
    traineeCount: t.exposeInt('traineeCount', { description: 'People, not person-times.' }),
    traineeCategory: t.exposeString('traineeCategory', { nullable: true, description: 'A code of the pack.' }),
    sessionCount: t.exposeInt('sessionCount', { nullable: true, description: 'Null: not said.' }),
    attendanceCount: t.exposeInt('attendanceCount', {
      nullable: true,
      description: 'Person-times: one for each person and session. Null: not said.',
    }),
    toldApartCount: t.int({
      description: 'How many of the trainees were told apart, so that nobody is counted twice over several trainings.',
      resolve: (record) => record.traineeDigests.length,
    }),
  }),
});

const TrainingRecordFilter = builder.inputType('TrainingRecordFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    form: t.string(),
    from: t.field({ type: 'Date' }),
    to: t.field({ type: 'Date' }),
  }),
});

builder.queryFields((t) => ({
  training: t.field({
    type: TrainingRecordRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, TrainingRecord, id),
  }),
  trainings: t.connection({
    type: TrainingRecordRef,
    description: 'Trainings, the latest first.',
    args: { filter: t.arg({ type: TrainingRecordFilter }) },
    resolve(_root, args, context) {
      const { region, form, from, to } = args.filter ?? {};
      return page(context.em, TrainingRecord, {
        where: {
          ...(region ? { regionId: region } : {}),
          ...(form ? { form } : {}),
          ...(from || to ? { date: { ...(from ? { $gte: from } : {}), ...(to ? { $lte: to } : {}) } } : {}),
        },
        orderBy: [{ date: 'desc' }, { id: 'desc' }],
        args,
      });
    },
  }),
}));

const digestOf = (trainee: string) => createHash('sha256').update(trainee.normalize('NFKC')).digest('hex');

decided('trainingRecord', {
  description:
    'Records a training that was given. Errors: NOT_FOUND (region, organisation), DATE_IN_FUTURE, TOPIC_REQUIRED, TRAINEE_COUNT_INVALID, COUNT_INVALID, TRAINEES_INVALID (more of them than people).',
  thing: 'training',
  isImported: true,
  type: TrainingRecordRef,
  input: (t) => ({
    region: t.id({ required: true }),
    organisation: t.id({ description: 'Who gave it.' }),
    form: t.string({ required: true }),
    date: t.field({ type: 'Date', required: true }),
    topic: t.string({ required: true }),
    audience: t.string(),
    traineeCount: t.int({ required: true, description: 'People, not person-times.' }),
    traineeCategory: t.string({ description: 'A code of the pack, such as farm-labourer.' }),
    sessionCount: t.int(),
    attendanceCount: t.int({ description: 'Person-times: one for each person and session.' }),
    trainees: t.stringList({
      description:
        'What tells each of them apart from everybody else, the same wherever they train. Kept as a digest only.',
    }),
  }),
  plan: (input, context) => ({
    entity: TrainingRecord,
    async remote(_on) {
      const place = await knownPlace(context.graph, input.region);
      if (!place) throw notFound('region');
      const organisation = input.organisation;
      if (organisation && !(await organisationPlaceOf(context, organisation))) throw notFound('organisation');
      return place;
    },
    async prepare(tx, on, place) {
      if (input.date > on) {
        throw new UserError('DATE_IN_FUTURE', 'date', {
          zh: `培训日期 ${input.date} 晚于记录日期 ${on}。`,
          en: `The training is dated ${input.date}, after the day of recording (${on}).`,
        });
      }
      const topic = input.topic.trim();
      if (!topic)
        throw new UserError('TOPIC_REQUIRED', 'topic', { zh: '培训内容不能为空。', en: 'The topic is empty.' });
      if (input.traineeCount < 0) {
        throw new UserError('TRAINEE_COUNT_INVALID', 'traineeCount', {
          zh: '培训人数不能为负。',
          en: 'The number of trainees is negative.',
        });
      }
      requireCount(input.sessionCount, 'sessionCount');
      requireCount(input.attendanceCount, 'attendanceCount');
      const traineeDigests = [...new Set(spoken(input.trainees))].map(digestOf).sort();
      if (traineeDigests.length > input.traineeCount) {
        throw new UserError('TRAINEES_INVALID', 'trainees', {
          zh: '列出的学员多于培训人数。',
          en: 'More trainees are listed than people were trained.',
        });
      }
      const id = uuid();
      return {
        subject: {
          type: 'TrainingRecord',
          id,
          regions: place.path,
          organisations: input.organisation ? [input.organisation] : [],
        },
        facts: {
          'training.form': input.form,
          'training.traineeCount': input.traineeCount,
          'training.traineeCategory': input.traineeCategory ?? undefined,
          'training.sessionCount': input.sessionCount ?? undefined,
          'training.attendanceCount': input.attendanceCount ?? undefined,
        },
        current: null,
        change: () =>
          tx.create(TrainingRecord, {
            id,
            version: 1,
            ...divisionsOf(place),
            regionId: input.region,
            organisationId: input.organisation ?? null,
            form: input.form,
            date: input.date,
            topic,
            audience: input.audience ?? null,
            traineeCount: input.traineeCount,
            traineeCategory: input.traineeCategory ?? null,
            sessionCount: input.sessionCount ?? null,
            attendanceCount: input.attendanceCount ?? null,
            traineeDigests,
          }),
      };
    },
  }),
});
