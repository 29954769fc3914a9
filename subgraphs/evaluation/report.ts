import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import type { Release } from '../../policies/pack.ts';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { lawOf } from '../law.ts';
import { loadById, loaderOf } from '../loader.ts';
import { childrenOf } from '../nested.ts';
import { regionsOf } from '../place.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { OrganisationRef, RegionRef, TeamRef } from './external.ts';
import { between, given, internalWhere, placedWhere, readsInternal } from './listing.ts';
import { type RecordReference, RecordReferenceRef } from './record-reference.ts';
import { windowOfReport } from './report-window.ts';
import { Meeting } from './tables/gathering.ts';
import { Report, ReportFeedback } from './tables/report.ts';
import { Task } from './tables/task.ts';
import { TaskRef } from './task.ts';

type Said = Pick<
  Report,
  'kind' | 'taskId' | 'organisationId' | 'periodFrom' | 'submittedOn' | 'contents' | 'recipients' | 'signatories'
>;

/** What rules may ask of a report. */
export function reportFacts(
  report: Said,
  task: Pick<Task, 'responsibleUnitIds'> | null,
  law: readonly Release[],
): Facts {
  const window = windowOfReport(law, report.kind, report.periodFrom);
  return {
    'report.kind': report.kind,
    'report.taskStated': Boolean(report.taskId),
    'report.unitResponsible': task ? task.responsibleUnitIds.includes(report.organisationId ?? '') : undefined,
    'report.submittedOn': report.submittedOn,
    'report.windowFrom': window?.from,
    'report.windowTo': window?.to,
    'report.contents': report.contents,
    'report.recipients': report.recipients,
    'report.signatories': report.signatories,
  };
}

/** Whether the meeting that deploys a plan is stated, or one of its team or region and year is on record. */
export async function deploys(
  em: SqlEntityManager,
  report: Pick<Report, 'deployMeetingOn' | 'teamId' | 'regionId' | 'year'>,
): Promise<boolean> {
  if (report.deployMeetingOn) return true;
  const date = { $gte: `${report.year}-01-01`, $lte: `${report.year}-12-31` };
  const whose = report.teamId ? { teamId: report.teamId } : { regionId: report.regionId };
  return (await em.count(Meeting, { ...whose, kind: 'deployment', date })) > 0;
}

/** `deploys` for all reports that a request asks about: one query a year. */
async function isDeployed(context: Context, report: Report): Promise<boolean> {
  if (report.deployMeetingOn) return true;
  const { teamId, regionId, year } = report;
  const column = teamId ? 'teamId' : 'regionId';
  const loader = loaderOf<string, true>(context, `deployed:${column}:${year}`, async (ids) => {
    const date = { $gte: `${year}-01-01`, $lte: `${year}-12-31` };
    const where = { [column]: { $in: [...ids] }, kind: 'deployment', date };
    const meetings = await context.em.find(Meeting, where, { fields: [column] });
    return meetings.flatMap((meeting) => {
      const id = meeting[column];
      return id ? [[id, true] as const] : [];
    });
  });
  return (await loader.load(teamId ?? regionId)) ?? false;
}

async function taskOf(context: Context, report: Report): Promise<Task | null> {
  return report.taskId ? loadById(context, Task, report.taskId) : null;
}

const FeedbackRef = builder.objectRef<ReportFeedback>('ReportFeedback').implement({
  description: 'What came back on a report.',
  fields: (t) => ({
    on: t.expose('on', { type: 'Date' }),
    feedback: t.exposeString('feedback'),
  }),
});

