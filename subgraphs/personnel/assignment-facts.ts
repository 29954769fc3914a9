import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { Assignment } from './tables/assignment.ts';
import { RegionStatus } from './tables/region.ts';
import { inForceOn } from './team-facts.ts';

/** The villages that are poor on a day, or once were: one that was delisted still counts. */
export async function poorVillages(tx: SqlEntityManager, ids: readonly string[], on: string): Promise<Set<string>> {
  const rows = await tx.find(
    RegionStatus,
    { regionId: { $in: [...ids] }, kind: 'poor', value: true, $or: [{ from: null }, { from: { $lte: on } }] },
    { fields: ['regionId'] },
  );
  return new Set(rows.map(({ regionId }) => regionId));
}

/** What somebody is assigned to on a day. */
export async function assignmentFacts(tx: SqlEntityManager, appointmentId: string, on: string): Promise<Facts> {
  const rows = await tx.find(Assignment, { appointmentId, ...inForceOn(on) });
  const ofKind = (kind: string) => rows.filter((row) => row.kind === kind);
  // One thing recorded twice is one thing: by where it is on record, else by its name and village.
  const distinct = (some: readonly Assignment[]) =>
    new Set(some.map(({ reference, name, villageId }) => reference ?? `${name} ${villageId ?? ''}`)).size;
  const households = (some: readonly Assignment[]) => some.reduce((sum, { quantity }) => sum + quantity, 0);
  const villages = [...new Set(rows.map(({ villageId }) => villageId).filter((id) => typeof id === 'string'))];
  const poor = await poorVillages(tx, villages, on);
  const inPoor = (some: readonly Assignment[]) => some.filter(({ villageId }) => villageId && poor.has(villageId));
  return {
    'assignment.serviceObjectCount': distinct(ofKind('service-object')),
    'assignment.projectCount': distinct(ofKind('project')),
    'assignment.baseCount': distinct(ofKind('base')),
    'assignment.operatorCount': distinct(ofKind('operator')),
    'assignment.poorVillageOperatorCount': distinct(inPoor(ofKind('operator'))),
    'assignment.householdCount': households(ofKind('household')),
    'assignment.poorVillageHouseholdCount': households(inPoor(ofKind('household'))),
    'assignment.yearTargetSet': ofKind('year-target').some(({ year }) => year === Number(on.slice(0, 4))),
  };
}
