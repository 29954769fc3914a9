import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { requireCode, requireCodes } from '../code.ts';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { PersonRef } from './person.ts';
import { personFacts, unitFacts } from './person-facts.ts';
import { doneSteps } from './procedure-facts.ts';
import { Person } from './tables/person.ts';
import { Team, TeamLedgerEntry, TeamMember } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { inForceOn } from './team-facts.ts';
import { afterChange, holdersOf, isPooled, practicalCount, type Roster, rosterOf } from './team-roster.ts';
import { changed, teamForChange, teamSubject } from './team-row.ts';

const TeamMemberRef = builder.objectRef<TeamMember>('TeamMember').implement({
  description: 'A membership: who, from when to when.',
  fields: (t) => ({
    id: t.exposeID('id'),
    person: t.field({
      type: PersonRef,
      resolve: async (member, _args, context) => (await loadById(context, Person, member.personId)) as Person,
    }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
    endReason: t.exposeString('endReason', { nullable: true, authenticated: true }),
    sourceCategory: t.exposeString('sourceCategory', {
      nullable: true,
      description: "The pool that the member comes from, in codes of the pack's vocabulary.",
    }),
    practicalExpert: t.exposeBoolean('practicalExpert', { nullable: true, description: 'Null: nobody has said.' }),
    practicalCertifier: t.exposeString('practicalCertifier', { nullable: true, description: 'Who certified that.' }),
  }),
});

const LedgerEntryRef = builder.objectRef<TeamLedgerEntry>('TeamLedgerEntry').implement({
  description: 'An act on a team, entered by the act itself.',
  fields: (t) => ({
    id: t.exposeID('id'),
    on: t.expose('on', { type: 'Date' }),
    act: t.exposeString('act', { description: 'The mutation.' }),
    persons: t.field({
      type: [PersonRef],
      description: 'Whom it concerned.',
      resolve: async (entry, _args, context) =>
        (await Promise.all(entry.personIds.map((id) => loadById(context, Person, id)))) as Person[],
    }),
    approvals: t.exposeStringList('approvals', { description: 'Role codes of the bodies that approved it.' }),
    reason: t.exposeString('reason', { nullable: true, authenticated: true }),
  }),
});

builder.objectFields(TeamRef, (t) => ({
  members: t.connection({
    type: TeamMemberRef,
    args: { asOf: t.arg({ type: 'Date', description: 'Members on this day, today if absent.' }) },
    resolve: (team, args, context) =>
      page(context.em, TeamMember, {
        where: { teamId: team.id, ...inForceOn(args.asOf ?? context.today) },
        orderBy: { id: 'asc' },
        args,
      }),
  }),
  memberships: t.connection({
    type: TeamMemberRef,
    description: 'Every membership there ever was, the oldest first.',
    resolve: (team, args, context) =>
      page(context.em, TeamMember, { where: { teamId: team.id }, orderBy: { from: 'asc', id: 'asc' }, args }),
  }),
  ledger: t.connection({
    type: LedgerEntryRef,
    description: 'What changed in the team, the latest first.',
    resolve: (team, args, context) =>
      page(context.em, TeamLedgerEntry, { where: { teamId: team.id }, orderBy: { on: 'desc', id: 'desc' }, args }),
  }),
}));

/** A member who is to come, as the caller describes them. */
export interface Coming {
  readonly person: string;
  readonly sourceCategory?: string | null | undefined;
  readonly practicalExpert?: boolean | null | undefined;
  readonly practicalCertifier?: string | null | undefined;
}

/** Who is to come: known, no member yet. */
export async function comingPerson(
  tx: SqlEntityManager,
  team: Team,
  coming: Coming,
  on: string,
  field: string | readonly string[] = 'person',
): Promise<Person> {
  const person = await tx.findOne(Person, { id: coming.person });
  if (!person) throw notFound(typeof field === 'string' ? field : (field[0] as string));
  if (coming.sourceCategory) requireCode(coming.sourceCategory, 'sourceCategory');
  const already = await tx.count(TeamMember, { teamId: team.id, personId: person.id, ...inForceOn(on) });
  if (already > 0) {
    throw new UserError('ALREADY_MEMBER', field, { zh: '该人已是成员。', en: 'This person is a member already.' });
  }
  return person;
}

/** Makes somebody a member from a day on. */
export function join(tx: SqlEntityManager, team: Team, coming: Coming, on: string): void {
  tx.create(TeamMember, {
    id: uuid(),
    teamId: team.id,
    personId: coming.person,
    from: on,
    to: null,
    endReason: null,
    sourceCategory: coming.sourceCategory ?? null,
    practicalExpert: coming.practicalExpert ?? null,
    practicalCertifier: coming.practicalCertifier?.trim() || null,
  });
}

/** What is known of somebody who is to come, and of the team as it will be once the whole act is done. */
export async function comingFacts(
  tx: SqlEntityManager,
  team: Team,
  { person, coming }: { readonly person: Person; readonly coming: Coming },
  { roster, after }: { readonly roster: Roster; readonly after: Pick<Roster, 'members'> },
  approvals: readonly string[],
  on: string,
): Promise<Facts> {
  const { 'unit.publicInstitution': _, ...unit } = await unitFacts(tx, person.organisationId);
  return {
    'team.level': team.level,
    'team.kind': team.kind ?? undefined,
    'team.status': team.status,
    'team.memberCount': roster.members.size,
    'team.memberCountAfter': after.members.size,
    'team.leaderCount': holdersOf(roster, 'leader').length,
    'team.practicalExpertCountAfter': practicalCount(after),
    'team.doneSteps': await doneSteps(tx, team.procedureId),
    'member.person': person.id,
    'member.alreadyMember': false,
    'member.inPool': await isPooled(tx, person.id, on),
    'member.sourceCategory': coming.sourceCategory ?? undefined,
    'member.practicalExpert': coming.practicalExpert ?? undefined,
    'member.practicalCertifierStated': Boolean(coming.practicalCertifier?.trim()),
    'adjustment.approvals': approvals,
    ...personFacts(person, on),
    ...unit,
  };
}

decided('teamMemberAdd', {
  description:
    'Adds a member. Composition is decided as it will be. Errors: NOT_FOUND, ALREADY_MEMBER, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, CODE_INVALID.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true }),
    person: t.id({ required: true }),
    sourceCategory: t.string({ description: 'Code of the pool that the member comes from.' }),
    practicalExpert: t.boolean({ description: 'A practical technical expert. Absent: not known.' }),
    practicalCertifier: t.string({ description: 'Who certified that.' }),
    approvals: t.stringList({ description: 'Role codes of the bodies that approved it.' }),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      const person = await comingPerson(tx, team, input, on);
      const approvals = requireCodes(input.approvals, 'approvals');
      const roster = await rosterOf(tx, team.id, on);
      const practicalExpert = input.practicalExpert ?? null;
      const after = afterChange(roster, [], [{ personId: person.id, practicalExpert }]);
      return {
        subject: await teamSubject(tx, team, on),
        facts: await comingFacts(tx, team, { person, coming: input }, { roster, after }, approvals, on),
        current: team,
        change() {
          join(tx, team, input, on);
          return changed(tx, team, on, { act: 'teamMemberAdd', personIds: [person.id], approvals });
        },
      };
    },
  }),
});

