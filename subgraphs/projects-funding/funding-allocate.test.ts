import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  BOAI,
  bureau,
  codes,
  countyDept,
  DAY,
  failing,
  formTeam,
  organisation,
  PREFECTURE,
  XIUWU,
} from '../personnel/testdata/scene.ts';
import { accountOf, allocate, allocated, countyPayer, engaged, graded, prefecturePayer } from './testdata/scene.ts';

let graph: Graph;
let payer: string;

beforeAll(async () => {
  graph = await startGraph({ today: DAY });
  payer = await prefecturePayer(graph);
});
afterAll(() => graph.stop());

describe('fundingAllocate for a person', () => {
  it('sets the year’s amount aside and keeps what it knew', async () => {
    const { id, unit } = await engaged(graph);
    const { decision, fundingLine } = await allocate(graph, bureau, { appointment: id, payer });
    expect(decision?.outcome).toBe('ALLOW');
    expect(decision?.facts).toMatchObject({
      'fundingLine.beneficiaryKind': 'appointment',
      'fundingLine.beneficiaryLevel': 'prefecture',
      'fundingLine.yearTotalFen': 2_000_000,
      'fundingLine.otherLevelSamePersonYear': [],
      'fundingLine.personInFundedTeam': false,
      'appointment.latestGrade': 'none',
    });
    expect(fundingLine).toMatchObject({
      amountFen: 2_000_000,
      beneficiaryLevel: 'prefecture',
      remainingFen: 2_000_000,
      region: { id: XIUWU },
      payer: { id: payer },
      dispatchingUnit: { id: unit },
    });
  });

  it('knows the latest published grade', async () => {
    const { id } = await engaged(graph);
    await graded(graph, 'appointment', id, 'excellent');
    const { decision } = await allocate(graph, bureau, { appointment: id, payer });
    expect(decision?.facts['appointment.latestGrade']).toBe('excellent');
  });

  it('counts the person’s year over all appointments, and refuses more with the clause', async () => {
    const first = await engaged(graph);
    const second = await engaged(graph, { county: BOAI, person: first.person, unit: first.unit });
    await allocated(graph, bureau, { appointment: first.id, payer });
    const { decision, fundingLine } = await allocate(graph, bureau, { appointment: second.id, payer });
    expect(decision?.outcome).toBe('DENY');
    expect(decision?.facts['fundingLine.yearTotalFen']).toBe(4_000_000);
    const finding = decision?.findings.find(({ rule }) => rule === 'jiaozuo.fund.person');
    expect(finding).toMatchObject({ outcome: 'FAIL', citation: { phrase: '每人每年支持2万元' } });
    expect(fundingLine).toBeNull();
    await allocated(graph, bureau, { appointment: second.id, payer, year: 2023 });
  });

  it('stops money of a second level until somebody who may gives a reason', async () => {
    const { id } = await engaged(graph);
    await allocated(graph, bureau, { appointment: id, payer });
    const county = {
      appointment: id,
      payer: await countyPayer(graph),
      payerLevel: 'county',
      source: 'county-finance',
      amountFen: 500_000,
    };
    const stopped = await allocate(graph, countyDept(XIUWU), county);
    expect(stopped.decision?.outcome).toBe('NEEDS_OVERRIDE');
    expect(stopped.decision?.facts['fundingLine.otherLevelSamePersonYear']).toEqual(['prefecture']);
    const override = { rule: 'jiaozuo.stp.no-double-support', reason: '跨县服务，工作量加倍' };
    const notHeld = { ...county, overrides: [{ ...override, role: 'prefecture-st-bureau' }] };
    expect(codes(await allocate(graph, countyDept(XIUWU), notHeld))).toEqual(['OVERRIDE_ROLE_NOT_HELD']);
    const held = { ...county, overrides: [{ ...override, role: 'county-st-dept' }] };
    expect((await allocate(graph, countyDept(XIUWU), held)).decision?.outcome).toBe('ALLOW');
  });

  it('points out a member of a team that the same level funds', async () => {
    const team = await formTeam(graph, 1);
    await allocated(graph, bureau, { team: team.id, payer, amountFen: 10_000_000 });
    const { id } = await engaged(graph, { person: team.members[0] as string, unit: team.unit });
    const { decision } = await allocate(graph, bureau, { appointment: id, payer });
    expect(decision?.outcome).toBe('ALLOW');
    expect(decision?.facts['fundingLine.personInFundedTeam']).toBe(true);
    expect(decision?.findings.find(({ rule }) => rule === 'jiaozuo.fund.person.two-streams')?.outcome).toBe('FAIL');
  });

  it('keeps the prefecture out of what a unit or a county pays', async () => {
    const ofUnit = await engaged(graph, { category: 'unit' });
    const refused = await allocate(graph, bureau, { appointment: ofUnit.id, payer });
    expect(failing(refused)).toContain('jiaozuo.stp.unit-level');
    const own = { appointment: ofUnit.id, payer: ofUnit.unit, payerLevel: 'unit', source: 'unit-own' };
    expect((await allocate(graph, ofUnit.unitAccount, own)).decision?.outcome).toBe('ALLOW');
    const ofCounty = await engaged(graph, { category: 'county' });
    expect(failing(await allocate(graph, bureau, { appointment: ofCounty.id, payer }))).toContain(
      'jiaozuo.fund.county',
    );
  });
});

