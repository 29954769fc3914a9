import type { Events } from '../../policies/duty.ts';
import type { Context } from '../context.ts';
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
}
type List = (context: Context, place: Place, year: number) => Promise<Unit[]>;

const within = (place: Place) => liesIn({ id: place.regionId, level: place.level });
const yearOf = (year: number) => ({ $gte: `${year}-01-01`, $lte: `${year}-12-31` });

const TEAMS = /* GraphQL */ `
  query TeamsForObligations($within: ID!, $after: String) {
    teams(first: 200, after: $after, filter: { within: $within }) {
      edges { node { id name status formedOn endedOn term { to } engagements { id kind from to person { name } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
interface Team {
  readonly id: string;
  readonly name: string;
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
interface Page {
  readonly teams: {
    readonly edges: readonly { readonly node: Team }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

async function teamsIn(context: Context, place: Place, year: number): Promise<Team[]> {
  const found: Team[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page = await context.graph<Page>(TEAMS, { within: place.regionId, after });
    found.push(...page.teams.edges.map(({ node }) => node));
    if (!page.teams.pageInfo.hasNextPage) break;
    after = page.teams.pageInfo.endCursor;
  }
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

/** What an obligation can stand for, by the word of the pack. Another word: one for the region as a whole. */
const lists: Readonly<Record<string, List>> = {
  team: async (context, place, year) =>
    (await teamsIn(context, place, year)).map(({ id, name, term }) => ({
      id,
      title: name,
      events: (term?.to ? { 'engagement-end': term.to } : {}) as Events,
    })),
  engagement: async (context, place, year) =>
    (await teamsIn(context, place, year)).flatMap(({ name, engagements }) =>
      engagements.map(({ id, from, to, person }) => ({
        id,
        title: `${name} ${person.name}`,
        events: { 'engagement-start': from, 'engagement-end': to },
      })),
    ),
  task: async ({ em }, place, year) =>
    (await em.find(Task, { ...within(place), createdOn: { $lte: `${year}-12-31` } }, { orderBy: { id: 'asc' } })).map(
      ({ id, title }) => ({ id, title, events: {} }),
    ),
  'task-unit': async ({ em }, place, year) =>
    (
      await em.find(Task, { ...within(place), createdOn: { $lte: `${year}-12-31` } }, { orderBy: { id: 'asc' } })
    ).flatMap(({ id, title, responsibleUnitIds }) =>
      responsibleUnitIds.map((unit) => ({ id: taskUnit(id, unit), title, events: {} })),
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
