import { v7 as uuid } from 'uuid';
import { nestedPage } from '../nested.ts';
import { regionsOf } from '../place.ts';
import { DecisionRecord } from '../record.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, referenceTo } from './external.ts';
import { knownForm, readOrganisation } from './from-graph.ts';
import { addLine, FundingLineRef } from './funding-line.ts';
import { notAfter, stated } from './input.ts';
import { lineProcess } from './line-balance.ts';
import { FundInspection } from './tables/fund-inspection.ts';
import { FundingLine } from './tables/funding-line.ts';

/** The acts by which an account has its part in a line. */
const HANDLING = ['fundingAllocate', 'fundingTransfer', 'expenseSubmit'];

const FundInspectionRef = builder.objectRef<FundInspection>('FundInspection').implement({
  description: 'An inspection of how the money of one line was used. There is no schedule: none is ever overdue.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    agency: t.field({ type: OrganisationRef, resolve: (inspection) => ({ id: inspection.agencyId }) }),
    commissionedBy: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (inspection) => referenceTo(inspection.commissionedById),
    }),
    inspectedOn: t.expose('inspectedOn', { type: 'Date' }),
    compliant: t.exposeBoolean('compliant', { description: 'The use was found to be in order.' }),
    finding: t.exposeString('finding'),
  }),
});

addLine(FundInspectionRef);
builder.objectFields(FundingLineRef, (t) => ({
  inspections: t.connection({
    type: FundInspectionRef,
    resolve: (line, args, context) =>
      nestedPage(context, 'FundingLine.inspections', FundInspection, {
        by: 'lineId',
        parent: line.id,
        orderBy: { id: 'asc' },
        args,
      }),
  }),
}));

decided('fundInspectionRecord', {
  description:
    'Records an inspection of a funding line. An agency need not be able to read the line to record what it found. Errors: NOT_FOUND, COMMISSIONED_BY_ITSELF, DATE_AFTER_ACT, TEXT_REQUIRED.',
  thing: 'fundInspection',
  type: FundInspectionRef,
  input: (t) => ({
    line: t.id({ required: true }),
    agency: t.id({ required: true, description: 'Who inspected.' }),
    commissionedBy: t.id({ description: 'Who commissioned the agency; absent: nobody did.' }),
    inspectedOn: t.field({ type: 'Date', description: 'The day of the act if absent; not later.' }),
    compliant: t.boolean({ required: true }),
    finding: t.string({ required: true }),
  }),
  plan: (input, context) => ({
    entity: FundInspection,
    async remote(_on) {
      const agency = await readOrganisation(context, input.agency, 'agency');
      if (!input.commissionedBy) return { agency, commissioner: null };
      const commissioner = await readOrganisation(context, input.commissionedBy, 'commissionedBy');
      if (commissioner.id === agency.id) {
        throw new UserError('COMMISSIONED_BY_ITSELF', 'commissionedBy', {
          zh: '检查机构不能由自己委托。',
          en: 'An agency does not commission itself.',
        });
      }
      return { agency, commissioner };
    },
    async prepare(tx, on, { agency, commissioner }) {
      const line = await tx.findOne(FundingLine, { id: knownForm(input.line, 'line') });
      if (!line) throw notFound('line');
      const id = uuid();
      const handledBefore = {
        process: lineProcess(line.id),
        actor: context.viewer.subject,
        outcome: 'allow',
        point: { $in: HANDLING },
      };
      const inspectedOn = notAfter(input.inspectedOn ?? on, on, 'inspectedOn');
      const finding = stated(input.finding, 'finding');
      return {
        subject: {
          type: 'FundInspection',
          id,
          regions: regionsOf(line),
          process: lineProcess(line.id),
          // Not the dispatching unit: it does not inspect what it reviewed itself.
          organisations: [agency.id, ...(commissioner ? [commissioner.id] : [])],
        },
        facts: {
          'fundInspection.actorTookPart': (await tx.count(DecisionRecord, handledBefore)) > 0,
          'fundInspection.byCommissionedBody': commissioner !== null,
          'fundingLine.payerLevel': line.payerLevel,
          'fundingLine.source': line.source,
        },
        current: null,
        change: () =>
          tx.create(FundInspection, {
            id,
            version: 1,
            lineId: line.id,
            agencyId: agency.id,
            commissionedById: commissioner?.id ?? null,
            inspectedOn,
            compliant: input.compliant,
            finding,
          }),
      };
    },
  }),
});
