import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { OrganisationRef } from './organisation.ts';
import { RegionRef } from './region.ts';
import { Organisation } from './tables/organisation.ts';
import { Region } from './tables/region.ts';
import { Team, TeamMember } from './tables/team.ts';
import { inForceOn, memberCount, openCommitments, teamFacts } from './team-facts.ts';
import { latestTeamGrade } from './team-grade.ts';

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
    field: t.exposeString('field', { nullable: true }),
    chainStages: t.exposeStringList('chainStages'),
    industries: t.exposeStringList('industries'),
    formedOn: t.expose('formedOn', { type: 'Date' }),
    activatedOn: t.expose('activatedOn', { type: 'Date', nullable: true }),
    endedOn: t.expose('endedOn', { type: 'Date', nullable: true }),
    region: t.field({
      type: RegionRef,
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
          'team.latestGrade': await latestTeamGrade(context, team.id, asOf),
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
    region: t.id(),
    organisation: t.id(),
    level: t.string(),
    status: t.string(),
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
      const { ids, region, organisation, level, status, member, memberOn } = args.filter ?? {};
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
          $and: [
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
