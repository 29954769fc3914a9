import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { divisionsOf, knownPlace } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, RegionRef } from './external.ts';
import { organisationPlace } from './organisation-place.ts';
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

decided('trainingRecord', {
  description:
    'Records a training that was given. Errors: NOT_FOUND (region, organisation), DATE_IN_FUTURE, TOPIC_REQUIRED, TRAINEE_COUNT_INVALID.',
  thing: 'training',
  type: TrainingRecordRef,
  input: (t) => ({
    region: t.id({ required: true }),
    organisation: t.id({ description: 'Who gave it.' }),
    form: t.string({ required: true }),
    date: t.field({ type: 'Date', required: true }),
    topic: t.string({ required: true }),
    audience: t.string(),
    traineeCount: t.int({ required: true }),
  }),
  plan: (input, context) => ({
    entity: TrainingRecord,
    async remote(_on) {
      const place = await knownPlace(context.graph, input.region);
      if (!place) throw notFound('region');
      const organisation = input.organisation;
      if (organisation && !(await organisationPlace(context.graph, organisation))) throw notFound('organisation');
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
      const id = uuid();
      return {
        subject: {
          type: 'TrainingRecord',
          id,
          regions: place.path,
          organisations: input.organisation ? [input.organisation] : [],
        },
        facts: { 'training.form': input.form, 'training.traineeCount': input.traineeCount },
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
          }),
      };
    },
  }),
});
