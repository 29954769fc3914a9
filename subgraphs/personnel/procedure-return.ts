import { requireOrder } from '../act-order.ts';
import { expectVersion, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { chainOf } from './chain.ts';
import { lockProcedure, ProcedureRef, procedureSubject, stillRunning, touchedProcedure } from './procedure.ts';
import { actsOf, doneKeys, stateFacts } from './procedure-facts.ts';
import { regionFacts } from './region-status-facts.ts';
import { Procedure } from './tables/procedure.ts';
import { Region } from './tables/region.ts';

decided('procedureReturn', {
  description:
    'Sends a procedure back: the step named and every step done after it are to be done again. A status that one of them recorded stands until regionStatusRecord. Errors: NOT_FOUND, WRONG_STATE (completed, withdrawn, nothing done yet), STALE_VERSION, ON_BEFORE_LAST_ACT, STEP_UNKNOWN (not one that is done).',
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
      const procedure = await lockProcedure(tx, input.procedure);
      expectVersion(procedure.version, input.version);
      stillRunning(procedure);
      requireOrder(procedure.changedOn, on);
      const chain = chainOf(context.registry, procedure, on);
      const acts = await actsOf(tx, procedure.id);
      const done = doneKeys(acts);
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
      const region = await tx.findOneOrFail(Region, { id: procedure.regionId });
      const reason = input.reason?.trim() || null;
      return {
        subject: await procedureSubject(tx, procedure),
        facts: {
          ...stateFacts(procedure, chain),
          'procedure.step': key,
          'procedure.doneSteps': done,
          'procedure.reasonStated': reason !== null,
          ...(await regionFacts(tx, region, on)),
        },
        current: procedure,
        change() {
          const from = acts.findIndex((act) => act.key === key);
          for (const act of acts.slice(from)) {
            act.returnedOn = on;
            act.returnReason = reason;
          }
          procedure.status = 'returned';
          return touchedProcedure(procedure, on);
        },
      };
    },
  }),
});

decided('procedureWithdraw', {
  description:
    'Withdraws a procedure: no further step can be taken in it. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT.',
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
      const procedure = await lockProcedure(tx, input.procedure);
      expectVersion(procedure.version, input.version);
      stillRunning(procedure);
      requireOrder(procedure.changedOn, on);
      const region = await tx.findOneOrFail(Region, { id: procedure.regionId });
      const reason = input.reason?.trim() || null;
      return {
        subject: await procedureSubject(tx, procedure),
        facts: {
          ...stateFacts(procedure, chainOf(context.registry, procedure, on)),
          'procedure.doneSteps': doneKeys(await actsOf(tx, procedure.id)),
          'procedure.reasonStated': reason !== null,
          ...(await regionFacts(tx, region, on)),
        },
        current: procedure,
        change() {
          procedure.status = 'withdrawn';
          procedure.endReason = reason;
          return touchedProcedure(procedure, on);
        },
      };
    },
  }),
});
