import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import type { Chain } from '../../policies/pack.ts';
import { type Selection, SelectionOpinion, SelectionStep } from './tables/selection.ts';
import { SelectionNotice } from './tables/selection-notice.ts';

/** An opinion as it comes in with a step. */
export interface Opinion {
  readonly body: string;
  readonly adverse: boolean;
}

/** The steps of a round that stand: done, and not undone by a return. In the order in which they were done. */
export function stepsDone(tx: SqlEntityManager, selectionId: string): Promise<SelectionStep[]> {
  return tx.find(SelectionStep, { selectionId, outcome: 'done', reopenedOn: null }, { orderBy: { id: 'asc' } });
}

/** True when the round's notice has run and been closed, and the round has not gone back behind it since. */
export async function noticeClosed(tx: SqlEntityManager, selectionId: string): Promise<boolean> {
  return (await tx.count(SelectionNotice, { selectionId, closedOn: { $ne: null }, supersededOn: null })) > 0;
}

/**
 * What is known of a round before a step is taken in it; with `step` null, when somebody is to be appointed from it.
 * `opinions` are those that come with the step. All that the chain asks for and nobody has given count as missing, also
 * those that a later step asks for: which step must have them is for the rules. Where the law has no chain for the round, nobody can say how many steps
 * or opinions are missing, and the facts are left out.
 */
export async function selectionFacts(
  tx: SqlEntityManager,
  selection: Selection,
  chain: Chain | null,
  step: string | null,
  opinions: readonly Opinion[] = [],
): Promise<Facts> {
  const done = await stepsDone(tx, selection.id);
  const given = await tx.find(SelectionOpinion, { stepId: { $in: done.map(({ id }) => id) } });
  const at = chain?.steps.find(({ key }) => key === step) ?? null;
  const before = chain?.steps.filter(({ no }) => !at || no < at.no) ?? [];
  const keys = done.map(({ key }) => key);
  const answered = (key: string): string[] => {
    const taken = done.find((one) => one.key === key);
    const stored = taken ? given.filter(({ stepId }) => stepId === taken.id) : [];
    return [...stored, ...(key === step ? opinions : [])].map(({ body }) => body);
  };
  const missing = (chain?.steps ?? []).flatMap(({ key, opinions: asked = [] }) => {
    const answers = answered(key);
    return asked.filter((body) => !answers.includes(body));
  });
  return {
    'selection.level': selection.level,
    'selection.doneSteps': keys,
    'selection.missingSteps': chain ? before.filter(({ key }) => !keys.includes(key)).length : undefined,
    'selection.missingOpinions': chain ? missing.length : undefined,
    'selection.adverseOpinions': [...given, ...opinions].filter(({ adverse }) => adverse).length,
    'selection.stepBodies': at ? at.bodies : undefined,
    'selection.noticeClosed': await noticeClosed(tx, selection.id),
  };
}
