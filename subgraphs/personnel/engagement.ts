import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { addDays } from '../../policies/day.ts';
import type { Facts } from '../../policies/facts.ts';
import { requireOrder } from '../act-order.ts';
import { requireCodes } from '../code.ts';
import { loadById } from '../loader.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { requirePeriod } from './appointment-period.ts';
import { builder, decided } from './builder.ts';
import { TeamPart } from './nomination.ts';
import { standingOn } from './nomination-facts.ts';
import { employedFacts } from './off-post-facts.ts';
import { PersonRef } from './person.ts';
import { completedYears } from './person-facts.ts';
import { regionFacts } from './region-status-facts.ts';
import { Engagement, type Extension } from './tables/engagement.ts';
import { Nomination } from './tables/nomination.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team, TeamMember } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { changed, lockTeam, teamForChange, teamSubject } from './team-row.ts';
import { termLength } from './term-length.ts';

const ExtensionRef = builder.objectRef<Extension>('EngagementExtension').implement({
  fields: (t) => ({
    on: t.expose('on', { type: 'Date' }),
    from: t.expose('from', { type: 'Date', description: 'The last day before it.' }),
    to: t.expose('to', { type: 'Date', description: 'The last day after it.' }),
    reason: t.exposeString('reason', { nullable: true, authenticated: true }),
    approvals: t.stringList({ resolve: ({ approvals }) => [...approvals] }),
  }),
});

export const EngagementRef = builder.objectRef<Engagement>('Engagement');
EngagementRef.implement({
  description: 'The term for which somebody is engaged in a team, and who approved it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.field({ type: TeamPart, resolve: ({ kind }) => kind as 'leader' }),
    team: t.field({
      type: TeamRef,
      resolve: async (row, _args, context) => (await loadById(context, Team, row.teamId)) as Team,
    }),
    person: t.field({
      type: PersonRef,
      resolve: async (row, _args, context) => (await loadById(context, Person, row.personId)) as Person,
    }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', description: 'The last day, extensions included.' }),
    approvals: t.exposeStringList('approvals', { description: 'Role codes of the bodies that approved it.' }),
    document: t.exposeString('document', { nullable: true }),
    extensions: t.field({ type: [ExtensionRef], resolve: ({ extensions }) => [...extensions] }),
  }),
});
builder.asEntity(EngagementRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Engagement, id),
});

builder.queryField('engagement', (t) =>
  t.field({
    type: EngagementRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Engagement, id),
  }),
);

builder.objectField(TeamRef, 'engagements', (t) =>
  t.field({
    type: [EngagementRef],
    description: 'Those in force on a day, or all of them; the oldest first.',
    args: {
      kind: t.arg({ type: TeamPart }),
      asOf: t.arg({ type: 'Date', description: 'Those in force on this day; all if absent.' }),
    },
    resolve: (team, { kind, asOf }, context) =>
      context.em.find(
        Engagement,
        {
          teamId: team.id,
          ...(kind ? { kind } : {}),
          ...(asOf ? { from: { $lte: asOf }, to: { $gte: asOf } } : {}),
        },
        { orderBy: { from: 'asc', id: 'asc' } },
      ),
  }),
);

/** What is known of whom an engagement is about, and of the team. */
async function engagedFacts(tx: SqlEntityManager, team: Team, person: Person, on: string): Promise<Facts> {
  const latest = { orderBy: { id: 'desc' }, limit: 1 } as const;
  const [membership] = await tx.find(TeamMember, { teamId: team.id, personId: person.id }, latest);
  const [nomination] = await tx.find(Nomination, { teamId: team.id, personId: person.id }, latest);
  const region = await tx.findOneOrFail(Region, { id: team.regionId });
  return {
    'team.kind': team.kind ?? undefined,
    'team.level': team.level,
    'team.status': team.status,
    'member.sourceCategory': membership?.sourceCategory ?? nomination?.sourceCategory ?? undefined,
    ...(await employedFacts(tx, person, on)),
    ...(await regionFacts(tx, region, on)),
  };
}

const ageOn = (person: Person, day: string) => (person.birthDate ? completedYears(person.birthDate, day) : undefined);

