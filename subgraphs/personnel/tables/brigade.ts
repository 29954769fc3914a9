import { defineEntity, p } from '@mikro-orm/postgresql';

const BrigadeSchema = defineEntity({
  name: 'Brigade',
  tableName: 'brigade',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    /** Unique: whoever is sent to a county joins the one brigade there. */
    countyId: p.string().unique(),
    createdOn: p.date(),
    /** The day of the latest act on it. */
    changedOn: p.date(),
    changedAt: p.datetime(),
  },
  indexes: [{ properties: ['prefectureId', 'id'] }, { properties: ['provinceId', 'id'] }],
});
export class Brigade extends BrigadeSchema.class {}
BrigadeSchema.setClass(Brigade);

const BrigadePostSchema = defineEntity({
  name: 'BrigadePost',
  tableName: 'brigade_post',
  properties: {
    id: p.uuid().primary(),
    brigadeId: p.uuid(),
    personId: p.uuid(),
    /** leader, deputy or liaison. */
    role: p.string(),
    /** The post the person held outside the brigade when appointed; null: not known. */
    post: p.string().nullable(),
    from: p.date(),
    /** The first day it no longer holds; null while it lasts. */
    to: p.date().nullable(),
  },
  indexes: [{ properties: ['brigadeId', 'role', 'to'] }],
});
export class BrigadePost extends BrigadePostSchema.class {}
BrigadePostSchema.setClass(BrigadePost);

const BrigadeMemberSchema = defineEntity({
  name: 'BrigadeMember',
  tableName: 'brigade_member',
  properties: {
    id: p.uuid().primary(),
    brigadeId: p.uuid(),
    appointmentId: p.uuid(),
    personId: p.uuid(),
    from: p.date(),
  },
  indexes: [{ properties: ['personId', 'brigadeId'] }],
  uniques: [{ properties: ['brigadeId', 'appointmentId'] }],
});
export class BrigadeMember extends BrigadeMemberSchema.class {}
BrigadeMemberSchema.setClass(BrigadeMember);

export const brigadeTables = [BrigadeSchema, BrigadePostSchema, BrigadeMemberSchema];
