import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireCode, requireCodes } from '../code.ts';
import { requireLevel } from '../level.ts';
import { notFound, UserError } from '../user-error.ts';
import { requirePeriod } from './appointment-period.ts';
import { builder, decided } from './builder.ts';
import { createDesignation } from './designation-row.ts';
import { regionFacts } from './region-status-facts.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Procedure } from './tables/procedure.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { enter } from './team-row.ts';
import { settingFacts } from './team-setting.ts';

export const TeamTermInput = builder.inputType('TeamTermInput', {
  fields: (t) => ({
    from: t.field({ type: 'Date', required: true }),
    to: t.field({ type: 'Date', description: 'The last day; absent: open end. Error: PERIOD_INVALID.' }),
  }),
});

const ServiceBodyInput = builder.inputType('TeamServiceBodyInput', {
  fields: (t) => ({
    organisation: t.id({ required: true }),
    role: t.string({ required: true, description: 'The role of a pack that it fills.' }),
  }),
});

/** The codes that may be absent: null for one that is, checked otherwise. */
const optionalCode = (text: string | null | undefined, field: string) => (text ? requireCode(text, field) : null);

type Asked = Readonly<Record<string, string | null | undefined>>;

/** @throws UserError NOT_FOUND for the first id that leads nowhere */
async function requireAll(tx: SqlEntityManager, asked: Asked): Promise<void> {
  const entities = {
    organisation: Organisation,
    receivingUnit: Organisation,
    serviceBody: Organisation,
    accountable: Person,
    leader: Person,
    procedure: Procedure,
    parent: Team,
  };
  for (const [field, entity] of Object.entries(entities)) {
    const id = asked[field];
    if (id && !(await tx.findOne(entity as typeof Team, { id }))) throw notFound(field);
  }
}

decided('teamCreate', {
  description:
    'Forms a team; it is `forming` until teamActivate. Errors: NAME_REQUIRED, LEVEL_INVALID, NOT_FOUND, CODE_INVALID, PERIOD_INVALID.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    name: t.string({ required: true }),
    level: t.string({ required: true }),
    kind: t.string({ description: 'Code of what the place calls it; absent where there is one kind only.' }),
    region: t.id({ required: true, description: 'The region that it serves.' }),
    organisation: t.id({ required: true, description: 'The unit it comes from.' }),
    field: t.string(),
    chainStages: t.stringList(),
    industry: t.string({ description: 'Code of the industry that it is formed for.' }),
    industries: t.stringList(),
    parent: t.id({ description: 'The team that it is a part of.' }),
    term: t.field({ type: TeamTermInput }),
    receivingUnit: t.id(),
    accountable: t.id({ description: 'The person who answers for it.' }),
    leader: t.id({ description: 'The person who is to lead it; teamLeaderAppoint appoints.' }),
    procedure: t.id({ description: 'The procedure under which it is formed.' }),
    expertLevels: t.stringList({ description: 'Levels of the bodies its experts come from.' }),
    serviceBody: t.field({ type: ServiceBodyInput, description: 'The body that coordinates and serves it.' }),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      if (!input.name.trim()) {
        throw new UserError('NAME_REQUIRED', 'name', { zh: '名称不能为空。', en: 'The name is empty.' });
      }
      requireLevel(input.level);
      if (input.term?.to) requirePeriod(input.term.from, input.term.to);
      // Held, so that the teams of a region are counted one forming at a time.
      const region = await tx.findOne(Region, { id: input.region }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!region) throw notFound('region');
      const { organisation, receivingUnit, accountable, leader, procedure, parent, serviceBody } = input;
      await requireAll(tx, {
        organisation,
        receivingUnit,
        accountable,
        leader,
        procedure,
        parent,
        serviceBody: serviceBody?.organisation,
      });
      const role = serviceBody ? requireCode(serviceBody.role, 'serviceBody') : undefined;
      const team = {
        id: uuid(),
        version: 1,
        name: input.name.trim(),
        level: input.level,
        kind: optionalCode(input.kind, 'kind'),
        regionId: region.id,
        organisationId: organisation,
        field: input.field?.trim() || null,
        chainStages: input.chainStages ?? [],
        industry: input.industry?.trim() || null,
        industries: input.industries ?? [],
        parentId: parent ?? null,
        termFrom: input.term?.from ?? null,
        termTo: input.term?.to ?? null,
        receivingUnitId: receivingUnit ?? null,
        accountableId: accountable ?? null,
        namedLeaderId: leader ?? null,
        procedureId: procedure ?? null,
        expertLevels: requireCodes(input.expertLevels, 'expertLevels'),
        status: 'forming',
        formedOn: on,
        activatedOn: null,
        endedOn: null,
        changedOn: on,
        changedAt: new Date(),
      };
      return {
        subject: {
          type: 'Team',
          id: team.id,
          regions: region.path,
          process: `team:${team.id}`,
          organisations: [organisation, ...(receivingUnit ? [receivingUnit] : [])],
        },
        facts: {
          'team.level': team.level,
          ...(await settingFacts(tx, team, null, role, on)),
          'team.fieldStated': team.field !== null,
          'team.chainStagesStated': team.chainStages.length > 0,
          ...(await regionFacts(tx, region, on)),
        },
        current: null,
        async change() {
          if (serviceBody && role) {
            await createDesignation(
              tx,
              {
                kind: 'service-body',
                region,
                teamId: team.id,
                organisationId: serviceBody.organisation,
                bodyRole: role,
              },
              on,
            );
          }
          enter(tx, team.id, on, { act: 'teamCreate', personIds: accountable ? [accountable] : [] });
          return tx.create(Team, team);
        },
      };
    },
  }),
});
