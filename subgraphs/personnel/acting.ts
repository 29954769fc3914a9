import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Release } from '../../policies/pack.ts';
import { actorFacts, type Subject } from '../actor.ts';
import type { Context } from '../context.ts';
import { lawOf } from '../law.ts';
import { Application } from './tables/application.ts';
import { Demand } from './tables/demand.ts';
import { Matching } from './tables/matching.ts';
import { SelectionStep } from './tables/selection.ts';
import { SelectionNotice } from './tables/selection-notice.ts';

/** For whom the caller acts now, and how many earlier steps of the same way the caller took for somebody else. */
export interface Acting {
  /** A role code; null when the caller has no role for this. */
  readonly body: string | null;
  readonly otherBodySteps: number;
}

/** The bodies for which an account took steps on the way of a round: from the need to the list, each step once. */
async function bodiesSoFar(
  tx: SqlEntityManager,
  account: string,
  selectionId: string | null,
  demand: Demand | null,
): Promise<string[]> {
  const demands = new Map(demand ? [[demand.id, demand]] : []);
  const bodies: (string | null | undefined)[] = [];
  if (selectionId) {
    const sent = { selectionId, $or: [{ submittedBy: account }, { publishedBy: account }] };
    for (const one of await tx.find(Demand, sent)) demands.set(one.id, one);
    for (const one of await tx.find(Matching, { selectionId, recordedBy: account })) bodies.push(one.recordedAs);
    for (const one of await tx.find(Application, { selectionId, filedBy: account })) bodies.push(one.filedAs);
    for (const one of await tx.find(SelectionStep, { selectionId, actor: account })) bodies.push(one.body);
    for (const one of await tx.find(SelectionNotice, { selectionId, openedBy: account })) bodies.push(one.openedAs);
  }
  for (const one of demands.values()) {
    if (one.submittedBy === account) bodies.push(one.submittedAs);
    if (one.publishedBy === account) bodies.push(one.publishedAs);
  }
  return bodies.filter((body) => typeof body === 'string');
}

const mayDo = (releases: readonly Release[], role: string, point: string) =>
  releases.some((release) => release.roles.some((one) => one.role === role && one.may.includes(point)));

/**
 * For which body the caller acts at `point`: one that the chain names for the step, or else one that may do it, and of
 * several the one for which the caller has acted before. `on` says whose law.
 */
export async function acting(
  tx: SqlEntityManager,
  context: Context,
  act: {
    readonly point: string;
    readonly subject: Subject;
    readonly on: string;
    readonly onBehalfOf: string | null | undefined;
    readonly selectionId: string | null;
    readonly demand?: Demand | null;
    readonly stepBodies?: readonly string[];
  },
): Promise<Acting> {
  const releases = lawOf(context.registry, act.subject.regions, act.on);
  const facts = actorFacts(context.viewer, act.subject, act.point, releases, act.onBehalfOf ?? null);
  const held = facts['actor.bodies'] as readonly string[];
  const permitted = held.filter((body) => mayDo(releases, body, act.point));
  const named = permitted.filter((body) => (act.stepBodies ?? []).includes(body));
  const choice = named.length > 0 ? named : permitted;
  const earlier = await bodiesSoFar(tx, context.viewer.subject, act.selectionId, act.demand ?? null);
  const body = choice.find((one) => earlier.includes(one)) ?? choice[0] ?? null;
  return { body, otherBodySteps: earlier.filter((one) => one !== body).length };
}
