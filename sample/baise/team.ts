import { Posting } from '../../subgraphs/personnel/tables/posting.ts';
import { idOf } from '../id.ts';
import { placed } from '../region.ts';
import type { Register } from '../register.ts';
import { addTeam, teamIdOf } from '../team.ts';
import type { Bodies } from './body.ts';
import { CITY, CONTACT_POINT, COUNTIES, DEBAO } from './place.ts';
import type { Sent } from './sent.ts';

const FORMED = '2019-03-04';
const ACTIVE = '2019-03-15';

const INDUSTRIES = [
  ['grain', '粮食'],
  ['vegetables', '蔬菜'],
  ['fruit', '水果'],
  ['aquatic', '水产'],
  ['tea', '茶叶'],
  ['livestock', '畜牧'],
  ['silkworm', '桑蚕'],
  ['honey', '蜂蜜'],
  ['special-breeding', '特色养殖'],
] as const;
/** Two of the teams have a part in a county, and two poor counties an expert group. */
const PARTS = [
  ['silkworm', 'cn-451026'],
  ['tea', 'cn-451027'],
] as const;
const GROUPS = [
  ['fruit', DEBAO],
  ['tea', 'cn-451029'],
] as const;

export const teamId = (industry: string): string => teamIdOf(`baise ${industry}`, FORMED);

/** The nine service teams with their parts, the expert groups, and the three who are posted to the contact point. */
export function addTeams(roll: Register, bodies: Bodies, sent: readonly Sent[]): void {
  const commissioners = sent.filter(({ kind, number }) => kind === 'poor-village-commissioner' && number >= 10);
  let next = 0;
  const members = (count: number) => {
    next += count;
    return commissioners.slice(next - count, next).map(({ personId }) => ({ id: personId }));
  };
  const add = (key: string, row: Parameters<typeof addTeam>[1]['row'], count: number) => {
    const chosen = members(count);
    const leader = { id: chosen[0]?.id as string, post: null };
    const plan = { key, row, formedOn: FORMED, activatedOn: ACTIVE, members: chosen, liaison: null, approvals: [] };
    return addTeam(roll.batch, { ...plan, leader });
  };
  for (const [industry, name] of INDUSTRIES) {
    const unit = bodies.senders[next % bodies.senders.length] as Bodies['senders'][number];
    const row = { level: 'prefecture', kind: 'service-team', regionId: CITY, organisationId: unit.id };
    const title = `百色市${name}产业科技服务团（演示）`;
    const parentId = add(`baise ${industry}`, { ...row, name: title, industry, industries: [industry] }, 6);
    for (const [, countyId] of PARTS.filter(([of]) => of === industry)) {
      const part = { ...row, level: 'county', regionId: countyId, name: `${name}产业科技服务团分团（演示）`, parentId };
      add(`baise ${industry} ${countyId}`, { ...part, industry, industries: [industry] }, 4);
    }
  }
  for (const [industry, countyId] of GROUPS) {
    const unit = bodies.counties.get(countyId)?.st.id as string;
    const short = COUNTIES.find(({ id }) => id === countyId)?.short;
    const row = {
      name: `${short}产业扶贫技术专家组（演示）`,
      level: 'county',
      kind: 'expert-group',
      regionId: countyId,
      organisationId: unit,
      industry,
      industries: [industry],
      expertLevels: ['province', 'prefecture', 'county'],
    };
    add(`baise group ${countyId}`, row, 7);
  }
  ['team-leader', 'first-secretary', 'team-member'].forEach((post, at) => {
    const { unit, person } = bodies.units[at] as Bodies['units'][number];
    roll.batch.add(Posting, {
      id: idOf(`baise posting ${post}`, '2019-03-10', at),
      kind: 'work-team',
      post,
      personId: person,
      organisationId: unit.id,
      ...placed(DEBAO),
      regionId: CONTACT_POINT,
      teamId: null,
      stepId: null,
      from: '2019-03-10',
      to: null,
      orderDocument: `百科字（演示）〔2019〕${at + 7}号`,
      issuerBody: 'prefecture-st-bureau',
      recordedOn: '2019-03-10',
      endedOn: null,
      endReason: null,
    });
  });
}
