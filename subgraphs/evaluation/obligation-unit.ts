import type { Events, Window } from '../../policies/duty.ts';
import type { Context } from '../context.ts';
import { everyNode } from '../every-node.ts';
import { liesIn, type Place } from '../place.ts';
import { isAdverse } from './consequence-assessment.ts';
import { taskUnit } from './obligation-act.ts';
import { Assessment } from './tables/assessment.ts';
import { Task } from './tables/task.ts';

/** One of those for which an obligation stands: a team, a task, an engagement ... */
export interface Unit {
  readonly id: string;
  readonly title: string | null;
  /** What happened to it that windows are counted from. */
  readonly events: Events;
  /** What it is: a duty that asks for another in `satisfiedWhen` is not its duty, and of acts that is not asked. */
  readonly marks?: Readonly<Record<string, string>>;
  /** Its first and last day, where it has them: it owes nothing of the calendar before or after. */
  readonly since?: string;
  readonly until?: string | null;
}

/** Whether one that came or went in the year owes what the calendar asks for in a window. */
export const isOwedIn = ({ from, to }: Window, { since, until }: Unit): boolean =>
  (!since || since <= to) && (!until || from <= until);

type List = (context: Context, place: Place, year: number) => Promise<Unit[]>;

const within = (place: Place) => liesIn({ id: place.regionId, level: place.level });
const yearOf = (year: number) => ({ $gte: `${year}-01-01`, $lte: `${year}-12-31` });

const TEAMS = /* GraphQL */ `
  query TeamsForObligations($within: ID!, $after: String) {
    list: teams(first: 200, after: $after, filter: { within: $within }) {
      edges { node { id name kind status formedOn endedOn term { to } engagements { id kind from to person { name } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
interface Team {
  readonly id: string;
  readonly name: string;
  readonly kind: string | null;
  readonly status: string;
  readonly formedOn: string;
  readonly endedOn: string | null;
  readonly term: { readonly to: string | null } | null;
  readonly engagements: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly person: { name: string };
  }[];
}
async function teamsIn(context: Context, place: Place, year: number): Promise<Team[]> {
  const found = await everyNode<Team>(context.graph, TEAMS, { within: place.regionId });
  return found.filter(
    ({ formedOn, endedOn }) => formedOn <= `${year}-12-31` && (!endedOn || endedOn >= `${year}-01-01`),
  );
}

const assessments = (context: Context, place: Place, year: number) =>
  context.em.find(
    Assessment,
    { ...within(place), outcome: { $ne: null }, recordedOn: yearOf(year) },
    { orderBy: { id: 'asc' } },
  );

const FINDINGS = /* GraphQL */ `
  query FindingsForObligations($region: ID!, $after: String) {
    list: misuseFindings(first: 200, after: $after, filter: { region: $region }) {
      edges { node { id kind severity recordedOn } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
const NOTICES = /* GraphQL */ `
  query NoticesForObligations($region: ID!, $after: String) {
    list: projects(first: 200, after: $after, filter: { region: $region }) {
      edges { node { title notices { id level postedOn } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
interface Misuse {
  readonly id: string;
  readonly kind: string;
  readonly severity: string;
  readonly recordedOn: string;
}
interface Noticed {
  readonly title: string;
  readonly notices: readonly { readonly id: string; readonly level: string; readonly postedOn: string }[];
}

/** A task owes from the day it is set until it is done or dropped. */
const lifeOf = ({ title, createdOn, status, changedOn }: Task) => ({
  title,
  events: {},
  since: createdOn,
  until: status === 'open' ? null : changedOn,
});

/** What of a task an obligation can stand for: the whole of it, or each of its responsible units. */
export const ofTask = {
  task: (task: Task): Unit[] => [{ id: task.id, ...lifeOf(task) }],
  'task-unit': (task: Task): Unit[] =>
    task.responsibleUnitIds.map((unit) => ({ id: taskUnit(task.id, unit), ...lifeOf(task) })),
} as const;

/** What an obligation can stand for, by the word of the pack. Another word: one for the region as a whole. */
const lists: Readonly<Record<string, List>> = {
  team: async (context, place, year) =>
    (await teamsIn(context, place, year)).map(({ id, name, kind, term, formedOn, endedOn }) => ({
      id,
      title: name,
      marks: { teamKind: kind ?? 'none' },
      since: formedOn,
      until: endedOn,
      events: (term?.to ? { 'engagement-end': term.to } : {}) as Events,
    })),
  engagement: async (context, place, year) =>
    (await teamsIn(context, place, year)).flatMap(({ name, kind, engagements }) =>
      engagements.map(({ id, from, to, person }) => ({
        id,
        marks: { teamKind: kind ?? 'none' },
        title: `${name} ${person.name}`,
        events: { 'engagement-start': from, 'engagement-end': to },
      })),
    ),
  ...Object.fromEntries(
    Object.entries(ofTask).map(([per, units]): [string, List] => [
      per,
      async ({ em }, place, year) =>
        (
          await em.find(Task, { ...within(place), createdOn: { $lte: `${year}-12-31` } }, { orderBy: { id: 'asc' } })
        ).flatMap(units),
    ]),
  ),
  'misuse-finding': async (context, place) =>
    (await everyNode<Misuse>(context.graph, FINDINGS, { region: place.regionId })).map(
      ({ id, kind, severity, recordedOn }) => ({
        id,
        title: kind,
        events: {
          'misuse-finding': recordedOn,
          ...(severity === 'serious' ? { 'misuse-serious': recordedOn } : {}),
        },
      }),
    ),
  project: async (context, place) =>
    (await everyNode<Noticed>(context.graph, NOTICES, { region: place.regionId })).flatMap(({ title, notices }) =>
      notices.map(({ id, level, postedOn }) => ({
        id,
        title,
        events: { 'notice-opened': postedOn },
        marks: { level },
      })),
    ),
  assessment: async (context, place, year) =>
    (await assessments(context, place, year)).map((row) => ({
      id: row.id,
      title: null,
      events: {
        ...(row.subjectKind === 'leader' ? { 'leader-assessment': row.recordedOn as string } : {}),
        ...(isAdverse(context, row) ? { 'assessment-unsatisfactory': row.recordedOn as string } : {}),
      },
    })),
};

export const isListed = (per: string | undefined): per is string => per !== undefined && Object.hasOwn(lists, per);

/** Those in a region for which an obligation of this kind stands in a year. */
export const unitsIn = (context: Context, per: string, place: Place, year: number): Promise<Unit[]> =>
  (lists[per] as List)(context, place, year);
