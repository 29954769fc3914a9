import { addDays } from '../../policies/day.ts';
import { idOf } from '../id.ts';

/** The tiers of the demonstration that select in rounds. */
export type Level = 'prefecture' | 'county';

/** The day on which the rounds for a year open: in October of the year before. */
export const roundOpened = (year: number): string => `${year - 1}-10-09`;
/** The day on which their lists are decided. */
export const roundListed = (year: number): string => addDays(roundOpened(year), 70);

/** The round that a tier holds for a year: one of the prefecture, one of each county. */
export const roundId = (level: Level, year: number, countyId: string): string =>
  idOf(`round ${level} ${year} ${level === 'county' ? countyId : ''}`, roundOpened(year), level === 'county' ? 1 : 0);
