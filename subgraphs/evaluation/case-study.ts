import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { divisionsOf, knownPlace, type Place, regionsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { isAllowed, whereAllowed } from '../visible.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, RegionRef } from './external.ts';
import { spoken } from './required.ts';
import { evaluated, type SubjectKind } from './subject.ts';
import { CaseStudy } from './tables/case-study.ts';

export const CandidateKind = builder.enumType('CandidateKind', {
  description: 'Who may be recommended for an award. Of governing bodies and others the graph knows the region only.',
  values: {
    APPOINTMENT: { value: 'appointment' },
    TEAM: { value: 'team' },
    DISPATCHING_UNIT: { value: 'dispatching-unit' },
    GOVERNING_BODY: { value: 'governing-body' },
    OTHER: { value: 'other' },
  } as const,
});
export type Candidate = 'appointment' | 'team' | 'dispatching-unit' | 'governing-body' | 'other';

/** Which column of a case study answers which fact of the visibility rules: consent is what makes it public. */
export const caseStudyColumns = {
  'record.person': { column: 'person_id', type: 'code', nullable: true },
  'record.organisation': { column: 'organisation_id', type: 'code', nullable: true },
  'record.county': { column: 'county_id', type: 'code', nullable: true },
  'record.prefecture': { column: 'prefecture_id', type: 'code', nullable: true },
  'record.province': { column: 'province_id', type: 'code', nullable: true },
  'record.published': { column: 'person_consented', type: 'boolean', nullable: false },
} as const;

function reads(context: Context, study: CaseStudy): boolean {
  return isAllowed(context, 'evaluationRead', regionsOf(study), {
    'record.person': study.personId ?? undefined,
    'record.organisation': study.organisationId ?? undefined,
    'record.county': study.countyId ?? undefined,
    'record.prefecture': study.prefectureId ?? undefined,
    'record.province': study.provinceId ?? undefined,
    'record.published': study.personConsented,
  });
}

const CaseStudyRef = builder.objectRef<CaseStudy>('CaseStudy').implement({
  description:
    'Deeds worth telling. Public when the person agrees; otherwise only for those who may read an unpublished evaluation.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    candidateKind: t.field({ type: CandidateKind, resolve: (study) => study.candidateKind as Candidate }),
    candidateId: t.exposeID('candidateId'),
    region: t.field({ type: RegionRef, resolve: (study) => ({ id: study.regionId }) }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The unit that sent whom it is about.',
      resolve: (study) => (study.organisationId ? { id: study.organisationId } : null),
    }),
    year: t.exposeInt('year'),
    title: t.exposeString('title'),
    text: t.exposeString('text'),
    url: t.exposeString('url', { nullable: true }),
    outstanding: t.exposeBoolean('outstanding', { description: 'The deeds are outstanding.' }),
    criteria: t.exposeStringList('criteria', { description: 'What speaks for it: codes of the pack.' }),
    personConsented: t.exposeBoolean('personConsented'),
    recordedOn: t.expose('recordedOn', { type: 'Date' }),
  }),
});

const CaseStudyFilter = builder.inputType('CaseStudyFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    prefecture: t.id(),
    year: t.int(),
    candidateKind: t.field({ type: CandidateKind }),
    candidate: t.id(),
    outstanding: t.boolean(),
  }),
});

