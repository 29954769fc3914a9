import type { Facts } from '../../policies/facts.ts';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { overdueObligations } from './obligation-overdue.ts';
import { Target } from './tables/target.ts';
import { LedgerEntry, type Task } from './tables/task.ts';
import { TaskRef, taskFacts } from './task.ts';

/** The tasks with a target for the year of a day, set by then: one query for all that the request asks about. */
async function hasYearTarget(context: Context, { id }: Task, day: string): Promise<boolean> {
  const year = Number(day.slice(0, 4));
  const loader = loaderOf<string, true>(context, `yearTarget:${day}`, async (ids) => {
    const where = { subjectKind: 'task', subjectId: { $in: [...ids] }, year, setOn: { $lte: day } };
    const rows = await context.em.find(Target, where, { fields: ['subjectId'] });
    return rows.map(({ subjectId }) => [subjectId, true] as const);
  });
  return (await loader.load(id)) ?? false;
}

interface Ledger {
  readonly entries: number;
  /** What the latest entry that changed it made of the status; null: none did. */
  readonly status: string | null;
}

/** What the ledgers of tasks say on a day: one query for all that the request asks about. */
async function ledgerOf(context: Context, { id }: Task, day: string): Promise<Ledger> {
  const loader = loaderOf<string, Ledger>(context, `ledger:${day}`, async (ids) => {
    const rows = await context.em.find(
      LedgerEntry,
      { taskId: { $in: [...ids] }, recordedOn: { $lte: day } },
      { fields: ['taskId', 'status'], orderBy: { recordedOn: 'asc', id: 'asc' } },
    );
    return [...Map.groupBy(rows, ({ taskId }) => taskId)].map(([task, entries]) => {
      const status = entries.findLast((entry) => entry.status)?.status ?? null;
      return [task, { entries: entries.length, status }] as const;
    });
  });
  return (await loader.load(id)) ?? { entries: 0, status: null };
}

builder.objectField(TaskRef, 'standing', (t) =>
  t.field({
    type: types.DecisionRef,
    description: 'How it stands. Point: taskStanding. Not stored. Error: PACK_UNKNOWN.',
    args: standingArgs(t as never),
    async resolve(task, args, context) {
      const day = args.asOf ?? context.today;
      const ledger = await ledgerOf(context, task, day);
      const facts: Facts = {
        ...taskFacts(task, await hasYearTarget(context, task, day)),
        // A task is open until its ledger says otherwise.
        'task.status': ledger.status ?? 'open',
        'task.ledgerEntryCount': ledger.entries,
        'task.overdueObligations': await overdueObligations(context, task, { day, ...args }),
      };
      return decideStanding(context, 'taskStanding', regionsOf(task), facts, args);
    },
  }),
);
