import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { covers, type Subject } from '../actor.ts';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { MatchingRef } from './matching.ts';
import { employedFacts } from './off-post-facts.ts';
import { OrganisationRef } from './organisation.ts';
import { mayRead, whereMayRead } from './party.ts';
import { PersonRef } from './person.ts';
import { unitFacts } from './person-facts.ts';
import { processOf, SelectionRef, stillOpen } from './selection.ts';
import { Application } from './tables/application.ts';
import { Matching } from './tables/matching.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Selection } from './tables/selection.ts';
import { SelectionNotice } from './tables/selection-notice.ts';

export const ApplicationRef = builder.objectRef<Application>('Application');
ApplicationRef.implement({
  description: "A person's candidacy in a round: the registration form that the unit filed. For those it concerns.",
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    selection: t.field({
      type: SelectionRef,
      resolve: async (application, _args, context) =>
        (await loadById(context, Selection, application.selectionId)) as Selection,
    }),
    person: t.field({
      type: PersonRef,
      resolve: async (application, _args, context) => (await loadById(context, Person, application.personId)) as Person,
    }),
    organisation: t.field({
      type: OrganisationRef,
      description: 'The unit that the person comes from.',
      resolve: async (application, _args, context) =>
        (await loadById(context, Organisation, application.organisationId)) as Organisation,
    }),
    matching: t.field({
      type: MatchingRef,
      nullable: true,
      resolve: (application, _args, context) =>
        application.matchingId ? loadById(context, Matching, application.matchingId) : null,
    }),
    form: t.expose('form', { type: 'JSON', description: 'The fields of the registration form.' }),
    sealed: t.exposeBoolean('sealed', { nullable: true, description: "Bears the unit's seal; null when not known." }),
    filerKind: t.exposeString('filerKind', { nullable: true, description: 'dispatching-unit, person or other.' }),
    experienceAttested: t.exposeBoolean('experienceAttested', { nullable: true }),
    receivedOn: t.expose('receivedOn', { type: 'Date' }),
    status: t.exposeString('status', { description: 'submitted, rejected, withdrawn, listed or appointed.' }),
  }),
});
builder.asEntity(ApplicationRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => readable(context, id),
});

async function readable(context: Context, id: string): Promise<Application | null> {
  const application = await loadById(context, Application, id);
  return application && mayRead(context, application) ? application : null;
}

const ApplicationFilter = builder.inputType('ApplicationFilter', {
  fields: (t) => ({ selection: t.id(), person: t.id(), organisation: t.id(), status: t.string() }),
});