describe('fundingAllocate for a team', () => {
  it.each([
    [9_999_999, 'DENY'],
    [10_000_000, 'ALLOW'],
    [20_000_000, 'ALLOW'],
    [20_000_001, 'DENY'],
  ])('of %d fen: %s', async (amountFen, outcome) => {
    const team = await formTeam(graph, 0);
    const { decision } = await allocate(graph, bureau, { team: team.id, payer, amountFen });
    expect(decision?.outcome).toBe(outcome);
  });

  it('counts what the team has been given that year', async () => {
    const team = await formTeam(graph, 0);
    await allocated(graph, bureau, { team: team.id, payer, amountFen: 15_000_000 });
    await allocated(graph, bureau, { team: team.id, payer, amountFen: 5_000_000 });
    const { decision } = await allocate(graph, bureau, { team: team.id, payer, amountFen: 1 });
    expect(decision?.outcome).toBe('DENY');
    expect(decision?.facts['fundingLine.yearTotalFen']).toBe(20_000_001);
  });

  it('is paid as a subsidy; another source is pointed out', async () => {
    const team = await formTeam(graph, 0);
    const loan = await allocate(graph, bureau, { team: team.id, payer, amountFen: 10_000_000, form: 'loan' });
    expect(failing(loan)).toContain('jiaozuo.fund.source');
    const other = { team: team.id, payer, amountFen: 10_000_000, source: 'special-fund' };
    const flagged = await allocate(graph, bureau, other);
    expect(flagged.decision?.outcome).toBe('ALLOW');
    expect(failing(flagged)).toContain('jiaozuo.fund.source.budget');
  });

  it('is not for a county department to give', async () => {
    const team = await formTeam(graph, 0);
    const { decision } = await allocate(graph, countyDept(XIUWU), { team: team.id, payer, amountFen: 10_000_000 });
    expect(decision?.outcome).toBe('DENY');
    expect(decision?.facts['actor.permitted']).toBe(false);
  });
});

