import { addDays } from '../policies/day.ts';
import { ServiceRecord } from '../subgraphs/evaluation/tables/service-record.ts';
import type { Batch } from './batch.ts';
import { dayBetween } from './day.ts';
import { idOf } from './id.ts';
import { chanceOf } from './random.ts';
import type { Place } from './region.ts';

/** Somebody who serves, for whom and where. */
export interface Server {
  /** Names the services for ever. */
  readonly key: string;
  readonly personId: string;
  readonly dispatchingUnitId: string;
  readonly appointmentId?: string;
  readonly teamId?: string;
  readonly receivingUnitId?: string;
  readonly place: Place;
  readonly field?: string;
}

/** What is done: a code of the place's pack for the task, and what it is told as. */
export type Work = readonly (readonly [taskType: string, summary: string])[];

/** So many services between two days, one in `remoteEvery` of them from afar; the first works come first. */
export function addServices(
  batch: Batch,
  { key, place, ...server }: Server,
  [from, to]: readonly [string, string],
  count: number,
  works: Work,
  remoteEvery = 4,
): void {
  const chance = chanceOf(`services ${key} ${from}`);
  for (let number = 0; number < count; number += 1) {
    const [taskType, summary] = works[number % works.length] as Work[number];
    const date = dayBetween(chance, from, addDays(to, -2));
    const isOnSite = number % remoteEvery !== remoteEvery - 1;
    const days = isOnSite && chance.happens(0.2) ? 2 : 1;
    batch.add(ServiceRecord, {
      id: idOf(`service ${key} ${from} ${number}`, date, number),
      appointmentId: server.appointmentId ?? null,
      teamId: server.teamId ?? null,
      personId: server.personId,
      dispatchingUnitId: server.dispatchingUnitId,
      receivingUnitId: server.receivingUnitId ?? null,
      countyId: place.countyId,
      prefectureId: place.prefectureId,
      provinceId: place.provinceId,
      date,
      days,
      endsOn: addDays(date, days - 1),
      year: Number(date.slice(0, 4)),
      mode: isOnSite ? 'on-site' : 'remote',
      taskType,
      field: server.field ?? null,
      objectId: null,
      objectKind: null,
      objectAcknowledged: false,
      summary,
      attendance: isOnSite ? chance.whole(3, 40) : null,
      loggedOn: addDays(date, days - 1),
    });
  }
}
