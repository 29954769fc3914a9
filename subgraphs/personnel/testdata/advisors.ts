import { type Graph, persona } from '../../../tests/harness.ts';
import { act, administrator, organisation, person } from './scene.ts';

/** Two counties that a status puts under the law of advisory teams, and the bodies that act there. */
const [PROVINCE, PREFECTURE, COUNTY, OTHER] = ['cn-53', 'cn-533300', 'cn-533323', 'cn-533324'] as const;

export { COUNTY, OTHER, PREFECTURE };
export const county = persona('county', [['county-revitalisation-dept', COUNTY]]);
export const otherCounty = persona('other county', [['county-revitalisation-dept', OTHER]]);
export const prefecture = persona('prefecture', [['prefecture-revitalisation-dept', PREFECTURE]]);
export const province = persona('province', [['province-revitalisation-dept', PROVINCE]]);
export const nation = persona('nation', [['national-science-association', 'cn']]);
export const DAY = '2022-06-01';

/** Records a status of a region by a list. */
export const record = (graph: Graph, region: string, kind: string, value: boolean, on: string) =>
  act(
    graph,
    administrator,
    'regionStatusRecord',
    { region, kind, value, source: '名单', on },
    'regionStatus { id kind value from to }',
  );

/** Puts both counties on the list; answers the county's association, an official of the county and an expert. */
export async function advised(graph: Graph) {
  for (const region of [COUNTY, OTHER]) await record(graph, region, 'poverty-lifted', true, '2021-03-01');
  const association = await organisation(graph, COUNTY, { type: 'science-association', level: 'county', on: DAY });
  return {
    association,
    official: await person(graph, association, { post: 'county-leader', on: DAY }),
    expert: await person(graph, association, { post: 'section-chief', birthDate: '1980-05-05', on: DAY }),
  };
}
