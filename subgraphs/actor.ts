import type { Facts } from '../policies/facts.ts';
import type { Release } from '../policies/pack.ts';
import type { HeldRole, Viewer } from './viewer.ts';

/** What a decision is about: enough to choose the packs and to say which roles of the caller cover it. */
export interface Subject {
  readonly type: string;
  readonly id: string;
  /** The regions it lies in, its own first, up to the country. The packs that govern any of them apply. */
  readonly regions: readonly string[];
  /** Regions inside it whose bodies take part in it, such as the counties of a round: their packs do not govern it. */
  readonly parts?: readonly string[];
  /** Organisations that act for it: a role held for one of them covers it wherever it lies. */
  readonly organisations?: readonly string[];
  /** The chain of acts that this one belongs to, such as `team:<id>`: duties are kept apart within it. */
  readonly process?: string;
  /** Persons it is about: the account of one of them holds the role `commissioner` on it. */
  readonly persons?: readonly string[];
  /** Roles that persons hold by a post of the subject itself, such as a team's leader. */
  readonly posts?: readonly { readonly person: string; readonly role: string }[];
}

/** True when a role that is held covers the subject: by organisation if it is tied to one, by region or part otherwise. */
export function covers(held: HeldRole, subject: Subject): boolean {
  return held.organisation
    ? (subject.organisations ?? []).includes(held.organisation)
    : subject.regions.includes(held.region) || (subject.parts ?? []).includes(held.region);
}

/** The codes of the roles in which a viewer may act on a subject, each once. */
export function rolesOn(viewer: Viewer, subject: Subject): string[] {
  const roles = viewer.roles.filter((held) => covers(held, subject)).map((held) => held.role);
  const { person } = viewer;
  if (person && (subject.persons ?? []).includes(person)) roles.push('commissioner');
  roles.push(...(subject.posts ?? []).filter((post) => post.person === person).map((post) => post.role));
  return [...new Set(roles)].sort();
}

/** Who acts: the facts about it, and in which roles the act counts. */
export interface Acting {
  readonly facts: Facts;
  /** The roles that permit the act, and that the step belongs to if it is a step. */
  readonly actedAs: readonly string[];
}

/**
 * Finds out in which roles a viewer acts on a subject. `onBehalfOf` is the role for which a recorder types in: the act
 * then counts as that role's, and the recorder must hold `recorder` on the subject. `stepBodies` are the roles to which
 * the law gives this step.
 */
export function actingOn(
  viewer: Viewer,
  subject: Subject,
  point: string,
  releases: readonly Release[],
  options: { onBehalfOf: string | null; stepBodies?: readonly string[] | undefined },
): Acting {
  const { onBehalfOf, stepBodies } = options;
  const roles = rolesOn(viewer, subject);
  const bodies = onBehalfOf ? (roles.includes('recorder') ? [onBehalfOf] : []) : roles;
  const permitting = bodies.filter((body) =>
    releases.some((release) => release.roles.some(({ role, may }) => role === body && may.includes(point))),
  );
  return {
    facts: { 'actor.roles': roles, 'actor.bodies': bodies, 'actor.permitted': permitting.length > 0 },
    actedAs: permitting.filter((body) => !stepBodies || stepBodies.includes(body)),
  };
}