builder.queryFields((t) => ({
  caseStudy: t.field({
    type: CaseStudyRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const study = await loadById(context, CaseStudy, id);
      return study && reads(context, study) ? study : null;
    },
  }),
  caseStudies: t.connection({
    type: CaseStudyRef,
    description: 'The case studies that you may read.',
    args: { filter: t.arg({ type: CaseStudyFilter }) },
    resolve(_root, args, context) {
      const { region, prefecture, year, candidateKind, candidate, outstanding } = args.filter ?? {};
      return page(context.em, CaseStudy, {
        where: {
          ...(region ? { regionId: region } : {}),
          ...(prefecture ? { prefectureId: prefecture } : {}),
          ...(year ? { year } : {}),
          ...(candidateKind ? { candidateKind } : {}),
          ...(candidate ? { candidateId: candidate } : {}),
          ...(typeof outstanding === 'boolean' ? { outstanding } : {}),
          $and: [whereAllowed(context, 'evaluationRead', caseStudyColumns)],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

const inGraph: Partial<Record<Candidate, SubjectKind>> = {
  appointment: 'appointment',
  team: 'team',
  'dispatching-unit': 'dispatching-unit',
};

interface Whom {
  readonly place: Place;
  readonly regionId: string;
  readonly personId: string | null;
  readonly organisationId: string | null;
}

decided('caseStudyRecord', {
  description:
    'Records deeds worth telling. Errors: NOT_FOUND (candidate, region), REGION_REQUIRED (for a governing body or another), TITLE_REQUIRED, TEXT_REQUIRED, YEAR_INVALID.',
  thing: 'caseStudy',
  type: CaseStudyRef,
  input: (t) => ({
    candidateKind: t.field({ type: CandidateKind, required: true }),
    candidate: t.id({ required: true, description: 'Whom it is about.' }),
    region: t.id({ description: 'For a governing body or another: its region. Of others, their own region counts.' }),
    year: t.int({ required: true }),
    title: t.string({ required: true }),
    text: t.string({ required: true }),
    url: t.string(),
    outstanding: t.boolean({ required: true }),
    criteria: t.stringList({ description: 'What speaks for it: codes of the pack.' }),
    personConsented: t.boolean({ required: true, description: 'Whom it is about agrees to publicity.' }),
  }),
  plan: (input, context) => ({
    entity: CaseStudy,
    async remote(on): Promise<Whom> {
      const kind = inGraph[input.candidateKind];
      if (kind) {
        const found = (await evaluated(context.graph, kind, [input.candidate], on)).get(input.candidate);
        if (!found) throw notFound('candidate');
        const { place, personId, unitId } = found;
        return { place, regionId: place.path[0] as string, personId, organisationId: unitId };
      }
      if (!input.region) {
        throw new UserError('REGION_REQUIRED', 'region', { zh: '请说明所在地区。', en: 'Say the region.' });
      }
      const place = await knownPlace(context.graph, input.region);
      if (!place) throw notFound('region');
      return { place, regionId: input.region, personId: null, organisationId: null };
    },
    async prepare(tx, on, { place, regionId, personId, organisationId }) {
      const [title, text] = [input.title.trim(), input.text.trim()];
      if (!title) throw new UserError('TITLE_REQUIRED', 'title', { zh: '标题不能为空。', en: 'The title is empty.' });
      if (!text) throw new UserError('TEXT_REQUIRED', 'text', { zh: '内容不能为空。', en: 'The text is empty.' });
      if (input.year < 2000 || input.year > Number(on.slice(0, 4))) {
        throw new UserError('YEAR_INVALID', 'year', { zh: '年度须为已开始的年度。', en: 'The year must have begun.' });
      }
      const { outstanding, personConsented } = input;
      const criteria = [...new Set(spoken(input.criteria))].sort();
      const id = uuid();
      return {
        subject: {
          type: 'CaseStudy',
          id,
          regions: place.path,
          organisations: organisationId ? [organisationId] : [],
          persons: personId ? [personId] : [],
        },
        facts: {
          'caseStudy.outstanding': outstanding,
          'caseStudy.personConsented': personConsented,
          'caseStudy.criteria': criteria,
        },
        current: null,
        change: () =>
          tx.create(CaseStudy, {
            id,
            version: 1,
            candidateKind: input.candidateKind,
            candidateId: input.candidate,
            personId,
            organisationId,
            regionId,
            ...divisionsOf(place),
            year: input.year,
            title,
            text,
            url: input.url ?? null,
            outstanding,
            criteria,
            personConsented,
            recordedOn: on,
          }),
      };
    },
  }),
});
