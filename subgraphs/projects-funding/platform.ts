import { v7 as uuid } from 'uuid';
import { requireCode, requireCodes } from '../code.ts';
import { page } from '../connection.ts';
import { requireLevel } from '../level.ts';
import { loadById } from '../loader.ts';
import { placeColumnsOf, regionsOf, rowsWithin } from '../place.ts';
import { UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, RegionRef } from './external.ts';
import { readOrganisation, readPlace } from './from-graph.ts';
import { notAfter, stated } from './input.ts';
import { Platform } from './tables/platform.ts';

export const PlatformRef = builder.objectRef<Platform>('Platform').implement({
  description: 'A carrier of service: a demonstration base, an expert courtyard, an incubator. Public.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    name: t.exposeString('name'),
    kind: t.exposeString('kind', { description: 'A code, such as demo-base. The list is open.' }),
    level: t.exposeString('level', { nullable: true, description: 'The level that recognised it; null if none did.' }),
    carrier: t.exposeString('carrier', {
      nullable: true,
      description: 'What it is run on, a code such as leading-enterprise.',
    }),
    functions: t.exposeStringList('functions', { description: 'Codes, such as incubation.' }),
    zones: t.exposeStringList('zones', { description: 'Codes, such as core, demonstration and radiation.' }),
    services: t.exposeStringList('services', { description: 'Codes of the pack.' }),
    userGroups: t.exposeStringList('userGroups', { description: 'Whom it serves, codes of the pack.' }),
    brand: t.exposeString('brand', { nullable: true, description: 'The brand under which it works, a code.' }),
    recognisedOn: t.expose('recognisedOn', { type: 'Date', nullable: true }),
    organisation: t.field({
      type: OrganisationRef,
      description: 'Who runs it.',
      resolve: (platform) => ({ id: platform.organisationId }),
    }),
    region: t.field({ type: RegionRef, resolve: (platform) => ({ id: platform.regionId }) }),
    registeredOn: t.expose('registeredOn', { type: 'Date' }),
  }),
});
builder.asEntity(PlatformRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Platform, id),
});

const PlatformFilter = builder.inputType('PlatformFilter', {
  fields: (t) => ({
    region: t.id({ description: 'In this region or below it.' }),
    kind: t.string(),
    level: t.string(),
    brand: t.string(),
    organisation: t.id(),
  }),
});

builder.queryFields((t) => ({
  platform: t.field({
    type: PlatformRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Platform, id),
  }),
  platforms: t.connection({
    type: PlatformRef,
    args: { filter: t.arg({ type: PlatformFilter }) },
    resolve(_root, args, context) {
      const { region, kind, level, brand, organisation } = args.filter ?? {};
      return page(context.em, Platform, {
        where: {
          ...(region ? rowsWithin(region) : {}),
          ...(kind ? { kind } : {}),
          ...(level ? { level } : {}),
          ...(brand ? { brand } : {}),
          ...(organisation ? { organisationId: organisation } : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

decided('platformRegister', {
  description:
    'Registers a carrier of service where it stands. Errors: NOT_FOUND, TEXT_REQUIRED, CODE_INVALID, LEVEL_INVALID, DATE_AFTER_ACT, ALREADY_REGISTERED.',
  thing: 'platform',
  type: PlatformRef,
  input: (t) => ({
    name: t.string({ required: true }),
    kind: t.string({ required: true, description: 'A code, such as demo-base.' }),
    level: t.string({ description: 'The level that recognised it.' }),
    recognisedOn: t.field({
      type: 'Date',
      description: 'The day on which that level recognised it; not after the act.',
    }),
    carrier: t.string({ description: 'What it is run on, a code such as leading-enterprise.' }),
    functions: t.stringList({ description: 'Codes, such as incubation.' }),
    zones: t.stringList({ description: 'Codes, such as core, demonstration and radiation.' }),
    services: t.stringList({ description: 'Codes of the pack.' }),
    userGroups: t.stringList({ description: 'Whom it serves, codes of the pack.' }),
    brand: t.string({ description: 'The brand under which it works, a code.' }),
    region: t.id({ required: true }),
    organisation: t.id({ required: true, description: 'Who runs it.' }),
  }),
  plan: (input, context) => ({
    entity: Platform,
    async remote(_on) {
      const organisation = await readOrganisation(context, input.organisation, 'organisation');
      return { organisation, place: await readPlace(context, input.region, 'region') };
    },
    async prepare(tx, on, { organisation, place }) {
      const name = stated(input.name, 'name');
      const kind = requireCode(input.kind, 'kind');
      if ((await tx.count(Platform, { organisationId: organisation.id, kind, name })) > 0) {
        throw new UserError('ALREADY_REGISTERED', 'name', {
          zh: '该单位已登记同名同类平台。',
          en: 'The organisation has a platform of this kind and name already.',
        });
      }
      const id = uuid();
      const made = {
        level: input.level ? requireLevel(input.level, 'level') : null,
        recognisedOn: input.recognisedOn ? notAfter(input.recognisedOn, on, 'recognisedOn') : null,
        carrier: input.carrier ? requireCode(input.carrier, 'carrier') : null,
        functions: requireCodes(input.functions, 'functions'),
        zones: requireCodes(input.zones, 'zones'),
        services: requireCodes(input.services, 'services'),
        userGroups: requireCodes(input.userGroups, 'userGroups'),
        brand: input.brand ? requireCode(input.brand, 'brand') : null,
      };
      return {
        subject: { type: 'Platform', id, regions: regionsOf(place), organisations: [organisation.id] },
        facts: {
          'platform.kind': kind,
          'platform.level': made.level ?? undefined,
          'platform.carrier': made.carrier ?? undefined,
          'platform.functions': made.functions,
          'platform.zones': made.zones,
          'platform.services': made.services,
          'platform.userGroups': made.userGroups,
          'platform.countyStated': Boolean(place.countyId),
        },
        current: null,
        change: () =>
          tx.create(Platform, {
            id,
            version: 1,
            name,
            kind,
            ...made,
            organisationId: organisation.id,
            registeredOn: on,
            ...placeColumnsOf(place),
          }),
      };
    },
  }),
});
