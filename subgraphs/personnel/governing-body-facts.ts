import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { Person } from './tables/person.ts';
import type { Region } from './tables/region.ts';

/** One seat as the facts need it: which post, filled by an organisation in which role. */
export interface Seat {
  readonly post: string;
  readonly role: string;
  /** Who holds it; absent when nobody is named. */
  readonly person?: string | null | undefined;
}

/** Which body it is, and where: what tells the bodies of one law apart. */
export async function governingBodyKindFacts(
  em: SqlEntityManager,
  kind: string | null | undefined,
  region: Region,
  seats: readonly Seat[],
): Promise<Facts> {
  const heads = seats.filter(({ post }) => post === 'head');
  // Of several heads none is the one that leads.
  const head = heads.length === 1 ? heads[0] : undefined;
  const person = head?.person ? await em.findOne(Person, { id: head.person }) : null;
  return {
    'governingBody.kind': kind ?? undefined,
    'governingBody.leadBody': head?.role,
    'governingBody.headPost': person?.post ?? undefined,
    'region.level': region.level,
  };
}

/** What is known of a governing body's composition. Heads and co-heads are both heads. An office not on record is not known. */
export function governingBodyFacts(seats: readonly Seat[]): Facts {
  const roles = (...posts: string[]) => [
    ...new Set(seats.filter(({ post }) => posts.includes(post)).map(({ role }) => role)),
  ];
  return {
    'governingBody.coHeadBodies': roles('head', 'co-head').sort(),
    'governingBody.deputyBodies': roles('deputy').sort(),
    'governingBody.memberBodies': roles('member').sort(),
    'governingBody.headNamed': seats.some(({ post, person }) => ['head', 'co-head'].includes(post) && Boolean(person)),
    'governingBody.officeStaffed': seats.some(({ post, person }) => post === 'office' && Boolean(person)),
    'governingBody.officeStated': seats.some(({ post }) => post === 'office'),
    'governingBody.officeBody': roles('office')[0],
  };
}
