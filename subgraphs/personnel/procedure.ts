import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { requireOrder } from '../act-order.ts';
import { rolesOn, type Subject } from '../actor.ts';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder } from './builder.ts';
import { chainOf } from './chain.ts';
import { PersonRef } from './person.ts';
import { candidatesOf } from './procedure-facts.ts';
import { RegionRef } from './region.ts';
import { Person } from './tables/person.ts';
import { Procedure } from './tables/procedure.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { whereWithin } from './within.ts';

export const ProcedureRef = builder.objectRef<Procedure>('Procedure');
ProcedureRef.implement({
  description:
    "A pack's chain of steps, run for a region, an organisation, a person or a team: bodies act in it one after another, some of them together.",
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version', {
      description: 'Send it back with a change; STALE_VERSION if somebody was faster.',
    }),
    region: t.field({
      type: RegionRef,
      description: 'The region whose law it follows.',
      resolve: async (procedure, _args, context) => (await loadById(context, Region, procedure.regionId)) as Region,
    }),
    pack: t.exposeString('packId'),
    chainId: t.exposeString('chainId'),
    subjectKind: t.exposeString('subjectKind', { description: 'region, organisation, person or team.' }),
    subjectId: t.exposeID('subjectId'),
    status: t.exposeString('status', {
      description: 'open; returned, to be done again from a step; completed; withdrawn.',
    }),
    voluntary: t.exposeBoolean('voluntary', { nullable: true, description: 'The applicant declares its own will.' }),
    hasTeam: t.exposeBoolean('hasTeam', { nullable: true, description: 'The applicant says that it has a team.' }),
    externalNeed: t.exposeBoolean('externalNeed', {
      nullable: true,
      description: 'The applicant says that it needs people from outside.',
    }),
    note: t.string({
      nullable: true,
      description: 'What is applied for, in words. Null for others than its bodies.',
      resolve: (procedure, _args, context) => (isBody(context, procedure) ? (procedure.note ?? null) : null),
    }),
    openedOn: t.expose('openedOn', { type: 'Date' }),
    completedOn: t.expose('completedOn', {
      type: 'Date',
      nullable: true,
      description: 'The date of the document that completed it; the day of its last step where there is none.',
    }),
    endReason: t.string({
      nullable: true,
      description: 'Why it was withdrawn. Null for others than its bodies.',
      resolve: (procedure, _args, context) => (isBody(context, procedure) ? (procedure.endReason ?? null) : null),
    }),
    finalPerson: t.field({
      type: PersonRef,
      nullable: true,
      description: 'On whom it settled. Public once it is completed, before that for its bodies.',
      resolve: (procedure, _args, context) =>
        procedure.finalPersonId && (procedure.status === 'completed' || isBody(context, procedure))
          ? loadById(context, Person, procedure.finalPersonId)
          : null,
    }),
  }),
});
builder.asEntity(ProcedureRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Procedure, id),
});

const ProcedureFilter = builder.inputType('ProcedureFilter', {
  fields: (t) => ({
    region: t.id({ description: 'In this region or below it.' }),
    pack: t.string(),
    chain: t.string(),
    subjectKind: t.string(),
    subject: t.id({ description: 'Id of the region, organisation, person or team.' }),
    status: t.string(),
  }),
});

