import type { Facts } from '../../policies/facts.ts';
import type { Context } from '../context.ts';
import { everyNode } from '../every-node.ts';
import { knownPlace, type Place, rowsWithin } from '../place.ts';
import { decideStanding, type StandingArgs, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { RegionRef } from './external.ts';
import { covering } from './responsibility-letter.ts';
import { CaseStudy } from './tables/case-study.ts';
import { RecordedFinding } from './tables/inspection.ts';
import { Report } from './tables/report.ts';
import { ResponsibilityLetter } from './tables/responsibility-letter.ts';

const REGION = /* GraphQL */ `
  query EvaluationRegionFacts($id: ID!, $province: ID!, $on: Date) {
    region(id: $id) { level statuses(asOf: $on) { kind value } }
    scope: regions(first: 0, filter: { status: "in-team-scope", within: $province, asOf: $on }) { totalCount }
    counties: regions(first: 0, filter: { status: "in-team-scope", level: COUNTY, within: $id, asOf: $on }) { totalCount }
    teams(first: 0, filter: { within: $id, activeOn: $on }) { totalCount }
  }
`;
interface GraphFacts {
  readonly region: {
    readonly level: string;
    readonly statuses: readonly { readonly kind: string; readonly value: boolean }[];
  };
  readonly scope: { readonly totalCount: number };
  readonly counties: { readonly totalCount: number };
  readonly teams: { readonly totalCount: number };
}

/** What another part of the graph knows of a region on a day. */
async function regionFacts(context: Context, place: Place, on: string): Promise<Facts> {
  const variables = { id: place.regionId, province: place.provinceId ?? 'cn', on };
  const { region, scope, counties, teams } = await context.graph<GraphFacts>(REGION, variables);
  const status = (kind: string) => region.statuses.find((one) => one.kind === kind)?.value;
  return {
    'region.level': region.level.toLowerCase(),
    'region.povertyLifted': status('poverty-lifted'),
    // A province that has a list has a whole one: what is not on it is not in scope.
    'region.inTeamScope': status('in-team-scope') ?? (scope.totalCount > 0 ? false : undefined),
    'region.teamScopeCountyCount': counties.totalCount,
    'region.activeTeamCount': teams.totalCount,
  };
}

const IN_SCOPE = /* GraphQL */ `
  query EvaluationTeamScope($within: ID!, $on: Date, $after: String) {
    list: regions(first: 200, after: $after, filter: { status: "in-team-scope", level: COUNTY, within: $within, asOf: $on }) {
      edges { node { id parent { id level } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
interface County {
  readonly id: string;
  readonly parent: { readonly id: string; readonly level: string } | null;
}

/** The counties in the scope of teams, and the prefectures that they lie in. */
async function teamScope(context: Context, within: string, on: string) {
  const counties = await everyNode<County>(context.graph, IN_SCOPE, { within, on });
  const parents = counties.flatMap(({ parent }) => (parent?.level === 'PREFECTURE' ? [parent.id] : []));
  return { counties: counties.map(({ id }) => id), prefectures: [...new Set(parents)] };
}

/** What rules may ask about the letters of a region that cover a year. */
async function letterFacts(context: Context, place: Place, year: number, on: string): Promise<Facts> {
  const letters = await context.em.find(
    ResponsibilityLetter,
    { $and: [rowsWithin(place.regionId), covering(year), { signedOn: { $lte: on } }] },
    { fields: ['signatoryKind', 'regionId'] },
  );
  const signed = new Set(letters.map(({ regionId }) => regionId));
  const { counties, prefectures } = await teamScope(context, place.regionId, on);
  return {
    'letterCoverage.year': year,
    'letterCoverage.signedKinds': [...new Set(letters.map(({ signatoryKind }) => signatoryKind))].sort(),
    'letterCoverage.countiesWithout': counties.filter((id) => !signed.has(id)).length,
    'letterCoverage.prefecturesWithout': prefectures.filter((id) => !signed.has(id)).length,
  };
}

/** What rules may ask about what a region reported in a year, up to a day. */
async function reportFacts(context: Context, place: Place, year: number, on: string): Promise<Facts> {
  const { regionId } = place;
  const reports = await context.em.find(
    Report,
    { regionId, year, submittedOn: { $lte: on } },
    { fields: ['kind', 'feedbackOn'] },
  );
  const of = (kind: string) => reports.filter((report) => report.kind === kind);
  const last = on < `${year}-12-31` ? on : `${year}-12-31`;
  return {
    'reportCoverage.year': year,
    'reportCoverage.yearEnded': on >= `${year}-12-31`,
    'reportCoverage.progressCount': of('progress').length,
    'reportCoverage.summaryCount': of('summary').length,
    'reportCoverage.statisticsCount': of('statistics').length,
    'reportCoverage.statisticsWithoutFeedback': of('statistics').filter(
      ({ feedbackOn }) => !feedbackOn || feedbackOn > on,
    ).length,
    'reportCoverage.caseStudyCount': await context.em.count(CaseStudy, {
      ...rowsWithin(regionId),
      recordedOn: { $gte: `${year}-01-01`, $lte: last },
    }),
  };
}

async function followUpFacts(context: Context, place: Place, on: string): Promise<Facts> {
  const open = await context.em.find(
    RecordedFinding,
    {
      $and: [
        rowsWithin(place.regionId),
        { foundOn: { $lte: on } },
        { $or: [{ verifiedOn: null }, { verifiedOn: { $gt: on } }] },
      ],
    },
    { fields: ['dueOn'] },
  );
  return {
    'followUp.openFindings': open.length,
    'followUp.overdueFindings': open.filter(({ dueOn }) => dueOn && dueOn < on).length,
  };
}

async function standing(
  context: Context,
  point: keyof typeof WANTED,
  id: string,
  law: StandingArgs,
  own: (place: Place, on: string) => Promise<Facts>,
) {
  const on = law.asOf ?? context.today;
  const place = (await knownPlace(context.graph, id)) as Place;
  const known = await regionFacts(context, place, on);
  const wanted = WANTED[point].map((fact) => [fact, known[fact]] as const);
  return decideStanding(context, point, place.path, { ...Object.fromEntries(wanted), ...(await own(place, on)) }, law);
}

/** What rules may ask of the region itself at each of these points. */
const WANTED = {
  followUpCoverage: ['region.level', 'region.povertyLifted'],
  letterCoverage: ['region.level', 'region.inTeamScope', 'region.teamScopeCountyCount'],
  reportCoverage: ['region.level', 'region.inTeamScope', 'region.activeTeamCount', 'region.teamScopeCountyCount'],
} as const;

builder.objectFields(RegionRef, (t) => ({
  followUpCoverage: t.field({
    type: types.DecisionRef,
    authenticated: true,
    description:
      'Whether what was found wrong in it and below is put right. Point: followUpCoverage. Error: PACK_UNKNOWN.',
    args: standingArgs(t as never),
    resolve: ({ id }, law, context) =>
      standing(context, 'followUpCoverage', id, law, (place, on) => followUpFacts(context, place, on)),
  }),
  letterCoverage: t.field({
    type: types.DecisionRef,
    authenticated: true,
    description: 'Who signed responsibility letters for a year. Point: letterCoverage. Error: PACK_UNKNOWN.',
    args: { year: t.arg.int({ required: true }), ...standingArgs(t as never) },
    resolve: ({ id }, { year, ...law }, context) =>
      standing(context, 'letterCoverage', id, law, (place, on) => letterFacts(context, place, year, on)),
  }),
  reportCoverage: t.field({
    type: types.DecisionRef,
    authenticated: true,
    description: 'What it reported for a year, up to `asOf`. Point: reportCoverage. Error: PACK_UNKNOWN.',
    args: { year: t.arg.int({ required: true }), ...standingArgs(t as never) },
    resolve: ({ id }, { year, ...law }, context) =>
      standing(context, 'reportCoverage', id, law, (place, on) => reportFacts(context, place, year, on)),
  }),
}));
