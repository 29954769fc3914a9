import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { canonical, sha256 } from '../policies/canonical.ts';
import { compile } from '../policies/compile.ts';
import { decide } from '../policies/decide.ts';
import type { Decision } from '../policies/decision.ts';
import type { Facts } from '../policies/facts.ts';
import { type Acting, actingOn, rolesOn, type Subject } from './actor.ts';
import { conflictOf, mayRunAgain } from './conflict.ts';
import type { Context } from './context.ts';
import type { StoredDecision } from './decision.ts';
import { lawOf } from './law.ts';
import { DecisionRecord, Submission } from './record.ts';
import { showToActor } from './restricted.ts';
import { storeDecision } from './stored-decision.ts';
import { notFound, UserError } from './user-error.ts';

/** What every mutation takes besides its own fields. */
export interface CommonInput {
  readonly idempotencyKey?: string | null | undefined;
  readonly on?: string | null | undefined;
  readonly onBehalfOf?: string | null | undefined;
  readonly overrides?: readonly { rule: string; role: string; reason: string }[] | null | undefined;
}

/** What a mutation found inside its transaction. */
export interface Prepared<Thing> {
  readonly subject: Subject;
  /** The facts this subgraph owns. Leave out what is not known. */
  readonly facts: Facts;
  /** For a step of a chain: the roles to which the law gives it. */
  readonly stepBodies?: readonly string[];
  /**
   * Other acts that this one contains, such as the coming of each of several members: each is decided at its own point
   * under the same law and roles. One that is not allowed refuses the whole, and its decision is the answer.
   */
  readonly parts?: readonly { readonly point: string; readonly facts: Facts }[];
  /** The thing as it stands, answered to who may do the act when the change is refused; null for one that does not exist yet. */
  readonly current: Thing | null;
  /** Makes the change. Called only when the decision allows it, in the same transaction. */
  change(decision: Decision): Thing | Promise<Thing>;
}

/** A mutation: first what must be asked of others, then what happens inside one transaction. */
export interface Plan<Thing, Remote = void> {
  readonly point: string;
  readonly entity: new () => Thing;
  /** Facts and objects of other subgraphs: read before the transaction opens, for the graph may need its connection. */
  remote?(on: string): Promise<Remote>;
  /** Loads, locks and counts with `tx`; throws UserError for a mistake of the caller's. */
  prepare(tx: SqlEntityManager, on: string, remote: Remote): Promise<Prepared<Thing>>;
}

export interface Payload<Thing> {
  readonly thing: Thing | null;
  readonly decision: StoredDecision | null;
  readonly userErrors: readonly UserError[];
}

/** A text where an id is wanted: it leads nowhere, like an id that nobody has. */
const NO_ID = '22P02';
/** A text that its column does not hold. */
const TOO_LONG = '22001';

/** What the caller is told of a refusal of the database that is none of our failures, or null. */
export function mistakeOf(error: unknown): UserError | null {
  const code = (error as { code?: string }).code ?? '';
  if (code === NO_ID) return notFound('input');
  return code === TOO_LONG ? tooLong() : conflictOf(error);
}

function tooLong(): UserError {
  return new UserError('TEXT_TOO_LONG', 'input', {
    zh: '某项文字超过长度上限（255 个字符）。',
    en: 'One of the texts is longer than its limit of 255 characters.',
  });
}

/** The day of an act. @throws UserError ON_IN_FUTURE */
export function actDate(context: Context, input: CommonInput): string {
  const on = input.on ?? context.today;
  if (on > context.today) {
    throw new UserError('ON_IN_FUTURE', 'on', {
      zh: `办理日期 ${on} 晚于今天（${context.today}）。`,
      en: `The act is dated ${on}, after today (${context.today}).`,
    });
  }
  return on;
}

/** Claims an idempotency key. Answers the earlier submission when there is one. */
async function claim(
  tx: SqlEntityManager,
  context: Context,
  point: string,
  input: CommonInput,
): Promise<{ submission: Submission | null; repeated: boolean }> {
  const key = input.idempotencyKey;
  if (!key) return { submission: null, repeated: false };
  const actor = context.viewer.subject;
  const inputDigest = sha256(canonical(input));
  // The insert waits for a concurrent submission of the same key, so exactly one of them goes on.
  await tx.execute(
    'insert into ?? ("actor", "key", "point", "input_digest", "at") values (?, ?, ?, ?, ?) on conflict do nothing',
    [`${tx.config.get('schema')}.submission`, actor, key, point, inputDigest, context.now],
  );
  const submission = await tx.findOneOrFail(Submission, { actor, key }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (submission.point !== point || submission.inputDigest !== inputDigest) {
    throw new UserError('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey', {
      zh: '该幂等键已用于另一次内容不同的提交。',
      en: 'This idempotency key was used for another submission with other content.',
    });
  }
  return { submission, repeated: submission.decisionId !== null };
}

/** The overrides that were sent, each in a role that the caller really holds on the subject. */
export function heldOverrides(context: Context, subject: Subject, input: CommonInput) {
  const held = rolesOn(context.viewer, subject);
  return (input.overrides ?? []).map((override) => {
    if (!held.includes(override.role)) {
      throw new UserError('OVERRIDE_ROLE_NOT_HELD', ['overrides', 'role'], {
        zh: `您对该对象没有“${override.role}”角色，不能以此角色作出例外决定。`,
        en: `You do not hold the role "${override.role}" on this object, so you cannot override in it.`,
      });
    }
    return { ...override, actor: context.viewer.subject };
  });
}

/**
 * In which roles the same account did each of its earlier acts of a chain; none outside of any chain. Holds the account in
 * the chain until the transaction ends: its acts of one chain hold different rows (a need, a form, a round), and two of them
 * at once would each be the first.
 */
export async function earlierRoles(
  tx: SqlEntityManager,
  context: Context,
  process: string | undefined,
): Promise<readonly (readonly string[])[]> {
  if (!process) return [];
  const duties = JSON.stringify(['duties', process, context.viewer.subject]);
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [duties]);
  const earlier = await tx.find(
    DecisionRecord,
    { process, actor: context.viewer.subject, outcome: 'allow' },
    { fields: ['actedAs'] },
  );
  return earlier.map(({ actedAs }) => actedAs);
}

