import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { loadById, loaderOf } from '../loader.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, RegionRef } from './external.ts';
import { readOrganisation } from './from-graph.ts';
import { stated } from './input.ts';
import { levelOf } from './level.ts';
import { ProjectApplication, ProjectCall } from './tables/project-call.ts';

export const ProjectCallRef = builder.objectRef<ProjectCall>('ProjectCall');
ProjectCallRef.implement({
  description: 'A call for project applications. Public.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    title: t.exposeString('title'),
    level: t.exposeString('level', { description: 'national, province, prefecture, county or unit.' }),
    organisation: t.field({ type: OrganisationRef, resolve: (call) => ({ id: call.organisationId }) }),
    region: t.field({ type: RegionRef, resolve: (call) => ({ id: call.regionId }) }),
    quotaPerUnit: t.exposeInt('quotaPerUnit', {
      nullable: true,
      description: 'How many applications one unit may send; null: not limited.',
    }),
    matchingRequired: t.exposeBoolean('matchingRequired', {
      description: 'Whether applicants must bring matching money.',
    }),
    opensOn: t.expose('opensOn', { type: 'Date' }),
    closesOn: t.expose('closesOn', { type: 'Date', description: 'The last day for applications.' }),
    placesTaken: t.int({
      args: { unit: t.arg.id({ required: true }) },
      description: 'How many places of a unit are taken. Applications that need no place are not counted.',
      async resolve(call, { unit }, context) {
        const loader = loaderOf<string, number>(context, `placesTaken ${unit}`, async (ids) => {
          const where = { callId: { $in: [...ids] }, unitId: unit, takesPlace: true };
          const rows = await context.em.find(ProjectApplication, where, { fields: ['callId'] });
          return [...Map.groupBy(rows, ({ callId }) => callId)].map(([id, own]) => [id, own.length] as const);
        });
        return (await loader.load(call.id)) ?? 0;
      },
    }),
  }),
});
builder.asEntity(ProjectCallRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, ProjectCall, id),
});

const ProjectCallFilter = builder.inputType('ProjectCallFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Opened in exactly this region.' }),
    level: t.string(),
    openOn: t.field({ type: 'Date', description: 'Takes applications on this day.' }),
  }),
});

builder.queryFields((t) => ({
  projectCall: t.field({
    type: ProjectCallRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, ProjectCall, id),
  }),
  projectCalls: t.connection({
    type: ProjectCallRef,
    args: { filter: t.arg({ type: ProjectCallFilter }) },
    resolve(_root, args, context) {
      const { region, level, openOn } = args.filter ?? {};
      return page(context.em, ProjectCall, {
        where: {
          ...(region ? { regionId: region } : {}),
          ...(level ? { level } : {}),
          ...(openOn ? { opensOn: { $lte: openOn }, closesOn: { $gte: openOn } } : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

decided('projectCallOpen', {
  description:
    'Opens a call for project applications in the region of the organisation that opens it. Errors: NOT_FOUND, TEXT_REQUIRED, LEVEL_INVALID, LEVEL_MISMATCH, QUOTA_INVALID, DATES_REVERSED.',
  thing: 'projectCall',
  type: ProjectCallRef,
  input: (t) => ({
    title: t.string({ required: true }),
    organisation: t.id({ required: true, description: 'Who opens it.' }),
    level: t.string({ required: true, description: "The organisation's own level, or `unit`." }),
    quotaPerUnit: t.int({ description: 'At least 1; absent: not limited.' }),
    matchingRequired: t.boolean({ description: 'Applicants must bring matching money; false if absent.' }),
    opensOn: t.field({ type: 'Date', description: 'The day of the act if absent.' }),
    closesOn: t.field({ type: 'Date', required: true, description: 'The last day for applications.' }),
  }),
  plan: (input, context) => ({
    entity: ProjectCall,
    remote: (_on) => readOrganisation(context, input.organisation, 'organisation'),
    async prepare(tx, on, organisation) {
      const title = stated(input.title, 'title');
      const level = levelOf(input.level, organisation, 'level');
      const quotaPerUnit = input.quotaPerUnit ?? null;
      if (quotaPerUnit !== null && quotaPerUnit < 1) {
        throw new UserError('QUOTA_INVALID', 'quotaPerUnit', {
          zh: '名额至少为 1；不填则不限。',
          en: 'A quota is at least 1; leave it out for none.',
        });
      }
      const opensOn = input.opensOn ?? on;
      if (input.closesOn < opensOn) {
        throw new UserError('DATES_REVERSED', 'closesOn', {
          zh: '截止日期早于开始日期。',
          en: 'It would close before it opens.',
        });
      }
      const id = uuid();
      const matchingRequired = input.matchingRequired ?? false;
      return {
        subject: {
          type: 'ProjectCall',
          id,
          regions: regionsOf(organisation.place),
          organisations: [organisation.id],
        },
        facts: {
          'projectCall.level': level,
          'projectCall.limited': quotaPerUnit !== null,
          'projectCall.matchingRequired': matchingRequired,
        },
        current: null,
        change: () =>
          tx.create(ProjectCall, {
            id,
            version: 1,
            title,
            level,
            organisationId: organisation.id,
            quotaPerUnit,
            matchingRequired,
            opensOn,
            closesOn: input.closesOn,
            ...placeColumnsOf(organisation.place),
          }),
      };
    },
  }),
});
