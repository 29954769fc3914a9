import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../context.ts';
import { UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { chainOf } from './chain.ts';
import { holdRegions, ProcedureRef, procedureForChange, procedureSubject, touchedProcedure } from './procedure.ts';
import { actsOf, doneKeys, stateFacts } from './procedure-facts.ts';
import { undo } from './procedure-undo.ts';
import { regionFacts } from './region-status-facts.ts';
import { Procedure } from './tables/procedure.ts';
import { Region } from './tables/region.ts';

/** What both ways of taking acts back begin with: the procedure and its region held, its acts, and what is known. */
async function takingBack(
  tx: SqlEntityManager,
  context: Context,
  input: { readonly procedure: string; readonly version: number; readonly reason?: string | null | undefined },
  on: string,
) {
  const procedure = await procedureForChange(tx, input, on);
  await holdRegions(tx, [procedure]);
  const acts = await actsOf(tx, procedure.id);
  const region = await tx.findOneOrFail(Region, { id: procedure.regionId });
  const reason = input.reason?.trim() || null;
  return {
    procedure,
    acts,
    reason,
    done: doneKeys(acts),
    subject: await procedureSubject(tx, procedure),
    facts: {
      ...stateFacts(procedure, chainOf(context.registry, procedure, on)),
      'procedure.doneSteps': doneKeys(acts),
      'procedure.reasonStated': reason !== null,
      ...(await regionFacts(tx, region, on)),
    },
  };
}

decided('procedureReturn', {
  description:
    'Sends a procedure back: the step named and every act since are to be done again. What they recorded ends on the day of the act and stays on record: a status (what stood before stands again), a posting, candidates, the final person. Errors: NOT_FOUND, WRONG_STATE (completed, withdrawn, nothing done yet), STALE_VERSION, ON_BEFORE_LAST_ACT, STEP_UNKNOWN (not one that is done).',
  thing: 'procedure',
  type: ProcedureRef,
  input: (t) => ({
    procedure: t.id({ required: true }),
    version: t.int({ required: true }),
    step: t.string({ description: 'Key of the step to begin again with; the last one done if absent.' }),
    reason: t.string({ description: 'Why. Shown only to the bodies of the procedure.' }),
  }),
  plan: (input, context) => ({
    entity: Procedure,
    async prepare(tx, on) {
      const { procedure, acts, done, reason, subject, facts } = await takingBack(tx, context, input, on);
      const key = input.step?.trim() || done.at(-1);
      if (!key) {
        throw new UserError('WRONG_STATE', 'procedure', { zh: '尚未办理任何步骤。', en: 'No step has been done yet.' });
      }
      if (!done.includes(key)) {
        throw new UserError('STEP_UNKNOWN', 'step', {
          zh: `步骤“${key}”尚未办理。`,
          en: `The step "${key}" is not one that is done.`,
        });
      }
      return {
        subject,
        facts: { ...facts, 'procedure.step': key },
        current: procedure,
        async change() {
          const from = acts.findIndex((act) => act.key === key);
          const returned = acts.slice(from);
          for (const act of returned) {
            act.returnedOn = on;
            act.returnReason = reason;
          }
          await undo(tx, procedure, { acts: returned, standing: acts.slice(0, from) }, '程序退回', on);
          procedure.status = 'returned';
          return touchedProcedure(procedure, on);
        },
      };
    },
  }),
});

decided('procedureWithdraw', {
  description:
    'Withdraws a procedure: no further step can be taken in it. The steps done stay on record; a status or a posting that they recorded ends on the day of the act. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT.',
  thing: 'procedure',
  type: ProcedureRef,
  input: (t) => ({
    procedure: t.id({ required: true }),
    version: t.int({ required: true }),
    reason: t.string({ description: 'Why. Shown only to the bodies of the procedure.' }),
  }),
  plan: (input, context) => ({
    entity: Procedure,
    async prepare(tx, on) {
      const { procedure, acts, reason, subject, facts } = await takingBack(tx, context, input, on);
      return {
        subject,
        facts,
        current: procedure,
        async change() {
          await undo(tx, procedure, { acts, standing: [] }, '程序撤回', on);
          procedure.status = 'withdrawn';
          procedure.endReason = reason;
          return touchedProcedure(procedure, on);
        },
      };
    },
  }),
});
