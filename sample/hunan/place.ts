import { loadRegionStatuses } from '../../subgraphs/personnel/geography/geography.ts';
import { division } from '../region.ts';

export const PROVINCE = 'cn-43';
/** The county whose leader is chosen in the story, and its prefecture. */
export const YANLING = 'cn-430225';
export const ZHUZHOU = 'cn-430200';
/** The county whose team has nine members. */
export const CHALING = 'cn-430224';
/** The county of the persona of a county, of a team, and of a year that was not satisfactory. */
export const SHUANGPAI = 'cn-431123';
/** The county that later has advisors of the nation too. */
export const PINGJIANG = 'cn-430626';

/** What is wrong on purpose, by county. */
export const SHORT = {
  /** Their leader is still sought: the chain stands after this step. */
  leaderSought: new Map([
    ['cn-431225', 'demand'],
    ['cn-431227', 'collate'],
    ['cn-431321', 'approve'],
  ]),
  fourPracticalExperts: 'cn-433122',
  noDirectContact: 'cn-431128',
  leaderNotFiled: 'cn-431125',
  memberTooOld: 'cn-433123',
  eightTaskTypes: 'cn-431022',
  notRectified: SHUANGPAI,
  noBody: 'cn-431300',
  noMoneyOfTheirOwn: ['cn-433126', 'cn-431230'],
  noLetter: ['cn-430524', 'cn-431026'],
  noStatistics: ['cn-430822', 'cn-431222'],
  noFeedback: ['cn-430581', 'cn-431129', 'cn-433125'],
} as const;

/** The counties whose first term began a year before the others': the first's was extended, the others' renewed. */
export const PILOTS = ['cn-433101', 'cn-433130', 'cn-433127'];

const INDUSTRIES = [
  'oil-tea',
  'tea',
  'herbal-medicine',
  'fruit',
  'livestock',
  'mountain-vegetable',
  'bamboo',
  'aquatic',
  'coarse-grain',
  'dairy',
];

export interface County {
  /** Its number in the list of the province, from 0. */
  readonly at: number;
  readonly id: string;
  readonly name: string;
  readonly prefecture: string;
  /** Whether a deputy head was posted to it before there were teams. */
  readonly posted: boolean;
  readonly industry: string;
}

/** The counties that the province lists for teams, in its order. */
export function listed(): readonly County[] {
  const statuses = loadRegionStatuses();
  const posted = new Set(
    statuses.filter(({ kind, value }) => kind === 'deputy-head-posted' && value).map(({ regionId }) => regionId),
  );
  return statuses
    .filter(({ kind, regionId }) => kind === 'in-team-scope' && regionId.startsWith(PROVINCE))
    .map(({ regionId: id }, at) => ({
      at,
      id,
      name: division(id).name,
      prefecture: division(id).parentId as string,
      posted: posted.has(id),
      industry: INDUSTRIES[at % INDUSTRIES.length] as string,
    }));
}
