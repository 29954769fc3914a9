import type { RequiredEntityData, SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { canonical, sha256 } from '../policies/canonical.ts';
import { mayRunAgain } from './conflict.ts';
import type { Context, GraphQuery } from './context.ts';
import { type RowsDecision, rowJudge, storeDecisions } from './import-decide.ts';
import { actDate, type CommonInput, mistakeOf, type Plan } from './mutate.ts';
import { Submission } from './record.ts';
import { UserError } from './user-error.ts';

/** What an import takes: the rows, and what one act takes, once for all of them. */
export interface ImportInput<Row> extends Omit<CommonInput, 'idempotencyKey'> {
  readonly rows: readonly Row[];
  readonly dryRun?: boolean | null | undefined;
}

/** A mistake in a row, 0 for the first. */
export interface RowMistake {
  readonly row: number;
  readonly error: UserError;
}

export interface ImportPayload {
  /** Null: nothing was written. */
  readonly id: string | null;
  readonly written: number;
  /** Rows that this account imported before; they are left as they are. */
  readonly repeated: readonly number[];
  /** Rows that the law judges alike share one. */
  readonly decisions: readonly RowsDecision[];
  readonly mistakes: readonly RowMistake[];
  readonly userErrors: readonly UserError[];
}

type Thing = { id: string };
type PlanOf<Row> = (row: Row, context: Context) => Omit<Plan<Thing, unknown>, 'point'>;

/** The most rows of one import. */
export const MAX_ROWS = 100_000;
// Rows whose facts are asked for together, and that go to the database together.
const AT_ONCE = 1_000;

/** Asks each question once: many rows speak of the same appointment or region. */
function remembering(graph: GraphQuery): GraphQuery {
  const answers = new Map<string, Promise<unknown>>();
  return <Data>(document: string, variables: Record<string, unknown>) => {
    const key = `${document}${canonical(variables)}`;
    const known = answers.get(key) ?? graph<Data>(document, variables);
    answers.set(key, known);
    return known as Promise<Data>;
  };
}

interface Ready {
  readonly plan: Omit<Plan<Thing, unknown>, 'point'>;
  readonly remote: unknown;
  /** Tells a row from every other: what is in it. */
  readonly key: string;
}

interface Work<Row> {
  readonly context: Context;
  readonly point: string;
  readonly input: ImportInput<Row>;
  readonly on: string;
  /** Undefined for a row that has a mistake already. */
  readonly ready: readonly (Ready | undefined)[];
  readonly mistakes: readonly RowMistake[];
}

function duplicate(row: number): UserError {
  return new UserError('DUPLICATE_ROW', 'rows', {
    zh: `与第 ${row + 1} 条数据完全相同。`,
    en: `It is the same as row ${row + 1}.`,
  });
}

/** Reads what others own for every row, before any transaction opens. */
async function gather<Row>(
  context: Context,
  point: string,
  { rows, onBehalfOf }: ImportInput<Row>,
  planOf: PlanOf<Row>,
  on: string,
) {
  const asking: Context = { ...context, graph: remembering(context.graph) };
  const ready: (Ready | undefined)[] = [];
  const mistakes: RowMistake[] = [];
  const seen = new Map<string, number>();
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const part = rows.slice(start, start + AT_ONCE);
    const answers = await Promise.allSettled(
      part.map(async (row) => {
        const plan = planOf({ ...row, onBehalfOf }, asking);
        return { plan, remote: await plan.remote?.(on) };
      }),
    );
    for (const [at, answer] of answers.entries()) {
      const row = start + at;
      const key = `${point}:${sha256(canonical(part[at]))}`;
      const first = seen.get(key);
      const failure = first !== undefined ? duplicate(first) : answer.status === 'rejected' ? answer.reason : undefined;
      if (failure !== undefined && !(failure instanceof UserError)) throw failure;
      if (first === undefined) seen.set(key, row);
      if (failure) mistakes.push({ row, error: failure });
      ready.push(failure || answer.status === 'rejected' ? undefined : { ...answer.value, key });
    }
  }
  return { ready, mistakes };
}

/** Which of the rows this account imported before. */
async function importedBefore(tx: SqlEntityManager, actor: string, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.find(Submission, { actor, key: { $in: [...keys] } }, { fields: ['key'] });
  return new Set(rows.map(({ key }) => key));
}

/** Thrown to undo everything when a row may not be written, or when none was to be. */
class Undone extends Error {
  readonly payload: ImportPayload;
  constructor(payload: ImportPayload) {
    super('nothing of the import is written');
    this.payload = payload;
  }
}

/** The change of a row was refused in the database, which takes nothing more in this transaction. */
class RowFailed extends Error {
  readonly mistake: RowMistake;
  constructor(row: number, error: UserError) {
    super('a row could not be written');
    this.mistake = { row, error };
  }
}