decided('teamMemberRemove', {
  description:
    'Ends a membership. Composition is decided as it will be. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, REASON_REQUIRED, ON_BEFORE_LAST_ACT, CODE_INVALID.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true }),
    person: t.id({ required: true }),
    reason: t.string({ required: true }),
    approvals: t.stringList({ description: 'Role codes of the bodies that approved it.' }),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      const reason = input.reason.trim();
      if (!reason) {
        throw new UserError('REASON_REQUIRED', 'reason', { zh: '请说明理由。', en: 'Give a reason.' });
      }
      const membership = await tx.findOne(TeamMember, { teamId: team.id, personId: input.person, ...inForceOn(on) });
      if (!membership) throw notFound('person');
      const approvals = requireCodes(input.approvals, 'approvals');
      const roster = await rosterOf(tx, team.id, on);
      const after = afterChange(roster, [input.person], []);
      return {
        subject: await teamSubject(tx, team, on),
        facts: {
          'team.level': team.level,
          'team.kind': team.kind ?? undefined,
          'team.status': team.status,
          'team.memberCount': roster.members.size,
          'team.memberCountAfter': after.members.size,
          'team.practicalExpertCount': practicalCount(roster),
          'team.practicalExpertCountAfter': practicalCount(after),
          'adjustment.approvals': approvals,
        },
        current: team,
        change() {
          membership.to = on;
          membership.endReason = reason;
          return changed(tx, team, on, { act: 'teamMemberRemove', personIds: [input.person], approvals, reason });
        },
      };
    },
  }),
});
