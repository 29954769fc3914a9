import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { BOAI, bureau, countyDept, DAY, done, formTeam, PREFECTURE, XIUWU } from '../personnel/testdata/scene.ts';
import { accountOf, allocated, countyPayer, engaged, prefecturePayer } from './testdata/scene.ts';

let graph: Graph;
let payer: string;
let line: string;
let unit: string;

const SUMMARY = `query ($region: ID!, $year: Int!) { fundingSummary(region: $region, year: $year) {
  region { id name } year allocatedFen transferredFen spentFen
  groups { payerLevel beneficiaryKind lineCount allocatedFen transferredFen spentFen spentByCategory { category amountFen } } } }`;

beforeAll(async () => {
  graph = await startGraph({ today: DAY });
  payer = await prefecturePayer(graph);
  const one = await engaged(graph);
  unit = one.unit;
  line = (await allocated(graph, bureau, { appointment: one.id, payer })).id;
  await allocated(graph, bureau, { appointment: one.id, payer, year: 2021 });
  const other = await engaged(graph, { category: 'county', county: BOAI });
  await allocated(graph, countyDept(BOAI), {
    appointment: other.id,
    payer: await countyPayer(graph, BOAI),
    payerLevel: 'county',
    source: 'county-finance',
    amountFen: 700_000,
  });
  const team = await formTeam(graph, 0);
  await allocated(graph, bureau, { team: team.id, payer, amountFen: 15_000_000 });
  await allocated(graph, bureau, { team: team.id, payer, amountFen: 1_000_000 });
  const spend = { line, activity: '下乡', servedAppointment: one.id, reviewer: '科研处', reviewedOn: DAY };
  for (const [category, amountFen] of [
    ['fuel', 30_000],
    ['tolls', 5_000],
    ['fuel', 20_000],
  ] as const) {
    await done(graph, one.unitAccount, 'expenseSubmit', { ...spend, category, amountFen }, 'expense { id }');
  }
  const transfer = { line, amountFen: 1_500_000, recipientKind: 'person', recipientPerson: one.person };
  await done(graph, bureau, 'fundingTransfer', transfer, 'transfer { id }');
});
afterAll(() => graph.stop());

const person = {
  payerLevel: 'prefecture',
  beneficiaryKind: 'appointment',
  lineCount: 1,
  allocatedFen: 2_000_000,
  transferredFen: 1_500_000,
  spentFen: 55_000,
};
const byCategory = [
  { category: 'fuel', amountFen: 50_000 },
  { category: 'tolls', amountFen: 5_000 },
];

describe('fundingSummary', () => {
  it('sums by payer and beneficiary, a line once however many expenses it has', async () => {
    const { fundingSummary } = await graph.get(bureau, SUMMARY, { region: PREFECTURE, year: 2022 });
    expect(fundingSummary).toEqual({
      region: { id: PREFECTURE, name: '焦作市' },
      year: 2022,
      allocatedFen: 18_700_000,
      transferredFen: 1_500_000,
      spentFen: 55_000,
      groups: [
        {
          payerLevel: 'county',
          beneficiaryKind: 'appointment',
          lineCount: 1,
          allocatedFen: 700_000,
          transferredFen: 0,
          spentFen: 0,
          spentByCategory: [],
        },
        { ...person, spentByCategory: byCategory },
        {
          payerLevel: 'prefecture',
          beneficiaryKind: 'team',
          lineCount: 2,
          allocatedFen: 16_000_000,
          transferredFen: 0,
          spentFen: 0,
          spentByCategory: [],
        },
      ],
    });
  });

  it('holds only what the viewer may see', async () => {
    const inCounty = await graph.get(countyDept(XIUWU), SUMMARY, { region: PREFECTURE, year: 2022 });
    expect(inCounty.fundingSummary.groups).toEqual([{ ...person, spentByCategory: byCategory }]);
    const ofUnit = await graph.get(accountOf(unit), SUMMARY, { region: 'cn', year: 2022 });
    expect(ofUnit.fundingSummary).toMatchObject({ allocatedFen: 2_000_000, spentFen: 55_000 });
    const nobody = await graph.get(accountOf(uuid()), SUMMARY, { region: PREFECTURE, year: 2022 });
    expect(nobody.fundingSummary).toMatchObject({ allocatedFen: 0, spentFen: 0, groups: [] });
    expect((await graph.ask(anonymous, SUMMARY, { region: PREFECTURE, year: 2022 })).errors.length).toBeGreaterThan(0);
  });

  it('keeps to the region and the year', async () => {
    const boai = await graph.get(bureau, SUMMARY, { region: BOAI, year: 2022 });
    expect(boai.fundingSummary.allocatedFen).toBe(700_000);
    const before = await graph.get(bureau, SUMMARY, { region: 'cn-41', year: 2021 });
    expect(before.fundingSummary).toMatchObject({ allocatedFen: 2_000_000, spentFen: 0 });
    const code = async (region: string, year: number) =>
      (await graph.ask(bureau, SUMMARY, { region, year })).errors[0]?.extensions?.code;
    expect(await code('cn-999999', 2022)).toBe('REGION_UNKNOWN');
    expect(await code(PREFECTURE, 1999)).toBe('YEAR_INVALID');
    expect(await code(PREFECTURE, 2101)).toBe('YEAR_INVALID');
  });
});
