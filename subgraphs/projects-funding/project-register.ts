import { v7 as uuid } from 'uuid';
import { requireCode, requireCodes } from '../code.ts';
import { placeColumnsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { knownForm, readOrganisation, readPlace, serves } from './from-graph.ts';
import { stated } from './input.ts';
import { ProjectRef } from './project.ts';
import { contentFacts, programmeOf } from './project-facts.ts';
import { regionFacts } from './region-facts.ts';
import { type IpRecord, Project } from './tables/project.ts';
import { ServiceObject } from './tables/service-object.ts';

const IpRecordInput = builder.inputType('IpRecordInput', {
  fields: (t) => ({
    kind: t.string({ required: true, description: 'A code, such as patent, variety-right or trademark.' }),
    title: t.string({ required: true }),
    number: t.string(),
  }),
});

type Maybe<Value> = Value | null | undefined;
const orNull = (text: Maybe<string>, field: string) => (text ? stated(text, field) : null);
const codeOrNull = (text: Maybe<string>, field: string) => (text ? requireCode(text, field) : null);
const texts = (list: Maybe<readonly string[]>, field: string) => (list ?? []).map((text) => stated(text, field));

/** @throws UserError COUNT_INVALID */
function households(all: Maybe<number>, poor: Maybe<number>) {
  if ((all ?? 0) < 0 || (poor ?? 0) < 0 || (poor ?? 0) > (all ?? 0)) {
    throw new UserError('COUNT_INVALID', ['beneficiaryHouseholds', 'beneficiaryPoorHouseholds'], {
      zh: '户数不能为负，贫困户数不能多于受益户数。',
      en: 'Households cannot be fewer than none, nor poor ones more than all.',
    });
  }
  return { beneficiaryHouseholds: all ?? null, beneficiaryPoorHouseholds: poor ?? null };
}

const ipOf = (records: Maybe<readonly { kind: string; title: string; number?: Maybe<string> }[]>): IpRecord[] =>
  (records ?? []).map(({ kind, title, number }) => ({
    kind: requireCode(kind, 'ipRecords'),
    title: stated(title, 'ipRecords'),
    number: number?.trim() || null,
  }));

decided('projectRegister', {
  description:
    'Registers a project of a county, in the village or county where it is done. What is not known is left out: rules and standings say what is wanting. Households are counts, never names. Errors: NOT_FOUND, TEXT_REQUIRED, TEXT_TOO_LONG, CODE_INVALID, COUNT_INVALID, ALREADY_REGISTERED.',
  thing: 'project',
  type: ProjectRef,
  input: (t) => ({
    title: t.string({ required: true }),
    region: t.id({ required: true, description: 'The village, township or county.' }),
    programme: t.string({ description: 'Under which programme of a pack it is filed, a code.' }),
    team: t.id({ description: 'The team or group of advisers that serves it.' }),
    implementer: t.id({ description: 'The organisation that carries it out.' }),
    leadEntity: t.string({ description: 'Who that is capable leads it and takes the poor along.' }),
    leadServiceObject: t.id({ description: 'The same, when it is a service object of the graph.' }),
    targets: t.stringList({ description: 'Whom it supports: groups and places, not persons.' }),
    measures: t.stringList(),
    residentAid: t.string({ description: 'Who helps on the spot.' }),
    results: t.stringList(),
    beneficiaryHouseholds: t.int(),
    beneficiaryPoorHouseholds: t.int({ description: 'How many of them are poor.' }),
    marketChannel: t.string({ description: 'Where its produce is sold.' }),
    benefitLinkage: t.string({ description: 'How households share in the added value.' }),
    supportKind: t.string({ description: 'A code, such as popularisation.' }),
    industry: t.string({ description: 'A code, such as tea.' }),
    industryTiers: t.stringList({ description: 'Codes: primary, secondary, tertiary.' }),
    techField: t.string({ description: 'The field of technology, a code.' }),
    livelihoodField: t.string({ description: 'A code, such as health.' }),
    pillarIndustry: t.boolean({ description: 'It is of a pillar industry of its county.' }),
    ipRecords: t.field({ type: [IpRecordInput] }),
  }),
  plan: (input, context) => ({
    entity: Project,
    async remote(on) {
      const place = await readPlace(context, input.region, 'region');
      return {
        place,
        implementer: input.implementer ? await readOrganisation(context, input.implementer, 'implementer') : null,
        servedByTeam: input.team ? await serves(context, input.team, place.countyId, on, 'team') : false,
        region: await regionFacts(context, place, on),
      };
    },
    async prepare(tx, on, { place, implementer, servedByTeam, region }) {
      const id = uuid();
      const content = {
        title: stated(input.title, 'title'),
        programme: codeOrNull(input.programme, 'programme'),
        leadEntity: orNull(input.leadEntity, 'leadEntity'),
        targets: texts(input.targets, 'targets'),
        measures: texts(input.measures, 'measures'),
        residentAid: orNull(input.residentAid, 'residentAid'),
        results: texts(input.results, 'results'),
        ...households(input.beneficiaryHouseholds, input.beneficiaryPoorHouseholds),
        marketChannel: orNull(input.marketChannel, 'marketChannel'),
        benefitLinkage: orNull(input.benefitLinkage, 'benefitLinkage'),
        supportKind: codeOrNull(input.supportKind, 'supportKind'),
        industry: codeOrNull(input.industry, 'industry'),
        industryTiers: requireCodes(input.industryTiers, 'industryTiers'),
        techField: codeOrNull(input.techField, 'techField'),
        livelihoodField: codeOrNull(input.livelihoodField, 'livelihoodField'),
        pillarIndustry: input.pillarIndustry ?? null,
        ipRecords: ipOf(input.ipRecords),
      };
      if ((await tx.count(Project, { regionId: place.regionId, title: content.title })) > 0) {
        throw new UserError('ALREADY_REGISTERED', 'title', {
          zh: '该地已登记同名项目。',
          en: 'A project of this title is registered there already.',
        });
      }
      const leadServiceObjectId = input.leadServiceObject
        ? knownForm(input.leadServiceObject, 'leadServiceObject')
        : null;
      if (leadServiceObjectId && !(await tx.findOne(ServiceObject, { id: leadServiceObjectId }))) {
        throw notFound('leadServiceObject');
      }
      const project = {
        ...content,
        ...placeColumnsOf(place),
        path: [...place.path],
        villageId: place.level === 'village' ? place.regionId : null,
        teamId: input.team ?? null,
        implementerId: implementer?.id ?? null,
        leadServiceObjectId,
      };
      return {
        subject: {
          type: 'Project',
          id,
          regions: place.path,
          organisations: implementer ? [implementer.id] : [],
          process: `project:${id}`,
        },
        facts: {
          'project.programme': programmeOf(content),
          'project.servedByTeam': servedByTeam,
          'project.implementerStated': implementer !== null,
          ...contentFacts(content),
          ...region,
        },
        current: null,
        change: () =>
          tx.create(Project, {
            id,
            version: 1,
            ...project,
            registeredOn: on,
            assessedOn: null,
            approvedOn: null,
            approvedBy: null,
            approvalDocument: null,
            approvalArgument: null,
            libraryEnteredOn: null,
            libraryNumber: null,
            suspendedOn: null,
            closedOn: null,
            statusReason: null,
            changedOn: on,
            acts: 1,
          }),
      };
    },
  }),
});
