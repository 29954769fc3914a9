import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { OrganisationRef } from './organisation.ts';
import { PersonRef } from './person.ts';
import { ProcedureRef } from './procedure.ts';
import { RegionRef } from './region.ts';
import { regionFacts } from './region-status-facts.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Procedure } from './tables/procedure.ts';
import { Region } from './tables/region.ts';
import { Team, TeamMember } from './tables/team.ts';
import { activeTeamOn, inForceOn, memberCount, openCommitments, regionIdsWithin } from './team-facts.ts';
import { latestTeamGrade } from './team-grade.ts';
import { teamFacts } from './team-standing-facts.ts';
import { teamWork } from './team-work.ts';

const TermRef = builder.objectRef<{ from: string; to: string | null }>('TeamTerm').implement({
  description: 'The time for which a team is formed.',
  fields: (t) => ({
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The last day; null: open end.' }),
  }),
});

export const TeamRef = builder.objectRef<Team>('Team');
TeamRef.implement({
  description: 'A service team of commissioners around an industry chain. Its pack calls it by its own name.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version', {
      description: 'Send it back with a change; STALE_VERSION if somebody was faster.',
    }),
    name: t.exposeString('name'),
    level: t.exposeString('level', {
      description: 'The tier that forms and funds it: national, province, prefecture, county or unit.',
    }),
    status: t.exposeString('status', { description: 'forming, active or ended.' }),
    kind: t.exposeString('kind', {
      nullable: true,
      description: 'What the place calls it, a code such as service-team; null where there is one kind only.',
    }),
    field: t.exposeString('field', { nullable: true }),
    industry: t.exposeString('industry', { nullable: true, description: 'The industry that it is formed for.' }),
    chainStages: t.exposeStringList('chainStages'),
    industries: t.exposeStringList('industries'),
    expertLevels: t.exposeStringList('expertLevels', {
      description: 'Levels of the bodies its experts come from, as stated when it was formed.',
    }),
    term: t.field({
      type: TermRef,
      nullable: true,
      description: 'Null when no term is stated.',
      resolve: ({ termFrom, termTo }) => (termFrom ? { from: termFrom, to: termTo ?? null } : null),
    }),
    parent: t.field({
      type: TeamRef,
      nullable: true,
      description: 'The team that it is a part of.',
      resolve: (team, _args, context) => (team.parentId ? loadById(context, Team, team.parentId) : null),
    }),
    receivingUnit: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (team, _args, context) =>
        team.receivingUnitId ? loadById(context, Organisation, team.receivingUnitId) : null,
    }),
    accountable: t.field({
      type: PersonRef,
      nullable: true,
      description: 'Who answers for it.',
      resolve: (team, _args, context) => (team.accountableId ? loadById(context, Person, team.accountableId) : null),
    }),
    procedure: t.field({
      type: ProcedureRef,
      nullable: true,
      description: 'The procedure under which it is formed.',
      resolve: (team, _args, context) => (team.procedureId ? loadById(context, Procedure, team.procedureId) : null),
    }),
    formedOn: t.expose('formedOn', { type: 'Date' }),
    activatedOn: t.expose('activatedOn', { type: 'Date', nullable: true }),
    endedOn: t.expose('endedOn', { type: 'Date', nullable: true }),
    region: t.field({
      type: RegionRef,
      description: 'The region that it serves.',
      resolve: async (team, _args, context) => (await loadById(context, Region, team.regionId)) as Region,
    }),
    organisation: t.field({
      type: OrganisationRef,
      description: 'The unit it comes from.',
      resolve: async (team, _args, context) =>
        (await loadById(context, Organisation, team.organisationId)) as Organisation,
    }),
    memberCount: t.int({
      args: { asOf: t.arg({ type: 'Date' }) },
      resolve: (team, { asOf }, context) => memberCount(context.em, team.id, asOf ?? context.today),
    }),
    openCommitmentCount: t.int({
      description: 'Commitments of its agreements that are due and not settled.',
      args: { asOf: t.arg({ type: 'Date' }) },
      resolve: (team, { asOf }, context) => openCommitments(context.em, team.id, asOf ?? context.today),
    }),
    standing: t.field({
      type: types.DecisionRef,
      description: 'Whether the team is as the packs in force on a day want it. Point: teamStanding.',
      args: standingArgs(t as never),
      resolve: async (team, args, context) => {
        const asOf = args.asOf ?? context.today;
        const region = (await loadById(context, Region, team.regionId)) as Region;
        const facts = {
          ...(await teamFacts(context.em, team, asOf)),
          ...(await regionFacts(context.em, region, asOf)),
          'team.latestGrade': await latestTeamGrade(context, team.id, asOf),
          ...(await teamWork(context, team.id, asOf)),
        };
        return decideStanding(context, 'teamStanding', region.path, facts, args);
      },
    }),
  }),
});
builder.asEntity(TeamRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Team, id),
});

const TeamFilter = builder.inputType('TeamFilter', {
  fields: (t) => ({
    ids: t.idList({ description: 'These.' }),
    region: t.id({ description: 'Serves exactly this region.' }),
    within: t.id({ description: 'Serves this region or one within it.' }),
    organisation: t.id(),
    level: t.string(),
    status: t.string(),
    kind: t.string(),
    industry: t.string(),
    topLevel: t.boolean({ description: 'True: no part of another team; false: only such parts.' }),
    activeOn: t.field({ type: 'Date', description: 'Activated by this day, and not ended by it.' }),
    member: t.id({ description: 'This person is a member on `memberOn`.' }),
    memberOn: t.field({ type: 'Date', description: 'Today if absent.' }),
  }),
});

builder.queryFields((t) => ({
  team: t.field({
    type: TeamRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Team, id),
  }),
  teams: t.connection({
    type: TeamRef,
    args: { filter: t.arg({ type: TeamFilter }) },
    async resolve(_root, args, context) {
      const { ids, region, within, organisation, level, status, kind, industry, topLevel, activeOn, member, memberOn } =
        args.filter ?? {};
      const on = memberOn ?? context.today;
      const memberships = member
        ? await context.em.find(TeamMember, { personId: member, ...inForceOn(on) }, { fields: ['teamId'] })
        : null;
      return page(context.em, Team, {
        where: {
          ...(region ? { regionId: region } : {}),
          ...(organisation ? { organisationId: organisation } : {}),
          ...(level ? { level } : {}),
          ...(status ? { status } : {}),
          ...(kind ? { kind } : {}),
          ...(industry ? { industry } : {}),
          $and: [
            within ? { regionId: { $in: regionIdsWithin(context.em, within) } } : {},
            typeof topLevel === 'boolean' ? { parentId: topLevel ? null : { $ne: null } } : {},
            activeOn ? activeTeamOn(activeOn) : {},
            ids ? { id: { $in: ids } } : {},
            memberships ? { id: { $in: memberships.map((membership) => membership.teamId) } } : {},
          ],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));
