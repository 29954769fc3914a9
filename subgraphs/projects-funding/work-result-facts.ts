import type { Facts } from '../../policies/facts.ts';
import type { Context } from '../context.ts';
import type { Placed } from '../place.ts';
import { readRegionRecord } from './region-facts.ts';
import type { WorkResult } from './tables/work-result.ts';

/** What the owners of places say of where a result lies. */
export async function resultPlaceFacts(
  context: Context,
  place: Placed,
  village: string | null | undefined,
  on: string,
): Promise<Facts> {
  const [county, its] = await Promise.all([
    place.countyId ? readRegionRecord(context, place.countyId) : null,
    village ? readRegionRecord(context, village) : null,
  ]);
  return {
    'workResult.countyStated': county !== null,
    'workResult.villageStated': Boolean(village),
    'workResult.villagePoor': its?.hadBy('poor', on),
    'workResult.countyPoor': county?.hadBy('poor', on),
    'workResult.countyDelisted': county?.has('delisted', on),
  };
}

type Stated = Pick<WorkResult, 'kind' | 'quantity' | 'partnerKind' | 'personId' | 'reference' | 'features'>;

/** What is stated of a result itself. */
export function resultFacts(result: Stated): Facts {
  return {
    'workResult.kind': result.kind,
    'workResult.quantity': result.quantity,
    'workResult.partnerKind': result.partnerKind ?? undefined,
    'workResult.personStated': result.personId !== null,
    'workResult.referenceStated': result.reference !== null,
    'workResult.features': [...result.features],
  };
}
