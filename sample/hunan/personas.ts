import { held, persona, type SamplePersona } from '../persona.ts';
import { cast } from './cast.ts';
import { PROVINCE, YANLING, ZHUZHOU } from './place.ts';

/** The accounts of the province. The leader of a team needs no role: the graph knows who leads. */
export const personas: readonly SamplePersona[] = [
  persona('hunan-st-dept', '省科技厅经办人', 'Officer of the provincial S&T department', {
    roles: [held('province-st-dept', PROVINCE)],
  }),
  persona('hunan-org-dept', '省委组织部', 'Organisation department of the province', {
    roles: [held('province-org-dept', PROVINCE)],
  }),
  persona('hunan-prefecture-org-dept', '株洲市委组织部', 'Organisation department of a prefecture', {
    roles: [held('prefecture-org-dept', ZHUZHOU)],
  }),
  persona('hunan-party-committee', '派出单位党委', 'Party committee of a university that sends a leader', {
    roles: [held('dispatching-unit-party-committee', 'cn-430100', cast.sender)],
  }),
  persona('hunan-county-st-dept', '炎陵县科技局经办人', 'Officer of the S&T department of Yanling county', {
    roles: [held('county-st-dept', YANLING)],
  }),
  persona('hunan-county-government', '炎陵县政府', 'Government of Yanling county', {
    roles: [held('county-government', YANLING)],
  }),
  persona('hunan-team-leader', '炎陵县服务团团长', 'Leader of the team of Yanling county', { person: cast.candidate }),
  persona('hunan-audit', '省审计部门', 'Auditors of the province', { roles: [held('audit-dept', PROVINCE)] }),
];
