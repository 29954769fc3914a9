import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Subject } from '../actor.ts';
import { page } from '../connection.ts';
import { requireLevel } from '../level.ts';
import { loadById } from '../loader.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided, types } from './builder.ts';
import { OrganisationRef } from './organisation.ts';
import { RegionRef } from './region.ts';
import { Organisation } from './tables/organisation.ts';
import { Region } from './tables/region.ts';
import { Team, TeamMember, TeamPost } from './tables/team.ts';
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

/** Loads a team and holds its row: composition is counted again on every change, one change at a time. */
export async function lockTeam(tx: SqlEntityManager, id: string, field = 'team'): Promise<Team> {
  const team = await tx.findOne(Team, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!team) throw notFound(field);
  return team;
}

/** The subject of a decision about a team. */
export async function teamSubject(tx: SqlEntityManager, team: Team, on: string): Promise<Subject> {
  const region = await tx.findOneOrFail(Region, { id: team.regionId });
  const leaders = await tx.find(TeamPost, { teamId: team.id, role: 'leader', ...inForceOn(on) });
  return {
    type: 'Team',
    id: team.id,
    regions: region.path,
    process: `team:${team.id}`,
    organisations: [team.organisationId],
    posts: leaders.map((leader) => ({ person: leader.personId, role: 'team-leader' })),
  };
}

/** @throws UserError WRONG_STATE */
export function notEnded(team: Team): void {
  if (team.status === 'ended') {
    throw new UserError('WRONG_STATE', 'team', { zh: '该团队已结束。', en: 'This team has ended.' });
  }
}

/** Marks the team as changed by an act of a day, also when only what belongs to it was, so that its version moves on. */
export function touched(team: Team, on: string): Team {
  team.changedOn = on;
  team.changedAt = new Date();
  return team;
}

decided('teamCreate', {
  description: 'Forms a team; it is `forming` until teamActivate. Errors: NAME_REQUIRED, LEVEL_INVALID, NOT_FOUND.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    name: t.string({ required: true }),
    level: t.string({ required: true }),
    region: t.id({ required: true }),
    organisation: t.id({ required: true }),
    field: t.string(),
    chainStages: t.stringList(),
    industries: t.stringList(),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      if (!input.name.trim()) {
        throw new UserError('NAME_REQUIRED', 'name', { zh: '名称不能为空。', en: 'The name is empty.' });
      }
      requireLevel(input.level);
      const region = await tx.findOne(Region, { id: input.region });
      if (!region) throw notFound('region');
      if (!(await tx.findOne(Organisation, { id: input.organisation }))) throw notFound('organisation');
      const id = uuid();
      const field = input.field?.trim() || null;
      const chainStages = input.chainStages ?? [];
      return {
        subject: {
          type: 'Team',
          id,
          regions: region.path,
          process: `team:${id}`,
          organisations: [input.organisation],
        },
        facts: {
          'team.level': input.level,
          'team.fieldStated': field !== null,
          'team.chainStagesStated': chainStages.length > 0,
        },
        current: null,
        change: () =>
          tx.create(Team, {
            id,
            version: 1,
            name: input.name.trim(),
            level: input.level,
            regionId: region.id,
            organisationId: input.organisation,
            field,
            chainStages,
            industries: input.industries ?? [],
            status: 'forming',
            formedOn: on,
            activatedOn: null,
            endedOn: null,
            changedOn: on,
            changedAt: new Date(),
          }),
      };
    },
  }),
});
