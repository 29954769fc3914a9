import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, RegionRef } from './external.ts';
import { between, given, internalWhere, placedWhere, readsInternal } from './listing.ts';
import { requirePlace, requireThings, requireYear, spoken, wrongState } from './required.ts';
import { Inspection, RecordedFinding } from './tables/inspection.ts';
import { Target } from './tables/target.ts';
import { Task } from './tables/task.ts';
import { TaskRef } from './task.ts';

export const InspectionRef = builder.objectRef<Inspection>('Inspection').implement({
  description:
    'An inspection of a region or a unit. It is closed with its report: the problems found and the advice given. Read by the unit and by those who manage the place.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.exposeString('kind', { description: 'A code of the pack, such as midyear.' }),
    year: t.exposeInt('year'),
    region: t.field({ type: RegionRef, resolve: (inspection) => ({ id: inspection.regionId }) }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The unit inspected; null: the region as a whole.',
      resolve: (inspection) => (inspection.organisationId ? { id: inspection.organisationId } : null),
    }),
    status: t.exposeString('status', { description: 'open or closed.' }),
    openedOn: t.expose('openedOn', { type: 'Date' }),
    closedOn: t.expose('closedOn', { type: 'Date', nullable: true }),
    tasks: t.field({
      type: [TaskRef],
      description: 'The tasks that it takes in.',
      resolve: async (inspection, _args, context) =>
        (await Promise.all(inspection.taskIds.map((id) => loadById(context, Task, id)))).filter(
          (task) => task !== null,
        ),
    }),
    problems: t.exposeStringList('problems', { description: 'Empty until it is closed.' }),
    noProblems: t.exposeBoolean('noProblems', { description: 'The report says that there are none.' }),
    advice: t.exposeStringList('advice', { description: 'How to put them right; empty until it is closed.' }),
    report: t.exposeString('report', { nullable: true, description: 'The report: a document number or a link.' }),
  }),
});

const InspectionFilter = builder.inputType('InspectionFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    within: t.id({ description: 'Of this region or one in it.' }),
    organisation: t.id(),
    kinds: t.stringList(),
    year: t.int(),
    status: t.string(),
    openedFrom: t.field({ type: 'Date' }),
    openedTo: t.field({ type: 'Date' }),
  }),
});

builder.queryFields((t) => ({
  inspection: t.field({
    type: InspectionRef,
    nullable: true,
    authenticated: true,
    description: 'Null when there is none, or when you may not read it.',
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const inspection = await loadById(context, Inspection, id);
      return inspection && readsInternal(context, inspection) ? inspection : null;
    },
  }),
  inspections: t.connection({
    type: InspectionRef,
    authenticated: true,
    description: 'The inspections that you may read, the latest first.',
    args: { filter: t.arg({ type: InspectionFilter }) },
    resolve(_root, args, context) {
      const { organisation, kinds, year, status, openedFrom, openedTo, ...where } = args.filter ?? {};
      return page(context.em, Inspection, {
        where: {
          $and: [
            ...placedWhere(where),
            ...given({ organisationId: organisation, kind: kinds, year, status }),
            ...between('openedOn', openedFrom, openedTo),
            internalWhere(context),
          ],
        },
        orderBy: [{ openedOn: 'desc' }, { id: 'desc' }],
        args,
      });
    },
  }),
}));

// Who is inspected does not inspect: the unit does not act on it.
const subjectOf = (inspection: Pick<Inspection, 'id'>, regions: readonly string[]): Subject => ({
  type: 'Inspection',
  id: inspection.id,
  regions,
});

/** What rules may ask of the tasks that an inspection takes in. */
async function inspectionFacts(
  tx: SqlEntityManager,
  inspection: Pick<Inspection, 'kind' | 'regionId' | 'taskIds' | 'year'>,
): Promise<Facts> {
  const { kind, regionId, taskIds, year } = inspection;
  const targets = await tx.find(
    Target,
    { subjectKind: 'task', subjectId: { $in: [...taskIds] }, year },
    { fields: ['subjectId'] },
  );
  return {
    'inspection.kind': kind,
    'inspection.taskCount': taskIds.length,
    'inspection.tasksWithoutTarget': taskIds.length - new Set(targets.map(({ subjectId }) => subjectId)).size,
    'inspection.openTasksLeftOut': await tx.count(Task, { regionId, status: 'open', id: { $nin: [...taskIds] } }),
  };
}

