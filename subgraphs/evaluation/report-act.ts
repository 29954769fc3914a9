import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { lawOf } from '../law.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { expectVersion, notFound } from '../user-error.ts';
import { decided } from './builder.ts';
import { readsInternal } from './listing.ts';
import { RecordReferenceInput, requireRecords } from './record-reference.ts';
import { deploys, ReportRef, reportFacts } from './report.ts';
import { requirePast, requirePeriod, requirePlace, requireThings, spoken } from './required.ts';
import { Report, ReportFeedback } from './tables/report.ts';
import { Task } from './tables/task.ts';
import { leaderPosts, requireTeam } from './team.ts';

const subjectOf = (report: Pick<Report, 'id' | 'organisationId'>, regions: readonly string[]): Subject => ({
  type: 'Report',
  id: report.id,
  regions,
  organisations: report.organisationId ? [report.organisationId] : [],
});

/** Whether the same report was submitted before. Of two that come at once the second waits and finds the first. */
async function isRepeated(tx: SqlEntityManager, same: Partial<Report>): Promise<boolean> {
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`report ${JSON.stringify(same)}`]);
  return (await tx.count(Report, same as never)) > 0;
}

decided('reportSubmit', {
  description:
    'Submits a report, plan, summary or statistic. Errors: NOT_FOUND (region, organisation, task, team, records), PERIOD_INVALID, DATE_IN_FUTURE.',
  thing: 'report',
  type: ReportRef,
  input: (t) => ({
    region: t.id({ required: true, description: 'Whose report it is.' }),
    kind: t.string({ required: true, description: 'A code of the pack.' }),
    periodFrom: t.field({ type: 'Date', required: true, description: 'The first day that it covers.' }),
    periodTo: t.field({ type: 'Date', required: true, description: 'The last.' }),
    task: t.id({ description: 'The task that it is about.' }),
    team: t.id({ description: 'The team that it is about.' }),
    organisation: t.id({ description: 'The unit that reports.' }),
    recipients: t.stringList({ description: 'Roles of the pack.' }),
    contents: t.stringList({ description: 'The parts it has: codes of the pack.' }),
    signatories: t.stringList({ description: 'The bodies that submit it together: roles of the pack.' }),
    records: t.field({ type: [RecordReferenceInput], description: 'The records that it stands on.' }),
    text: t.string(),
    deployMeetingOn: t.field({ type: 'Date', description: 'For a plan: when the meeting that deploys it is held.' }),
    submittedOn: t.field({ type: 'Date', description: 'When it was sent, if that was before the day of the act.' }),
  }),
  plan: (input, context) => ({
    entity: Report,
    async remote(on) {
      await requireThings(context, 'organisation', [input.organisation], 'organisation', on);
      const team = input.team ? await requireTeam(context, input.team, on) : null;
      return { team, place: await requirePlace(context.graph, input.region) };
    },
    async prepare(tx, on, { team, place }) {
      requirePeriod(input.periodFrom, input.periodTo, 'periodTo');
      const submittedOn = input.submittedOn ?? on;
      requirePast(submittedOn, on, 'submittedOn');
      const task = input.task ? await tx.findOne(Task, { id: input.task }) : null;
      if (input.task && !task) throw notFound('task');
      const records = await requireRecords(tx, input.records ?? [], 'records');
      const { kind, periodFrom, periodTo } = input;
      const same = {
        regionId: place.regionId,
        kind,
        periodFrom,
        periodTo,
        taskId: task?.id ?? null,
        teamId: input.team ?? null,
        organisationId: input.organisation ?? null,
      };
      const year = Number(periodFrom.slice(0, 4));
      const deployMeetingOn = input.deployMeetingOn ?? null;
      const report = {
        id: uuid(),
        ...same,
        recipients: [...new Set(spoken(input.recipients))],
        contents: [...new Set(spoken(input.contents))],
        signatories: [...new Set(spoken(input.signatories))],
        submittedOn,
      };
      return {
        // Those who submit it together are separate bodies: one account does not act for two of them.
        subject: {
          ...subjectOf(report, place.path),
          process: `report:${report.id}`,
          posts: team ? leaderPosts(team) : [],
        },
        facts: {
          ...reportFacts(report, task, lawOf(context.registry, place.path, on)),
          'report.deployMeetingStated': await deploys(tx, { ...report, deployMeetingOn, year }),
          'report.alreadySubmitted': await isRepeated(tx, same),
        },
        current: null,
        change: () =>
          tx.create(Report, {
            ...report,
            version: 1,
            ...placeColumnsOf(place),
            year,
            deployMeetingOn,
            records,
            text: input.text?.trim() || null,
            recordedOn: on,
            feedbackOn: null,
          }),
      };
    },
  }),
});

decided('reportFeedbackRecord', {
  description:
    'Records what came back on a report; it may come more than once. Errors: NOT_FOUND, STALE_VERSION, ON_BEFORE_LAST_ACT.',
  thing: 'report',
  type: ReportRef,
  input: (t) => ({
    report: t.id({ required: true }),
    version: t.int({ required: true }),
    feedback: t.string({ required: true }),
  }),
  plan: (input, context) => ({
    entity: Report,
    async prepare(tx, on) {
      const report = await tx.findOne(Report, { id: input.report }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!report) throw notFound('report');
      expectVersion(report.version, input.version);
      requireOrder(report.submittedOn, on);
      const feedback = input.feedback.trim();
      return {
        // Feedback comes from above: the unit that reports does not give it to itself.
        subject: { ...subjectOf(report, regionsOf(report)), organisations: [] },
        facts: { 'report.kind': report.kind, 'report.feedbackStated': feedback !== '' },
        current: readsInternal(context, report) ? report : null,
        change() {
          tx.create(ReportFeedback, { id: uuid(), reportId: report.id, on, feedback });
          report.feedbackOn ??= on;
          return report;
        },
      };
    },
  }),
});
