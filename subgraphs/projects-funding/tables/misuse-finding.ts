import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';
import { fenColumn } from './fen.ts';

const MisuseFindingSchema = defineEntity({
  name: 'MisuseFinding',
  tableName: 'misuse_finding',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    lineId: p.uuid(),
    /** The inspection that brought it to light. */
    inspectionId: p.uuid().nullable(),
    /** A code, such as diversion. */
    kind: p.string(),
    /** ordinary or serious. */
    severity: p.string(),
    /** Whom it is found against: one of the two. */
    responsibleOrganisationId: p.uuid().nullable(),
    responsiblePersonId: p.uuid().nullable(),
    amountFen: fenColumn('amount_fen'),
    recoveredFen: fenColumn('recovered_fen'),
    /** What it rests on. */
    evidence: p.text().nullable(),
    recordedOn: p.date(),
    closedOn: p.date().nullable(),
    /** The day of the latest act on it, and how many there were: what moves its version on. */
    changedOn: p.date(),
    acts: p.integer(),
    // The line's, so that findings are read by whoever reads the money.
    payerId: p.uuid(),
    payerLevel: p.string(),
    beneficiaryKind: p.string(),
    beneficiaryId: p.uuid(),
    personId: p.uuid().nullable(),
    dispatchingUnitId: p.uuid().nullable(),
    ...placeColumns(),
  },
  checks: [{ name: 'misuse_finding_recovered_within', expression: 'recovered_fen <= amount_fen' }],
  indexes: [
    { properties: ['lineId', 'id'] },
    { properties: ['beneficiaryId', 'closedOn'] },
    { properties: ['dispatchingUnitId', 'closedOn'] },
    { properties: ['responsibleOrganisationId', 'closedOn'] },
    { properties: ['responsiblePersonId', 'closedOn'] },
    { properties: ['countyId', 'id'] },
    { properties: ['prefectureId', 'id'] },
    { properties: ['provinceId', 'id'] },
  ],
});
export class MisuseFinding extends MisuseFindingSchema.class {}
MisuseFindingSchema.setClass(MisuseFinding);

const MisuseEffectSchema = defineEntity({
  name: 'MisuseEffect',
  tableName: 'misuse_effect',
  properties: {
    id: p.uuid().primary(),
    findingId: p.uuid(),
    /** A code, such as public-criticism, clawback or legal-referral. */
    kind: p.string(),
    doneOn: p.date(),
    document: p.text().nullable(),
    /** What was recovered; null for what recovers nothing. */
    amountFen: p.bigint('number').check('amount_fen >= 0').nullable(),
    /** The body to which it was referred. */
    body: p.text().nullable(),
  },
  indexes: [{ properties: ['findingId', 'id'] }],
});
export class MisuseEffect extends MisuseEffectSchema.class {}
MisuseEffectSchema.setClass(MisuseEffect);

export const misuseFindingTables = [MisuseFindingSchema, MisuseEffectSchema];