decided('teamMemberEngage', {
  description:
    'Engages a leader or member of a team for a term. Its version is that of the team. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, PERIOD_INVALID, CODE_INVALID, ALREADY_ENGAGED.',
  thing: 'engagement',
  type: EngagementRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true, description: "The team's: the engagement is entered in its ledger." }),
    person: t.id({ required: true }),
    kind: t.field({ type: TeamPart, required: true }),
    from: t.field({ type: 'Date', required: true }),
    to: t.field({ type: 'Date', required: true, description: 'The last day.' }),
    approvals: t.stringList({ description: 'Role codes of the bodies that approved it.' }),
    document: t.string({ description: 'Number or address of the decision.' }),
    reason: t.string({ description: 'Why it departs from what is usual, where it does.' }),
  }),
  plan: (input) => ({
    entity: Engagement,
    async prepare(tx, on) {
      requirePeriod(input.from, input.to);
      const team = await teamForChange(tx, input, on);
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      const approvals = requireCodes(input.approvals, 'approvals');
      const reason = input.reason?.trim() || null;
      const same = { teamId: team.id, personId: person.id, kind: input.kind };
      if ((await tx.count(Engagement, { ...same, from: { $lte: input.to }, to: { $gte: input.from } })) > 0) {
        throw new UserError('ALREADY_ENGAGED', 'from', {
          zh: '该人员在此期间已有聘期。',
          en: 'This person is engaged for a part of that time already.',
        });
      }
      const { months, days } = termLength(input.from, input.to);
      const subject = await teamSubject(tx, team, on);
      const id = uuid();
      return {
        subject: { ...subject, type: 'Engagement', id },
        facts: {
          'engagement.kind': input.kind,
          'engagement.approvals': approvals,
          'engagement.from': input.from,
          'engagement.to': input.to,
          'engagement.ageAtStart': ageOn(person, input.from),
          'engagement.reasonStated': reason !== null,
          'engagement.months': months,
          'engagement.extraDays': days,
          'engagement.endsWithTeamTerm': team.termTo === input.to,
          'engagement.nominated': (await tx.count(Nomination, { ...same, ...standingOn(on) })) > 0,
          ...(await engagedFacts(tx, team, person, on)),
        },
        current: null,
        change() {
          changed(tx, team, on, { act: 'teamMemberEngage', personIds: [person.id], approvals, reason });
          return tx.create(Engagement, {
            id,
            version: 1,
            ...same,
            from: input.from,
            to: input.to,
            approvals,
            document: input.document?.trim() || null,
            reason,
            extensions: [],
            engagedOn: on,
            changedOn: on,
          });
        },
      };
    },
  }),
});

decided('engagementExtend', {
  description:
    'Extends an engagement to a later last day. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE (the team has ended), ON_BEFORE_LAST_ACT, NEW_END_INVALID, CODE_INVALID.',
  thing: 'engagement',
  type: EngagementRef,
  input: (t) => ({
    engagement: t.id({ required: true }),
    version: t.int({ required: true }),
    to: t.field({ type: 'Date', required: true, description: 'The new last day.' }),
    approvals: t.stringList({ description: 'Role codes of the bodies that approved it.' }),
    reason: t.string(),
  }),
  plan: (input) => ({
    entity: Engagement,
    async prepare(tx, on) {
      const found = await tx.findOne(Engagement, { id: input.engagement });
      if (!found) throw notFound('engagement');
      // The team first, as every act on it does.
      const team = await lockTeam(tx, found.teamId);
      const engagement = await tx.refreshOrFail(found, { lockMode: LockMode.PESSIMISTIC_WRITE });
      expectVersion(engagement.version, input.version);
      requireOrder(engagement.changedOn, on);
      requireOrder(team.changedOn, on);
      if (team.status === 'ended') {
        throw new UserError('WRONG_STATE', 'engagement', { zh: '该团队已结束。', en: 'The team has ended.' });
      }
      if (input.to <= engagement.to) {
        throw new UserError('NEW_END_INVALID', 'to', {
          zh: `延长后的结束日期须晚于 ${engagement.to}。`,
          en: `The new last day must be after ${engagement.to}.`,
        });
      }
      const person = await tx.findOneOrFail(Person, { id: engagement.personId });
      const approvals = requireCodes(input.approvals, 'approvals');
      const reason = input.reason?.trim() || null;
      return {
        subject: { ...(await teamSubject(tx, team, on)), type: 'Engagement', id: engagement.id },
        facts: {
          'engagement.kind': engagement.kind,
          'engagement.approvals': approvals,
          'engagement.from': engagement.from,
          'engagement.to': engagement.to,
          'engagement.ageAtStart': ageOn(person, addDays(engagement.to, 1)),
          'engagement.reasonStated': reason !== null,
          'engagement.newTo': input.to,
          'engagement.totalMonths': termLength(engagement.from, input.to).months,
          'engagement.extensionCount': engagement.extensions.length,
          ...(await engagedFacts(tx, team, person, on)),
        },
        current: engagement,
        change() {
          const extension = { on, from: engagement.to, to: input.to, reason, approvals };
          engagement.extensions = [...engagement.extensions, extension];
          engagement.to = input.to;
          engagement.changedOn = on;
          changed(tx, team, on, { act: 'engagementExtend', personIds: [person.id], approvals, reason });
          return engagement;
        },
      };
    },
  }),
});
