import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { requireLevel } from '../level.ts';
import { placeColumnsOf } from '../place.ts';
import { UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, RegionRef } from './external.ts';
import { given, placedWhere } from './listing.ts';
import { requirePast, requirePlace, requireThings, requireYear, spoken } from './required.ts';
import { ResponsibilityLetter } from './tables/responsibility-letter.ts';

/** From the highest tier down. */
const TIERS = ['national', 'province', 'prefecture', 'county', 'unit'];

const ResponsibilityLetterRef = builder.objectRef<ResponsibilityLetter>('ResponsibilityLetter').implement({
  description: 'A letter by which a body or unit takes on targets for a year or for years.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    region: t.field({
      type: RegionRef,
      description: 'Of the signing party.',
      resolve: (letter) => ({ id: letter.regionId }),
    }),
    signatoryKind: t.exposeString('signatoryKind', { description: 'What signs: a code of the pack, such as county.' }),
    level: t.exposeString('level', { description: 'The tier of the signing party.' }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (letter) => (letter.organisationId ? { id: letter.organisationId } : null),
    }),
    otherLevel: t.exposeString('otherLevel', { description: 'The tier of the party that it is signed with.' }),
    otherOrganisation: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (letter) => (letter.otherOrganisationId ? { id: letter.otherOrganisationId } : null),
    }),
    year: t.exposeInt('year', { description: 'The first year that it covers.' }),
    lastYear: t.exposeInt('lastYear', { description: 'The last.' }),
    targets: t.exposeStringList('targets', { description: 'In words.' }),
    document: t.exposeString('document', { nullable: true, description: 'A document number or a link.' }),
    signedOn: t.expose('signedOn', { type: 'Date' }),
  }),
});

/** The letters that cover a year. */
export const covering = (year: number) => ({ year: { $lte: year }, lastYear: { $gte: year } });

const ResponsibilityLetterFilter = builder.inputType('ResponsibilityLetterFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Signed by a party of exactly this region.' }),
    within: t.id({ description: 'Signed by a party of this region or one in it.' }),
    signatoryKind: t.string(),
    organisation: t.id({ description: 'The signing party.' }),
    year: t.int({ description: 'One that it covers.' }),
  }),
});

builder.queryField('responsibilityLetters', (t) =>
  t.connection({
    type: ResponsibilityLetterRef,
    authenticated: true,
    description: 'Responsibility letters, in the order in which they were recorded.',
    args: { filter: t.arg({ type: ResponsibilityLetterFilter }) },
    resolve(_root, args, context) {
      const { signatoryKind, organisation, year, ...place } = args.filter ?? {};
      return page(context.em, ResponsibilityLetter, {
        where: {
          $and: [
            ...placedWhere(place),
            ...given({ signatoryKind, organisationId: organisation }),
            ...(year ? [covering(year)] : []),
          ],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
);

/** Whether the party has a letter for the year. Of two letters at once the second waits and finds the first. */
async function hasLetter(tx: SqlEntityManager, party: object, year: number): Promise<boolean> {
  const key = `responsibility letter ${JSON.stringify(party)}`;
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [key]);
  return (await tx.count(ResponsibilityLetter, { ...party, ...covering(year) })) > 0;
}

decided('responsibilityLetterSign', {
  description:
    'Records that a letter was signed. Errors: NOT_FOUND (region, organisation, otherOrganisation), LEVEL_INVALID, YEAR_INVALID, LAST_YEAR_INVALID, DATE_IN_FUTURE.',
  thing: 'responsibilityLetter',
  type: ResponsibilityLetterRef,
  input: (t) => ({
    region: t.id({ required: true, description: 'Of the signing party.' }),
    signatoryKind: t.string({ required: true, description: 'What signs: a code of the pack.' }),
    level: t.string({ required: true, description: 'Its tier: national, province, prefecture, county or unit.' }),
    organisation: t.id({ description: 'The organisation that signs.' }),
    otherLevel: t.string({ required: true, description: 'The tier of the party that it is signed with.' }),
    otherOrganisation: t.id({ description: 'The organisation that it is signed with.' }),
    year: t.int({ required: true, description: 'The first year that it covers.' }),
    lastYear: t.int({ description: 'The last; `year` if absent.' }),
    targets: t.stringList({ description: 'In words; blanks do not count.' }),
    document: t.string({ description: 'A document number or a link.' }),
    signedOn: t.field({ type: 'Date', description: 'The day of the act if absent.' }),
  }),
  plan: (input, context) => ({
    entity: ResponsibilityLetter,
    async remote(on) {
      await requireThings(context, 'organisation', [input.organisation], 'organisation', on);
      await requireThings(context, 'organisation', [input.otherOrganisation], 'otherOrganisation', on);
      return requirePlace(context.graph, input.region);
    },
    async prepare(tx, on, place) {
      const { level, otherLevel, signatoryKind, year } = input;
      requireLevel(level);
      requireLevel(otherLevel, 'otherLevel');
      requireYear(year, on, 1);
      const lastYear = input.lastYear ?? year;
      if (lastYear < year || lastYear > year + 10) {
        throw new UserError('LAST_YEAR_INVALID', 'lastYear', {
          zh: '终止年度须不早于起始年度，且最多相隔十年。',
          en: 'The last year is not before the first, and at most ten years after it.',
        });
      }
      const signedOn = input.signedOn ?? on;
      requirePast(signedOn, on, 'signedOn');
      const targets = spoken(input.targets);
      const party = { regionId: place.regionId, signatoryKind, organisationId: input.organisation ?? null };
      const id = uuid();
      return {
        subject: {
          type: 'ResponsibilityLetter',
          id,
          regions: place.path,
          organisations: input.organisation ? [input.organisation] : [],
        },
        facts: {
          'responsibilityLetter.signatoryKind': signatoryKind,
          'responsibilityLetter.year': year,
          'responsibilityLetter.toHigherLevel': TIERS.indexOf(otherLevel) < TIERS.indexOf(level),
          'responsibilityLetter.targetCount': targets.length,
          'responsibilityLetter.duplicate': await hasLetter(tx, party, year),
        },
        current: null,
        change: () =>
          tx.create(ResponsibilityLetter, {
            ...placeColumnsOf(place),
            ...party,
            id,
            version: 1,
            level,
            otherLevel,
            otherOrganisationId: input.otherOrganisation ?? null,
            year,
            lastYear,
            targets,
            document: input.document?.trim() || null,
            signedOn,
          }),
      };
    },
  }),
});
