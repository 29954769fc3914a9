import { VillageExpert } from '../../subgraphs/personnel/tables/village-expert.ts';
import { Platform } from '../../subgraphs/projects-funding/tables/platform.ts';
import { ServiceObject } from '../../subgraphs/projects-funding/tables/service-object.ts';
import { WorkResult } from '../../subgraphs/projects-funding/tables/work-result.ts';
import type { Row } from '../batch.ts';
import { dayBetween } from '../day.ts';
import { idOf } from '../id.ts';
import { unitName } from '../names.ts';
import { plainPlatform, plainResult, plainServiceObject } from '../plain-money.ts';
import { chanceOf } from '../random.ts';
import { addVillage, placed } from '../region.ts';
import type { Register } from '../register.ts';
import type { Bodies } from './body.ts';
import { type County, PINGJIANG } from './place.ts';
import type { ExpertTeam } from './team.ts';

/** The counties whose poor villages are on record, and the one of them in which two have no expert. */
export const VILLAGES = ['cn-430426', 'cn-430626', 'cn-433130', 'cn-433127'];
const UNSERVED = PINGJIANG;
const OBJECT_KINDS = ['demo-enterprise', 'cooperative', 'family-farm', 'other-new-operator'];
const FROM = '2017-03-01';

/** What the action plan wants of each county by 2020, as far as it had come in 2019: not everywhere all of it. */
export function addResults({ batch }: Register, bodies: Bodies, county: County): void {
  const { id, at, name, industry } = county;
  const chance = chanceOf(`results ${id}`);
  const { st, government } = bodies.county(id);
  const result = (kind: string, title: string, more: Partial<Row<WorkResult>> = {}) => {
    const startedOn = dayBetween(chance, '2018-01-08', '2019-11-29');
    batch.add(WorkResult, {
      id: idOf(`result ${id} ${kind} ${title}`, startedOn, at),
      kind,
      title: `${title}（演示）`,
      startedOn,
      ...plainResult,
      organisationId: st.id,
      changedOn: startedOn,
      ...placed(id),
      ...more,
    });
  };
  if (at % 17 !== 16) result('characteristic-industry', `${name}特色产业`, { attributes: { industry } });
  if (at % 5 < 3) result('brand', `${name}区域公用品牌`, { attributes: { industry } });
  for (let number = 0; number < 2 + (at % 2); number += 1) {
    if (at > 42) break;
    result('patent-promotion', `专利技术推广${number + 1}`, {
      reference: `ZL演示${2010 + (at % 8)}${at * 10 + number}`,
    });
  }
  const platform = (kind: string, title: string, more: Partial<Row<Platform>> = {}) => {
    const recognisedOn = dayBetween(chance, '2017-05-08', '2019-10-31');
    batch.add(Platform, {
      id: idOf(`platform ${id} ${kind}`, recognisedOn, at),
      name: `${name}${title}（演示）`,
      kind,
      level: kind === 'info-network' ? 'county' : 'province',
      ...plainPlatform,
      recognisedOn,
      organisationId: government.id,
      registeredOn: recognisedOn,
      ...placed(id),
      ...more,
    });
  };
  platform('info-network', '农村科技信息网', { services: [at % 2 === 0 ? 'tea-network' : 'rice-network'] });
  if (at % 6 !== 5) platform('star-maker-space', '星创天地', { carrier: 'agri-park' });
  if (at % 3 === 0) platform('incubator', '企业孵化器');
  const taken = new Set<string>();
  for (const [number, kind] of OBJECT_KINDS.entries()) {
    if ((at + number) % 2 === 0) continue;
    const registeredOn = dayBetween(chance, '2017-09-01', '2019-09-30');
    let called = unitName(chance, name, kind === 'demo-enterprise' ? 'enterprise' : 'cooperative');
    // A place has a name once.
    while (taken.has(called)) called = unitName(chance, name, 'cooperative');
    taken.add(called);
    batch.add(ServiceObject, {
      id: idOf(`object ${id} ${kind}`, registeredOn, number),
      appointmentId: null,
      personId: null,
      dispatchingUnitId: null,
      receivingUnitId: null,
      name: called,
      kind,
      organisationId: null,
      commissionerRole: 'assist',
      contributionMode: 'tech-service',
      ...plainServiceObject,
      criteriaMet: ['local-advantage-industry', 'brings-households'],
      households: chance.whole(20, 180),
      participation: ['land', 'labour'],
      registeredOn,
      ...placed(id),
    });
  }
}

/** Poor villages of four counties, each with an expert of the county’s team, but for two. */
export function addVillages({ batch }: Register, { county, members }: ExpertTeam): void {
  if (!VILLAGES.includes(county.id)) return;
  for (let number = 1; number <= 6; number += 1) {
    const village = addVillage(batch, county.id, number, {
      industries: [county.industry],
      statuses: ['poor'],
      from: FROM,
    });
    if (county.id === UNSERVED && number > 4) continue;
    const from = number % 2 === 0 ? '2018-05-21' : '2018-09-10';
    const { name: _name, ...place } = village;
    batch.add(VillageExpert, {
      id: idOf(`village expert ${village.regionId}`, from, number),
      ...place,
      personId: members[number % members.length]?.id as string,
      category: number % 3 === 0 ? 'sanqu-talent' : 'county-stp',
      from,
      to: null,
      endReason: null,
    });
  }
}
