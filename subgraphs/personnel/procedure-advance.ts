import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { ChainStep } from '../../policies/pack.ts';
import { rolesOn, type Subject } from '../actor.ts';
import { requireCodes } from '../code.ts';
import type { Context } from '../context.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { chainOf, chooseStep } from './chain.ts';
import { holdRegions, ProcedureRef, procedureForChange, procedureSubject, touchedProcedure } from './procedure.ts';
import { actsOf, doneKeys, missingBodies, type StepAct, stepFacts, worstOf } from './procedure-facts.ts';
import { putForward, settle } from './procedure-settle.ts';
import { regionFacts, statusOf } from './region-status-facts.ts';
import { Person } from './tables/person.ts';
import { Procedure, ProcedureStep } from './tables/procedure.ts';
import { Region } from './tables/region.ts';

const CandidateInput = builder.inputType('ProcedureCandidateInput', {
  fields: (t) => ({
    person: t.id({ required: true }),
    unitConsents: t.boolean({ description: "The unit's consent is on record. False if absent; send it again later." }),
  }),
});

const CollatedInput = builder.inputType('CollatedProcedureInput', {
  fields: (t) => ({ procedure: t.id({ required: true }), version: t.int({ required: true }) }),
});

/** Loads and holds all procedures of one act, in one order whoever asks, so that two acts never wait for each other. */
async function lockAll(
  tx: SqlEntityManager,
  asked: readonly { procedure: string; version: number }[],
  on: string,
): Promise<Procedure[]> {
  const held = new Map<string, Procedure>();
  for (const one of asked.toSorted((a, b) => (a.procedure < b.procedure ? -1 : 1))) {
    held.set(one.procedure, await procedureForChange(tx, one, on));
  }
  return asked.map(({ procedure }) => held.get(procedure) as Procedure);
}

function checkCollated(all: readonly Procedure[], step: ChainStep | null): void {
  if (all.length === 1) return;
  const [first] = all;
  const alike = all.every(({ packId, chainId }) => packId === first?.packId && chainId === first?.chainId);
  if (!alike || !step?.batch || new Set(all.map(({ id }) => id)).size < all.length) {
    throw new UserError('COLLATION_INVALID', 'collated', {
      zh: '只有同一程序中可汇总办理的步骤，才能把几件不同的事项合并办理。',
      en: 'Different procedures of one chain can be taken together, and only in a step that may collate them.',
    });
  }
}

/** The roles for which the caller acts on a subject: those held there, or the one typed in for. */
function actingRoles(context: Context, subject: Subject, onBehalfOf: string | null): string[] {
  const held = rolesOn(context.viewer, subject);
  if (!onBehalfOf) return held;
  return held.includes('recorder') ? [onBehalfOf] : [];
}

function checkBodies(bodies: readonly string[], step: ChainStep | null): void {
  if (step && bodies.some((body) => !step.bodies.includes(body))) {
    throw new UserError('BODY_INVALID', 'bodies', {
      zh: `该步骤由 ${step.bodies.join('、')} 办理。`,
      en: `This step is taken by ${step.bodies.join(', ')}.`,
    });
  }
}

async function personsOf(tx: SqlEntityManager, ids: readonly string[], field: string): Promise<Map<string, Person>> {
  const found = await tx.find(Person, { id: { $in: [...new Set(ids)] } });
  const persons = new Map(found.map((person) => [person.id, person]));
  if (ids.some((id) => !persons.has(id))) throw notFound(field);
  return persons;
}

