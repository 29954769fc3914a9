import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { type Place, placeColumnsOf } from '../place.ts';
import { notFound } from '../user-error.ts';
import { AssessmentRef, seesAssessment } from './assessment.ts';
import { builder, decided } from './builder.ts';
import { RegionRef } from './external.ts';
import { between, given, placedWhere } from './listing.ts';
import { organisationPlaceOf } from './organisation-place.ts';
import { requirePast, requirePlace, requireText, requireThings } from './required.ts';
import { Assessment, Commendation } from './tables/assessment.ts';
import { requireTeam, type Team } from './team.ts';

const CommendationRef = builder.objectRef<Commendation>('Commendation').implement({
  description: 'Praise or a reward that was given.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    subjectKind: t.exposeString('subjectKind', { description: 'team, person, organisation or region.' }),
    subjectId: t.exposeID('subjectId'),
    region: t.field({ type: RegionRef, resolve: (commendation) => ({ id: commendation.regionId }) }),
    form: t.exposeString('form', { description: 'A code of the pack, such as commend or reward.' }),
    title: t.exposeString('title'),
    year: t.exposeInt('year'),
    body: t.exposeString('body', { nullable: true, description: 'Who gave it: a role of the pack.' }),
    date: t.expose('date', { type: 'Date' }),
    assessment: t.field({
      type: AssessmentRef,
      nullable: true,
      description: 'The assessment that it rests on, if you may see it.',
      async resolve(commendation, _args, context) {
        const id = commendation.assessmentId;
        const assessment = id ? await loadById(context, Assessment, id) : null;
        return assessment && seesAssessment(context, assessment) ? assessment : null;
      },
    }),
  }),
});

const CommendationFilter = builder.inputType('CommendationFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    within: t.id({ description: 'Of this region or one in it.' }),
    subjectKind: t.string(),
    subject: t.id(),
    year: t.int(),
    from: t.field({ type: 'Date' }),
    to: t.field({ type: 'Date' }),
  }),
});

builder.queryField('commendations', (t) =>
  t.connection({
    type: CommendationRef,
    description: 'Commendations, the latest first.',
    args: { filter: t.arg({ type: CommendationFilter }) },
    resolve(_root, args, context) {
      const { subjectKind, subject, year, from, to, ...place } = args.filter ?? {};
      return page(context.em, Commendation, {
        where: {
          $and: [
            ...placedWhere(place),
            ...given({ subjectKind, subjectId: subject, year }),
            ...between('date', from, to),
          ],
        },
        orderBy: [{ date: 'desc' }, { id: 'desc' }],
        args,
      });
    },
  }),
);

interface Commended {
  readonly kind: string;
  readonly id: string;
  readonly place: Place;
  readonly team: Team | null;
}

/** Who is commended: a team, a person, an organisation, or a region for its work. */
async function commended(
  context: Context,
  input: { team?: string | null; person?: string | null; organisation?: string | null; region: string },
  on: string,
): Promise<Commended> {
  if (input.team) {
    const team = await requireTeam(context, input.team, on);
    return { kind: 'team', id: input.team, place: team.place, team };
  }
  if (input.organisation) {
    const place = await organisationPlaceOf(context, input.organisation);
    if (!place) throw notFound('organisation');
    return { kind: 'organisation', id: input.organisation, place, team: null };
  }
  await requireThings(context, 'person', [input.person], 'person', on);
  const place = await requirePlace(context.graph, input.region);
  return { kind: input.person ? 'person' : 'region', id: input.person ?? input.region, place, team: null };
}

decided('commendationRecord', {
  description:
    'Records praise or a reward that was given: to the team, organisation or person named, or to the region. Errors: NOT_FOUND (region, team, organisation, person, assessment), TITLE_REQUIRED, DATE_IN_FUTURE.',
  thing: 'commendation',
  type: CommendationRef,
  input: (t) => ({
    region: t.id({ required: true, description: 'Where; of a team or an organisation its own region counts.' }),
    team: t.id(),
    organisation: t.id(),
    person: t.id(),
    form: t.string({ required: true, description: 'A code of the pack, such as commend or reward.' }),
    title: t.string({ required: true }),
    date: t.field({ type: 'Date', description: 'When it was given; the day of the act if absent.' }),
    assessment: t.id({ description: 'The assessment that it rests on: one with a result.' }),
    body: t.string({ description: 'Who gave it: a role of the pack.' }),
  }),
  plan: (input, context) => ({
    entity: Commendation,
    remote: (on) => commended(context, input, on),
    async prepare(tx, on, { kind, id: subjectId, place, team }) {
      const date = input.date ?? on;
      requirePast(date, on);
      const title = requireText(input.title, 'title');
      const basis = input.assessment
        ? await tx.findOne(Assessment, { id: input.assessment, recordedOn: { $ne: null } })
        : null;
      if (input.assessment && !basis) throw notFound('assessment');
      const id = uuid();
      return {
        // Who is commended does not commend itself.
        subject: { type: 'Commendation', id, regions: place.path },
        facts: {
          'commendation.subjectKind': kind,
          'commendation.basisOutcome': basis ? (basis.outcome ?? undefined) : 'none',
          'commendation.form': input.form,
          'team.kind': team?.kind ?? undefined,
        },
        current: null,
        change: () =>
          tx.create(Commendation, {
            id,
            version: 1,
            ...placeColumnsOf(place),
            subjectKind: kind,
            subjectId,
            form: input.form,
            title,
            year: Number(date.slice(0, 4)),
            assessmentId: basis?.id ?? null,
            body: input.body?.trim() || null,
            date,
          }),
      };
    },
  }),
});
