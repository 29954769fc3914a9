import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { AppointmentRef } from './appointment.ts';
import { appointmentSubject, lockAppointment, requireStatus } from './appointment-row.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef } from './organisation.ts';
import { whereMayRead } from './party.ts';
import { requireText } from './required-text.ts';
import { Appointment } from './tables/appointment.ts';
import { Organisation } from './tables/organisation.ts';
import { SupportRequest } from './tables/support-request.ts';
import { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { teamSubject } from './team-row.ts';

const SupportRequestRef = builder.objectRef<SupportRequest>('SupportRequest').implement({
  description: 'What a commissioner cannot do alone, and whom they ask for help. For those whom it concerns.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    appointment: t.field({
      type: AppointmentRef,
      resolve: async (request, _args, context) =>
        (await loadById(context, Appointment, request.appointmentId)) as Appointment,
    }),
    route: t.exposeString('route', { description: 'Code of the pack: team-leader, dispatching-unit and others.' }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      description: 'The team whose leader is asked.',
      resolve: (request, _args, context) => (request.teamId ? loadById(context, Team, request.teamId) : null),
    }),
    addressee: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The organisation that is asked.',
      resolve: (request, _args, context) =>
        request.addresseeId ? loadById(context, Organisation, request.addresseeId) : null,
    }),
    need: t.exposeString('need'),
    status: t.exposeString('status', { description: 'open or answered.' }),
    submittedOn: t.expose('submittedOn', { type: 'Date' }),
    answeredOn: t.expose('answeredOn', { type: 'Date', nullable: true }),
    answer: t.exposeString('answer', { nullable: true }),
  }),
});

const SupportRequestFilter = builder.inputType('SupportRequestFilter', {
  fields: (t) => ({ appointment: t.id(), team: t.id(), addressee: t.id(), status: t.string() }),
});

builder.queryField('supportRequests', (t) =>
  t.connection({
    type: SupportRequestRef,
    authenticated: true,
    description: 'The requests that you may see, the oldest first.',
    args: { filter: t.arg({ type: SupportRequestFilter }) },
    resolve(_root, args, context) {
      const { appointment, team, addressee, status } = args.filter ?? {};
      return page(context.em, SupportRequest, {
        where: {
          ...(appointment ? { appointmentId: appointment } : {}),
          ...(team ? { teamId: team } : {}),
          ...(addressee ? { addresseeId: addressee } : {}),
          ...(status ? { status } : {}),
          $and: [whereMayRead(context, ['personId', 'organisationId', 'receivingUnitId'])],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
);

decided('supportRequestSubmit', {
  description:
    'Asks for help that is beyond one commissioner: of a team, or of an organisation. Errors: NOT_FOUND, WRONG_STATE, TEXT_REQUIRED (route, need).',
  thing: 'supportRequest',
  type: SupportRequestRef,
  input: (t) => ({
    appointment: t.id({ required: true }),
    route: t.string({ required: true, description: 'Code of the pack: team-leader, dispatching-unit and others.' }),
    team: t.id({ description: 'The team whose leader is asked.' }),
    addressee: t.id({
      description: "The organisation that is asked; without it and a team, the commissioner's own unit.",
    }),
    need: t.string({ required: true }),
  }),
  plan: (input) => ({
    entity: SupportRequest,
    async prepare(tx, on) {
      const appointment = await lockAppointment(tx, input.appointment);
      requireStatus(appointment, 'active');
      const route = requireText(input.route, 'route');
      const need = requireText(input.need, 'need');
      if (input.team && !(await tx.findOne(Team, { id: input.team }))) throw notFound('team');
      if (input.addressee && !(await tx.findOne(Organisation, { id: input.addressee }))) throw notFound('addressee');
      const id = uuid();
      return {
        subject: { ...appointmentSubject(appointment), type: 'SupportRequest', id },
        facts: { 'supportRequest.route': route, 'appointment.category': appointment.category },
        current: null,
        change: () =>
          tx.create(SupportRequest, {
            id,
            version: 1,
            appointmentId: appointment.id,
            personId: appointment.personId,
            organisationId: appointment.organisationId,
            receivingUnitId: appointment.receivingUnitId ?? null,
            provinceId: appointment.provinceId ?? null,
            prefectureId: appointment.prefectureId ?? null,
            countyId: appointment.countyId,
            route,
            teamId: input.team ?? null,
            addresseeId: input.addressee ?? null,
            need,
            status: 'open',
            submittedOn: on,
            answeredOn: null,
            answer: null,
          }),
      };
    },
  }),
});

decided('supportRequestAnswer', {
  description:
    'Answers a request: by the leader of the team that was asked, or by the organisation. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, TEXT_REQUIRED, ON_BEFORE_LAST_ACT.',
  thing: 'supportRequest',
  type: SupportRequestRef,
  input: (t) => ({
    supportRequest: t.id({ required: true }),
    version: t.int({ required: true }),
    answer: t.string({ required: true, description: 'Who helps, when and how; or why nobody can.' }),
  }),
  plan: (input) => ({
    entity: SupportRequest,
    async prepare(tx, on) {
      const request = await tx.findOne(
        SupportRequest,
        { id: input.supportRequest },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (!request) throw notFound('supportRequest');
      expectVersion(request.version, input.version);
      if (request.status !== 'open') {
        throw new UserError('WRONG_STATE', 'supportRequest', { zh: '该请求已答复。', en: 'This request is answered.' });
      }
      requireOrder(request.submittedOn, on);
      const answer = requireText(input.answer, 'answer');
      const team = request.teamId ? await tx.findOneOrFail(Team, { id: request.teamId }) : null;
      const asked = team ? await teamSubject(tx, team, on) : null;
      const subject: Subject = {
        type: 'SupportRequest',
        id: request.id,
        regions: regionsOf(request),
        // Whoever was asked answers: the team, the organisation named, or else the commissioner's own unit.
        organisations: asked?.organisations ?? [request.addresseeId ?? request.organisationId],
        posts: asked?.posts ?? [],
      };
      return {
        subject,
        facts: { 'supportRequest.route': request.route },
        current: request,
        change() {
          request.status = 'answered';
          request.answeredOn = on;
          request.answer = answer;
          return request;
        },
      };
    },
  }),
});
