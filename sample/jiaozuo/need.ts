import { addDays } from '../../policies/day.ts';
import { Demand, DemandItem } from '../../subgraphs/personnel/tables/demand.ts';
import type { Batch } from '../batch.ts';
import { dayBetween } from '../day.ts';
import { idOf } from '../id.ts';
import { chanceOf } from '../random.ts';
import { receivingOf } from './organisation.ts';
import { FIELDS, personId } from './person.ts';
import { COUNTIES, type County, inCounty } from './place.ts';
import { type Level, roundId, roundOpened } from './round.ts';

/** One need of a receiving unit: somebody may be appointed for it. */
export interface Need {
  readonly itemId: string;
  readonly demandId: string;
  readonly countyId: string;
  readonly unitId: string;
  readonly level: Level;
  readonly year: number;
  readonly no: number;
  readonly field: string;
  readonly industry: string;
  readonly stage: string;
}

const STAGES = ['production', 'processing', 'testing', 'distribution', 'sale'] as const;
const TEXTS: Readonly<Record<string, string>> = {
  breeding: '引进适合本地的优良品种，做好提纯复壮',
  'fertiliser-pesticide': '减少化肥农药用量，改用新型肥药',
  'processing-storage': '改进采后加工和贮存工艺，降低损耗',
  'livestock-aquatic': '改善养殖环境，提高成活率',
  'forestry-flowers': '指导修剪、嫁接和花期管理',
  'disease-control': '查明近年病虫害原因，提出防治办法',
  'facility-agriculture': '改进温室环境控制和茬口安排',
  'iot-equipment': '用上墒情监测和智能灌溉设备',
  soil: '测土配方，改良连作障碍土壤',
  'loss-reduction': '降低收获和运输损失',
  'food-safety': '建立产品检测和追溯办法',
  'water-saving': '推广滴灌和水肥一体化',
  'rural-tourism': '规划采摘园和研学线路',
  leisure: '设计休闲农业项目',
};

/** Of a county's receiving units, the first three are served by the prefecture's round and the others by the county's. */
const levelOf = (place: number): Level => (place < 3 ? 'prefecture' : 'county');

function needsOf(county: County, year: number): Need[] {
  const count = year === 2023 ? 3 : 2;
  return receivingOf(county.id).flatMap((unit, place) => {
    const chance = chanceOf(`needs ${unit.id} ${year}`);
    const demandId = idOf(`demand ${unit.id} ${year}`, `${year - 1}-10-16`, place);
    return Array.from({ length: count }, (_, at) => ({
      itemId: idOf(`need ${unit.id} ${year} ${at}`, `${year - 1}-10-16`, place * 10 + at),
      demandId,
      countyId: county.id,
      unitId: unit.id,
      level: levelOf(place),
      year,
      kind: null,
      no: at + 1,
      field: chance.pick(FIELDS),
      industry: county.industries[at % county.industries.length] as string,
      stage: chance.pick(STAGES),
    }));
  });
}

/** What the receiving units of every county asked for, for the rounds of 2023 and 2024. */
export const needs: readonly Need[] = [2023, 2024].flatMap((year) =>
  COUNTIES.flatMap((county) => needsOf(county, year)),
);

/** The demands with their items. `served` are the items that somebody was appointed for. */
export function addNeeds(batch: Batch, served: ReadonlySet<string>): void {
  for (const [demandId, items] of Map.groupBy(needs, (need) => need.demandId)) {
    const { unitId, countyId, level, year } = items[0] as Need;
    const chance = chanceOf(`demand ${demandId}`);
    const submittedOn = dayBetween(chance, addDays(roundOpened(year), 3), addDays(roundOpened(year), 14));
    const publishedOn = addDays(roundOpened(year), 20);
    batch.add(Demand, {
      id: demandId,
      ...inCounty(countyId),
      receivingUnitId: unitId,
      contactPersonId: personId(`contact ${unitId}`),
      kind: null,
      year,
      selectionId: roundId(level, year, countyId),
      status: 'published',
      submittedOn,
      published: true,
      publishedOn,
      audience: ['prefecture-extension-institution', 'province-institute', 'province-university'],
    });
    batch.add(
      DemandItem,
      ...items.map((need) => ({
        id: need.itemId,
        demandId,
        countyId,
        no: need.no,
        field: need.field,
        industry: need.industry,
        stage: need.stage,
        description: TEXTS[need.field] ?? '提供技术指导',
        urgency: chance.happens(0.3) ? 'urgent' : 'normal',
        status: served.has(need.itemId) ? 'served' : 'open',
      })),
    );
  }
}
