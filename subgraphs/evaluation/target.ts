import { v7 as uuid } from 'uuid';
import type { Subject } from '../actor.ts';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { childrenOf } from '../nested.ts';
import { type Place, placeColumnsOf, regionsOf } from '../place.ts';
import { notFound } from '../user-error.ts';
import { appointments } from './appointment.ts';
import { builder, decided } from './builder.ts';
import { RegionRef } from './external.ts';
import { between, given, placedWhere } from './listing.ts';
import { organisationPlaceOf } from './organisation-place.ts';
import { requireCount, requirePlace, requireYear } from './required.ts';
import { Target } from './tables/target.ts';
import { Task } from './tables/task.ts';
import { TaskRef, taskSubject } from './task.ts';
import { leaderPosts, requireTeam, type Team, teamFacts } from './team.ts';

type Kind = 'team' | 'appointment' | 'task' | 'region' | 'organisation';

const TargetSubjectKind = builder.enumType('TargetSubjectKind', {
  description: 'Who carries a target.',
  values: {
    TEAM: { value: 'team' },
    APPOINTMENT: { value: 'appointment' },
    TASK: { value: 'task' },
    REGION: { value: 'region' },
    ORGANISATION: { value: 'organisation' },
  } as const,
});

const TargetRef = builder.objectRef<Target>('Target').implement({
  description: 'What is to be reached, by whom and by when.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    subjectKind: t.field({ type: TargetSubjectKind, resolve: (target) => target.subjectKind as Kind }),
    subjectId: t.exposeID('subjectId'),
    region: t.field({ type: RegionRef, resolve: (target) => ({ id: target.regionId }) }),
    kind: t.exposeString('kind', { description: 'A code of the pack, such as term or annual.' }),
    year: t.exposeInt('year', { nullable: true, description: 'The year that it is for; null: a whole term.' }),
    due: t.expose('due', { type: 'Date', nullable: true }),
    taskType: t.exposeString('taskType', { nullable: true, description: 'A code of the pack.' }),
    industry: t.exposeString('industry', { nullable: true, description: 'A code of the pack.' }),
    measure: t.exposeString('measure', { nullable: true, description: 'What is to be reached, in words.' }),
    quantity: t.exposeInt('quantity', { nullable: true }),
    unit: t.exposeString('unit', { nullable: true, description: 'Of the quantity.' }),
    setOn: t.expose('setOn', { type: 'Date' }),
  }),
});

const TargetFilter = builder.inputType('TargetFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    within: t.id({ description: 'Of this region or one in it.' }),
    subjectKind: t.field({ type: TargetSubjectKind }),
    subject: t.id(),
    kind: t.string(),
    year: t.int(),
    dueFrom: t.field({ type: 'Date' }),
    dueTo: t.field({ type: 'Date' }),
  }),
});

