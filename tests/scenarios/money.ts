import { v7 as uuid } from 'uuid';
import { FundingLine } from '../../subgraphs/projects-funding/tables/funding-line.ts';
import { engagement } from './appointment.ts';
import {
  type Act,
  type Arrange,
  bureau,
  CITY,
  COUNTY,
  countyDept,
  organisation,
  placeOf,
  read,
  rowsOf,
  type Stage,
  unitAccount,
} from './stage.ts';
import { teamRow } from './team.ts';

/** A team or an engagement of a level: whom money is for. */
async function beneficiary(stage: Stage, kind: string, level: string) {
  if (kind === 'team') return { kind, person: null, ...(await teamRow(stage, { level })) };
  const { id, unit, person } = await engagement(stage, { category: level });
  return { kind, id, unit, person };
}

async function lineRow(stage: Stage, whose: Awaited<ReturnType<typeof beneficiary>>, more: Partial<FundingLine>) {
  const id = uuid();
  await rowsOf(stage, 'projects-funding').insert(FundingLine, {
    id,
    version: 1,
    beneficiaryKind: whose.kind,
    beneficiaryId: whose.id,
    personId: whose.person,
    dispatchingUnitId: whose.unit,
    payerId: uuid(),
    payerLevel: 'prefecture',
    source: 'prefecture-st-budget',
    form: 'subsidy',
    deciders: [],
    coFunders: [],
    year: 2022,
    allocatedOn: '2022-02-01',
    amountFen: 0,
    transferredFen: 0,
    spentFen: 0,
    regionId: COUNTY,
    ...placeOf(COUNTY),
    ...more,
  });
  return id;
}

/** Who pays at a level, and the account that may set money aside there. */
async function payer(stage: Stage, level: string) {
  const isCounty = level === 'county';
  const id = await organisation(stage, { level, regionId: isCounty ? COUNTY : CITY });
  if (level === 'unit') return { id, viewer: unitAccount(id) };
  return { id, viewer: isCounty ? countyDept() : bureau };
}

export const fundingAllocate: Arrange<Act> = async (stage, { facts }) => {
  const { text, count, codes } = read(facts);
  const whose = await beneficiary(stage, text('fundingLine.beneficiaryKind'), text('fundingLine.beneficiaryLevel'));
  const payerLevel = text('fundingLine.payerLevel');
  const { id, viewer } = await payer(stage, payerLevel);
  const amountFen = count('fundingLine.amountFen');
  const before = count('fundingLine.yearTotalFen') - amountFen;
  if (before > 0) await lineRow(stage, whose, { payerLevel, amountFen: before });
  for (const level of codes('fundingLine.otherLevelSamePersonYear')) {
    await lineRow(stage, whose, { payerLevel: level, amountFen: 100 });
  }
  return {
    viewer,
    input: {
      [whose.kind]: whose.id,
      payer: id,
      payerLevel,
      source: text('fundingLine.source'),
      form: text('fundingLine.form'),
      channel: text('fundingLine.channel'),
      year: 2022,
      amountFen,
    },
  };
};

export const fundingTransfer: Arrange<Act> = async (stage, { facts }) => {
  const { text, count, is } = read(facts);
  const level = text('fundingLine.beneficiaryLevel');
  const whose = await beneficiary(stage, 'team', level);
  const line = await lineRow(stage, whose, {
    beneficiaryLevel: level,
    payerLevel: text('fundingLine.payerLevel'),
    amountFen: count('fundingLine.remainingFen'),
  });
  return {
    viewer: bureau,
    input: {
      line,
      amountFen: count('transfer.amountFen'),
      recipientKind: text('transfer.recipientKind'),
      // Not to the team: into the general account of its unit.
      ...(is('transfer.toBeneficiary') ? { recipientTeam: whose.id } : { recipientOrganisation: whose.unit }),
    },
  };
};

export const expenseSubmit: Arrange<Act> = async (stage, { facts }) => {
  const { text, count, is } = read(facts);
  const level = text('fundingLine.beneficiaryLevel');
  const whose = await beneficiary(stage, text('fundingLine.beneficiaryKind'), level);
  const line = await lineRow(stage, whose, {
    beneficiaryLevel: level,
    payerLevel: text('fundingLine.payerLevel'),
    amountFen: count('fundingLine.remainingFen'),
  });
  const served = is('expense.servesLine') ? whose.id : (await engagement(stage)).id;
  return {
    viewer: unitAccount(whose.unit),
    input: {
      line,
      category: text('expense.category'),
      amountFen: count('expense.amountFen'),
      activity: '到村服务',
      servedAppointment: served,
      ...(is('expense.unitReviewed') ? { reviewer: '财务处', reviewedOn: '2022-05-30' } : {}),
    },
  };
};

export const incomeDistributionRecord: Arrange<Act> = async (stage, { facts }) => {
  const { text, count } = read(facts);
  const owner = await organisation(stage, { type: text('incomeDistribution.ownerKind') });
  const { id } = await engagement(stage, { organisationId: owner });
  return {
    viewer: unitAccount(owner),
    input: {
      appointment: id,
      owner,
      mode: text('incomeDistribution.mode'),
      netIncomeFen: count('incomeDistribution.netIncomeFen'),
      teamShareFen: count('incomeDistribution.teamShareFen'),
    },
  };
};

/** Somebody is paid: by whom they were sent to, or by a stranger. Fees and incomes are arranged alike. */
export const receipt: Arrange<Act> = async (stage, { facts, on }) => {
  const { text, count, is } = read(facts);
  const [receivingUnitId, stranger] = [await organisation(stage), await organisation(stage)];
  const isServing = is('receipt.duringService');
  const { id, self } = await engagement(stage, { receivingUnitId, ...(isServing ? {} : { from: on, to: on }) });
  return {
    viewer: self,
    input: {
      appointment: id,
      kind: text('receipt.kind'),
      capacity: text('receipt.capacity'),
      amountFen: count('receipt.amountFen'),
      receivedOn: isServing ? on : '2022-01-01',
      payerOrganisation: is('receipt.payerDesignated') ? receivingUnitId : stranger,
    },
  };
};
