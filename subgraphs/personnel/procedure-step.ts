import type { Context } from '../context.ts';
import { loadById, loaderOf } from '../loader.ts';
import { builder, types } from './builder.ts';
import { chainOf } from './chain.ts';
import { OrganisationRef } from './organisation.ts';
import { PersonRef } from './person.ts';
import { isBody, ProcedureRef } from './procedure.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Procedure, ProcedureCandidate, ProcedureStep } from './tables/procedure.ts';

const ProcedureStepRef = builder.objectRef<ProcedureStep>('ProcedureStep').implement({
  description:
    'An act on a step. Who recorded it and what was said is for the bodies of the procedure: null for others.',
  fields: (t) => {
    const restricted = async <Value>(step: ProcedureStep, context: Context, value: Value | null | undefined) =>
      isBody(context, (await loadById(context, Procedure, step.procedureId)) as Procedure) ? (value ?? null) : null;
    return {
      id: t.exposeID('id'),
      key: t.exposeString('key', { description: 'The key of the step in the chain.' }),
      on: t.expose('on', { type: 'Date' }),
      bodies: t.exposeStringList('bodies', { description: 'Role codes of the bodies that took part in this act.' }),
      consents: t.exposeStringList('consents', { description: 'Role codes of the bodies whose consent came with it.' }),
      documentNumber: t.exposeString('documentNumber', { nullable: true }),
      documentDate: t.expose('documentDate', { type: 'Date', nullable: true }),
      done: t.exposeBoolean('done', { description: 'False while bodies of a joint step had yet to take part.' }),
      returnedOn: t.expose('returnedOn', {
        type: 'Date',
        nullable: true,
        description: 'The day on which a return made it undone; null while it stands.',
      }),
      batch: t.exposeID('batchId', { nullable: true, description: 'Shared by the acts that were collated with it.' }),
      actor: t.string({
        nullable: true,
        description: 'The account that recorded it. Restricted.',
        resolve: (step, _args, context) => restricted(step, context, step.actor),
      }),
      decision: t.string({
        nullable: true,
        description: 'What was decided, in words. Restricted.',
        resolve: (step, _args, context) => restricted(step, context, step.decision),
      }),
      returnReason: t.string({
        nullable: true,
        description: 'Restricted.',
        resolve: (step, _args, context) => restricted(step, context, step.returnReason),
      }),
    };
  },
});

interface ChainStepState {
  readonly key: string;
  readonly no: number;
  readonly title: { readonly zh: string; readonly en: string };
  readonly bodies: readonly string[];
  readonly jointly: boolean;
  readonly consents: readonly string[];
  readonly done: ProcedureStep | null;
}

const ChainStepRef = builder.objectRef<ChainStepState>('ProcedureChainStep').implement({
  description: 'A step that the chain asks for, and whether it has been done.',
  fields: (t) => ({
    key: t.exposeString('key'),
    no: t.exposeInt('no'),
    title: t.field({ type: types.Bilingual, resolve: ({ title }) => title }),
    bodies: t.stringList({ description: 'The roles that take it.', resolve: ({ bodies }) => [...bodies] }),
    jointly: t.exposeBoolean('jointly', { description: 'True when all of them have to take part.' }),
    consents: t.stringList({ description: 'The roles that must consent.', resolve: ({ consents }) => [...consents] }),
    done: t.field({ type: ProcedureStepRef, nullable: true, resolve: ({ done }) => done }),
  }),
});

const CandidateRef = builder.objectRef<ProcedureCandidate>('ProcedureCandidate').implement({
  description: 'A person put forward.',
  fields: (t) => ({
    id: t.exposeID('id'),
    person: t.field({
      type: PersonRef,
      resolve: async (candidate, _args, context) => (await loadById(context, Person, candidate.personId)) as Person,
    }),
    organisation: t.field({
      type: OrganisationRef,
      description: 'The unit that employed the person when put forward.',
      resolve: async (candidate, _args, context) =>
        (await loadById(context, Organisation, candidate.organisationId)) as Organisation,
    }),
    unitConsented: t.exposeBoolean('unitConsented'),
    on: t.expose('on', { type: 'Date' }),
  }),
});

function stepsOf(context: Context, procedure: Procedure): Promise<ProcedureStep[]> {
  const loader = loaderOf<string, ProcedureStep[]>(context, 'procedureSteps', async (ids) => {
    const rows = await context.em.find(ProcedureStep, { procedureId: { $in: [...ids] } }, { orderBy: { id: 'asc' } });
    return Map.groupBy(rows, ({ procedureId }) => procedureId);
  });
  return loader.load(procedure.id).then((steps) => steps ?? []);
}

builder.objectFields(ProcedureRef, (t) => ({
  steps: t.field({
    type: [ProcedureStepRef],
    description: 'Every act on a step, those included that a return made undone, in the order in which they came.',
    resolve: (procedure, _args, context) => stepsOf(context, procedure),
  }),
  chain: t.field({
    type: [ChainStepRef],
    description: 'The steps that the law asks for on a day.',
    args: { asOf: t.arg({ type: 'Date', description: 'Today if absent.' }) },
    async resolve(procedure, { asOf }, context) {
      const acts = (await stepsOf(context, procedure)).filter(({ returnedOn }) => !returnedOn);
      return (chainOf(context.registry, procedure, asOf ?? context.today)?.steps ?? []).map((step) => ({
        key: step.key,
        no: step.no,
        title: step.title,
        bodies: step.bodies,
        jointly: step.all ?? false,
        consents: step.consents ?? [],
        done: acts.findLast(({ key, done }) => done && key === step.key) ?? null,
      }));
    },
  }),
  candidates: t.field({
    type: [CandidateRef],
    nullable: true,
    description: 'Those put forward and not withdrawn. Null for others than its bodies.',
    resolve: (procedure, _args, context) =>
      isBody(context, procedure)
        ? context.em.find(
            ProcedureCandidate,
            { procedureId: procedure.id, withdrawnOn: null },
            { orderBy: { id: 'asc' } },
          )
        : null,
  }),
}));
