import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, bureau, codes, DAY, failing, organisation, PREFECTURE } from '../personnel/testdata/scene.ts';
import { accountOf, allocated, engaged, prefecturePayer } from './testdata/scene.ts';

let graph: Graph;
let payer: string;
let unit: string;
let line: string;

beforeAll(async () => {
  graph = await startGraph({ today: DAY });
  payer = await prefecturePayer(graph);
  const one = await engaged(graph);
  unit = one.unit;
  line = (await allocated(graph, bureau, { appointment: one.id, payer })).id;
});
afterAll(() => graph.stop());

/** The division that inspects: of the same bureau, with an account that has no part in the money. */
const division = persona('account:division', [['prefecture-st-bureau', PREFECTURE]]);

describe('fundInspectionRecord', () => {
  const inspect = (input: Record<string, unknown>, viewer = division) =>
    act(
      graph,
      viewer,
      'fundInspectionRecord',
      { line, compliant: true, finding: '票据齐全', ...input },
      'fundInspection { id commissionedBy { id } line { id } }',
    );

  it('is recorded by a commissioned agency that need not be able to read the line', async () => {
    const agency = await organisation(graph, PREFECTURE, { type: 'agency', nature: 'enterprise' });
    const viewer = accountOf(agency, 'inspection-body');
    const { decision, fundInspection } = await inspect({ agency, commissionedBy: payer }, viewer);
    expect(decision?.outcome).toBe('ALLOW');
    expect(decision?.facts['fundInspection.byCommissionedBody']).toBe(true);
    expect(fundInspection).toMatchObject({ commissionedBy: { id: payer }, line: null });
    const { fundingLine } = await graph.get(
      bureau,
      `{ fundingLine(id: "${line}") { inspections { edges { node { id agency { id } compliant finding } } } } }`,
    );
    expect(fundingLine.inspections.edges).toEqual([
      { node: { id: fundInspection.id, agency: { id: agency }, compliant: true, finding: '票据齐全' } },
    ]);
  });

  it('is pointed out when nobody commissioned it, and is nothing for the unit that spends', async () => {
    const agency = await organisation(graph, PREFECTURE);
    const own = await inspect({ agency });
    expect([own.decision?.outcome, failing(own)]).toEqual(['ALLOW', ['jiaozuo.expense.inspection']]);
    const byUnit = await inspect({ agency, commissionedBy: payer }, accountOf(unit));
    expect(failing(byUnit)).toEqual(['platform.access.permitted']);
  });

  it('is not for the account that set the money aside, nor for another of its roles', async () => {
    const agency = await organisation(graph, PREFECTURE, { type: 'agency', nature: 'enterprise' });
    const own = await inspect({ agency, commissionedBy: payer }, bureau);
    expect([own.decision?.outcome, failing(own)]).toEqual(['DENY', ['platform.access.inspector']]);
    const twoHats = persona('account:bureau', [['inspection-body', PREFECTURE, agency]]);
    const other = await inspect({ agency, commissionedBy: payer }, twoHats);
    expect(failing(other).sort()).toEqual(['platform.access.inspector', 'platform.access.separation']);
  });

  it('names mistakes', async () => {
    const agency = await organisation(graph, PREFECTURE);
    expect(codes(await inspect({ agency: uuid() }))).toEqual(['NOT_FOUND']);
    expect(codes(await inspect({ agency, line: uuid() }))).toEqual(['NOT_FOUND']);
    expect(codes(await inspect({ agency, commissionedBy: agency }))).toEqual(['COMMISSIONED_BY_ITSELF']);
    expect(codes(await inspect({ agency, inspectedOn: '2022-06-02' }))).toEqual(['DATE_AFTER_ACT']);
    expect(codes(await inspect({ agency, finding: '' }))).toEqual(['TEXT_REQUIRED']);
  });
});
