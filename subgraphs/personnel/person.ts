import { v7 as uuid } from 'uuid';
import { noteAccess } from '../access.ts';
import { requireCodes } from '../code.ts';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { isAllowed, whereAllowed } from '../visible.ts';
import { builder, decided } from './builder.ts';
import { identityNumberProblem } from './identity-number.ts';
import { OrganisationRef } from './organisation.ts';
import { placeOf } from './place.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';

/** Which column of a person answers which fact of the mask rules. */
const personColumns = {
  'record.person': { column: 'id', type: 'code', nullable: false },
  'record.organisation': { column: 'organisation_id', type: 'code', nullable: false },
  'record.county': { column: 'county_id', type: 'code', nullable: true },
  'record.prefecture': { column: 'prefecture_id', type: 'code', nullable: true },
  'record.province': { column: 'province_id', type: 'code', nullable: true },
} as const;

/** Whether the viewer may see a person's masked fields of one kind. */
function unmasked(context: Context, point: 'personContactRead' | 'personIdentityRead', person: Person): boolean {
  return isAllowed(context, point, regionsOf(person), {
    'record.person': person.id,
    'record.organisation': person.organisationId,
    'record.county': person.countyId ?? undefined,
    'record.prefecture': person.prefectureId ?? undefined,
    'record.province': person.provinceId ?? undefined,
  });
}

/** The value as it is where the viewer may see it, which is noted; masked otherwise. */
function shown(
  context: Context,
  point: Parameters<typeof unmasked>[1],
  person: Person,
  field: 'phone' | 'idNumber' | 'birthDate',
  mask: (value: string) => string | null,
): string | null {
  const value = person[field];
  if (!value) return null;
  if (!unmasked(context, point, person)) return mask(value);
  noteAccess(context, point, field, person.id);
  return value;
}

