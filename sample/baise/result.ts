import { Platform } from '../../subgraphs/projects-funding/tables/platform.ts';
import { WorkResult } from '../../subgraphs/projects-funding/tables/work-result.ts';
import type { Row } from '../batch.ts';
import { dayBetween } from '../day.ts';
import { idOf } from '../id.ts';
import { plainPlatform, plainResult } from '../plain-money.ts';
import { chanceOf } from '../random.ts';
import { addStatus, addVillage, placed } from '../region.ts';
import type { Register } from '../register.ts';
import type { Bodies } from './body.ts';
import { CITY, CONTACT_POINT, COUNTIES, type County, DEBAO, SHORT, VILLAGES_EACH, villageId } from './place.ts';

/** How many of each the year brought: bases enough, new items too few, as the table of the year says. */
const BASES = 212;
const ITEMS = 18;
const FACILITIES = 21;
const SITES = 30;
const PARKS_BEFORE = 5;
const SPACES = { before: 14, in2019: 8 };

const FROM = '2018-01-01';
const has = (list: readonly string[], one: string) => list.includes(one);

/** The villages of each county, as the lists of the plan have them. */
export function addPlaces({ batch }: Register): void {
  for (const { id, poor, delisted, industries } of COUNTIES) {
    if (poor) addStatus(batch, { regionId: id, kind: 'poor', value: true, from: FROM, source: '贫困县名单' });
    addStatus(batch, { regionId: id, kind: 'delisted', value: delisted, from: FROM, source: '脱贫摘帽名单' });
    for (let number = 1; number <= VILLAGES_EACH; number += 1) {
      const statuses = villageId(id, number) === CONTACT_POINT ? ['poor', 'contact-point'] : ['poor'];
      addVillage(batch, id, number, { industries: [industries[number % 2] as string], statuses, from: FROM });
    }
  }
}

export function addResults(roll: Register, bodies: Bodies): void {
  const chance = chanceOf('baise results');
  let count = 0;
  const add = (county: County | null, kind: string, title: string, more: Partial<Row<WorkResult>> = {}) => {
    const startedOn = more.startedOn ?? dayBetween(chance, '2019-03-04', '2019-12-13');
    count += 1;
    roll.batch.add(WorkResult, {
      id: idOf(`baise result ${count}`, startedOn, count),
      kind,
      title: `${title}（演示）`,
      startedOn,
      ...plainResult,
      organisationId: bodies.bureau.id,
      changedOn: startedOn,
      ...placed(county?.id ?? CITY),
      ...more,
    });
  };
  const inVillage = (county: County, number: number) => {
    const id = villageId(county.id, number);
    return { regionId: id, villageId: id };
  };
  const turn = (at: number) => COUNTIES[at % COUNTIES.length] as County;
  const round = (at: number) => 1 + (Math.floor(at / COUNTIES.length) % VILLAGES_EACH);
  for (let at = 0; at < BASES; at += 1) {
    add(turn(at), 'base-service', `指导种养基地${at + 1}`, { reference: `基地${at + 1}` });
  }
  for (let at = 0; at < ITEMS; at += 1)
    add(turn(at), 'tech-item', `新品种${at + 1}`, { reference: `品种技术${at + 1}` });
  for (let at = 0; at < FACILITIES; at += 1)
    add(turn(at), 'village-facility', '科技服务站', inVillage(turn(at), round(at)));
  for (let at = 0; at < SITES; at += 1) {
    add(turn(at), 'demo-site', `成果示范点${at + 1}`, {
      reference: `示范点${at + 1}`,
      ...inVillage(turn(at), round(at)),
    });
  }
  add(null, 'resource-library', '科技视频资源库');
  for (const county of COUNTIES) {
    const { id, poor } = county;
    if (id !== SHORT.noTelevision) add(county, 'tv-column', '科技培训栏目', { startedOn: '2019-03-04' });
    for (let number = 1; number <= VILLAGES_EACH; number += 1) {
      const where = inVillage(county, number);
      if (!has(SHORT.noBoards, where.villageId)) add(county, 'service-board', '科技特派员服务公示牌', where);
      if (has(SHORT.noDemonstration, where.villageId)) continue;
      add(county, 'demo-household', '示范户', { quantity: chance.whole(6, 12), ...where });
    }
    if (!poor) continue;
    const households = id === SHORT.fewHouseholds ? 80 : chance.whole(104, 160);
    add(county, 'household-income', '带动增收贫困户', { quantity: households });
    for (const number of [1, 2]) {
      add(county, 'demo-base', '科技示范基地', { reference: `示范基地 ${id} ${number}`, ...inVillage(county, number) });
      add(county, 'base-board', '指导服务基地公示牌', inVillage(county, number));
    }
  }
  const [university, , , institute] = bodies.senders;
  for (const [at, countyId] of [DEBAO, 'cn-451026', 'cn-451031'].entries()) {
    const partner = at === 2 ? institute : university;
    const county = COUNTIES.find(({ id }) => id === countyId) as County;
    const pair = { reference: `结对${at + 1}`, partnerId: partner?.id ?? null, partnerKind: partner?.type ?? null };
    add(county, 'pairing', '科技精准帮扶结对', pair);
  }
  const debao = COUNTIES.find(({ id }) => id === DEBAO) as County;
  for (const { person } of bodies.units.slice(0, 3)) {
    add(debao, 'household-link', '一帮一联', { personId: person, quantity: 5, ...inVillage(debao, 1) });
  }
  addPlatforms(roll, bodies);
}

function addPlatforms({ batch }: Register, bodies: Bodies): void {
  const chance = chanceOf('baise platforms');
  const add = (regionId: string, kind: string, name: string, organisationId: string, span: [string, string]) => {
    const recognisedOn = dayBetween(chance, ...span);
    batch.add(Platform, {
      id: idOf(`baise platform ${name}`, recognisedOn),
      name: `${name}（演示）`,
      kind,
      level: 'prefecture',
      ...plainPlatform,
      services: kind === 'star-maker-space' ? ['technical-guidance', 'startup-training'] : [],
      userGroups: kind === 'star-maker-space' ? ['commissioner', 'returned-worker'] : [],
      recognisedOn,
      organisationId,
      registeredOn: recognisedOn,
      ...placed(regionId),
    });
  };
  const before: [string, string] = ['2016-03-01', '2018-11-30'];
  const now: [string, string] = ['2019-04-01', '2019-11-15'];
  const turn = (at: number) => COUNTIES[at % COUNTIES.length] as County;
  const station = ({ id }: County) => bodies.counties.get(id)?.station.id as string;
  for (let at = 0; at < PARKS_BEFORE + 1; at += 1) {
    const county = turn(at * 2);
    add(county.id, 'agri-park', `${county.short}农业科技园区`, station(county), at < PARKS_BEFORE ? before : now);
  }
  for (let at = 0; at < SPACES.before + SPACES.in2019; at += 1) {
    const county = turn(at);
    const name = `${county.short}星创天地${Math.floor(at / COUNTIES.length) + 1}`;
    add(county.id, 'star-maker-space', name, station(county), at < SPACES.before ? before : now);
  }
  add(CITY, 'website-column', '百色科技特派员网站专栏', bodies.bureau.id, now);
}
