import { defineEntity, p } from '@mikro-orm/postgresql';

const TeamSchema = defineEntity({
  name: 'Team',
  tableName: 'team',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    name: p.string(),
    /** The tier that forms and funds it: national, province, prefecture, county or unit. */
    level: p.string(),
    regionId: p.string(),
    organisationId: p.uuid(),
    field: p.string().nullable(),
    chainStages: p.array(),
    industries: p.array(),
    /** forming, active or ended. */
    status: p.string(),
    formedOn: p.date(),
    activatedOn: p.date().nullable(),
    endedOn: p.date().nullable(),
    /** The day of the latest act on it or its composition. */
    changedOn: p.date(),
    changedAt: p.datetime(),
  },
  indexes: [{ properties: ['regionId', 'id'] }, { properties: ['organisationId', 'id'] }],
});
export class Team extends TeamSchema.class {}
TeamSchema.setClass(Team);

const TeamMemberSchema = defineEntity({
  name: 'TeamMember',
  tableName: 'team_member',
  properties: {
    id: p.uuid().primary(),
    teamId: p.uuid(),
    personId: p.uuid(),
    from: p.date(),
    /** The first day it no longer holds; null while it lasts. */
    to: p.date().nullable(),
    endReason: p.string().nullable(),
  },
  indexes: [{ properties: ['teamId', 'to'] }, { properties: ['personId', 'to'] }],
});
export class TeamMember extends TeamMemberSchema.class {}
TeamMemberSchema.setClass(TeamMember);

const TeamPostSchema = defineEntity({
  name: 'TeamPost',
  tableName: 'team_post',
  properties: {
    id: p.uuid().primary(),
    teamId: p.uuid(),
    personId: p.uuid(),
    /** leader or liaison. */
    role: p.string(),
    /** For a leader: unit or county. */
    side: p.string().nullable(),
    /** The post the person held outside the team when appointed, by which they may hold this one; null: not known. */
    post: p.string().nullable(),
    /** The signing county that the person stands for. */
    countyId: p.string().nullable(),
    from: p.date(),
    to: p.date().nullable(),
  },
  indexes: [{ properties: ['teamId', 'role', 'to'] }, { properties: ['countyId', 'role', 'to'] }],
});
export class TeamPost extends TeamPostSchema.class {}
TeamPostSchema.setClass(TeamPost);

export const teamTables = [TeamSchema, TeamMemberSchema, TeamPostSchema];