describe('fundingAllocate and the caller’s mistakes', () => {
  it.each([-1, 1.5, 2 ** 53])('refuses %d as an amount before anything is asked', async (amountFen) => {
    const { errors } = await graph.ask(
      bureau,
      'mutation ($input: FundingAllocateInput!) { fundingAllocate(input: $input) { decision { id } } }',
      {
        input: { team: uuid(), payer, payerLevel: 'prefecture', source: 's', form: 'f', year: 2022, amountFen },
      },
    );
    expect(errors.map((error) => error.extensions?.code)).toEqual(['FEN_INVALID']);
  });

  it('names what is wrong', async () => {
    const { id } = await engaged(graph);
    const tried = async (input: Record<string, unknown>) => {
      const { userErrors, decision } = await allocate(graph, bureau, { appointment: id, payer, ...input });
      expect(decision).toBeNull();
      return userErrors.map(({ code, field }) => `${code} ${field}`);
    };
    expect(await tried({ amountFen: 0 })).toEqual(['AMOUNT_ZERO amountFen']);
    expect(await tried({ year: 1999 })).toEqual(['YEAR_INVALID year']);
    expect(await tried({ year: 2101 })).toEqual(['YEAR_INVALID year']);
    expect(await tried({ appointment: uuid() })).toEqual(['NOT_FOUND appointment']);
    expect(await tried({ appointment: 'nobody' })).toEqual(['NOT_FOUND appointment']);
    expect(await tried({ payer: uuid() })).toEqual(['NOT_FOUND payer']);
    expect(await tried({ appointment: null, team: uuid() })).toEqual(['NOT_FOUND team']);
    expect(await tried({ appointment: null, project: uuid() })).toEqual(['NOT_FOUND project']);
    expect(await tried({ appointment: null, platform: uuid() })).toEqual(['NOT_FOUND platform']);
    expect((await tried({ team: uuid() }))[0]).toMatch(/^ONE_BENEFICIARY/);
    expect((await tried({ appointment: null }))[0]).toMatch(/^ONE_BENEFICIARY/);
    expect(await tried({ payerLevel: 'county' })).toEqual(['LEVEL_MISMATCH payerLevel']);
    expect(await tried({ payerLevel: 'city' })).toEqual(['LEVEL_INVALID payerLevel']);
    expect(await tried({ form: 'Zuschuss!' })).toEqual(['CODE_INVALID form']);
    expect(await tried({ on: '2022-06-02' })).toEqual(['ON_IN_FUTURE on']);
  });

  it('refuses a total that could not be kept exactly', async () => {
    const unit = await organisation(graph, XIUWU, { level: 'prefecture' });
    const most = { organisation: unit, payer, amountFen: Number.MAX_SAFE_INTEGER };
    await allocated(graph, bureau, most);
    expect(codes(await allocate(graph, bureau, { ...most, amountFen: 1 }))).toEqual(['AMOUNT_TOO_LARGE']);
  });

  it('does it once when it is sent twice', async () => {
    const { id } = await engaged(graph);
    const input = { appointment: id, payer, idempotencyKey: uuid() };
    const first = await allocate(graph, bureau, input);
    const again = await allocate(graph, bureau, input);
    expect(again.fundingLine).toEqual(first.fundingLine);
    const { appointment } = await graph.get(
      bureau,
      '{ appointment(id: "ID") { fundingLines { edges { node { id } } } } }'.replace('ID', id),
    );
    expect(appointment.fundingLines.edges).toHaveLength(1);
    expect(codes(await allocate(graph, bureau, { ...input, amountFen: 1 }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });
});

describe('funding lines', () => {
  it('are seen by the person, the unit, the payer and the authorities above, and by nobody else', async () => {
    const { id, unit, unitAccount, commissioner } = await engaged(graph);
    const line = await allocated(graph, bureau, { appointment: id, payer });
    const query = `{ fundingLine(id: "${line.id}") { id } fundingLines(filter: { dispatchingUnit: "${unit}" }) { edges { node { id } } } }`;
    const seeing = [bureau, countyDept(XIUWU), commissioner, unitAccount, accountOf(payer, 'prefecture-st-bureau')];
    for (const viewer of seeing) {
      const { fundingLine, fundingLines } = await graph.get(viewer, query);
      expect([viewer.subject, fundingLine, fundingLines.edges]).toEqual([
        viewer.subject,
        { id: line.id },
        [{ node: { id: line.id } }],
      ]);
    }
    const stranger = persona('account:stranger', [['dispatching-unit', PREFECTURE, uuid()]], { person: uuid() });
    for (const viewer of [countyDept(BOAI), stranger]) {
      const { fundingLine, fundingLines } = await graph.get(viewer, query);
      expect([fundingLine, fundingLines.edges]).toEqual([null, []]);
    }
    const { errors } = await graph.ask(anonymous, query);
    expect(errors.length).toBeGreaterThan(0);
  });

  it('hang on their team and appointment, as far as they may be seen', async () => {
    const team = await formTeam(graph, 0);
    const line = await allocated(graph, bureau, { team: team.id, payer, amountFen: 12_000_000 });
    await allocated(graph, bureau, { team: team.id, payer, amountFen: 12_000_000, year: 2021 });
    const query = `{ team(id: "${team.id}") { fundingLines(year: 2022) { edges { node { id team { id name } } } } } }`;
    const seen = await graph.get(accountOf(team.unit), query);
    expect(seen.team.fundingLines.edges).toEqual([
      { node: { id: line.id, team: { id: team.id, name: `服务团${team.unit}` } } },
    ]);
    const unseen = await graph.get(countyDept(XIUWU), query);
    expect(unseen.team.fundingLines.edges).toEqual([]);
  });

  it('are sorted by amount, page after page', async () => {
    const one = await engaged(graph, { category: 'unit' });
    const own = { appointment: one.id, payer: one.unit, payerLevel: 'unit', source: 'unit-own' };
    for (const amountFen of [300, 100, 300, 200]) await allocated(graph, one.unitAccount, { ...own, amountFen });
    const query = `query ($after: String) { fundingLines(filter: { payer: "${one.unit}" }, sort: AMOUNT, first: 3, after: $after) {
      edges { node { id amountFen } } pageInfo { hasNextPage endCursor } } }`;
    const first = (await graph.get(one.unitAccount, query)).fundingLines;
    const rest = (await graph.get(one.unitAccount, query, { after: first.pageInfo.endCursor })).fundingLines;
    const amounts = [...first.edges, ...rest.edges].map(({ node }: { node: { amountFen: number } }) => node.amountFen);
    expect(amounts).toEqual([300, 300, 200, 100]);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('may be for an organisation', async () => {
    const unit = await organisation(graph, XIUWU, { level: 'prefecture' });
    const given = await allocate(graph, bureau, { organisation: unit, payer, channel: 'county-pooled' });
    expect(given.decision?.facts).toMatchObject({
      'fundingLine.beneficiaryKind': 'organisation',
      'fundingLine.beneficiaryLevel': 'prefecture',
      'fundingLine.channel': 'county-pooled',
    });
    expect(given.fundingLine.region.id).toBe(XIUWU);
  });
});