builder.queryFields((t) => ({
  procedure: t.field({
    type: ProcedureRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Procedure, id),
  }),
  procedures: t.connection({
    type: ProcedureRef,
    description: 'The oldest first. That a procedure runs and how far it is, is public; who said what is not.',
    args: { filter: t.arg({ type: ProcedureFilter }) },
    async resolve(_root, args, context) {
      const { region, pack, chain, subjectKind, subject, status } = args.filter ?? {};
      return page(context.em, Procedure, {
        where: {
          ...(region ? await whereWithin(context, region) : {}),
          ...(pack ? { packId: pack } : {}),
          ...(chain ? { chainId: chain } : {}),
          ...(subjectKind ? { subjectKind } : {}),
          ...(subject ? { subjectId: subject } : {}),
          ...(status ? { status } : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

/** Loads a procedure and holds its row: its steps follow one another, so they are taken one at a time. */
async function lockProcedure(tx: SqlEntityManager, id: string): Promise<Procedure> {
  const procedure = await tx.findOne(Procedure, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!procedure) throw notFound('procedure');
  return procedure;
}

/**
 * Opens every act on a procedure that runs: its row held, at the version that the caller read, and no later act recorded.
 *
 * @throws UserError NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT
 */
export async function procedureForChange(
  tx: SqlEntityManager,
  input: { readonly procedure: string; readonly version: number },
  on: string,
): Promise<Procedure> {
  const procedure = await lockProcedure(tx, input.procedure);
  expectVersion(procedure.version, input.version);
  stillRunning(procedure);
  requireOrder(procedure.changedOn, on);
  return procedure;
}

/**
 * Holds the regions of procedures, in one order whoever asks: a status or a posting of a region is recorded one act at a
 * time. Whoever holds a procedure as well takes the procedure first.
 */
export async function holdRegions(tx: SqlEntityManager, procedures: readonly Procedure[]): Promise<void> {
  const ids = [...new Set(procedures.map(({ regionId }) => regionId))].sort();
  for (const id of ids) await tx.findOneOrFail(Region, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** @throws UserError WRONG_STATE once it is completed or withdrawn */
function stillRunning(procedure: Procedure): void {
  if (['open', 'returned'].includes(procedure.status)) return;
  throw new UserError('WRONG_STATE', 'procedure', {
    zh: procedure.status === 'withdrawn' ? '该程序已撤回。' : '该程序已办结。',
    en: `This procedure is ${procedure.status}.`,
  });
}

/** Marks the procedure as changed by an act of a day, also when only what belongs to it was. */
export function touchedProcedure(procedure: Procedure, on: string): Procedure {
  procedure.changedOn = on;
  procedure.acts += 1;
  return procedure;
}

/** The subject of a decision about a procedure. `units` are those that put candidates forward in the act itself. */
export async function procedureSubject(
  tx: SqlEntityManager,
  procedure: Pick<Procedure, 'id' | 'regionId' | 'subjectKind' | 'subjectId'>,
  units: readonly string[] = [],
): Promise<Subject> {
  const region = await tx.findOneOrFail(Region, { id: procedure.regionId });
  const candidates = await candidatesOf(tx, procedure.id);
  const team = procedure.subjectKind === 'team' ? await tx.findOne(Team, { id: procedure.subjectId }) : null;
  const person = procedure.subjectKind === 'person' ? await tx.findOne(Person, { id: procedure.subjectId }) : null;
  const organisations = [
    ...(procedure.subjectKind === 'organisation' ? [procedure.subjectId] : []),
    ...(team ? [team.organisationId] : []),
    ...(person ? [person.organisationId] : []),
    ...candidates.map(({ organisationId }) => organisationId),
    ...units,
  ];
  return {
    type: 'Procedure',
    id: procedure.id,
    regions: region.path,
    process: `procedure:${procedure.id}`,
    organisations: [...new Set(organisations)],
  };
}

/** Whether the viewer is one of its bodies: those that the chain has act in it or asks for consent. */
export function isBody(context: Context, procedure: Procedure): boolean {
  if (context.viewer.kind === 'service') return true;
  const { countyId, prefectureId, provinceId, regionId } = procedure;
  const regions = [regionId, countyId, prefectureId, provinceId, 'cn'].filter((id) => typeof id === 'string');
  const held = rolesOn(context.viewer, { type: 'Procedure', id: procedure.id, regions });
  const chain = chainOf(context.registry, procedure, context.today);
  const bodies = (chain?.steps ?? []).flatMap((step) => [...step.bodies, ...(step.consents ?? [])]);
  return held.some((role) => bodies.includes(role));
}