/** How many earlier acts of the same chain the same account did in other roles: who does one duty may not do the other. */
export function otherBodySteps(subject: Subject, acting: Acting, earlier: readonly (readonly string[])[]): Facts {
  if (!subject.process) return {};
  const others = earlier.filter((actedAs) => !actedAs.some((role) => acting.actedAs.includes(role)));
  return { 'actor.otherBodySteps': others.length };
}

/** Reads a stored decision back, for the account that made it. */
export function readDecision(row: DecisionRecord): StoredDecision {
  const decision = showToActor(JSON.parse(row.record) as Decision);
  return { id: row.id, at: row.at, record: row.record, digest: row.digest, decision };
}

async function attempt<Thing extends { id: string }, Remote>(
  context: Context,
  input: CommonInput,
  plan: Plan<Thing, Remote>,
  on: string,
  remote: Remote,
): Promise<Payload<Thing>> {
  const em = context.em.fork();
  return em.transactional(async (tx) => {
    const { submission, repeated } = await claim(tx, context, plan.point, input);
    if (submission && repeated) {
      const row = await tx.findOneOrFail(DecisionRecord, { id: submission.decisionId as string });
      const thing = submission.subjectId
        ? ((await tx.findOne(plan.entity as never, { id: submission.subjectId } as never)) as Thing | null)
        : null;
      return { thing, decision: readDecision(row), userErrors: [] };
    }
    const prepared = await plan.prepare(tx, on, remote);
    const { subject } = prepared;
    const releases = lawOf(context.registry, subject.regions, on);
    const acting = actingOn(context.viewer, subject, plan.point, releases, {
      onBehalfOf: input.onBehalfOf ?? null,
      stepBodies: prepared.stepBodies,
    });
    const common = {
      packs: releases.map((release) => compile(release)),
      asOf: on,
      overrides: heldOverrides(context, subject, input),
    };
    const known = {
      ...otherBodySteps(subject, acting, await earlierRoles(tx, context, subject.process)),
      'regime.inForce': releases.some((release) => !('everywhere' in release.pack.governs)),
    };
    const judge = ({ point, facts }: { readonly point: string; readonly facts: Facts }) =>
      decide({ ...common, point, facts: { ...known, ...facts, ...acting.facts } });
    const whole = await judge({ point: plan.point, facts: prepared.facts });
    const parts: Decision[] = [];
    for (const part of prepared.parts ?? []) parts.push(await judge(part));
    const refusal = [whole, ...parts].find(({ outcome }) => outcome !== 'allow');
    // Who may not do the act is not shown the thing by trying it.
    const mayAct = acting.facts['actor.permitted'] === true;
    const thing = refusal ? (mayAct ? prepared.current : null) : await prepared.change(whole);
    const [row] = (refusal ? [refusal] : [whole, ...parts]).map((decision) =>
      storeDecision(tx, context, { subject, actedAs: acting.actedAs }, decision),
    ) as [DecisionRecord, ...DecisionRecord[]];
    if (submission) {
      submission.decisionId = row.id;
      submission.subjectId = thing?.id ?? null;
    }
    await tx.flush();
    return { thing, decision: readDecision(row), userErrors: [] };
  });
}

/**
 * Runs one mutation: what others own is read first; then one transaction holds the idempotency key, the locks, the facts,
 * the decision, the change, the decision's record and the event. A refusal is recorded and changes nothing else; a
 * mistake of the caller's undoes everything and is answered as `userErrors`. What somebody else's act undid is run again, and
 * answered as the user error CONFLICT when that does not help.
 */
export async function mutate<Thing extends { id: string }, Remote = void>(
  context: Context,
  input: CommonInput,
  plan: Plan<Thing, Remote>,
): Promise<Payload<Thing>> {
  try {
    const on = actDate(context, input);
    const remote = plan.remote ? await plan.remote(on) : (undefined as Remote);
    for (let run = 1; ; run += 1) {
      try {
        const payload = await attempt(context, input, plan, on, remote);
        context.eventsStored();
        // A later mutation of the same request must not answer what was read before it.
        context.loaders.clear();
        context.em.clear();
        return payload;
      } catch (error) {
        if (!mayRunAgain(error, run)) throw mistakeOf(error) ?? error;
      }
    }
  } catch (error) {
    if (error instanceof UserError) return { thing: null, decision: null, userErrors: [error] };
    throw error;
  }
}
