import type { QueryOrderMap } from '@mikro-orm/postgresql';
import { type PageArgs, page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { nestedPage } from '../nested.ts';
import { rowsWithin } from '../place.ts';
import { builder } from './builder.ts';
import { AppointmentRef, OrganisationRef, RegionRef, referenceTo, TeamRef } from './external.ts';
import { visibleBy } from './money-visibility.ts';
import { PlatformRef } from './platform.ts';
import { ProjectRef } from './project.ts';
import { applicationVisibility, ProjectApplicationRef } from './project-application.ts';
import { FundingLine } from './tables/funding-line.ts';
import { Platform } from './tables/platform.ts';
import { Project } from './tables/project.ts';
import { ProjectApplication } from './tables/project-call.ts';

/** Who may see a funding line, and all that hangs on it. */
export const lineVisibility = visibleBy<FundingLine>('fundingLineRead', {
  'record.person': 'personId',
  'record.organisation': 'payerId',
  'record.dispatchingUnit': 'dispatchingUnitId',
});

const toBeneficiary = (line: FundingLine, kind: string) =>
  line.beneficiaryKind === kind ? { id: line.beneficiaryId } : null;

export const FundingLineRef = builder.objectRef<FundingLine>('FundingLine');
FundingLineRef.implement({
  description:
    'Money that one payer sets aside for one beneficiary in one year. It is transferred and spent in parts, never more than it holds.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    beneficiaryKind: t.exposeString('beneficiaryKind', {
      description: 'team, appointment, project (an application), county-project, platform or organisation.',
    }),
    beneficiaryLevel: t.exposeString('beneficiaryLevel', {
      nullable: true,
      description: "The team's level or the appointment's category on the day of the allocation; null if not known.",
    }),
    team: t.field({ type: TeamRef, nullable: true, resolve: (line) => toBeneficiary(line, 'team') }),
    appointment: t.field({
      type: AppointmentRef,
      nullable: true,
      resolve: (line) => toBeneficiary(line, 'appointment'),
    }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (line) => toBeneficiary(line, 'organisation'),
    }),
    project: t.field({
      type: ProjectApplicationRef,
      nullable: true,
      description: 'The application that is funded; null also when you may not see it.',
      async resolve(line, _args, context) {
        if (line.beneficiaryKind !== 'project') return null;
        const application = await loadById(context, ProjectApplication, line.beneficiaryId);
        return application && applicationVisibility.allows(context, application) ? application : null;
      },
    }),
    countyProject: t.field({
      type: ProjectRef,
      nullable: true,
      resolve: (line, _args, context) =>
        line.beneficiaryKind === 'county-project' ? loadById(context, Project, line.beneficiaryId) : null,
    }),
    platform: t.field({
      type: PlatformRef,
      nullable: true,
      resolve: (line, _args, context) =>
        line.beneficiaryKind === 'platform' ? loadById(context, Platform, line.beneficiaryId) : null,
    }),
    dispatchingUnit: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The unit that sends the person or team and reviews what is spent.',
      resolve: (line) => referenceTo(line.dispatchingUnitId),
    }),
    payer: t.field({ type: OrganisationRef, resolve: (line) => ({ id: line.payerId }) }),
    payerLevel: t.exposeString('payerLevel', { description: 'national, province, prefecture, county or unit.' }),
    source: t.exposeString('source', { description: 'Where the money comes from, a code such as county-finance.' }),
    form: t.exposeString('form', { description: 'How it is given, a code such as subsidy.' }),
    channel: t.exposeString('channel', { nullable: true, description: 'By which channel it was raised, a code.' }),
    mode: t.exposeString('mode', {
      nullable: true,
      description: 'upfront, post-subsidy, performance-reward or another code; null when nobody said.',
    }),
    purpose: t.exposeString('purpose', {
      nullable: true,
      description: 'What it is for, a code such as contact-point.',
    }),
    deciders: t.exposeStringList('deciders', { description: 'Roles of the bodies that decided it together.' }),
    acceptedResult: t.exposeString('acceptedResult', {
      nullable: true,
      description: 'The accepted result that it rests on.',
    }),
    coFunders: t.exposeStringList('coFunders', { description: 'Whose social or financial capital takes part.' }),
    year: t.exposeInt('year'),
    region: t.field({ type: RegionRef, resolve: (line) => ({ id: line.regionId }) }),
    allocatedOn: t.expose('allocatedOn', { type: 'Date' }),
    amountFen: t.expose('amountFen', { type: 'Fen' }),
    transferredFen: t.expose('transferredFen', { type: 'Fen' }),
    spentFen: t.expose('spentFen', { type: 'Fen' }),
    remainingFen: t.field({
      type: 'Fen',
      description: 'Not yet spent.',
      resolve: (line) => line.amountFen - line.spentFen,
    }),
  }),
});
builder.asEntity(FundingLineRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => readableLine(context, id),
});

