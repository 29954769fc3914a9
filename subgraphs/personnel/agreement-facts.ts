import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { doneSteps } from './procedure-facts.ts';
import { Agreement } from './tables/agreement.ts';
import { Demand, DemandItem } from './tables/demand.ts';
import { Team } from './tables/team.ts';

/** Agreements that hold on a day: signed, and not past their last day. */
export function heldOn(on: string) {
  return { signedOn: { $lte: on }, $or: [{ until: null }, { until: { $gte: on } }] };
}

/** The teams that have not ended whose agreement with a county holds on a day. */
export async function teamsOfCounty(tx: SqlEntityManager, countyId: string, on: string): Promise<Team[]> {
  const agreements = await tx.find(Agreement, { countyId, ...heldOn(on) }, { fields: ['teamId'] });
  return tx.find(Team, { id: { $in: agreements.map(({ teamId }) => teamId) }, status: { $ne: 'ended' } });
}

/** Whether a county has a demand that nobody serves yet, in the field of a team or the industry of its agreement. */
async function hasDemand(
  tx: SqlEntityManager,
  countyId: string,
  wanted: { readonly field: string | null | undefined; readonly industry: string | null },
  on: string,
): Promise<boolean | undefined> {
  const { field, industry } = wanted;
  const alike = [...(field ? [{ field }] : []), ...(industry ? [{ industry }] : [])];
  if (alike.length === 0) return undefined;
  const items = await tx.find(
    DemandItem,
    { countyId, status: { $ne: 'served' }, $or: alike },
    { fields: ['demandId'] },
  );
  const ids = [...new Set(items.map(({ demandId }) => demandId))];
  return (await tx.count(Demand, { id: { $in: ids }, submittedOn: { $lte: on } })) > 0;
}

/** What both sides bring to the signing. */
interface Signing {
  readonly industry: string | null;
  readonly commitmentCount: number;
  readonly bothSigned: boolean;
  readonly kind: string | null;
  readonly deep: boolean;
  readonly teamConsented: boolean;
  readonly countyConsented: boolean;
  readonly keyMatters: readonly string[];
  readonly document: string | null;
  readonly mode: string | null;
}

/** What is known of an agreement to be signed. A team without a field leaves open what others of its field do. */
export async function agreementFacts(
  tx: SqlEntityManager,
  team: Team,
  countyId: string,
  on: string,
  signing: Signing,
): Promise<Facts> {
  const others = (await teamsOfCounty(tx, countyId, on)).filter(({ id }) => id !== team.id);
  return {
    'team.level': team.level,
    'team.status': team.status,
    'agreement.countyHasDemand': await hasDemand(tx, countyId, { field: team.field, industry: signing.industry }, on),
    'agreement.otherTeamsSameField': team.field ? others.filter(({ field }) => field === team.field).length : undefined,
    'agreement.commitmentCount': signing.commitmentCount,
    'agreement.bothSigned': signing.bothSigned,
    'team.kind': team.kind ?? undefined,
    'team.doneSteps': await doneSteps(tx, team.procedureId),
    'agreement.kind': signing.kind ?? undefined,
    'agreement.deep': signing.deep,
    'agreement.countyConsented': signing.countyConsented,
    'agreement.teamConsented': signing.teamConsented,
    'agreement.mode': signing.mode ?? undefined,
    'agreement.keyMatterCount': signing.keyMatters.length,
    'agreement.documentSigned': signing.document !== null && signing.bothSigned,
  };
}
