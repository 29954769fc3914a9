import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { expectVersion, notFound } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, RegionRef } from './external.ts';
import { between, given, internalWhere, placedWhere, readsInternal } from './listing.ts';
import { requirePlace, requireThings, requireYear, spoken, wrongState } from './required.ts';
import { Inspection } from './tables/inspection.ts';

export const InspectionRef = builder.objectRef<Inspection>('Inspection').implement({
  description:
    'An inspection of a region or a unit. It is closed with its report: the problems found and the advice given. Read by the unit and by those who manage the place.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.exposeString('kind', { description: 'A code of the pack, such as midyear.' }),
    year: t.exposeInt('year'),
    region: t.field({ type: RegionRef, resolve: (inspection) => ({ id: inspection.regionId }) }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The unit inspected; null: the region as a whole.',
      resolve: (inspection) => (inspection.organisationId ? { id: inspection.organisationId } : null),
    }),
    status: t.exposeString('status', { description: 'open or closed.' }),
    openedOn: t.expose('openedOn', { type: 'Date' }),
    closedOn: t.expose('closedOn', { type: 'Date', nullable: true }),
    problems: t.exposeStringList('problems', { description: 'Empty until it is closed.' }),
    advice: t.exposeStringList('advice', { description: 'How to put them right; empty until it is closed.' }),
  }),
});

const InspectionFilter = builder.inputType('InspectionFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    within: t.id({ description: 'Of this region or one in it.' }),
    organisation: t.id(),
    kinds: t.stringList(),
    year: t.int(),
    status: t.string(),
    openedFrom: t.field({ type: 'Date' }),
    openedTo: t.field({ type: 'Date' }),
  }),
});

builder.queryFields((t) => ({
  inspection: t.field({
    type: InspectionRef,
    nullable: true,
    authenticated: true,
    description: 'Null when there is none, or when you may not read it.',
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const inspection = await loadById(context, Inspection, id);
      return inspection && readsInternal(context, inspection) ? inspection : null;
    },
  }),
  inspections: t.connection({
    type: InspectionRef,
    authenticated: true,
    description: 'The inspections that you may read, the latest first.',
    args: { filter: t.arg({ type: InspectionFilter }) },
    resolve(_root, args, context) {
      const { organisation, kinds, year, status, openedFrom, openedTo, ...where } = args.filter ?? {};
      return page(context.em, Inspection, {
        where: {
          $and: [
            ...placedWhere(where),
            ...given({ organisationId: organisation, kind: kinds, year, status }),
            ...between('openedOn', openedFrom, openedTo),
            internalWhere(context),
          ],
        },
        orderBy: [{ openedOn: 'desc' }, { id: 'desc' }],
        args,
      });
    },
  }),
}));

// Who is inspected does not inspect: the unit does not act on it.
const subjectOf = (inspection: Pick<Inspection, 'id'>, regions: readonly string[]): Subject => ({
  type: 'Inspection',
  id: inspection.id,
  regions,
});

decided('inspectionOpen', {
  description: 'Opens an inspection. Errors: NOT_FOUND (region, organisation), YEAR_INVALID.',
  thing: 'inspection',
  type: InspectionRef,
  input: (t) => ({
    region: t.id({ required: true }),
    kind: t.string({ required: true, description: 'A code of the pack.' }),
    year: t.int({ required: true, description: 'The year inspected; one that has begun.' }),
    organisation: t.id({ description: 'The unit inspected; absent: the region as a whole.' }),
  }),
  plan: (input, context) => ({
    entity: Inspection,
    async remote(on) {
      await requireThings(context, 'organisation', [input.organisation], 'organisation', on);
      return requirePlace(context.graph, input.region);
    },
    async prepare(tx, on, place) {
      requireYear(input.year, on);
      const id = uuid();
      return {
        subject: subjectOf({ id }, place.path),
        facts: {
          'inspection.kind': input.kind,
        },
        current: null,
        change: () =>
          tx.create(Inspection, {
            id,
            version: 1,
            ...placeColumnsOf(place),
            kind: input.kind,
            year: input.year,
            organisationId: input.organisation ?? null,
            status: 'open',
            openedOn: on,
            closedOn: null,
            problems: [],
            advice: [],
          }),
      };
    },
  }),
});

decided('inspectionClose', {
  description:
    'Closes an inspection with its report. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT.',
  thing: 'inspection',
  type: InspectionRef,
  input: (t) => ({
    inspection: t.id({ required: true }),
    version: t.int({ required: true }),
    problems: t.stringList({ description: 'Each problem found; blanks do not count.' }),
    advice: t.stringList({ description: 'How to put them right; blanks do not count.' }),
  }),
  plan: (input, context) => ({
    entity: Inspection,
    async prepare(tx, on) {
      const inspection = await tx.findOne(
        Inspection,
        { id: input.inspection },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (!inspection) throw notFound('inspection');
      expectVersion(inspection.version, input.version);
      if (inspection.status !== 'open') throw wrongState('inspection', inspection.status);
      requireOrder(inspection.openedOn, on);
      const [problems, advice] = [spoken(input.problems), spoken(input.advice)];
      return {
        subject: subjectOf(inspection, regionsOf(inspection)),
        facts: {
          'inspection.kind': inspection.kind,
          'inspection.problemCount': problems.length,
          'inspection.adviceCount': advice.length,
        },
        current: readsInternal(context, inspection) ? inspection : null,
        change() {
          Object.assign(inspection, { status: 'closed', closedOn: on, problems, advice });
          return inspection;
        },
      };
    },
  }),
});
