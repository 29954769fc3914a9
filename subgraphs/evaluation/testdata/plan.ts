import { type Graph, persona } from '../../../tests/harness.ts';
import { act } from './batch.ts';

/** A prefecture under a plan of tasks, and a county in it. */
export const PLAN_CITY = 'cn-451000';
export const PLAN_COUNTY = 'cn-451022';
export const planBureau = persona('plan bureau', [['prefecture-st-bureau', PLAN_CITY]]);
export const planOffice = persona('plan office', [['leading-group-office', PLAN_CITY]]);
export const planCounty = persona('plan county', [['county-st-dept', PLAN_COUNTY]]);

/** A unit of the plan's prefecture with somebody in it, and the account that acts for it. */
export async function planUnit(graph: Graph, name: string, region = PLAN_CITY) {
  const level = region === PLAN_CITY ? 'prefecture' : 'county';
  const on = '2019-03-01';
  const unit = await act(
    graph,
    planBureau,
    'organisationRegister',
    { name, type: 'st-dept', nature: 'public-institution', level, region, on },
    'organisation { id }',
  );
  const id = unit.organisation.id as string;
  const person = await act(
    graph,
    planBureau,
    'personRegister',
    { name: `${name}甲`, organisation: id, on },
    'person { id }',
  );
  return {
    id,
    person: person.person.id as string,
    staff: persona(`staff of ${name}`, [['responsible-unit', region, id]]),
  };
}
