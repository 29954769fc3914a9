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
    /** A code such as diversion. */
    type: p.string(),
    /** A code: ordinary or serious. */
    severity: p.string(),
    /** Whom it is found against: a unit, a person, or both. */
    organisationId: p.uuid().nullable(),
    personId: p.uuid().nullable(),
    description: p.text(),
    misusedFen: fenColumn('misused_fen'),
    recoveredFen: fenColumn('recovered_fen'),
    raisedOn: p.date(),
    criticisedOn: p.date().nullable(),
    criticismDocument: p.text().nullable(),
    clawbackOrderedOn: p.date().nullable(),
    clawbackDocument: p.text().nullable(),
    referredOn: p.date().nullable(),
    referredTo: p.text().nullable(),
    closedOn: p.date().nullable(),
    /** The day of the latest act on it. */
    changedOn: p.date(),
    // The line's, so that findings are seen by whoever sees the money.
    payerId: p.uuid(),
    payerLevel: p.string(),
    beneficiaryKind: p.string(),
    beneficiaryId: p.uuid(),
    linePersonId: p.uuid().nullable(),
    dispatchingUnitId: p.uuid().nullable(),
    ...placeColumns(),
  },
  checks: [{ name: 'misuse_finding_recovered_within', expression: 'recovered_fen <= misused_fen' }],
  indexes: [
    { properties: ['lineId', 'id'] },
    { properties: ['beneficiaryId', 'closedOn'] },
    { properties: ['dispatchingUnitId', 'closedOn'] },
    { properties: ['countyId', 'closedOn'] },
    { properties: ['prefectureId', 'closedOn'] },
    { properties: ['provinceId', 'closedOn'] },
  ],
});
export class MisuseFinding extends MisuseFindingSchema.class {}
MisuseFindingSchema.setClass(MisuseFinding);

export const misuseFindingTables = [MisuseFindingSchema];
