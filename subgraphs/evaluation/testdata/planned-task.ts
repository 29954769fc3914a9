import type { Graph } from '../../../tests/harness.ts';
import { act } from './batch.ts';
import { PLAN_CITY, planBureau, planUnit } from './plan.ts';

export const NOBODY = '01890000-0000-7000-8000-000000000000';
export const rules = (payload: { decision: { findings: { rule: string }[] } }) =>
  payload.decision.findings.map(({ rule }) => rule);
export const mistake = (payload: { userErrors: { code: string }[] }) => payload.userErrors[0]?.code;

/** Two units of a plan's prefecture, and how tasks are set for the first and their ledgers kept. */
export async function plannedTasks(graph: Graph) {
  const unit = await planUnit(graph, '农村科');
  const other = await planUnit(graph, '资源科');
  const create = (input: Record<string, unknown> = {}, viewer = planBureau) =>
    act(
      graph,
      viewer,
      'taskCreate',
      {
        region: PLAN_CITY,
        title: '选聘科技特派员',
        responsible: [{ unit: unit.id, person: unit.person }],
        deadline: '2020-12-31',
        yearTargets: [{ year: 2019, measure: '选聘', quantity: 420, unit: 'person' }],
        on: '2019-03-01',
        ...input,
      },
      'task { id version status responsible { unit { id } person { id } } targets { year quantity } }',
    );
  const entry = (input: Record<string, unknown>, viewer = unit.staff) =>
    act(
      graph,
      viewer,
      'ledgerEntryRecord',
      { content: '进展', on: '2019-04-01', ...input },
      'ledgerEntry { id status task { id version status } }',
    );
  return { unit, other, create, entry };
}
