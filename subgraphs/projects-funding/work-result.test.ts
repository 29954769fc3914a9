import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { act, codes, failing, organisation } from '../personnel/testdata/scene.ts';
import { department, status, village } from './testdata/county.ts';

const [PREFECTURE, COUNTY, OTHER] = ['cn-451000', 'cn-451022', 'cn-451024'] as const;
const DAY = '2019-06-01';

let graph: Graph;
let home: string;

beforeAll(async () => {
  graph = await startGraph({ today: DAY });
  await status(graph, COUNTY, 'poor');
  home = (await village(graph, COUNTY)).village;
  await status(graph, home, 'poor');
});
afterAll(() => graph.stop());

const bureau = department('prefecture-st-bureau', PREFECTURE);
const RESULT = 'workResult { id version kind startedOn endedOn quantity region { id } village { id } }';
const record = (more: Record<string, unknown> = {}, viewer = bureau) =>
  act(
    graph,
    viewer,
    'workResultRecord',
    { kind: 'demo-base', title: '芒果示范基地', region: home, on: DAY, ...more },
    RESULT,
  );
const end = (result: { id: string; version: number }, more: Record<string, unknown> = {}) =>
  act(
    graph,
    bureau,
    'workResultEnd',
    { workResult: result.id, version: result.version, reason: '撤销', on: DAY, ...more },
    RESULT,
  );

describe('a work result', () => {
  it('is recorded where it is, and seen by all', async () => {
    const partner = await organisation(graph, PREFECTURE, { type: 'university', on: DAY });
    const { decision, workResult } = await record({ features: ['planting'], partner, quantity: 3 });
    expect(decision?.outcome).toBe('ALLOW');
    expect(decision?.facts).toMatchObject({
      'workResult.kind': 'demo-base',
      'workResult.quantity': 3,
      'workResult.countyStated': true,
      'workResult.villageStated': true,
      'workResult.villagePoor': true,
      'workResult.countyPoor': true,
      'workResult.countyDelisted': false,
      'workResult.partnerKind': 'university',
      'workResult.personStated': false,
      'workResult.referenceStated': false,
      'workResult.duplicate': false,
      'workResult.future': false,
      'workResult.features': ['planting'],
    });
    expect(workResult).toMatchObject({ startedOn: DAY, endedOn: null, region: { id: home }, village: { id: home } });
    const seen = await graph.get(
      anonymous,
      `{ workResult(id: "${workResult.id}") { kind partner { id } }
        workResults(filter: { region: "${COUNTY}", kinds: ["demo-base"], thereOn: "${DAY}" }) { edges { node { id } } }
        region(id: "${home}") { workResults(kinds: ["demo-base"]) { totalCount } } }`,
    );
    expect(seen.workResult).toEqual({ kind: 'demo-base', partner: { id: partner } });
    expect(seen.workResults.edges).toContainEqual({ node: { id: workResult.id } });
    expect(seen.region.workResults.totalCount).toBeGreaterThan(0);
    const { workResult: standing } = await graph.get(
      bureau,
      `{ workResult(id: "${workResult.id}") { standing { outcome facts } } }`,
    );
    expect(standing.standing.outcome).toBe('ALLOW');
    expect(standing.standing.facts['workResult.villagePoor']).toBe(true);
  });

  it('is known again by its reference for as long as it is there', async () => {
    const patent = { kind: 'tech-item', reference: 'ZL201810000001.1', region: COUNTY };
    const first = await record(patent);
    expect(first.decision?.facts['workResult.duplicate']).toBe(false);
    const again = await record({ ...patent, region: OTHER });
    expect(again.decision?.facts['workResult.duplicate']).toBe(true);
    const findings = again.decision?.findings ?? [];
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: 'baise.indicator.table.counted-once', outcome: 'FAIL', effect: 'inform' }),
    );
    expect(findings.find(({ rule }) => rule.startsWith('baise'))?.citation.document).toBeTruthy();
    const board = { kind: 'base-service', reference: '基地一', region: COUNTY };
    const early = await record({ ...board, startedOn: '2019-03-01', until: '2019-04-30' });
    expect(early.workResult.endedOn).toBe('2019-04-30');
    expect((await record(board)).decision?.facts['workResult.duplicate']).toBe(false);
  });

  it('ends on a day, for a reason', async () => {
    const { workResult } = await record();
    expect(codes(await end(workResult, { endedOn: '2019-05-01' }))).toEqual(['DATES_REVERSED']);
    const ended = await end(workResult);
    expect(ended.decision?.facts['workResult.reasonStated']).toBe(true);
    expect(ended.workResult.endedOn).toBe(DAY);
    expect(codes(await end(workResult))).toEqual(['STALE_VERSION']);
    const past = (await record({ startedOn: '2019-01-01', until: '2019-02-01' })).workResult;
    expect(codes(await end(past))).toEqual(['WRONG_STATE']);
    expect(codes(await end({ id: uuid(), version: 1 }))).toEqual(['NOT_FOUND']);
  });

  it('names mistakes, and refuses who may not', async () => {
    expect(codes(await record({ region: 'cn-999999' }))).toEqual(['NOT_FOUND']);
    expect(codes(await record({ kind: '基地' }))).toEqual(['CODE_INVALID']);
    expect(codes(await record({ quantity: 0 }))).toEqual(['QUANTITY_INVALID']);
    expect(codes(await record({ attributes: { deep: { er: 1 } } }))).toEqual(['ATTRIBUTES_INVALID']);
    expect(codes(await record({ until: '2019-05-31' }))).toEqual(['DATES_REVERSED']);
    expect(codes(await record({ person: uuid() }))).toEqual(['NOT_FOUND']);
    expect(failing(await record({}, department('prefecture-st-bureau', 'cn-450900')))).toContain(
      'platform.access.permitted',
    );
    expect((await record({ startedOn: '2019-07-01' })).decision?.facts['workResult.future']).toBe(true);
  });
});

