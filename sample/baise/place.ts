/** The prefecture of the three-year plan. */
export const CITY = 'cn-451000';

/** The county of the persona of a county. */
export const DEBAO = 'cn-451024';

export interface County {
  readonly id: string;
  readonly short: string;
  /** Taken here for poor, and for lifted out of poverty in the year before. */
  readonly poor: boolean;
  readonly delisted: boolean;
  /** Two of the nine industries of the plan. */
  readonly industries: readonly [string, string];
}

const county = (
  code: number,
  short: string,
  poor: boolean,
  delisted: boolean,
  ...industries: [string, string]
): County => ({
  id: `cn-${code}`,
  short,
  poor,
  delisted,
  industries,
});

/**
 * The counties as they are at the end of 2019. Two of them got another code and name in the course of that year; what was
 * recorded before is filed under the division that followed, as their bureaus did.
 */
export const COUNTIES: readonly County[] = [
  county(451_002, '右江区', false, false, 'fruit', 'vegetables'),
  county(451_003, '田阳区', true, true, 'fruit', 'vegetables'),
  county(451_022, '田东县', true, true, 'fruit', 'livestock'),
  county(451_024, '德保县', true, false, 'silkworm', 'fruit'),
  county(451_026, '那坡县', true, false, 'silkworm', 'special-breeding'),
  county(451_027, '凌云县', true, false, 'tea', 'silkworm'),
  county(451_028, '乐业县', true, false, 'fruit', 'honey'),
  county(451_029, '田林县', true, false, 'tea', 'grain'),
  county(451_030, '西林县', true, false, 'tea', 'fruit'),
  county(451_031, '隆林县', true, false, 'livestock', 'grain'),
  county(451_081, '靖西市', true, false, 'aquatic', 'silkworm'),
  county(451_082, '平果市', false, false, 'aquatic', 'special-breeding'),
];

export const VILLAGES_EACH = 8;
export const villageId = (countyId: string, number: number): string =>
  `${countyId}-demo-${String(number).padStart(2, '0')}`;
/** The village that the bureau helps by itself. */
export const CONTACT_POINT = villageId(DEBAO, 1);

/** What is wrong on purpose. */
export const SHORT = {
  oneEvent: 'cn-451028',
  noTelevision: 'cn-451026',
  fewHouseholds: 'cn-451030',
  noBoards: [villageId('cn-451031', 7), villageId('cn-451031', 8)],
  noDemonstration: [villageId('cn-451029', 8)],
  noExemplar: ['cn-451026', 'cn-451028', 'cn-451082'],
  /** Their numbers among those sent. */
  noYearTarget: [40, 140, 240, 340],
  leftForNoReason: [77, 177],
  noHousehold: [3, 33, 63],
} as const;