decided('procedureAdvance', {
  description:
    'Takes the next step of a procedure, or the step named. A step of several bodies together is done when all of them have taken part, in one act or in several. The last step completes the procedure; a step may record a status of the region. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, STEP_REQUIRED, STEP_UNKNOWN, STEP_DONE, BODY_INVALID, COLLATION_INVALID, COLLATED_NOT_COVERED, CODE_INVALID, DATE_AFTER_ACT.',
  thing: 'procedure',
  type: ProcedureRef,
  input: (t) => ({
    procedure: t.id({ required: true }),
    version: t.int({ required: true }),
    step: t.string({ description: 'Key of the step; the first that is not done if absent.' }),
    bodies: t.stringList({ description: 'Role codes of the other bodies that take part by the joint document.' }),
    consents: t.stringList({ description: 'Role codes of the bodies whose written consent is on record.' }),
    documentNumber: t.string({ description: 'Number or address of the document.' }),
    documentDate: t.field({ type: 'Date', description: 'Its date; the day of the act if absent.' }),
    decision: t.string({ description: 'What was decided, in words. Shown only to the bodies of the procedure.' }),
    candidates: t.field({ type: [CandidateInput], description: 'Persons put forward in this step.' }),
    finalPerson: t.id({ description: 'The person on whom it settles.' }),
    collated: t.field({ type: [CollatedInput], description: 'Other procedures of the chain taken in the same act.' }),
  }),
  plan: (input, context) => ({
    entity: Procedure,
    async prepare(tx, on) {
      const all = await lockAll(tx, [input, ...(input.collated ?? [])], on);
      const procedure = all[0] as Procedure;
      const chain = chainOf(context.registry, procedure, on);
      const done = doneKeys(await actsOf(tx, procedure.id));
      const { key, step } = chooseStep(chain, input.step, done);
      checkCollated(all, step);
      if (step?.records) await holdRegions(tx, all);
      if (input.documentDate && input.documentDate > on) {
        throw new UserError('DATE_AFTER_ACT', 'documentDate', {
          zh: '文件日期晚于办理日期。',
          en: 'The document is dated after the day of the act.',
        });
      }
      const asked = input.candidates ?? [];
      const persons = await personsOf(
        tx,
        asked.map(({ person }) => person),
        'candidates',
      );
      const finalPersonId = input.finalPerson ?? null;
      if (finalPersonId) await personsOf(tx, [finalPersonId], 'finalPerson');
      const units = [...persons.values()].map(({ organisationId }) => organisationId);
      const subject = await procedureSubject(tx, procedure, units);
      const joint = requireCodes(input.bodies, 'bodies');
      checkBodies(joint, step);
      const acting = actingRoles(context, subject, input.onBehalfOf ?? null);
      for (const other of all.slice(1)) {
        const there = actingRoles(context, await procedureSubject(tx, other), input.onBehalfOf ?? null);
        if (step && !there.some((role) => step.bodies.includes(role))) {
          throw new UserError('COLLATED_NOT_COVERED', 'collated', {
            zh: '您在其中某件事项上不属于该步骤的办理机构。',
            en: 'In one of the procedures you are none of the bodies of this step.',
          });
        }
      }
      const own = step ? acting.filter((role) => step.bodies.includes(role)) : acting;
      const documentNumber = input.documentNumber?.trim() || null;
      const act: StepAct = {
        key,
        bodies: [...new Set([...own, ...joint])].sort(),
        consents: requireCodes(input.consents, 'consents'),
        documented: documentNumber !== null,
        candidates: asked.map(({ person, unitConsents }) => ({
          personId: person,
          unitConsented: unitConsents ?? false,
        })),
        finalPersonId,
      };
      const states = [];
      for (const one of all) states.push(await stepFacts(tx, one, chainOf(context.registry, one, on), act));
      const region = await tx.findOneOrFail(Region, { id: procedure.regionId });
      return {
        subject,
        ...(step ? { stepBodies: step.bodies } : {}),
        facts: {
          ...worstOf(states),
          ...(await regionFacts(tx, region, on)),
          'region.povertyLifted': await statusOf(tx, region.id, 'poverty-lifted', on),
        },
        current: procedure,
        async change() {
          const batchId = all.length > 1 ? uuid() : null;
          for (const one of all) {
            const whole = missingBodies(chain, await actsOf(tx, one.id), act).length === 0;
            const stepId = uuid();
            tx.create(ProcedureStep, {
              id: stepId,
              procedureId: one.id,
              key,
              on,
              bodies: [...act.bodies],
              consents: [...act.consents],
              actor: context.viewer.subject,
              documentNumber,
              documentDate: input.documentDate ?? null,
              decision: input.decision?.trim() || null,
              finalPersonId,
              done: whole,
              returnedOn: null,
              returnReason: null,
              batchId,
            });
            if (finalPersonId) one.finalPersonId = finalPersonId;
            await putForward(tx, one, { ...act, stepId }, persons, on);
            if (whole) {
              const document = {
                number: documentNumber,
                date: input.documentDate ?? null,
                body: act.bodies[0] ?? null,
              };
              await settle(tx, one, chain, step, { ...document, stepId }, on);
            }
            touchedProcedure(one, on);
          }
          return procedure;
        },
      };
    },
  }),
});
