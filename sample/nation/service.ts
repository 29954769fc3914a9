import { ServiceRecord } from '../../subgraphs/evaluation/tables/service-record.ts';
import type { Batch, Row } from '../batch.ts';
import { weekdays } from '../day.ts';
import { numberedId } from '../id.ts';
import { plainService } from '../plain-record.ts';
import { chanceOf } from '../random.ts';
import { FIELDS, type Filled, KIND } from './county.ts';
import { partOf, type Totals } from './plan.ts';

const DAYS = weekdays('2024-01-02', '2024-12-27');
const SUMMARIES = ['到现场指导生产管理', '解答种养户提问', '示范新技术操作', '查看病虫害并提出办法', '远程视频指导'];
const SPREAD = 10;

/**
 * How many services engagement `number` of the nation gave. They add up to the total exactly: what one of a pair gave
 * less than its share, the other gave more.
 */
export function servicesOf(number: number, { appointments, services }: Totals): number {
  const [from, to] = partOf(services, number, appointments);
  const isPaired = number % 2 === 1 || number + 1 < appointments;
  if (!isPaired) return to - from;
  const pair = number - (number % 2);
  const [first, last] = partOf(services, pair, appointments);
  const less = chanceOf(`pair ${pair}`).whole(0, Math.min(SPREAD, last - first));
  return to - from + (number % 2 === 0 ? -less : less);
}

/** The services of one engagement, in the order of their days; `first` counts those of the county before them. */
export function addServices(
  batch: Batch,
  { county, chance, center, receiving, persons, place }: Filled,
  at: number,
  { first, count }: { readonly first: number; readonly count: number },
): void {
  const rows: Row<ServiceRecord>[] = [];
  const unit = at % receiving.length;
  for (let no = 0; no < count; no += 1) {
    const [from, to] = partOf(DAYS.length, no, count);
    const date = DAYS[chance.whole(from, Math.max(from, to - 1))] as string;
    const isOnSite = chance.happens(0.8);
    rows.push({
      id: numberedId(KIND.service, county.number, first + no),
      appointmentId: numberedId(KIND.appointment, county.number, at),
      ...plainService,
      personId: persons[at] as string,
      dispatchingUnitId: center,
      receivingUnitId: receiving[unit]?.id ?? null,
      ...place,
      date,
      days: 1,
      endsOn: date,
      year: 2024,
      mode: isOnSite ? 'on-site' : 'remote',
      taskType: 'whole-chain',
      field: chance.pick(FIELDS),
      objectId: numberedId(KIND.object, county.number, unit),
      objectKind: receiving[unit]?.type ?? null,
      objectAcknowledged: true,
      summary: chance.pick(SUMMARIES),
      attendance: isOnSite ? chance.whole(1, 40) : null,
      loggedOn: date,
    });
  }
  batch.add(ServiceRecord, ...rows);
}
