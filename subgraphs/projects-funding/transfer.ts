import { v7 as uuid } from 'uuid';
import { requireCode } from '../code.ts';
import type { Context } from '../context.ts';
import { nestedPage } from '../nested.ts';
import { UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, PersonRef, referenceTo, TeamRef } from './external.ts';
import { readOrganisation, readPerson, readTeam } from './from-graph.ts';
import { addLine, FundingLineRef } from './funding-line.ts';
import { moreThanNothing, stated } from './input.ts';
import { concernedBy, findingsOnLine, lineFacts, lockLine, subjectOn } from './line-balance.ts';
import { openMisuseTypes } from './open-misuse.ts';
import type { FundingLine } from './tables/funding-line.ts';
import { FundTransfer } from './tables/transfer.ts';

export const FundTransferRef = builder.objectRef<FundTransfer>('FundTransfer').implement({
  description: 'A payment out of a funding line.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    amountFen: t.expose('amountFen', { type: 'Fen' }),
    recipientKind: t.exposeString('recipientKind'),
    recipientPerson: t.field({
      type: PersonRef,
      nullable: true,
      resolve: (transfer) => referenceTo(transfer.recipientPersonId),
    }),
    recipientTeam: t.field({
      type: TeamRef,
      nullable: true,
      resolve: (transfer) => referenceTo(transfer.recipientTeamId),
    }),
    recipientOrganisation: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (transfer) => referenceTo(transfer.recipientOrganisationId),
    }),
    earmarked: t.exposeBoolean('earmarked', { description: 'Into an account kept for this purpose alone.' }),
    transferredOn: t.expose('transferredOn', { type: 'Date' }),
    reference: t.exposeString('reference', {
      nullable: true,
      description: 'Of the payment, such as a voucher number.',
    }),
  }),
});

addLine(FundTransferRef);
builder.objectFields(FundingLineRef, (t) => ({
  transfers: t.connection({
    type: FundTransferRef,
    resolve: (line, args, context) =>
      nestedPage(context, 'FundingLine.transfers', FundTransfer, {
        by: 'lineId',
        parent: line.id,
        orderBy: { id: 'asc' },
        args,
      }),
  }),
}));

interface Recipient {
  readonly person: string | null;
  readonly team: string | null;
  readonly organisation: string | null;
}

type Asked = { [kind in keyof Recipient]?: string | null | undefined };

async function readRecipient(context: Context, asked: Asked): Promise<Recipient> {
  const nobody = { person: null, team: null, organisation: null };
  if ([asked.person, asked.team, asked.organisation].filter(Boolean).length !== 1) {
    throw new UserError('ONE_RECIPIENT', ['recipientPerson', 'recipientTeam', 'recipientOrganisation'], {
      zh: '须且只须填写一个收款方。',
      en: 'Give exactly one recipient.',
    });
  }
  if (asked.person) return { ...nobody, person: (await readPerson(context, asked.person, 'recipientPerson')).id };
  if (asked.team) return { ...nobody, team: (await readTeam(context, asked.team, 'recipientTeam')).id };
  const organisation = await readOrganisation(context, asked.organisation as string, 'recipientOrganisation');
  return { ...nobody, organisation: organisation.id };
}

/** Whether money goes to whom the line is for: the team, the person, or their unit's account for this purpose alone. */
function reachesBeneficiary(line: FundingLine, recipient: Recipient, earmarked: boolean): boolean {
  if (recipient.person) return recipient.person === line.personId;
  if (recipient.team) return line.beneficiaryKind === 'team' && recipient.team === line.beneficiaryId;
  if (line.beneficiaryKind === 'organisation') return recipient.organisation === line.beneficiaryId;
  return recipient.organisation === line.dispatchingUnitId && earmarked;
}

decided('fundingTransfer', {
  description:
    'Pays out of a funding line, at most what was not paid out yet (a rule of the platform). Errors: NOT_FOUND, ON_BEFORE_ALLOCATION, ONE_RECIPIENT, AMOUNT_ZERO, CODE_INVALID, TEXT_REQUIRED.',
  thing: 'transfer',
  type: FundTransferRef,
  input: (t) => ({
    line: t.id({ required: true }),
    amountFen: t.field({ type: 'Fen', required: true, description: 'More than zero.' }),
    recipientKind: t.string({ required: true, description: 'A code, such as team, person or dispatching-unit.' }),
    recipientPerson: t.id({ description: 'The payee: exactly one of these three.' }),
    recipientTeam: t.id(),
    recipientOrganisation: t.id(),
    earmarked: t.boolean({
      description: 'For an organisation: into an account kept for this purpose alone. False if absent.',
    }),
    reference: t.string({ description: 'Of the payment, such as a voucher number.' }),
  }),
  plan: (input, context) => ({
    entity: FundTransfer,
    async remote(_on) {
      moreThanNothing(input.amountFen);
      const { recipientPerson: person, recipientTeam: team, recipientOrganisation: organisation } = input;
      return {
        recipient: await readRecipient(context, { person, team, organisation }),
        findings: await findingsOnLine(context, input.line),
      };
    },
    async prepare(tx, on, { recipient, findings }) {
      const line = await lockLine(tx, context, input.line, on);
      const id = uuid();
      const earmarked = input.earmarked ?? false;
      const recipientKind = requireCode(input.recipientKind, 'recipientKind');
      const reference = input.reference ? stated(input.reference, 'reference') : null;
      return {
        subject: subjectOn(line, 'FundTransfer', id),
        facts: {
          ...lineFacts(line, line.transferredFen),
          'fundingLine.openMisuseTypes': await openMisuseTypes(tx, concernedBy(line), findings, on),
          'transfer.toBeneficiary': reachesBeneficiary(line, recipient, earmarked),
          'transfer.recipientKind': recipientKind,
          'transfer.amountFen': input.amountFen,
        },
        current: null,
        change() {
          line.transferredFen += input.amountFen;
          return tx.create(FundTransfer, {
            id,
            version: 1,
            lineId: line.id,
            amountFen: input.amountFen,
            recipientKind,
            recipientPersonId: recipient.person,
            recipientTeamId: recipient.team,
            recipientOrganisationId: recipient.organisation,
            earmarked,
            transferredOn: on,
            reference,
          });
        },
      };
    },
  }),
});
