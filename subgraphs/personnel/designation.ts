import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { requireCode } from '../code.ts';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { createDesignation } from './designation-row.ts';
import { OrganisationRef } from './organisation.ts';
import { PersonRef } from './person.ts';
import { RegionRef } from './region.ts';
import { Designation } from './tables/designation.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { inForceOn } from './team-facts.ts';
import { whereWithin } from './within.ts';

export const DesignationRef = builder.objectRef<Designation>('Designation');
DesignationRef.implement({
  description:
    'Who, or which body, is named for a part: as liaison of a body, convenor of a county, in direct contact.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.exposeString('kind', { description: 'Code, such as liaison, convenor, direct-contact, service-body.' }),
    region: t.field({
      type: RegionRef,
      resolve: async (row, _args, context) => (await loadById(context, Region, row.regionId)) as Region,
    }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      description: 'When it is for one team.',
      resolve: (row, _args, context) => (row.teamId ? loadById(context, Team, row.teamId) : null),
    }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The body that it is for, or that is named itself.',
      resolve: (row, _args, context) =>
        row.organisationId ? loadById(context, Organisation, row.organisationId) : null,
    }),
    bodyRole: t.exposeString('bodyRole', { nullable: true, description: 'The role of a pack that the body fills.' }),
    person: t.field({
      type: PersonRef,
      nullable: true,
      resolve: (row, _args, context) => (row.personId ? loadById(context, Person, row.personId) : null),
    }),
    post: t.exposeString('post', { nullable: true, description: 'Code of the post that the person holds.' }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
  }),
});
builder.asEntity(DesignationRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Designation, id),
});

const DesignationFilter = builder.inputType('DesignationFilter', {
  fields: (t) => ({
    region: t.id({ description: 'For this region or one within it.' }),
    of: t.id({ description: 'For exactly this region.' }),
    team: t.id(),
    person: t.id(),
    kind: t.string(),
    inForceOn: t.field({ type: 'Date' }),
  }),
});