describe('the coverage of poor villages', () => {
  it('counts those that lack what each should have', async () => {
    const bare = (await village(graph, COUNTY)).village;
    await status(graph, bare, 'poor');
    await record();
    await record({ kind: 'service-board', title: '公示牌' });
    const read = async (region: string) =>
      (
        await graph.get(
          bureau,
          `{ region(id: "${region}") { workResultCoverage { facts findings(outcomes: [FAIL]) { rule } } } }`,
        )
      ).region.workResultCoverage;
    const county = await read(COUNTY);
    expect(county.facts).toMatchObject({
      'workCoverage.poorVillageCount': 2,
      'workCoverage.villagesWithoutServiceBoard': 1,
      'workCoverage.baseVillagesWithoutBoard': 1,
      'workCoverage.villagesWithoutDemo': 1,
    });
    expect(county.findings.map(({ rule }: { rule: string }) => rule)).toContain('baise.notice.village-board');
    expect((await read(bare)).facts).toMatchObject({
      'workCoverage.poorVillageCount': 1,
      'workCoverage.villagesWithoutServiceBoard': 1,
    });
  });
});

describe('money under an open finding', () => {
  it('waits for somebody who gives a reason', async () => {
    const on = DAY;
    const payer = await organisation(graph, PREFECTURE, { type: 'st-dept', level: 'prefecture', on });
    const unit = await organisation(graph, COUNTY, { type: 'cooperative', on });
    const money = { payer, payerLevel: 'prefecture', source: 'prefecture-st-budget', form: 'subsidy', year: 2019 };
    const allocate = (more: Record<string, unknown> = {}) =>
      act(
        graph,
        bureau,
        'fundingAllocate',
        { ...money, organisation: unit, amountFen: 100_000, purpose: 'contact-point', on, ...more },
        'fundingLine { id purpose }',
      );
    const { fundingLine } = await allocate();
    expect(fundingLine.purpose).toBe('contact-point');
    const inspection = department('supervision-body', PREFECTURE);
    const finding = { line: fundingLine.id, kind: 'withholding-diversion', severity: 'ordinary', organisation: unit };
    const found = await act(
      graph,
      inspection,
      'misuseFindingRecord',
      { ...finding, amountFen: 1, on },
      'misuseFinding { id }',
    );
    expect(found.decision?.outcome).toBe('ALLOW');
    const stopped = await allocate();
    expect(stopped.decision?.outcome).toBe('NEEDS_OVERRIDE');
    expect(stopped.decision?.facts['fundingLine.openMisuseTypes']).toEqual(['withholding-diversion']);
    expect(failing(stopped)).toEqual(['baise.funds.prohibited']);
    const override = { rule: 'baise.funds.prohibited', role: 'prefecture-st-bureau', reason: '另一项目，不受影响' };
    expect((await allocate({ overrides: [override] })).decision?.outcome).toBe('ALLOW');
    expect(codes(await allocate({ overrides: [{ ...override, role: 'supervision-body' }] }))).toEqual([
      'OVERRIDE_ROLE_NOT_HELD',
    ]);
    const spend = (more: Record<string, unknown>) =>
      act(
        graph,
        bureau,
        'expenseSubmit',
        { line: fundingLine.id, category: 'training', amountFen: 1_000, activity: '培训', on, ...more },
        'expense { payeeRelated }',
      );
    const related = await spend({ payeeRelated: true, overrides: [override] });
    expect(related.decision?.outcome).toBe('ALLOW');
    expect(failing(related)).toContain('baise.funds.prohibited.kinship');
    expect(related.expense.payeeRelated).toBe(true);
    const paid = await act(
      graph,
      bureau,
      'fundingTransfer',
      { line: fundingLine.id, amountFen: 1_000, recipientKind: 'organisation', recipientOrganisation: unit, on },
      'transfer { id }',
    );
    expect(failing(paid)).toContain('baise.funds.prohibited');
    const query = `{ region(id: "${COUNTY}") { fundingCoverage { facts findings(outcomes: [FAIL]) { rule } } } }`;
    const { region } = await graph.get(bureau, query);
    expect(region.fundingCoverage.facts).toMatchObject({
      'fundingCoverage.serviceLines': 0,
      'fundingCoverage.contactPointLines': 2,
    });
    expect(region.fundingCoverage.findings).toEqual([{ rule: 'baise.stp.funding' }]);
  });
});
