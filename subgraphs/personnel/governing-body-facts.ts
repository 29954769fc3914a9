import type { Facts } from '../../policies/facts.ts';

/** One seat as the facts need it: which post, filled by an organisation in which role. */
export interface Seat {
  readonly post: string;
  readonly role: string;
  /** Who holds it; absent when nobody is named. */
  readonly person?: string | null | undefined;
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
    'governingBody.officeBody': roles('office')[0],
  };
}
