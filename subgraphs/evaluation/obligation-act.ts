import type { Context } from '../context.ts';
import { liesIn, type Place } from '../place.ts';
import { Assessment } from './tables/assessment.ts';
import { CaseStudy } from './tables/case-study.ts';
import { Event, Meeting } from './tables/gathering.ts';
import { Inspection, RecordedFinding } from './tables/inspection.ts';
import { Report } from './tables/report.ts';
import { ServiceRecord } from './tables/service-record.ts';
import { Target } from './tables/target.ts';
import { LedgerEntry } from './tables/task.ts';
import { TrainingRecord } from './tables/training-record.ts';

/** Something done that can satisfy an obligation. */
export interface Act {
  readonly on: string;
  /** The day it is about: the end of a report's period, else the day itself. */
  readonly about: string;
  readonly regionId: string;
  /** Ids of what it was done for: a team, a task and a unit of it, an assessment, the thing itself. */
  readonly units: readonly string[];
  /** What it says of itself, such as its kind. */
  readonly marks: Readonly<Record<string, string | readonly string[] | null | undefined>>;
  /** Known by its decision: its region is the subject's, which need not be that of the body that acted. */
  readonly isDecided?: true;
}

interface Asked {
  readonly place: Place;
  readonly from: string;
  readonly to: string;
  /** Only what was done for these tasks, wherever that was. */
  readonly tasks?: readonly string[];
}
type Read = (context: Context, asked: Asked) => Promise<Act[]>;

/** `task`: the column of what is done for a task. */
const which = ({ place, tasks }: Asked, task?: string) =>
  tasks && task ? { [task]: { $in: [...tasks] } } : liesIn({ id: place.regionId, level: place.level });
const where = (asked: Asked, column: string, task?: string) => ({
  ...which(asked, task),
  [column]: { $gte: asked.from, $lte: asked.to },
});
const some = (...ids: (string | null | undefined)[]): string[] => ids.filter((id) => typeof id === 'string');
/** A responsible unit of a task is one of several that owe the same. */
export const taskUnit = (task: string, unit: string): string => `${task}/${unit}`;

const assessed =
  (day: (row: Assessment) => string | null | undefined): Read =>
  async ({ em }, asked) => {
    const rows = await em.find(Assessment, { ...where(asked, 'date'), outcome: { $ne: null } });
    return rows.flatMap((row) => {
      const on = day(row);
      const { kind, subjectKind, regionId, id, teamId } = row;
      // What covers a year is about that year, also when it was made in the next.
      const about = row.date.startsWith(String(row.year)) ? row.date : `${row.year}-12-31`;
      return on ? [{ on, about, regionId, units: some(id, teamId), marks: { kind, subjectKind } }] : [];
    });
  };