export const ReportRef = builder.objectRef<Report>('Report').implement({
  description:
    'A report, plan, summary or statistic that was submitted. What it stands on it refers to and does not copy. Read by its unit and by those who manage the place.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.exposeString('kind', { description: 'A code of the pack, such as annual-plan.' }),
    region: t.field({ type: RegionRef, resolve: (report) => ({ id: report.regionId }) }),
    periodFrom: t.expose('periodFrom', { type: 'Date', description: 'The first day that it covers.' }),
    periodTo: t.expose('periodTo', { type: 'Date', description: 'The last.' }),
    task: t.field({ type: TaskRef, nullable: true, resolve: (report, _args, context) => taskOf(context, report) }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      resolve: (report) => (report.teamId ? { id: report.teamId } : null),
    }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The unit that reports.',
      resolve: (report) => (report.organisationId ? { id: report.organisationId } : null),
    }),
    recipients: t.exposeStringList('recipients', { description: 'Roles of the pack.' }),
    contents: t.exposeStringList('contents', { description: 'The parts it has: codes of the pack.' }),
    signatories: t.exposeStringList('signatories', { description: 'The bodies that submit it together: roles.' }),
    records: t.field({ type: [RecordReferenceRef], resolve: (report) => report.records as RecordReference[] }),
    text: t.exposeString('text', { nullable: true }),
    deployMeetingOn: t.expose('deployMeetingOn', { type: 'Date', nullable: true }),
    submittedOn: t.expose('submittedOn', { type: 'Date' }),
    feedback: t.field({
      type: [FeedbackRef],
      description: 'What came back, in order.',
      resolve: (report, _args, context) =>
        childrenOf(context, 'Report.feedback', ReportFeedback, {
          by: 'reportId',
          parent: report.id,
          orderBy: { on: 'asc', id: 'asc' },
        }),
    }),
    standing: t.field({
      type: types.DecisionRef,
      description: 'How it stands. Point: reportStanding. Not stored. Error: PACK_UNKNOWN.',
      args: standingArgs(t as never),
      async resolve(report, args, context) {
        const asOf = args.asOf ?? context.today;
        const law = lawOf(context.registry, regionsOf(report), asOf);
        const facts = {
          ...reportFacts(report, await taskOf(context, report), law),
          'report.deployMeetingStated': await isDeployed(context, report),
          'report.feedbackGiven': Boolean(report.feedbackOn && report.feedbackOn <= asOf),
        };
        return decideStanding(context, 'reportStanding', regionsOf(report), facts, args);
      },
    }),
  }),
});

const ReportFilter = builder.inputType('ReportFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    within: t.id({ description: 'Of this region or one in it.' }),
    kinds: t.stringList(),
    task: t.id(),
    team: t.id(),
    organisation: t.id(),
    year: t.int({ description: 'Of the first day it covers.' }),
    submittedFrom: t.field({ type: 'Date' }),
    submittedTo: t.field({ type: 'Date' }),
    answered: t.boolean({ description: 'Whether feedback came back.' }),
  }),
});

interface Filter {
  readonly filter?: typeof ReportFilter.$inferInput | null | undefined;
}

function where(context: Context, { filter }: Filter): object {
  const { kinds, task, team, organisation, year, submittedFrom, submittedTo, answered, ...place } = filter ?? {};
  return {
    $and: [
      ...placedWhere(place),
      ...given({ kind: kinds, taskId: task, teamId: team, organisationId: organisation, year }),
      ...between('submittedOn', submittedFrom, submittedTo),
      ...(typeof answered === 'boolean' ? [{ feedbackOn: answered ? { $ne: null } : null }] : []),
      internalWhere(context),
    ],
  };
}

builder.queryFields((t) => ({
  report: t.field({
    type: ReportRef,
    nullable: true,
    authenticated: true,
    description: 'Null when there is none, or when you may not read it.',
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const report = await loadById(context, Report, id);
      return report && readsInternal(context, report) ? report : null;
    },
  }),
  reports: t.connection({
    type: ReportRef,
    authenticated: true,
    description: 'The reports that you may read, the latest first.',
    args: { filter: t.arg({ type: ReportFilter }) },
    resolve: (_root, args, context) =>
      page(context.em, Report, {
        where: where(context, args),
        orderBy: [{ submittedOn: 'desc' }, { id: 'desc' }],
        args,
      }),
  }),
}));