// Three digits and four are the whole of a short number, so a short one is masked entirely.
const maskPhone = (phone: string) => (phone.length < 11 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`);
// Six digits and four show where somebody was registered, and not the birthday.
const maskIdNumber = (idNumber: string) => `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`;

export const PersonRef = builder.objectRef<Person>('Person');
PersonRef.implement({
  description:
    'A person who serves, decides or is in contact. Phone, identity number and birthday are masked by rules.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    name: t.exposeString('name'),
    organisation: t.field({
      type: OrganisationRef,
      resolve: async (person, _args, context) =>
        (await loadById(context, Organisation, person.organisationId)) as Organisation,
    }),
    phone: t.string({
      nullable: true,
      description: 'Masked (138****5678) unless personContactRead allows; null when not known.',
      resolve: (person, _args, context) => shown(context, 'personContactRead', person, 'phone', maskPhone),
    }),
    idNumber: t.string({
      nullable: true,
      description:
        'GB 11643 number, masked (410811********0012) unless personIdentityRead allows; null when not known.',
      resolve: (person, _args, context) => shown(context, 'personIdentityRead', person, 'idNumber', maskIdNumber),
    }),
    birthDate: t.field({
      type: 'Date',
      nullable: true,
      description: 'Null unless personIdentityRead allows: see `maskedFields` to tell that from not known.',
      resolve: (person, _args, context) => shown(context, 'personIdentityRead', person, 'birthDate', () => null),
    }),
    maskedFields: t.stringList({
      description: 'The fields that are masked for you.',
      resolve: (person, _args, context) => [
        ...(unmasked(context, 'personContactRead', person) ? [] : ['phone']),
        ...(unmasked(context, 'personIdentityRead', person) ? [] : ['idNumber', 'birthDate']),
      ],
    }),
    education: t.exposeString('education', { authenticated: true, nullable: true }),
    degree: t.exposeString('degree', {
      authenticated: true,
      nullable: true,
      description: 'The degree (学位), not the schooling (学历).',
    }),
    titleLevel: t.exposeString('titleLevel', { authenticated: true, nullable: true }),
    titleName: t.exposeString('titleName', { authenticated: true, nullable: true }),
    employmentStatus: t.exposeString('employmentStatus', { authenticated: true, nullable: true }),
    fields: t.exposeStringList('fields', { description: 'Technology fields.' }),
    serviceYears: t.exposeInt('serviceYears', { authenticated: true, nullable: true }),
    post: t.exposeString('post', {
      authenticated: true,
      nullable: true,
      description: 'The administrative post, such as county-leader.',
    }),
    serviceCategories: t.stringList({
      authenticated: true,
      nullable: true,
      description: 'Categories of past service as attested, such as stp-province; null when not known.',
      resolve: (person) => person.serviceCategories ?? null,
    }),
    adminPostHeld: t.exposeBoolean('adminPostHeld', {
      authenticated: true,
      nullable: true,
      description: 'Whether an administrative post is or was held; null when not known.',
    }),
  }),
});
builder.asEntity(PersonRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Person, id),
});

const PersonFilter = builder.inputType('PersonFilter', {
  fields: (t) => ({
    organisation: t.id(),
    prefecture: t.id(),
    name: t.string({ description: 'Exact name.' }),
    titleLevel: t.string(),
    employmentStatus: t.string(),
    bornFrom: t.field({ type: 'Date', description: 'Finds only persons whose birthday you may see.' }),
    bornTo: t.field({ type: 'Date', description: 'Finds only persons whose birthday you may see.' }),
    phone: t.string({ description: 'Exact; finds only persons whose phone you may see.' }),
    idNumber: t.string({ description: 'Exact; finds only persons whose identity number you may see.' }),
  }),
});

builder.queryFields((t) => ({
  person: t.field({
    type: PersonRef,
    nullable: true,
    authenticated: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Person, id),
  }),
  persons: t.connection({
    type: PersonRef,
    authenticated: true,
    args: { filter: t.arg({ type: PersonFilter }) },
    resolve(_root, args, context) {
      const filter = args.filter ?? {};
      const { bornFrom, bornTo, phone, idNumber } = filter;
      // A predicate on a masked field would tell what the mask hides, so it holds only where the mask is lifted.
      const guards = [
        ...(bornFrom || bornTo || idNumber ? [whereAllowed(context, 'personIdentityRead', personColumns)] : []),
        ...(phone ? [whereAllowed(context, 'personContactRead', personColumns)] : []),
      ];
      return page(context.em, Person, {
        where: {
          ...(filter.organisation ? { organisationId: filter.organisation } : {}),
          ...(filter.prefecture ? { prefectureId: filter.prefecture } : {}),
          ...(filter.name ? { name: filter.name } : {}),
          ...(filter.titleLevel ? { titleLevel: filter.titleLevel } : {}),
          ...(filter.employmentStatus ? { employmentStatus: filter.employmentStatus } : {}),
          ...(phone ? { phone } : {}),
          ...(idNumber ? { idNumber } : {}),
          ...(bornFrom || bornTo
            ? { birthDate: { ...(bornFrom ? { $gte: bornFrom } : {}), ...(bornTo ? { $lte: bornTo } : {}) } }
            : {}),
          $and: guards,
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

decided('personRegister', {
  description:
    'Registers a person of an organisation. An identity number is registered once. Errors: NAME_REQUIRED, NOT_FOUND (organisation), ID_NUMBER_INVALID, BIRTH_DATE_INVALID, CODE_INVALID, DUPLICATE_PERSON.',
  thing: 'person',
  type: PersonRef,
  input: (t) => ({
    name: t.string({ required: true }),
    organisation: t.id({ required: true }),
    birthDate: t.field({ type: 'Date' }),
    phone: t.string(),
    idNumber: t.string(),
    education: t.string(),
    degree: t.string(),
    titleLevel: t.string(),
    titleName: t.string(),
    employmentStatus: t.string(),
    fields: t.stringList(),
    serviceYears: t.int(),
    post: t.string(),
    serviceCategories: t.stringList({ description: 'Codes of past service as attested; empty for none.' }),
    adminPostHeld: t.boolean({ description: 'An administrative post is or was held. Absent: not known.' }),
  }),
  plan: (input) => ({
    entity: Person,
    async prepare(tx, on) {
      if (!input.name.trim()) {
        throw new UserError('NAME_REQUIRED', 'name', { zh: '姓名不能为空。', en: 'The name is empty.' });
      }
      const organisation = await tx.findOne(Organisation, { id: input.organisation });
      if (!organisation) throw notFound('organisation');
      if (input.birthDate && input.birthDate > on) {
        throw new UserError('BIRTH_DATE_INVALID', 'birthDate', {
          zh: '出生日期晚于办理日期。',
          en: 'The birthday is after the day of the act.',
        });
      }
      const problem = input.idNumber ? identityNumberProblem(input.idNumber, on, input.birthDate ?? null) : null;
      if (problem) throw new UserError('ID_NUMBER_INVALID', 'idNumber', problem);
      const duplicate = input.idNumber ? (await tx.count(Person, { idNumber: input.idNumber })) > 0 : false;
      const region = await tx.findOneOrFail(Region, { id: organisation.regionId });
      const place = await placeOf(tx, region);
      const id = uuid();
      return {
        subject: { type: 'Person', id, regions: region.path, organisations: [organisation.id] },
        facts: { 'person.unitStated': true, 'person.duplicate': duplicate },
        current: null,
        change() {
          if (duplicate) {
            throw new UserError('DUPLICATE_PERSON', 'idNumber', {
              zh: '该证件号码已登记。',
              en: 'A person with this identity number is registered already.',
            });
          }
          return tx.create(Person, {
            id,
            version: 1,
            name: input.name.trim(),
            organisationId: organisation.id,
            ...place,
            birthDate: input.birthDate ?? null,
            phone: input.phone ?? null,
            idNumber: input.idNumber ?? null,
            education: input.education ?? null,
            degree: input.degree ?? null,
            titleLevel: input.titleLevel ?? null,
            titleName: input.titleName ?? null,
            employmentStatus: input.employmentStatus ?? null,
            fields: input.fields ?? [],
            serviceYears: input.serviceYears ?? null,
            post: input.post ?? null,
            serviceCategories: input.serviceCategories
              ? requireCodes(input.serviceCategories, 'serviceCategories')
              : null,
            adminPostHeld: input.adminPostHeld ?? null,
          });
        },
      };
    },
  }),
});