decided('inspectionOpen', {
  description: 'Opens an inspection. Errors: NOT_FOUND (region, organisation, tasks), YEAR_INVALID.',
  thing: 'inspection',
  type: InspectionRef,
  input: (t) => ({
    region: t.id({ required: true }),
    kind: t.string({ required: true, description: 'A code of the pack.' }),
    year: t.int({ required: true, description: 'The year inspected; one that has begun.' }),
    tasks: t.idList({ description: 'The tasks that it takes in; each counts once.' }),
    organisation: t.id({ description: 'The unit inspected; absent: the region as a whole.' }),
  }),
  plan: (input, context) => ({
    entity: Inspection,
    async remote(on) {
      await requireThings(context, 'organisation', [input.organisation], 'organisation', on);
      return requirePlace(context.graph, input.region);
    },
    async prepare(tx, on, place) {
      requireYear(input.year, on);
      const taskIds = [...new Set(input.tasks ?? [])];
      if ((await tx.count(Task, { id: { $in: taskIds } })) < taskIds.length) throw notFound('tasks');
      const { kind, year } = input;
      const inspection = { id: uuid(), regionId: place.regionId, kind, year, taskIds };
      return {
        subject: subjectOf(inspection, place.path),
        facts: await inspectionFacts(tx, inspection),
        current: null,
        change: () =>
          tx.create(Inspection, {
            ...placeColumnsOf(place),
            ...inspection,
            version: 1,
            organisationId: input.organisation ?? null,
            status: 'open',
            openedOn: on,
            closedOn: null,
            problems: [],
            noProblems: false,
            advice: [],
            report: null,
          }),
      };
    },
  }),
});

decided('inspectionClose', {
  description:
    'Closes an inspection with its report. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT, PROBLEMS_CONTRADICT.',
  thing: 'inspection',
  type: InspectionRef,
  input: (t) => ({
    inspection: t.id({ required: true }),
    version: t.int({ required: true }),
    problems: t.stringList({ description: 'Each problem found; blanks do not count.' }),
    noProblems: t.boolean({ description: 'The report says that there are no problems.' }),
    advice: t.stringList({ description: 'How to put them right; blanks do not count.' }),
    noAdviceNeeded: t.boolean({ description: 'The report says that, with no problems, none is needed.' }),
    report: t.string({ description: 'The report: a document number or a link.' }),
  }),
  plan: (input, context) => ({
    entity: Inspection,
    async prepare(tx, on) {
      const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
      const inspection = await tx.findOne(Inspection, { id: input.inspection }, lock);
      if (!inspection) throw notFound('inspection');
      expectVersion(inspection.version, input.version);
      if (inspection.status !== 'open') throw wrongState('inspection', inspection.status);
      requireOrder(inspection.openedOn, on);
      const [problems, advice] = [spoken(input.problems), spoken(input.advice)];
      const noProblems = input.noProblems ?? false;
      if (noProblems && problems.length > 0) {
        throw new UserError('PROBLEMS_CONTRADICT', 'noProblems', {
          zh: '既列出问题，又称没有问题。',
          en: 'It lists problems and says that there are none.',
        });
      }
      const report = input.report?.trim() || null;
      return {
        subject: subjectOf(inspection, regionsOf(inspection)),
        facts: {
          ...(await inspectionFacts(tx, inspection)),
          'inspection.problemsStated': noProblems || problems.length > 0,
          'inspection.adviceStated': advice.length > 0 || (noProblems && input.noAdviceNeeded === true),
          'inspection.reportAttached': report !== null,
          'inspection.findingCount': await tx.count(RecordedFinding, { inspectionId: inspection.id }),
        },
        current: readsInternal(context, inspection) ? inspection : null,
        change() {
          Object.assign(inspection, { status: 'closed', closedOn: on, problems, noProblems, advice, report });
          return inspection;
        },
      };
    },
  }),
});
