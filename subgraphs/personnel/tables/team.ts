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
    /** What the place calls it, such as a service team or an expert group; null where there is one kind only. */
    kind: p.string().nullable(),
    /** The region that it serves. */
    regionId: p.string(),
    organisationId: p.uuid(),
    field: p.string().nullable(),
    chainStages: p.array(),
    /** The industry it is formed for, where it is for one. */
    industry: p.string().nullable(),
    industries: p.array(),
    /** The team that it is a part of. */
    parentId: p.uuid().nullable(),
    /** The first and the last day of its term. */
    termFrom: p.date().nullable(),
    termTo: p.date().nullable(),
    receivingUnitId: p.uuid().nullable(),
    /** Who answers for it, and who was named to lead it before being appointed. */
    accountableId: p.uuid().nullable(),
    namedLeaderId: p.uuid().nullable(),
    /** The procedure under which it is formed. */
    procedureId: p.uuid().nullable(),
    /** Levels of the bodies its experts come from, as stated when it was formed. */
    expertLevels: p.array(),
    /** forming, active or ended. */
    status: p.string(),
    formedOn: p.date(),
    activatedOn: p.date().nullable(),
    endedOn: p.date().nullable(),
    /** The day of the latest act on it or its composition. */
    changedOn: p.date(),
    changedAt: p.datetime(),
  },
  indexes: [
    { properties: ['regionId', 'kind', 'id'] },
    { properties: ['organisationId', 'id'] },
    { properties: ['kind', 'industry', 'id'] },
  ],
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
    /** The pool that the member comes from. */
    sourceCategory: p.string().nullable(),
    /** A practical technical expert; null when nobody has said. */
    practicalExpert: p.boolean().nullable(),
    /** Who certified that. */
    practicalCertifier: p.string().nullable(),
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

const TeamLedgerEntrySchema = defineEntity({
  name: 'TeamLedgerEntry',
  tableName: 'team_ledger_entry',
  properties: {
    id: p.uuid().primary(),
    teamId: p.uuid(),
    on: p.date(),
    /** The act that changed the team: the name of its mutation. */
    act: p.string(),
    /** Whom it concerned. */
    personIds: p.array(),
    /** Role codes of the bodies that approved it. */
    approvals: p.array(),
    reason: p.text().nullable(),
  },
  indexes: [{ properties: ['teamId', 'on', 'id'] }],
});
export class TeamLedgerEntry extends TeamLedgerEntrySchema.class {}
TeamLedgerEntrySchema.setClass(TeamLedgerEntry);

export const teamTables = [TeamSchema, TeamMemberSchema, TeamPostSchema, TeamLedgerEntrySchema];
