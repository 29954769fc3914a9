import { expect } from '@jest/globals';
import { accountOf, bureau, CITY, COUNTY, countyDept, stopping, type Teller } from './door.ts';
import type { Engaged } from './engagement.ts';
import type { Listed } from './selection.ts';

const inspector = accountOf('inspection-body', CITY);

/** Exactly so much for each in a year, by the prefecture or the county and not by both; it reaches the one it is for. */
export async function payTheCommissioner(
  teller: Teller,
  one: Engaged,
  { sender, university }: Listed,
): Promise<string> {
  const office = { type: 'st-dept', nature: 'administrative' };
  const payer = await teller.organisation('市科技局（拨款）', CITY, { ...office, level: 'prefecture' });
  const budget = { payer, payerLevel: 'prefecture', source: 'prefecture-st-budget', form: 'subsidy', year: 2022 };
  const thing = 'fundingLine { id amountFen remainingFen }';
  const pay = (amountFen: number, more: object = {}) =>
    teller.act(bureau, 'fundingAllocate', '2022-05-10', { ...budget, appointment: one.id, amountFen, ...more }, thing);
  for (const amountFen of [1_999_999, 2_000_001])
    expect(stopping(await pay(amountFen))).toEqual(['jiaozuo.fund.person']);
  expect(stopping(await pay(2_000_000, { form: 'loan' }))).toEqual(['jiaozuo.fund.source']);
  const { fundingLine: line } = await pay(2_000_000);
  expect(stopping(await pay(2_000_000))).toEqual(['jiaozuo.fund.person']);
  const countyPayer = await teller.organisation('县财政局', COUNTY, { ...office, level: 'county' });
  const twice = { ...budget, payer: countyPayer, payerLevel: 'county', source: 'county-finance', amountFen: 2_000_000 };
  const again = await teller.act(countyDept, 'fundingAllocate', '2022-05-11', { ...twice, appointment: one.id }, thing);
  expect([again.decision?.outcome, stopping(again)]).toEqual(['NEEDS_OVERRIDE', ['jiaozuo.stp.no-double-support']]);

  const hand = (more: object) =>
    teller.act(
      bureau,
      'fundingTransfer',
      '2022-05-12',
      { line: line.id, amountFen: 2_000_000, ...more },
      'transfer { id }',
    );
  const kept = await hand({ recipientKind: 'organisation', recipientOrganisation: countyPayer });
  expect([kept.transfer, stopping(kept)]).toEqual([null, ['jiaozuo.expense.no-withholding']]);
  const toUnit = { recipientKind: 'dispatching-unit', recipientOrganisation: university, earmarked: true };
  expect((await hand(toUnit)).decision?.outcome).toBe('ALLOW');
  const spend = (more: object) =>
    teller.act(
      sender,
      'expenseSubmit',
      '2022-06-05',
      {
        line: line.id,
        category: 'materials',
        amountFen: 120_000,
        activity: '田间试验',
        servedAppointment: one.id,
        reviewer: '科研处',
        reviewedOn: '2022-06-04',
        ...more,
      },
      'expense { id line { remainingFen } }',
    );
  expect(stopping(await spend({ category: 'banquet' }))).toEqual(['jiaozuo.expense.scope']);
  expect(stopping(await spend({ reviewer: null, reviewedOn: null }))).toEqual(['jiaozuo.expense.unit-supervision']);
  expect((await spend({})).expense.line.remainingFen).toBe(1_880_000);
  return line.id;
}

/** Money spent on somebody else is diverted; who inspects for the office writes down what he saw. */
export async function watchTheMoney(
  teller: Teller,
  [one, another]: readonly [Engaged, Engaged],
  { sender }: Listed,
  line: string,
): Promise<void> {
  const diverted = await teller.act(
    sender,
    'expenseSubmit',
    '2022-06-06',
    {
      line,
      category: 'materials',
      amountFen: 100,
      activity: '他人试验',
      servedAppointment: another.id,
      reviewer: '科研处',
      reviewedOn: '2022-06-05',
    },
    'expense { id }',
  );
  expect(stopping(diverted)).toEqual(['jiaozuo.expense.no-withholding.diversion']);
  const agency = await teller.organisation('审计事务所', CITY, { type: 'enterprise', nature: 'social', level: 'unit' });
  const inspect = (who: typeof bureau) =>
    teller.act(
      who,
      'fundInspectionRecord',
      '2022-09-01',
      { line, agency, compliant: true, finding: '支出合规' },
      'fundInspection { id }',
    );
  expect(stopping(await inspect(one.account))).toEqual(['platform.access.permitted']);
  expect((await inspect(inspector)).decision?.outcome).toBe('ALLOW');
  const query = `query ($id: ID!) { fundingLine(id: $id) { amountFen spentFen inspections(first: 5) { edges { node { compliant finding } } } } }`;
  const { fundingLine } = await teller.get(bureau, query, { id: line });
  expect(fundingLine).toEqual({
    amountFen: 2_000_000,
    spentFen: 120_000,
    inspections: { edges: [{ node: { compliant: true, finding: '支出合规' } }] },
  });
}

/** Nobody takes fees as a commissioner of those whom he is sent to; what he earns otherwise is his. */
export async function takeNoFees(teller: Teller, one: Engaged, { coop }: Listed): Promise<void> {
  const receive = (more: object) =>
    teller.act(
      one.account,
      'feeRecord',
      '2022-08-01',
      {
        appointment: one.id,
        amountFen: 50_000,
        capacity: 'appointee',
        kind: 'lecture-fee',
        payerOrganisation: coop,
        receivedOn: '2022-07-30',
        ...more,
      },
      'feeRecord { id }',
    );
  const charged = await receive({});
  expect([charged.feeRecord, stopping(charged)]).toEqual([null, ['jiaozuo.fee.no-charge']]);
  expect(charged.decision?.findings[0]?.citation).toMatchObject({ article: '四（三）1' });
  const elsewhere = { payerOrganisation: null, payerName: '外市企业' };
  expect((await receive(elsewhere)).decision?.outcome).toBe('ALLOW');
}