builder.queryField('targets', (t) =>
  t.connection({
    type: TargetRef,
    authenticated: true,
    description: 'Targets, in the order in which they were set.',
    args: { filter: t.arg({ type: TargetFilter }) },
    resolve(_root, args, context) {
      const { subject, subjectKind, kind, year, dueFrom, dueTo, ...place } = args.filter ?? {};
      return page(context.em, Target, {
        where: {
          $and: [
            ...placedWhere(place),
            ...given({ subjectId: subject, subjectKind, kind, year }),
            ...between('due', dueFrom, dueTo),
          ],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
);

builder.objectFields(TaskRef, (t) => ({
  targets: t.field({
    type: [TargetRef],
    description: 'Its targets, the earliest year first.',
    resolve: (task, _args, context) =>
      childrenOf(context, 'Task.targets', Target, {
        by: 'subjectId',
        parent: task.id,
        where: { subjectKind: 'task' },
        orderBy: { year: 'asc', id: 'asc' },
      }),
  }),
}));

interface Carrier {
  readonly place: Place;
  readonly regions: readonly string[];
  readonly team: Team | null;
  readonly subject: Partial<Subject>;
  /** Industries recorded as characteristic of the region served. */
  readonly industries: readonly string[];
}

async function industriesOf(context: Context, region: string, on: string): Promise<string[]> {
  const found = await context.graph<{ region: { characteristicIndustries: { industry: string }[] } | null }>(
    'query EvaluationIndustries($id: ID!, $on: Date) { region(id: $id) { characteristicIndustries(asOf: $on) { industry } } }',
    { id: region, on },
  );
  return found.region?.characteristicIndustries.map(({ industry }) => industry) ?? [];
}

async function carrierOf(context: Context, kind: Kind, id: string, on: string): Promise<Omit<Carrier, 'industries'>> {
  const lying = (place: Place, subject: Partial<Subject> = {}, team: Team | null = null) => ({
    place,
    regions: place.path,
    team,
    subject,
  });
  if (kind === 'region') return lying(await requirePlace(context.graph, id, 'subject'));
  if (kind === 'team') {
    const team = await requireTeam(context, id, on, 'subject');
    const organisations = [team.organisationId, team.receivingUnitId].filter((one) => one !== null);
    return lying(team.place, { organisations, posts: leaderPosts(team) }, team);
  }
  if (kind === 'appointment') {
    const found = (await appointments(context.graph, [id])).get(id);
    if (!found) throw notFound('subject');
    const organisations = [found.dispatchingUnitId, found.receivingUnitId].filter((one) => one !== null);
    return lying(found.place, { organisations, persons: [found.personId] });
  }
  if (kind === 'organisation') {
    const place = await organisationPlaceOf(context, id);
    if (!place) throw notFound('subject');
    return lying(place, { organisations: [id] });
  }
  const task = await loadById(context, Task, id);
  if (!task) throw notFound('subject');
  const { organisations = [], persons = [] } = taskSubject(task, regionsOf(task));
  return lying(await requirePlace(context.graph, task.regionId, 'subject'), { organisations, persons });
}

/** Whether it falls due within the term; not known where one of the two is not stated. */
function withinTerm(due: string | null | undefined, { termFrom, termTo }: Team): boolean | undefined {
  if (!due || !termFrom || !termTo) return undefined;
  return termFrom <= due && due <= termTo;
}

decided('targetSet', {
  description:
    'Sets a target for somebody or something. Setting another leaves the earlier ones standing. Errors: NOT_FOUND (subject), YEAR_INVALID, COUNT_INVALID.',
  thing: 'target',
  type: TargetRef,
  input: (t) => ({
    subjectKind: t.field({ type: TargetSubjectKind, required: true }),
    subject: t.id({ required: true }),
    kind: t.string({ required: true, description: 'A code of the pack, such as term or annual.' }),
    year: t.int({ description: 'For a target of a year.' }),
    due: t.field({ type: 'Date' }),
    taskType: t.string({ description: 'A code of the pack.' }),
    industry: t.string({ description: 'A code of the pack.' }),
    measure: t.string({ description: 'What is to be reached, in words.' }),
    quantity: t.int(),
    unit: t.string({ description: 'Of the quantity, such as person.' }),
  }),
  plan: (input, context) => ({
    entity: Target,
    async remote(on): Promise<Carrier> {
      const carrier = await carrierOf(context, input.subjectKind, input.subject, on);
      const industries = input.industry ? await industriesOf(context, carrier.place.regionId, on) : [];
      return { ...carrier, industries };
    },
    async prepare(tx, on, { place, regions, team, subject, industries }) {
      // A plan sets targets for all its years at once.
      if (input.year) requireYear(input.year, on, 10);
      requireCount(input.quantity, 'quantity');
      const measure = input.measure?.trim() || null;
      const id = uuid();
      return {
        subject: { ...subject, type: 'Target', id, regions },
        facts: {
          'target.kind': input.kind,
          'target.subjectKind': input.subjectKind,
          'target.measureStated': measure !== null,
          'target.dueStated': Boolean(input.due),
          'target.withinTerm': team ? withinTerm(input.due, team) : undefined,
          'target.taskType': input.taskType ?? undefined,
          'target.leadingIndustry': industries.includes(input.industry ?? ''),
          ...teamFacts(team),
        },
        current: null,
        change: () =>
          tx.create(Target, {
            id,
            version: 1,
            subjectKind: input.subjectKind,
            subjectId: input.subject,
            ...placeColumnsOf(place),
            kind: input.kind,
            year: input.year ?? null,
            due: input.due ?? null,
            taskType: input.taskType ?? null,
            industry: input.industry ?? null,
            measure,
            quantity: input.quantity ?? null,
            unit: input.unit ?? null,
            setOn: on,
          }),
      };
    },
  }),
});