/** Judges every row and, while none is refused, writes it. Throws `Undone` unless everything is written. */
async function attempt<Row>(work: Work<Row>, writes: boolean): Promise<ImportPayload> {
  const { context, point, input, on, ready } = work;
  const actor = context.viewer.subject;
  return context.em.fork().transactional(async (tx) => {
    const judge = rowJudge(tx, context, point, input, on);
    const mistakes = [...work.mistakes];
    const failed = new Set(mistakes.map(({ row }) => row));
    const repeated: number[] = [];
    let submissions: RequiredEntityData<Submission>[] = [];
    let written = 0;

    async function take(row: number, { plan, remote, key }: Ready): Promise<void> {
      const prepared = await plan.prepare(tx, on, remote);
      const { id, decision } = await judge.judge(row, prepared);
      if (!writes || mistakes.length > 0 || judge.refuses()) return;
      let thing: Thing;
      try {
        thing = await prepared.change(decision);
      } catch (error) {
        throw error instanceof UserError ? new RowFailed(row, error) : error;
      }
      const inputDigest = key.slice(point.length + 1);
      submissions.push({ actor, key, point, inputDigest, subjectId: thing.id, decisionId: id, at: context.now });
      written += 1;
    }

    for (let start = 0; start < ready.length; start += AT_ONCE) {
      const part = ready.slice(start, start + AT_ONCE);
      const keys = part.flatMap((row) => (row ? [row.key] : []));
      const before = await importedBefore(tx, actor, keys);
      for (const [at, one] of part.entries()) {
        const row = start + at;
        if (!one || failed.has(row)) continue;
        if (before.has(one.key)) {
          repeated.push(row);
          continue;
        }
        try {
          await take(row, one);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          mistakes.push({ row, error });
        }
      }
      await tx.flush();
      if (submissions.length > 0) await tx.insertMany(Submission, submissions);
      submissions = [];
      // What is written is not looked at again, and to compare all of it at each flush would be quadratic.
      tx.clear();
    }
    const decisions = judge.judged();
    const isClean = mistakes.length === 0 && !judge.refuses();
    const done = isClean && writes;
    const payload: ImportPayload = {
      id: done ? uuid() : null,
      written: done ? written : 0,
      repeated,
      decisions,
      mistakes: mistakes.sort((a, b) => a.row - b.row),
      userErrors: [],
    };
    if (!payload.id) throw new Undone(payload);
    storeDecisions(tx, context, payload.id, decisions);
    return payload;
  });
}

/** Whether this account has imported a row by now. */
async function isThere<Row>({ context, ready }: Work<Row>, row: number): Promise<boolean> {
  const { key } = ready[row] as Ready;
  return (await importedBefore(context.em.fork(), context.viewer.subject, [key])).size > 0;
}

/** Writes everything or nothing. A refusal is recorded; a dry run leaves no trace. */
async function carryOut<Row>(work: Work<Row>, dryRun: boolean): Promise<ImportPayload> {
  const { context } = work;
  for (let run = 1, failed: RowMistake[] = []; ; run += 1) {
    try {
      const isTrial = dryRun || failed.length > 0;
      const payload = await attempt({ ...work, mistakes: [...work.mistakes, ...failed] }, !isTrial);
      context.eventsStored();
      return payload;
    } catch (error) {
      if (error instanceof Undone) {
        const refused = error.payload.decisions.filter(({ decision }) => decision.outcome !== 'allow');
        if (!dryRun && refused.length > 0) {
          await context.em.fork().transactional(async (tx) => storeDecisions(tx, context, uuid(), refused));
          context.eventsStored();
        }
        return error.payload;
      }
      if (error instanceof RowFailed) {
        // The same rows sent at the same time: whoever comes second finds them there, and is told so the next time round.
        if (await isThere(work, error.mistake.row)) continue;
        // Once more without writing, to say what is wrong with the other rows too.
        failed = [...failed, error.mistake];
      } else if (!mayRunAgain(error, run)) throw mistakeOf(error) ?? error;
    }
  }
}

const nothing = { id: null, written: 0, repeated: [], decisions: [], mistakes: [] } as const;

function requireRows(count: number): void {
  if (count > 0 && count <= MAX_ROWS) return;
  throw new UserError('ROWS_INVALID', 'rows', {
    zh: `一次导入须为 1 至 ${MAX_ROWS} 条，收到 ${count} 条。`,
    en: `An import has 1 to ${MAX_ROWS} rows; ${count} were sent.`,
  });
}

/**
 * Runs one mutation for many rows: all are written in one transaction, or none is. Each row is planned and judged as the
 * mutation itself would; rows that the law judges alike share one decision and its record. A row that the same account
 * imported before is left as it is, so an import whose answer was lost can be sent again.
 */
export async function importRows<Row>(
  context: Context,
  point: string,
  input: ImportInput<Row>,
  planOf: PlanOf<Row>,
): Promise<ImportPayload> {
  try {
    const on = actDate(context, input);
    requireRows(input.rows.length);
    const { ready, mistakes } = await gather(context, point, input, planOf, on);
    const payload = await carryOut({ context, point, input, on, ready, mistakes }, input.dryRun ?? false);
    context.loaders.clear();
    context.em.clear();
    return payload;
  } catch (error) {
    if (error instanceof UserError) return { ...nothing, userErrors: [error] };
    throw error;
  }
}