builder.queryFields((t) => ({
  designations: t.connection({
    type: DesignationRef,
    description: 'The oldest first.',
    args: { filter: t.arg({ type: DesignationFilter }) },
    async resolve(_root, args, context) {
      const { region, of, team, person, kind, inForceOn: day } = args.filter ?? {};
      return page(context.em, Designation, {
        where: {
          ...(region ? await whereWithin(context, region) : {}),
          ...(of ? { regionId: of } : {}),
          ...(team ? { teamId: team } : {}),
          ...(person ? { personId: person } : {}),
          ...(kind ? { kind } : {}),
          ...(day ? inForceOn(day) : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

type Named = Pick<Designation, 'id' | 'kind' | 'regionId' | 'teamId' | 'bodyKind'>;

const LEVELS: Readonly<Record<string, string>> = { country: 'national', township: 'unit', village: 'unit' };

/** What is known of a designation, and of the others for the same region, kind and subject. */
async function designationFacts(tx: SqlEntityManager, named: Named, region: Region, on: string) {
  const others = await tx.find(Designation, {
    id: { $ne: named.id },
    regionId: named.regionId,
    kind: named.kind,
    teamId: named.teamId ?? null,
    ...inForceOn(on),
  });
  const sameBody = others.filter((other) => (other.bodyKind ?? null) === (named.bodyKind ?? null)).length;
  const facts: Facts = {
    'designation.kind': named.kind,
    'designation.level': LEVELS[region.level] ?? region.level,
    'designation.bodyKind': named.bodyKind ?? undefined,
    'designation.subjectKind': named.teamId ? 'team' : 'region',
  };
  return { facts, sameBody, sameRegion: others.length };
}

/** The subject of a decision about a designation: for a team, its place and units count too. */
function designationSubject(id: string, region: Region, team: Team | null, organisationId: string | null): Subject {
  return {
    type: 'Designation',
    id,
    regions: region.path,
    organisations: [organisationId, team?.organisationId ?? null].filter((one) => one !== null),
  };
}

decided('designationRecord', {
  description:
    'Names a person, or a body, for a part from the day of the act on. Whether another one may stand beside it is for the rules. Errors: NOT_FOUND, CODE_INVALID, NOBODY_NAMED, ALREADY_DESIGNATED.',
  thing: 'designation',
  type: DesignationRef,
  input: (t) => ({
    kind: t.string({ required: true, description: 'Code, such as liaison or convenor.' }),
    region: t.id({ required: true }),
    team: t.id({ description: 'When it is for one team.' }),
    organisation: t.id({ description: 'The body that it is for, or that is named itself.' }),
    bodyRole: t.string({ description: 'The role of a pack that the body fills.' }),
    person: t.id(),
    post: t.string({ description: "Code of the person's post; as registered if absent." }),
  }),
  plan: (input) => ({
    entity: Designation,
    async prepare(tx, on) {
      const kind = requireCode(input.kind, 'kind');
      const bodyRole = input.bodyRole ? requireCode(input.bodyRole, 'bodyRole') : null;
      // Held, so that those who are named for a region are counted one act at a time.
      const region = await tx.findOne(Region, { id: input.region }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!region) throw notFound('region');
      const team = input.team ? await tx.findOne(Team, { id: input.team }) : null;
      if (input.team && !team) throw notFound('team');
      const organisation = input.organisation ? await tx.findOne(Organisation, { id: input.organisation }) : null;
      if (input.organisation && !organisation) throw notFound('organisation');
      const person = input.person ? await tx.findOne(Person, { id: input.person }) : null;
      if (input.person && !person) throw notFound('person');
      if (!person && !organisation) {
        throw new UserError('NOBODY_NAMED', 'person', {
          zh: '须填写人员或机构。',
          en: 'Name a person or a body.',
        });
      }
      const same = {
        kind,
        regionId: region.id,
        teamId: team?.id ?? null,
        organisationId: organisation?.id ?? null,
        personId: person?.id ?? null,
      };
      if ((await tx.count(Designation, { ...same, ...inForceOn(on) })) > 0) {
        throw new UserError('ALREADY_DESIGNATED', 'person', {
          zh: '该项确定已登记且仍有效。',
          en: 'This is on record already and still holds.',
        });
      }
      const id = uuid();
      const named = { id, ...same, bodyKind: organisation?.type ?? null };
      const { facts, sameBody, sameRegion } = await designationFacts(tx, named, region, on);
      const post = input.post ? requireCode(input.post, 'post') : (person?.post ?? null);
      return {
        subject: designationSubject(id, region, team, organisation?.id ?? null),
        facts: {
          ...facts,
          'designation.activeSameBody': sameBody,
          'designation.activeSameRegion': sameRegion,
          'designation.post': post ?? undefined,
          'team.kind': team?.kind ?? undefined,
        },
        current: null,
        change: () => createDesignation(tx, { id, ...same, region, bodyRole, post }, on),
      };
    },
  }),
});

decided('designationEnd', {
  description:
    'Ends a designation from the day of the act on. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT.',
  thing: 'designation',
  type: DesignationRef,
  input: (t) => ({
    designation: t.id({ required: true }),
    version: t.int({ required: true }),
    reason: t.string(),
  }),
  plan: (input) => ({
    entity: Designation,
    async prepare(tx, on) {
      const found = await tx.findOne(Designation, { id: input.designation });
      if (!found) throw notFound('designation');
      const region = await tx.findOneOrFail(Region, { id: found.regionId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const designation = await tx.refreshOrFail(found, { lockMode: LockMode.PESSIMISTIC_WRITE });
      expectVersion(designation.version, input.version);
      requireOrder(designation.from, on);
      if (designation.to) {
        throw new UserError('WRONG_STATE', 'designation', { zh: '该项已终止。', en: 'It has ended already.' });
      }
      const team = designation.teamId ? await tx.findOne(Team, { id: designation.teamId }) : null;
      const { facts, sameBody } = await designationFacts(tx, designation, region, on);
      return {
        subject: designationSubject(designation.id, region, team, designation.organisationId ?? null),
        facts: { ...facts, 'designation.remainingAfter': sameBody, 'team.kind': team?.kind ?? undefined },
        current: designation,
        change() {
          designation.to = on;
          designation.endReason = input.reason?.trim() || null;
          return designation;
        },
      };
    },
  }),
});
