import { held, persona, type SamplePersona } from '../persona.ts';
import { cast } from './cast.ts';
import { PREFECTURE, WEN } from './place.ts';

/** An account with one role of the prefecture, and named like it. */
const body = (role: string, zh: string, en: string) => persona(role, zh, en, { roles: [held(role, PREFECTURE)] });

/** The accounts of the demonstration. A commissioner or a team leader needs no role: the graph knows what they are. */
export const personas: readonly SamplePersona[] = [
  body('prefecture-st-bureau', '市科技局经办人', 'Officer of the prefecture S&T bureau'),
  body('prefecture-st-bureau-meeting', '市科技局局长办公会', 'Directors’ meeting of the S&T bureau'),
  body('expert-panel', '专家评审组', 'Expert panel'),
  body('prefecture-org-dept', '市委组织部', 'Organisation department, a member unit'),
  body('prefecture-finance-bureau', '市财政局', 'Finance bureau, a member unit'),
  body('prefecture-hr-bureau', '市人力资源和社会保障局', 'Human-resources bureau, a member unit'),
  body('prefecture-revitalisation-bureau', '市乡村振兴局', 'Rural-revitalisation bureau, a member unit'),
  persona('county-st-dept', '温县科技管理部门经办人', 'Officer of the S&T department of Wen county', {
    roles: [held('county-st-dept', WEN)],
  }),
  persona('dispatching-unit', '派出单位经办人', 'Officer of a dispatching unit, a university', {
    roles: [held('dispatching-unit', 'cn-410100', cast.dispatchingUnit)],
  }),
  persona('receiving-unit', '受援单位（合作社）', 'Receiving unit, a cooperative in Wen county', {
    roles: [held('receiving-unit', WEN, cast.receivingUnit)],
  }),
  persona('commissioner', '科技特派员', 'Commissioner of the prefecture, serving Wen county', {
    person: cast.commissioner,
  }),
  persona('team-leader', '服务团团长', 'Leader of a service team', { person: cast.teamLeader }),
  persona('auditor', '审计员', 'Auditor, who reads every decision', { scopes: ['audit:read'] }),
  persona('policy-author', '政策包作者', 'Author of policy packs', { scopes: ['policy:check'] }),
  persona('region-administrator', '焦作市地域管理员', 'Administrator of the prefecture', {
    roles: [held('region-administrator', PREFECTURE)],
    scopes: ['person:reveal'],
  }),
  persona('recorder', '市科技局代录员', 'Clerk of the bureau who enters paper forms for others', {
    roles: [held('recorder', PREFECTURE), held('prefecture-st-bureau', PREFECTURE)],
  }),
];