/** Acts of this subgraph, each with all it says; those of others are known by their decisions. */
const read: Readonly<Record<string, Read>> = {
  reportSubmit: async ({ em }, asked) =>
    (await em.find(Report, where(asked, 'submittedOn', 'taskId'))).map((row) => ({
      on: row.submittedOn,
      about: row.periodTo,
      regionId: row.regionId,
      units: [
        ...some(row.taskId, row.teamId),
        ...(row.taskId && row.organisationId ? [taskUnit(row.taskId, row.organisationId)] : []),
      ],
      marks: { kind: row.kind, contents: row.contents },
    })),
  meetingRecord: async ({ em }, asked) =>
    (await em.find(Meeting, where(asked, 'date'))).map(({ date, regionId, teamId, kind, onProgramme }) => ({
      on: date,
      about: date,
      regionId,
      units: some(teamId),
      marks: { kind, onProgramme: onProgramme ? 'yes' : 'no' },
    })),
  eventRecord: async ({ em }, asked) =>
    (await em.find(Event, where(asked, 'date'))).map(({ date, regionId, kind }) => ({
      on: date,
      about: date,
      regionId,
      units: [],
      marks: { kind },
    })),
  assessmentRecord: assessed(({ recordedOn }) => recordedOn),
  assessmentFile: assessed(({ filedOn }) => filedOn),
  assessmentPublish: assessed(({ publishedOn }) => publishedOn),
  targetSet: async ({ em }, asked) =>
    (
      await em.find(Target, {
        ...which(asked, 'subjectId'),
        setOn: { $lte: asked.to },
        // A plan sets the targets of all its years at once, long before the later ones begin.
        $or: [{ setOn: { $gte: asked.from } }, { year: { $gte: Number(asked.from.slice(0, 4)) } }],
      })
    ).map(({ setOn, regionId, subjectId, kind, subjectKind, year }) => ({
      on: setOn,
      about: year ? `${year}-01-01` : setOn,
      regionId,
      units: [subjectId],
      marks: { kind, subjectKind },
    })),
  inspectionClose: async ({ em }, asked) =>
    (await em.find(Inspection, where(asked, 'closedOn'))).map(({ closedOn, regionId, id, kind }) => ({
      on: closedOn as string,
      about: closedOn as string,
      regionId,
      units: [id],
      marks: { kind },
    })),
  findingVerify: async ({ em }, asked) =>
    (await em.find(RecordedFinding, where(asked, 'verifiedOn'))).map(
      ({ verifiedOn, regionId, id, assessmentId, kind }) => ({
        on: verifiedOn as string,
        about: verifiedOn as string,
        regionId,
        units: some(id, assessmentId),
        marks: { kind },
      }),
    ),
  ledgerEntryRecord: async ({ em }, asked) =>
    (await em.find(LedgerEntry, where(asked, 'date', 'taskId'))).map(({ date, regionId, taskId }) => ({
      on: date,
      about: date,
      regionId,
      units: [taskId],
      marks: {},
    })),
  trainingRecord: async ({ em }, asked) =>
    (await em.find(TrainingRecord, where(asked, 'date'))).map(({ date, regionId, form, traineeCategory }) => ({
      on: date,
      about: date,
      regionId,
      units: [],
      marks: { form, traineeCategory },
    })),
  serviceRecordLog: async ({ em }, asked) =>
    (await em.find(ServiceRecord, where(asked, 'date'))).map(
      ({ date, countyId, teamId, appointmentId, mode, taskType }) => ({
        on: date,
        about: date,
        regionId: countyId ?? '',
        units: some(teamId, appointmentId),
        marks: { mode, taskType },
      }),
    ),
  caseStudyRecord: async ({ em }, asked) =>
    (await em.find(CaseStudy, where(asked, 'recordedOn'))).map(({ recordedOn, regionId }) => ({
      on: recordedOn,
      about: recordedOn,
      regionId,
      units: [],
      marks: {},
    })),
};

const DECIDED = /* GraphQL */ `
  query ActsForObligations($points: [ID!]!, $region: ID!, $from: Date!, $to: Date!) {
    decidedActs(points: $points, region: $region, from: $from, to: $to) { point on region subject facts }
  }
`;
interface Decided {
  readonly point: string;
  readonly on: string;
  readonly region: string;
  readonly subject: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What a decision's facts say of the act: each by its name without the noun. */
const marksOf = (facts: Decided['facts']): Act['marks'] =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([fact, value]) => {
      const [noun, name = ''] = fact.split('.');
      const isSaid =
        typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));
      return isSaid && noun !== 'actor' ? [[name, value as string | string[]]] : [];
    }),
  );

/** The acts at these decision points in a region, with what lies in it, between two days; by point. */
export async function actsIn(context: Context, points: readonly string[], asked: Asked): Promise<Map<string, Act[]>> {
  const own = points.filter((point) => Object.hasOwn(read, point));
  const others = points.filter((point) => !Object.hasOwn(read, point));
  const found = new Map<string, Act[]>();
  for (const point of own) found.set(point, await (read[point] as Read)(context, asked));
  if (others.length === 0) return found;
  const { decidedActs } = await context.graph<{ decidedActs: Decided[] }>(DECIDED, {
    points: others,
    region: asked.place.regionId,
    from: asked.from,
    to: asked.to,
  });
  for (const { point, on, region, subject, facts } of decidedActs) {
    const act = { on, about: on, regionId: region, units: [subject], marks: marksOf(facts), isDecided: true } as const;
    found.set(point, [...(found.get(point) ?? []), act]);
  }
  return found;
}
