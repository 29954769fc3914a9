import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { type Graph, startGraph } from '../../tests/harness.ts';
import {
  act,
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
import { accountOf, allocated, type Engaged, engaged, prefecturePayer } from './testdata/scene.ts';

let graph: Graph;
let payer: string;

beforeAll(async () => {
  graph = await startGraph({ today: DAY });
  payer = await prefecturePayer(graph);
});
afterAll(() => graph.stop());

/** A commissioner with 20,000 yuan for 2022. */
async function funded(): Promise<Engaged & { line: string }> {
  const commissioner = await engaged(graph);
  const { id: line } = await allocated(graph, bureau, { appointment: commissioner.id, payer });
  return { ...commissioner, line };
}

const EXPENSE = 'expense { id category amountFen spentOn reviewer line { remainingFen spentFen } }';

function spend({ line, id, unitAccount }: Engaged & { line: string }, input: Record<string, unknown> = {}) {
  const usual = {
    line,
    category: 'transport-travel',
    amountFen: 50_000,
    activity: '到示范基地指导修剪',
    servedAppointment: id,
    reviewer: '科研处',
    reviewedOn: '2022-05-31',
  };
  return act(graph, unitAccount, 'expenseSubmit', { ...usual, ...input }, EXPENSE);
}

describe('expenseSubmit', () => {
  it('books a reviewed expense of a listed category', async () => {
    const { decision, expense } = await spend(await funded(), { spentOn: '2022-05-20' });
    expect(decision?.outcome).toBe('ALLOW');
    expect(decision?.facts).toMatchObject({
      'expense.category': 'transport-travel',
      'expense.unitReviewed': true,
      'expense.servesLine': true,
      'fundingLine.remainingFen': 2_000_000,
      'fundingLine.beneficiaryKind': 'appointment',
    });
    expect(expense).toMatchObject({
      spentOn: '2022-05-20',
      reviewer: '科研处',
      line: { remainingFen: 1_950_000, spentFen: 50_000 },
    });
  });

  it('needs the unit’s review', async () => {
    const payload = await spend(await funded(), { reviewer: null, reviewedOn: null });
    expect(payload.decision?.outcome).toBe('DENY');
    expect(failing(payload)).toEqual(['jiaozuo.expense.unit-supervision']);
    expect(payload.expense).toBeNull();
  });

  it('takes an unlisted category with a reason: the list is open', async () => {
    const someone = await funded();
    const stopped = await spend(someone, { category: 'equipment' });
    expect(stopped.decision?.outcome).toBe('NEEDS_OVERRIDE');
    const override = { rule: 'jiaozuo.expense.scope', role: 'dispatching-unit', reason: '服务所需的便携仪器' };
    const given = await spend(someone, { category: 'equipment', overrides: [override] });
    expect(given.decision?.outcome).toBe('ALLOW');
    expect(given.expense.category).toBe('equipment');
  });

  it('cannot be decided when nobody says whose service it was', async () => {
    const { decision } = await spend(await funded(), { servedAppointment: null });
    expect(decision).toMatchObject({ outcome: 'NEEDS_FACT', missing: ['expense.servesLine'] });
  });

  it('is refused for somebody else’s service', async () => {
    const [one, other] = [await funded(), await engaged(graph)];
    expect(failing(await spend(one, { servedAppointment: other.id }))).toEqual([
      'jiaozuo.expense.no-withholding.diversion',
    ]);
    const team = await formTeam(graph, 0);
    expect(failing(await spend(one, { servedAppointment: null, servedTeam: team.id }))).toEqual([
      'jiaozuo.expense.no-withholding.diversion',
    ]);
  });

  it('of a team is for the service of its members', async () => {
    const team = await formTeam(graph, 1);
    const { id: line } = await allocated(graph, bureau, { team: team.id, payer, amountFen: 10_000_000 });
    const member = await engaged(graph, { person: team.members[0] as string, unit: team.unit });
    expect((await spend({ ...member, line })).decision?.outcome).toBe('ALLOW');
    const byTeam = { servedAppointment: null, servedTeam: team.id };
    expect((await spend({ ...member, line }, byTeam)).decision?.outcome).toBe('ALLOW');
    const stranger = await engaged(graph, { unit: team.unit });
    expect((await spend({ ...stranger, line })).decision?.outcome).toBe('DENY');
  });

  it('never exceeds the line: the last fen is spent, one more is not', async () => {
    const someone = await funded();
    expect((await spend(someone, { amountFen: 2_000_000 })).expense.line.remainingFen).toBe(0);
    const more = await spend(someone, { amountFen: 1 });
    expect(more.decision?.outcome).toBe('DENY');
    expect(failing(more)).toEqual(['platform.money.expense']);
  });

  it('may be booked by the commissioner, and by nobody who has no part in it', async () => {
    const someone = await funded();
    expect((await spend({ ...someone, unitAccount: someone.commissioner })).decision?.outcome).toBe('ALLOW');
    const county = await spend({ ...someone, unitAccount: countyDept(XIUWU) });
    expect(failing(county)).toEqual(['platform.access.permitted']);
    expect(codes(await spend({ ...someone, unitAccount: accountOf(uuid()) }))).toEqual(['NOT_FOUND']);
  });

  it('names the caller’s mistakes', async () => {
    const someone = await funded();
    const tried = async (input: Record<string, unknown>) => codes(await spend(someone, input));
    expect(await tried({ line: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ line: 'line' })).toEqual(['NOT_FOUND']);
    expect(await tried({ on: '2022-05-31' })).toEqual(['ON_BEFORE_ALLOCATION']);
    expect(await tried({ amountFen: 0 })).toEqual(['AMOUNT_ZERO']);
    expect(await tried({ servedAppointment: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ servedTeam: uuid() })).toEqual(['ONE_SERVED']);
    expect(await tried({ reviewedOn: null })).toEqual(['REVIEW_INCOMPLETE']);
    expect(await tried({ reviewedOn: '2022-06-02' })).toEqual(['DATE_AFTER_ACT']);
    expect(await tried({ spentOn: '2022-06-02' })).toEqual(['DATE_AFTER_ACT']);
    expect(await tried({ activity: '  ' })).toEqual(['TEXT_REQUIRED']);
    expect(await tried({ activity: '长'.repeat(2_001) })).toEqual(['TEXT_TOO_LONG']);
    expect(await tried({ category: 'Reise kosten' })).toEqual(['CODE_INVALID']);
  });
});

describe('fundingTransfer', () => {
  const TRANSFER = 'transfer { id amountFen recipientKind earmarked line { transferredFen amountFen } }';
  const pay = (line: string, input: Record<string, unknown>, viewer = bureau) =>
    act(graph, viewer, 'fundingTransfer', { line, amountFen: 500_000, recipientKind: 'person', ...input }, TRANSFER);

  it('reaches the person, or the earmarked account of the unit', async () => {
    const { line, person, unit } = await funded();
    const toPerson = await pay(line, { recipientPerson: person, reference: '凭证0001' });
    expect(toPerson.decision?.facts).toMatchObject({
      'transfer.toBeneficiary': true,
      'transfer.amountFen': 500_000,
      'fundingLine.remainingFen': 2_000_000,
    });
    const toUnit = await pay(line, { recipientOrganisation: unit, earmarked: true, recipientKind: 'dispatching-unit' });
    expect(toUnit.transfer.line).toEqual({ transferredFen: 1_000_000, amountFen: 2_000_000 });
  });

  it('is refused when it ends anywhere else', async () => {
    const { line, unit } = await funded();
    const [elsewhere, team] = [await organisation(graph, PREFECTURE), await formTeam(graph, 0)];
    const other = await engaged(graph);
    for (const recipient of [
      { recipientOrganisation: unit },
      { recipientOrganisation: elsewhere, earmarked: true },
      { recipientTeam: team.id },
      { recipientPerson: other.person },
    ]) {
      const payload = await pay(line, recipient);
      expect(payload.decision?.outcome).toBe('DENY');
      expect(failing(payload)).toEqual(['jiaozuo.expense.no-withholding']);
    }
  });

  it('pays out no more than the line holds', async () => {
    const team = await formTeam(graph, 0);
    const { id: line } = await allocated(graph, bureau, { team: team.id, payer, amountFen: 10_000_000 });
    const toTeam = { recipientTeam: team.id, recipientKind: 'team' };
    expect((await pay(line, { ...toTeam, amountFen: 9_999_999 })).decision?.outcome).toBe('ALLOW');
    expect(failing(await pay(line, { ...toTeam, amountFen: 2 }))).toEqual(['platform.money.transfer']);
    expect((await pay(line, { ...toTeam, amountFen: 1 })).transfer.line.transferredFen).toBe(10_000_000);
  });

  it('names the caller’s mistakes', async () => {
    const { line, person } = await funded();
    const tried = async (input: Record<string, unknown>) => codes(await pay(line, input));
    expect(await tried({})).toEqual(['ONE_RECIPIENT']);
    expect(await tried({ recipientPerson: person, on: '2022-05-31' })).toEqual(['ON_BEFORE_ALLOCATION']);
    expect(await tried({ recipientPerson: person, recipientTeam: uuid() })).toEqual(['ONE_RECIPIENT']);
    expect(await tried({ recipientPerson: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ recipientTeam: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ recipientOrganisation: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ recipientPerson: person, line: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ recipientPerson: person, amountFen: 0 })).toEqual(['AMOUNT_ZERO']);
  });
});

describe('the table of funding lines', () => {
  it.each(['spent_fen = amount_fen + 1', 'transferred_fen = amount_fen + 1', 'amount_fen = -1', 'year = 1999'])(
    'itself refuses %s',
    async (change) => {
      const { line } = await funded();
      await expect(
        graph.database.pool.query(`update projects_funding.funding_line set ${change} where id = $1`, [line]),
      ).rejects.toMatchObject({ code: '23514' });
    },
  );
});

describe('expenseCategories', () => {
  it('lists what the law of a place names, in its words', async () => {
    const query = '{ expenseCategories(region: "cn-410821") { code title { zh } pack rule } }';
    const { expenseCategories } = await graph.get(bureau, query);
    expect(expenseCategories).toHaveLength(9);
    expect(expenseCategories).toContainEqual(
      expect.objectContaining({ code: 'fuel', pack: 'jiaozuo', rule: 'jiaozuo.expense.scope' }),
    );
    expect((await graph.get(bureau, query.replace('cn-410821', 'cn-110101'))).expenseCategories).toEqual([]);
    const { errors } = await graph.ask(bureau, query.replace('cn-410821', 'cn-999999'));
    expect(errors[0]?.extensions?.code).toBe('REGION_UNKNOWN');
  });
});
