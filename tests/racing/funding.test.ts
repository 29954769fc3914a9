import { afterAll, beforeAll, expect } from '@jest/globals';
import {
  act,
  bureau,
  codes,
  countyDept,
  done,
  failing,
  formTeam,
  type Payload,
  XIUWU,
} from '../../subgraphs/personnel/testdata/scene.ts';
import { Expense } from '../../subgraphs/projects-funding/tables/expense.ts';
import { FundingLine } from '../../subgraphs/projects-funding/tables/funding-line.ts';
import { ProjectApplication } from '../../subgraphs/projects-funding/tables/project-call.ts';
import {
  allocate,
  allocated,
  countyPayer,
  engaged,
  prefecturePayer,
} from '../../subgraphs/projects-funding/testdata/scene.ts';
import { type Graph, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { allowed, racing, tablesOf, together } from './race.ts';

const AT_ONCE = 20;

describeOnPostgres('money at the same time', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  let payer: string;
  let county: string;
  beforeAll(async () => {
    graph = await startGraph({ today: '2022-06-01', url: await server().database() });
    payer = await prefecturePayer(graph);
    county = await countyPayer(graph);
  });
  afterAll(() => graph.stop());
  const tables = () => tablesOf(graph, 'projects-funding');

  race('from two levels for one person and year is not given twice unnoticed, whoever comes first', async () => {
    const persons = await together(AT_ONCE, () => engaged(graph));
    // For every second of them somebody asked for too much before: their year is on record already.
    await together(AT_ONCE / 2, (at) =>
      allocate(graph, bureau, { appointment: persons[2 * at]?.id, payer, amountFen: 900_000_000 }),
    );
    // One pair after the other, so that the two of a pair have the server to themselves.
    const pairs: Payload[][] = [];
    for (const { id } of persons) {
      const ofCounty = { payer: county, payerLevel: 'county', source: 'county-finance' };
      const pair = [
        allocate(graph, bureau, { appointment: id, payer }),
        allocate(graph, countyDept(XIUWU), { appointment: id, ...ofCounty }),
      ];
      pairs.push(await Promise.all(pair));
    }
    for (const pair of pairs) {
      expect(pair.map(({ decision }) => decision?.outcome).sort()).toEqual(['ALLOW', 'NEEDS_OVERRIDE']);
      const second = pair.find(({ decision }) => decision?.outcome !== 'ALLOW') as Payload;
      expect(failing(second)).toEqual(['jiaozuo.stp.no-double-support']);
    }
  });

  race('of one level for one person and year is given once', async () => {
    const { id, person } = await engaged(graph);
    expect(allowed([await allocate(graph, bureau, { appointment: id, payer, amountFen: 900_000_000 })])).toEqual([]);
    const payloads = await together(AT_ONCE, () => allocate(graph, bureau, { appointment: id, payer }));
    expect(allowed(payloads)).toHaveLength(1);
    expect(await tables().count(FundingLine, { personId: person })).toBe(1);
  });

  race('for a team stays within the ceiling of its year', async () => {
    const team = await formTeam(graph, 0);
    const payloads = await together(AT_ONCE, () =>
      allocate(graph, bureau, { team: team.id, payer, amountFen: 10_000_000 }),
    );
    expect(allowed(payloads)).toHaveLength(2);
    const lines = await tables().find(FundingLine, { beneficiaryId: team.id });
    expect(lines.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(20_000_000);
  });

  race('is spent to the last fen that fits and no further', async () => {
    const { id, unitAccount } = await engaged(graph);
    const line = await allocated(graph, bureau, { appointment: id, payer });
    const expense = {
      line: line.id,
      category: 'fuel',
      amountFen: 150_000,
      activity: '下乡',
      servedAppointment: id,
      reviewer: '科研处',
      reviewedOn: '2022-06-01',
    };
    const payloads = await together(AT_ONCE, () => act(graph, unitAccount, 'expenseSubmit', expense, 'expense { id }'));
    expect(allowed(payloads)).toHaveLength(13);
    for (const payload of payloads.filter(({ expense }) => !expense))
      expect(failing(payload)).toEqual(['platform.money.expense']);
    const rows = await tables().find(Expense, { lineId: line.id });
    expect(rows.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(1_950_000);
    expect(await tables().findOneOrFail(FundingLine, { id: line.id })).toMatchObject({ spentFen: 1_950_000 });
  });

  race('is paid out no further than the line holds, and once for one idempotency key', async () => {
    const { id, person } = await engaged(graph);
    const line = await allocated(graph, bureau, { appointment: id, payer });
    const transfer = { line: line.id, amountFen: 900_000, recipientKind: 'person', recipientPerson: person };
    const once = { ...transfer, idempotencyKey: 'the one transfer' };
    const same = await together(AT_ONCE, () => act(graph, bureau, 'fundingTransfer', once, 'transfer { id }'));
    expect(new Set(same.map(({ transfer }) => transfer.id)).size).toBe(1);
    const others = await together(AT_ONCE, () => act(graph, bureau, 'fundingTransfer', transfer, 'transfer { id }'));
    expect(allowed(others)).toHaveLength(1);
    expect(await tables().findOneOrFail(FundingLine, { id: line.id })).toMatchObject({ transferredFen: 1_800_000 });
  });

  race('goes to one for the last place of a call', async () => {
    const opened = { title: '项目', organisation: payer, level: 'prefecture', quotaPerUnit: 3, closesOn: '2022-12-31' };
    const call = await done(graph, bureau, 'projectCallOpen', opened, 'projectCall { id }');
    const first = await engaged(graph);
    const leads = await together(AT_ONCE, () => engaged(graph, { unit: first.unit }));
    const apply = (lead: string) => {
      const input = { call: call.id, title: '项目', lead };
      return act(graph, first.unitAccount, 'projectApplicationSubmit', input, 'projectApplication { id }');
    };
    const payloads = await together(AT_ONCE, (at) => apply(leads[at]?.person as string));
    expect(allowed(payloads)).toHaveLength(3);
    for (const payload of payloads.filter(({ projectApplication }) => !projectApplication))
      expect(failing(payload)).toEqual(['jiaozuo.incentive.green-channel']);
    expect(await tables().count(ProjectApplication, { callId: call.id })).toBe(3);
    const alone = await done(graph, bureau, 'projectCallOpen', { ...opened, quotaPerUnit: null }, 'projectCall { id }');
    const again = await together(AT_ONCE, () =>
      act(
        graph,
        first.unitAccount,
        'projectApplicationSubmit',
        { call: alone.id, title: '项目', lead: first.person },
        'projectApplication { id }',
      ),
    );
    expect(allowed(again)).toHaveLength(1);
    expect(again.filter((payload) => codes(payload)[0] === 'ALREADY_APPLIED')).toHaveLength(AT_ONCE - 1);
  });
});
