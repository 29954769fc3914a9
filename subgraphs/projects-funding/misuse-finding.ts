import { type PageArgs, page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById, loaderOf } from '../loader.ts';
import { nestedPage } from '../nested.ts';
import { rowsWithin } from '../place.ts';
import { builder } from './builder.ts';
import { OrganisationRef, PersonRef, RegionRef, referenceTo } from './external.ts';
import { addLine, FundingLineRef } from './funding-line.ts';
import { visibleBy } from './money-visibility.ts';
import { MisuseEffect, MisuseFinding } from './tables/misuse-finding.ts';

const findingVisibility = visibleBy<MisuseFinding>('fundingLineRead', {
  'record.person': 'personId',
  'record.organisation': 'payerId',
  'record.dispatchingUnit': 'dispatchingUnitId',
});

const MisuseEffectRef = builder.objectRef<MisuseEffect>('MisuseEffect').implement({
  description: 'What was done about a misuse of money.',
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.exposeString('kind', { description: 'A code, such as public-criticism, clawback or legal-referral.' }),
    doneOn: t.expose('doneOn', { type: 'Date' }),
    document: t.exposeString('document', { nullable: true }),
    amountFen: t.expose('amountFen', {
      type: 'Fen',
      nullable: true,
      description: 'What was recovered; null for what recovers nothing.',
    }),
    body: t.exposeString('body', { nullable: true, description: 'The body that it was referred to.' }),
  }),
});

export const MisuseFindingRef = builder.objectRef<MisuseFinding>('MisuseFinding');
MisuseFindingRef.implement({
  description:
    'Money of a funding line that was misused, and what was done about it. It is open until it is closed. Read by whoever may read the line.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.exposeString('kind', { description: 'A code, such as fraud, withholding, diversion or crowding-out.' }),
    severity: t.exposeString('severity', { description: 'ordinary or serious.' }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The unit that it is found against; null when that is a person.',
      resolve: (finding) => referenceTo(finding.responsibleOrganisationId),
    }),
    person: t.field({
      type: PersonRef,
      nullable: true,
      resolve: (finding) => referenceTo(finding.responsiblePersonId),
    }),
    region: t.field({ type: RegionRef, resolve: (finding) => ({ id: finding.regionId }) }),
    payerLevel: t.exposeString('payerLevel', { description: 'Whose purse the money came from.' }),
    amountFen: t.expose('amountFen', { type: 'Fen' }),
    recoveredFen: t.expose('recoveredFen', { type: 'Fen' }),
    outstandingFen: t.field({
      type: 'Fen',
      description: 'Not yet recovered.',
      resolve: (finding) => finding.amountFen - finding.recoveredFen,
    }),
    evidence: t.exposeString('evidence', { nullable: true, description: 'What it rests on.' }),
    effects: t.field({
      type: [MisuseEffectRef],
      description: 'What was done about it, in the order in which it was recorded.',
      resolve: async (finding, _args, context) =>
        (await loaderOf<string, MisuseEffect[]>(context, 'misuseEffects', async (ids) => {
          const rows = await context.em.find(
            MisuseEffect,
            { findingId: { $in: [...ids] } },
            { orderBy: { id: 'asc' } },
          );
          return Map.groupBy(rows, ({ findingId }) => findingId);
        }).load(finding.id)) ?? [],
    }),
    recordedOn: t.expose('recordedOn', { type: 'Date' }),
    closedOn: t.expose('closedOn', { type: 'Date', nullable: true, description: 'Null while it is open.' }),
  }),
});

function findingsOf(context: Context, asked: object, args: PageArgs) {
  return page(context.em, MisuseFinding, {
    where: { $and: [asked, findingVisibility.where(context)] },
    orderBy: { id: 'asc' },
    args,
  });
}

async function readableFinding(context: Context, id: string): Promise<MisuseFinding | null> {
  const finding = await loadById(context, MisuseFinding, id);
  return finding && findingVisibility.allows(context, finding) ? finding : null;
}

builder.asEntity(MisuseFindingRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => readableFinding(context, id),
});

const MisuseFindingFilter = builder.inputType('MisuseFindingFilter', {
  fields: (t) => ({
    region: t.id({ description: 'In this region or below it.' }),
    line: t.id(),
    beneficiary: t.id({ description: 'Of the line.' }),
    organisation: t.id({ description: 'Found against this unit.' }),
    person: t.id({ description: 'Found against this person.' }),
    kind: t.string(),
    open: t.boolean(),
  }),
});

builder.queryFields((t) => ({
  misuseFinding: t.field({
    type: MisuseFindingRef,
    nullable: true,
    authenticated: true,
    description: 'Null also when it exists and you may not see it.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => readableFinding(context, id),
  }),
  misuseFindings: t.connection({
    type: MisuseFindingRef,
    authenticated: true,
    description: 'Those that you may see, oldest first.',
    args: { filter: t.arg({ type: MisuseFindingFilter }) },
    resolve(_root, args, context) {
      const { region, line, beneficiary, organisation, person, kind, open } = args.filter ?? {};
      const asked = {
        ...(region ? rowsWithin(region) : {}),
        ...(line ? { lineId: line } : {}),
        ...(beneficiary ? { beneficiaryId: beneficiary } : {}),
        ...(organisation ? { responsibleOrganisationId: organisation } : {}),
        ...(person ? { responsiblePersonId: person } : {}),
        ...(kind ? { kind } : {}),
        ...(typeof open === 'boolean' ? { closedOn: open ? null : { $ne: null } } : {}),
      };
      return findingsOf(context, asked, args);
    },
  }),
}));

addLine(MisuseFindingRef);
builder.objectFields(FundingLineRef, (t) => ({
  misuseFindings: t.connection({
    type: MisuseFindingRef,
    resolve: (line, args, context) =>
      nestedPage(context, 'FundingLine.misuseFindings', MisuseFinding, {
        by: 'lineId',
        parent: line.id,
        where: findingVisibility.where(context),
        orderBy: { id: 'asc' },
        args,
      }),
  }),
}));