builder.queryFields((t) => ({
  application: t.field({
    type: ApplicationRef,
    nullable: true,
    authenticated: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => readable(context, id),
  }),
  applications: t.connection({
    type: ApplicationRef,
    authenticated: true,
    description: 'The candidacies that you may see, the oldest first.',
    args: { filter: t.arg({ type: ApplicationFilter }) },
    resolve(_root, args, context) {
      const { selection, person, organisation, status } = args.filter ?? {};
      return page(context.em, Application, {
        where: {
          ...(selection ? { selectionId: selection } : {}),
          ...(person ? { personId: person } : {}),
          ...(organisation ? { organisationId: organisation } : {}),
          ...(status ? { status } : {}),
          $and: [whereMayRead(context, ['personId', 'organisationId', 'receivingUnitId'])],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

builder.objectFields(SelectionRef, (t) => ({
  list: t.field({
    type: [PersonRef],
    description: 'The persons on the final list; empty until it is decided. Public.',
    async resolve(selection, _args, context) {
      const rows = await context.em.find(
        Application,
        { selectionId: selection.id, status: { $in: ['listed', 'appointed'] } },
        { orderBy: { id: 'asc' }, fields: ['personId'] },
      );
      const ids = [...new Set(rows.map(({ personId }) => personId))];
      return Promise.all(ids.map(async (id) => (await loadById(context, Person, id)) as Person));
    },
  }),
}));

const FILERS = ['dispatching-unit', 'person', 'other'];

/** Who files: the unit when the caller acts for it, the person, or somebody else. A recorder says whose paper it is. */
function filerKind(context: Context, person: Person, said: string | null | undefined, onBehalf: boolean) {
  if (onBehalf) {
    if (said && !FILERS.includes(said)) {
      throw new UserError('FILER_INVALID', 'filer', {
        zh: `报送方须为 ${FILERS.join('、')} 之一。`,
        en: `The filer is one of ${FILERS.join(', ')}.`,
      });
    }
    return said ?? null;
  }
  const unit = { type: '', id: '', regions: [], organisations: [person.organisationId] };
  if (context.viewer.roles.some((held) => covers(held, unit))) return 'dispatching-unit';
  return context.viewer.person === person.id ? 'person' : 'other';
}

decided('applicationSubmit', {
  description:
    'Files the registration form of a person for a round. Closed once a notice runs. Errors: NOT_FOUND, WRONG_STATE, ROUND_CLOSED, MATCHING_MISMATCH, FORM_INVALID, FILER_INVALID, RECEIVED_ON_INVALID, DUPLICATE_APPLICATION.',
  thing: 'application',
  isImported: true,
  type: ApplicationRef,
  input: (t) => ({
    selection: t.id({ required: true }),
    person: t.id({ required: true }),
    matching: t.id({ description: 'The contact it follows from.' }),
    form: t.field({ type: 'JSON', required: true, description: 'The fields of the form: an object.' }),
    sealed: t.boolean({ description: "Whether it bears the unit's seal; absent: not known." }),
    experienceAttested: t.boolean({ description: 'Whether the unit attests service experience; absent: not known.' }),
    receivedOn: t.field({ type: 'Date', description: 'The day it came in; the day of the act if absent.' }),
    filer: t.string({
      description: 'With onBehalfOf: dispatching-unit, person or other. Else it follows from who acts.',
    }),
  }),
  plan: (input, context) => ({
    entity: Application,
    async prepare(tx, on) {
      // Shared: forms come in side by side, but not while a step is being taken.
      const selection = await tx.findOne(Selection, { id: input.selection }, { lockMode: LockMode.PESSIMISTIC_READ });
      if (!selection) throw notFound('selection');
      stillOpen(selection);
      if ((await tx.count(SelectionNotice, { selectionId: selection.id, supersededOn: null })) > 0) {
        throw new UserError('ROUND_CLOSED', 'selection', {
          zh: '该轮选聘已进入公示，不再接收报名。',
          en: 'The candidates of this round are under public notice: no more forms are taken.',
        });
      }
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      const matching = input.matching ? await tx.findOne(Matching, { id: input.matching }) : null;
      if (input.matching && !matching) throw notFound('matching');
      if (matching && (matching.personId !== person.id || (matching.selectionId ?? selection.id) !== selection.id)) {
        throw new UserError('MATCHING_MISMATCH', 'matching', {
          zh: '该对接不属于该人员或该轮选聘。',
          en: 'This contact is of another person or another round.',
        });
      }
      const form = input.form;
      if (typeof form !== 'object' || form === null || Array.isArray(form)) {
        throw new UserError('FORM_INVALID', 'form', {
          zh: '报名表须为字段集合。',
          en: 'The form is an object of fields.',
        });
      }
      const receivedOn = input.receivedOn ?? on;
      if (receivedOn > on || receivedOn < selection.openedOn) {
        throw new UserError('RECEIVED_ON_INVALID', 'receivedOn', {
          zh: `收件日期须在 ${selection.openedOn} 至 ${on} 之间。`,
          en: `The form came in between ${selection.openedOn} and ${on}.`,
        });
      }
      const id = uuid();
      const at = matching ?? selection;
      const filer = filerKind(context, person, input.filer, Boolean(input.onBehalfOf));
      const subject: Subject = {
        type: 'Application',
        id,
        regions: regionsOf(selection),
        process: processOf(selection.id),
        organisations: [person.organisationId],
        persons: [person.id],
      };
      return {
        subject,
        facts: {
          'application.formAttached': Object.keys(form).length > 0,
          'application.sealed': input.sealed ?? undefined,
          'application.filerKind': filer ?? undefined,
          'application.experienceAttested': input.experienceAttested ?? undefined,
          'application.answersDemandItem': Boolean(matching?.demandItemId),
          'selection.level': selection.level,
          ...(await employedFacts(tx, person, on)),
          ...(await unitFacts(tx, person.organisationId)),
        },
        current: null,
        async change() {
          const application = tx.create(Application, {
            id,
            version: 1,
            provinceId: at.provinceId ?? null,
            prefectureId: at.prefectureId ?? null,
            countyId: at.countyId ?? null,
            selectionId: selection.id,
            personId: person.id,
            organisationId: person.organisationId,
            receivingUnitId: matching?.receivingUnitId ?? null,
            demandItemId: matching?.demandItemId ?? null,
            matchingId: matching?.id ?? null,
            form: form as Record<string, unknown>,
            sealed: input.sealed ?? null,
            filerKind: filer,
            experienceAttested: input.experienceAttested ?? null,
            receivedOn,
            status: 'submitted',
          });
          await tx.flush().catch((error) => {
            if (!(error instanceof UniqueConstraintViolationException)) throw error;
            throw new UserError('DUPLICATE_APPLICATION', 'person', {
              zh: '该人员已就同一需求项报名本轮选聘。',
              en: 'This person has filed for the same need in this round already.',
            });
          });
          return application;
        },
      };
    },
  }),
});
