import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { completedYears } from './person-facts.ts';
import { Engagement } from './tables/engagement.ts';
import { ExpertPoolEntry } from './tables/expert-pool-entry.ts';
import { Letter } from './tables/letter.ts';
import { Person } from './tables/person.ts';
import { type Team, TeamMember, TeamPost } from './tables/team.ts';
import { inForceOn } from './team-facts.ts';

/** Who belongs to a team on a day. The caller holds the team's lock when a change depends on it. */
export interface Roster {
  /** Members, each once, and whether they are practical experts. */
  readonly members: ReadonlyMap<string, boolean>;
  readonly posts: readonly TeamPost[];
}

export async function rosterOf(tx: SqlEntityManager, teamId: string, on: string): Promise<Roster> {
  const rows = await tx.find(TeamMember, { teamId, ...inForceOn(on) }, { orderBy: { id: 'asc' } });
  const members = new Map<string, boolean>();
  for (const { personId, practicalExpert } of rows) {
    members.set(personId, members.get(personId) || practicalExpert === true);
  }
  return { members, posts: await tx.find(TeamPost, { teamId, ...inForceOn(on) }) };
}

/** The persons who hold a post of a team, each once. */
export const holdersOf = ({ posts }: Roster, role: string): string[] => [
  ...new Set(posts.filter((post) => post.role === role).map(({ personId }) => personId)),
];

export const practicalCount = ({ members }: Pick<Roster, 'members'>): number =>
  [...members.values()].filter((practical) => practical).length;

/** A roster after some have left and others have come. */
export function afterChange(
  { members }: Roster,
  removed: readonly string[],
  added: readonly { readonly personId: string; readonly practicalExpert: boolean | null }[],
): Pick<Roster, 'members'> {
  const after = new Map([...members].filter(([id]) => !removed.includes(id)));
  for (const { personId, practicalExpert } of added) after.set(personId, practicalExpert === true);
  return { members: after };
}

/** How many distinct persons hold a post once somebody is appointed to it in place of who holds the same one. */
export function holdersAfter(
  { posts }: Roster,
  post: { readonly role: string; readonly side: string | null; readonly countyId: string | null },
  personId: string,
): number {
  const staying = posts.filter(
    (held) =>
      held.role === post.role && !((held.side ?? null) === post.side && (held.countyId ?? null) === post.countyId),
  );
  return new Set([...staying.map((held) => held.personId), personId]).size;
}

/** The entries of the expert pool that hold on a day. */
export function pooledOn(on: string) {
  return { addedOn: { $lte: on }, $or: [{ to: null }, { to: { $gt: on } }] };
}

/** Whether somebody is in the expert pool on a day. */
export async function isPooled(tx: SqlEntityManager, personId: string, on: string): Promise<boolean> {
  return (await tx.count(ExpertPoolEntry, { personId, ...pooledOn(on) })) > 0;
}

/** What is known of those who belong to a team, beyond how many they are. */
export async function rosterFacts(tx: SqlEntityManager, team: Team, roster: Roster, on: string): Promise<Facts> {
  const ids = [...roster.members.keys()];
  const engaged = new Set(
    (await tx.find(Engagement, { teamId: team.id, personId: { $in: ids }, from: { $lte: on }, to: { $gte: on } })).map(
      ({ personId }) => personId,
    ),
  );
  const letters = await tx.find(Letter, { teamId: team.id, issuedOn: { $lte: on } });
  const lettered = new Set(letters.map(({ personId }) => personId));
  const pool = await tx.find(ExpertPoolEntry, { personId: { $in: ids }, ...pooledOn(on) }, { fields: ['personId'] });
  const pooled = new Set(pool.map(({ personId }) => personId));
  return {
    'team.leaderCount': holdersOf(roster, 'leader').length,
    'team.liaisonCount': holdersOf(roster, 'liaison').length,
    'team.practicalExpertCount': practicalCount(roster),
    'team.membersWithoutEngagement': ids.filter((id) => !engaged.has(id)).length,
    'team.letterIssued': letters.some(({ personId }) => !personId),
    'team.membersWithoutLetter': ids.filter((id) => !lettered.has(id)).length,
    'team.membersOutsidePool': ids.filter((id) => !pooled.has(id)).length,
  };
}

/** The completed age of the oldest member; undefined when a birthday is not known, or there is no member. */
export async function oldestAge(tx: SqlEntityManager, roster: Roster, on: string): Promise<number | undefined> {
  const persons = await tx.find(Person, { id: { $in: [...roster.members.keys()] } }, { fields: ['birthDate'] });
  const ages = persons.map(({ birthDate }) => (birthDate ? completedYears(birthDate, on) : undefined));
  if (ages.length === 0 || ages.includes(undefined)) return undefined;
  return Math.max(...(ages as number[]));
}
