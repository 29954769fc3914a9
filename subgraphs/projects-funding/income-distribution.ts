import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { UserError } from '../user-error.ts';
import { chosen, readBeneficiary } from './beneficiary.ts';
import { builder, decided } from './builder.ts';
import { AppointmentRef, OrganisationRef, TeamRef } from './external.ts';
import { readOrganisation } from './from-graph.ts';
import { moreThanNothing, notAfter, stated } from './input.ts';
import { visibleBy } from './money-visibility.ts';
import { IncomeDistribution } from './tables/income-distribution.ts';

const distributionVisibility = visibleBy<IncomeDistribution>('fundingLineRead', {
  'record.person': 'personId',
  'record.organisation': 'ownerId',
  'record.dispatchingUnit': 'dispatchingUnitId',
});

const IncomeDistributionRef = builder.objectRef<IncomeDistribution>('IncomeDistribution').implement({
  description: 'How the net income of one transfer of a result was shared between its owner and the team that made it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    appointment: t.field({
      type: AppointmentRef,
      nullable: true,
      description: "Whose research team, when it is a commissioner's.",
      resolve: (deal) => (deal.beneficiaryKind === 'appointment' ? { id: deal.beneficiaryId } : null),
    }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      description: 'The service team, when it is one.',
      resolve: (deal) => (deal.beneficiaryKind === 'team' ? { id: deal.beneficiaryId } : null),
    }),
    owner: t.field({ type: OrganisationRef, resolve: (deal) => ({ id: deal.ownerId }) }),
    ownerKind: t.exposeString('ownerKind', { description: "The owner's type on the day." }),
    mode: t.exposeString('mode', { description: 'transfer, license, equity or other.' }),
    netIncomeFen: t.expose('netIncomeFen', { type: 'Fen', description: 'What is left of the income after its costs.' }),
    teamShareFen: t.expose('teamShareFen', { type: 'Fen', description: 'The part of it that the team gets.' }),
    agreedOn: t.expose('agreedOn', { type: 'Date' }),
    note: t.exposeString('note', { nullable: true }),
  }),
});

builder.queryFields((t) => ({
  incomeDistributions: t.connection({
    type: IncomeDistributionRef,
    authenticated: true,
    description: 'Those that you may see, oldest first.',
    args: { appointment: t.arg.id(), team: t.arg.id(), owner: t.arg.id() },
    resolve(_root, args, context) {
      const beneficiary = args.appointment ?? args.team;
      const asked = {
        ...(beneficiary ? { beneficiaryId: beneficiary } : {}),
        ...(args.owner ? { ownerId: args.owner } : {}),
      };
      return page(context.em, IncomeDistribution, {
        where: { $and: [asked, distributionVisibility.where(context)] },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

const MODES = ['transfer', 'license', 'equity', 'other'];

function knownMode(mode: string): string {
  if (MODES.includes(mode)) return mode;
  throw new UserError('MODE_INVALID', 'mode', {
    zh: `转化方式须为 ${MODES.join('、')} 之一。`,
    en: `The mode must be one of ${MODES.join(', ')}.`,
  });
}

decided('incomeDistributionRecord', {
  description:
    'Records how the net income of a result was shared. Shares are compared exactly, in whole fen. Errors: ONE_BENEFICIARY, NOT_FOUND, MODE_INVALID, AMOUNT_ZERO, SHARE_EXCEEDS_INCOME, DATE_AFTER_ACT, TEXT_REQUIRED.',
  thing: 'incomeDistribution',
  type: IncomeDistributionRef,
  input: (t) => ({
    appointment: t.id({ description: 'The commissioner whose research team made the result, or:' }),
    team: t.id({ description: 'The service team that made it. Exactly one of the two.' }),
    owner: t.id({ required: true, description: 'The unit that owns the result.' }),
    mode: t.string({ required: true, description: 'transfer, license, equity or other.' }),
    netIncomeFen: t.field({ type: 'Fen', required: true, description: 'After costs; more than zero.' }),
    teamShareFen: t.field({ type: 'Fen', required: true, description: 'At most the net income.' }),
    agreedOn: t.field({ type: 'Date', description: 'The day of the act if absent; not later.' }),
    note: t.string({ description: 'Such as the consent of the team to a smaller share.' }),
  }),
  plan: (input, context) => ({
    entity: IncomeDistribution,
    async remote(on) {
      moreThanNothing(input.netIncomeFen, 'netIncomeFen');
      const { kind, id } = chosen(input, ['appointment', 'team']);
      const owner = await readOrganisation(context, input.owner, 'owner');
      return { owner, beneficiary: await readBeneficiary(context, kind, id, on) };
    },
    async prepare(tx, on, { owner, beneficiary }) {
      const { netIncomeFen, teamShareFen } = input;
      if (teamShareFen > netIncomeFen) {
        throw new UserError('SHARE_EXCEEDS_INCOME', 'teamShareFen', {
          zh: '团队所得不能大于净收入。',
          en: "The team's share cannot be more than the net income.",
        });
      }
      const { kind, person, unit, place } = beneficiary;
      const id = uuid();
      const mode = knownMode(input.mode);
      const agreedOn = notAfter(input.agreedOn ?? on, on, 'agreedOn');
      const note = input.note ? stated(input.note, 'note') : null;
      return {
        subject: {
          type: 'IncomeDistribution',
          id,
          regions: regionsOf(place),
          organisations: [owner.id, ...(unit ? [unit] : [])],
          persons: person ? [person] : [],
        },
        facts: {
          'incomeDistribution.mode': mode,
          'incomeDistribution.ownerKind': owner.type,
          'incomeDistribution.netIncomeFen': netIncomeFen,
          'incomeDistribution.teamShareFen': teamShareFen,
        },
        current: null,
        change: () =>
          tx.create(IncomeDistribution, {
            id,
            version: 1,
            beneficiaryKind: kind,
            beneficiaryId: beneficiary.id,
            personId: person,
            dispatchingUnitId: unit,
            ownerId: owner.id,
            ownerKind: owner.type,
            mode,
            netIncomeFen,
            teamShareFen,
            agreedOn,
            note,
            ...placeColumnsOf(place),
          }),
      };
    },
  }),
});