/** A line by its id, as far as the viewer may see it. */
export async function readableLine(context: Context, id: string): Promise<FundingLine | null> {
  const line = await loadById(context, FundingLine, id);
  return line && lineVisibility.allows(context, line) ? line : null;
}

/** Adds `line` to what hangs on a funding line. */
export function addLine<Row extends { readonly lineId: string }>(
  ref: ReturnType<ReturnType<typeof builder.objectRef<Row>>['implement']>,
): void {
  builder.objectField(ref, 'line', (t) =>
    t.field({
      type: FundingLineRef,
      nullable: true,
      description: 'Null when you may not see it.',
      resolve: (row, _args, context) => readableLine(context, row.lineId),
    }),
  );
}

const FundingLineFilter = builder.inputType('FundingLineFilter', {
  fields: (t) => ({
    year: t.int(),
    payerLevel: t.string(),
    payer: t.id(),
    beneficiaryKind: t.string(),
    dispatchingUnit: t.id(),
    source: t.string(),
    mode: t.string(),
    purpose: t.string(),
    region: t.id({ description: 'In this region or below it.' }),
  }),
});

// Each ends in the id, which alone is unique.
const ORDERS = {
  OLDEST: { id: 'asc' },
  NEWEST: { id: 'desc' },
  AMOUNT: { amountFen: 'desc', id: 'asc' },
} as const;

const FundingLineSort = builder.enumType('FundingLineSort', {
  values: {
    OLDEST: { description: 'In the order in which they were allocated.' },
    NEWEST: {},
    AMOUNT: { description: 'The largest first.' },
  } as const,
});

builder.queryFields((t) => ({
  fundingLine: t.field({
    type: FundingLineRef,
    nullable: true,
    authenticated: true,
    description: 'Null also when it exists and you may not see it.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => readableLine(context, id),
  }),
  fundingLines: t.connection({
    type: FundingLineRef,
    authenticated: true,
    description: 'The lines that you may see.',
    args: {
      filter: t.arg({ type: FundingLineFilter }),
      sort: t.arg({ type: FundingLineSort, description: 'OLDEST if absent.' }),
    },
    resolve(_root, args, context) {
      const { year, payerLevel, payer, beneficiaryKind, dispatchingUnit, source, mode, purpose, region } =
        args.filter ?? {};
      const asked = {
        ...(year ? { year } : {}),
        ...(payerLevel ? { payerLevel } : {}),
        ...(payer ? { payerId: payer } : {}),
        ...(beneficiaryKind ? { beneficiaryKind } : {}),
        ...(dispatchingUnit ? { dispatchingUnitId: dispatchingUnit } : {}),
        ...(source ? { source } : {}),
        ...(mode ? { mode } : {}),
        ...(purpose ? { purpose } : {}),
        ...(region ? rowsWithin(region) : {}),
      };
      return linesOf(context, asked, args, ORDERS[args.sort ?? 'OLDEST']);
    },
  }),
}));

function linesOf(context: Context, asked: object, args: PageArgs, orderBy: QueryOrderMap<FundingLine> = { id: 'asc' }) {
  return page(context.em, FundingLine, {
    where: { $and: [asked, lineVisibility.where(context)] },
    orderBy,
    args,
  });
}

for (const [ref, beneficiaryKind] of [
  [AppointmentRef, 'appointment'],
  [TeamRef, 'team'],
] as const) {
  builder.objectFields(ref, (t) => ({
    fundingLines: t.connection({
      type: FundingLineRef,
      description: 'The money set aside for it, as far as you may see it, oldest first.',
      args: { year: t.arg.int() },
      resolve: (owner, args, context) =>
        nestedPage(context, `${beneficiaryKind}.fundingLines`, FundingLine, {
          by: 'beneficiaryId',
          parent: owner.id,
          where: {
            $and: [{ beneficiaryKind, ...(args.year ? { year: args.year } : {}) }, lineVisibility.where(context)],
          },
          orderBy: { id: 'asc' },
          args,
        }),
    }),
  }));
}
