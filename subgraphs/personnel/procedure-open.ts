import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { lawOf } from '../law.ts';
import { notFound, UserError } from '../user-error.ts';
import { teamsOfCounty } from './agreement-facts.ts';
import { decided } from './builder.ts';
import { namedChain } from './chain.ts';
import { placeOf } from './place.ts';
import { ProcedureRef, procedureSubject } from './procedure.ts';
import { regionFacts, statusOf } from './region-status-facts.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Procedure } from './tables/procedure.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';

type Asked = { readonly [kind in 'organisation' | 'person' | 'team']?: string | null | undefined };

/** For whom a procedure is run: the one that is named, the region when none is. */
async function subjectOf(tx: SqlEntityManager, asked: Asked, region: Region): Promise<{ kind: string; id: string }> {
  const named = (['organisation', 'person', 'team'] as const).filter((kind) => asked[kind]);
  if (named.length > 1) {
    throw new UserError('ONE_SUBJECT', 'team', {
      zh: '单位、人员、团队只能填写一项。',
      en: 'Name an organisation, a person or a team: one of them at most.',
    });
  }
  const [kind] = named;
  if (!kind) return { kind: 'region', id: region.id };
  const id = asked[kind] as string;
  const entity = { organisation: Organisation, person: Person, team: Team }[kind];
  if (!(await tx.findOne(entity as typeof Team, { id }))) throw notFound(kind);
  return { kind, id };
}

/** Whether a team that works serves a region: as its own, or by an agreement that holds. */
async function servedByTeam(tx: SqlEntityManager, region: Region, on: string): Promise<boolean> {
  const own = await tx.count(Team, { regionId: region.id, status: 'active', activatedOn: { $lte: on } });
  return own > 0 || (await teamsOfCounty(tx, region.id, on)).some(({ status }) => status === 'active');
}

decided('procedureOpen', {
  description:
    'Opens a procedure: a chain of a pack in force, for a region or for an organisation, a person or a team of it. Errors: NOT_FOUND, CHAIN_UNKNOWN, CHAIN_AMBIGUOUS, ONE_SUBJECT.',
  thing: 'procedure',
  type: ProcedureRef,
  input: (t) => ({
    chain: t.string({ required: true, description: 'Id of the chain.' }),
    pack: t.string({ description: 'Where several packs in force have a chain of that id.' }),
    region: t.id({ required: true, description: 'The region whose law it follows; the subject if no other is named.' }),
    organisation: t.id(),
    person: t.id(),
    team: t.id(),
    voluntary: t.boolean({ description: 'The applicant declares its real need and own will.' }),
    hasTeam: t.boolean({ description: 'The applicant says that it has a team already. Absent: it says nothing.' }),
    externalNeed: t.boolean({ description: 'It still needs people from outside. Absent: it says nothing.' }),
    note: t.string({ description: 'What is applied for, in words. Shown only to the bodies of the procedure.' }),
  }),
  plan: (input, context) => ({
    entity: Procedure,
    async prepare(tx, on) {
      // Held, so that the procedures that are open for one subject are counted one opening at a time.
      const region = await tx.findOne(Region, { id: input.region }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!region) throw notFound('region');
      const { release, chain } = namedChain(lawOf(context.registry, region.path, on), input.chain, input.pack ?? null);
      const { kind: subjectKind, id: subjectId } = await subjectOf(tx, input, region);
      const same = { packId: release.pack.id, chainId: chain.id, subjectKind, subjectId };
      const id = uuid();
      const hasTeam = (await servedByTeam(tx, region, on)) ? true : (input.hasTeam ?? undefined);
      return {
        subject: await procedureSubject(tx, { id, regionId: region.id, subjectKind, subjectId }),
        facts: {
          'procedure.pack': release.pack.id,
          'procedure.chain': chain.id,
          'procedure.status': 'open',
          'procedure.subjectKind': subjectKind,
          'procedure.otherOpen': await tx.count(Procedure, { ...same, status: { $in: ['open', 'returned'] } }),
          'procedure.voluntaryStated': input.voluntary ?? false,
          'procedure.countyHasTeam': hasTeam,
          'procedure.externalNeed': input.externalNeed ?? undefined,
          ...(await regionFacts(tx, region, on)),
          'region.povertyLifted': await statusOf(tx, region.id, 'poverty-lifted', on),
        },
        current: null,
        async change() {
          return tx.create(Procedure, {
            id,
            version: 1,
            regionId: region.id,
            ...(await placeOf(tx, region)),
            ...same,
            packVersion: release.pack.version,
            voluntary: input.voluntary ?? null,
            hasTeam: input.hasTeam ?? null,
            externalNeed: input.externalNeed ?? null,
            note: input.note?.trim() || null,
            status: 'open',
            finalPersonId: null,
            openedOn: on,
            completedOn: null,
            endReason: null,
            changedOn: on,
            acts: 1,
          });
        },
      };
    },
  }),
});
