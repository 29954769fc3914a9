import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { placeOf } from './place.ts';
import { Designation } from './tables/designation.ts';
import { Organisation } from './tables/organisation.ts';
import type { Region } from './tables/region.ts';

/** Who or what is designated, and for what. */
export interface Designating {
  readonly id?: string;
  readonly kind: string;
  readonly region: Region;
  readonly teamId?: string | null;
  readonly organisationId?: string | null;
  readonly bodyRole?: string | null;
  readonly personId?: string | null;
  readonly post?: string | null;
}

/** Records a designation from a day on. The caller holds the region and has checked the ids. */
export async function createDesignation(
  tx: SqlEntityManager,
  designating: Designating,
  on: string,
): Promise<Designation> {
  const { id, kind, region, teamId, organisationId, bodyRole, personId, post } = designating;
  const organisation = organisationId ? await tx.findOneOrFail(Organisation, { id: organisationId }) : null;
  return tx.create(Designation, {
    id: id ?? uuid(),
    version: 1,
    kind,
    regionId: region.id,
    ...(await placeOf(tx, region)),
    teamId: teamId ?? null,
    organisationId: organisation?.id ?? null,
    bodyKind: organisation?.type ?? null,
    bodyRole: bodyRole ?? null,
    personId: personId ?? null,
    post: post ?? null,
    from: on,
    to: null,
    endReason: null,
  });
}
