import { Agreement } from '../../subgraphs/personnel/tables/agreement.ts';
import { Brigade } from '../../subgraphs/personnel/tables/brigade.ts';
import {
  type Act,
  type Arrange,
  BRIGADE_COUNTY as county,
  countyDept,
  organisation,
  person,
  placeOf,
  read,
  rowsOf,
  times,
} from './stage.ts';
import { agreementRow, postRow, teamRow } from './team.ts';

export const brigadeCreate: Arrange<Act> = async (stage, { facts }) => {
  const { count, is } = read(facts);
  // A county has one brigade, and its signed teams are counted: what the case before left there goes first.
  await rowsOf(stage, 'personnel').nativeDelete(Brigade, { countyId: county });
  await rowsOf(stage, 'personnel').nativeDelete(Agreement, { countyId: county });
  const unit = await organisation(stage, { type: 'government', level: 'county', regionId: county });
  const someone = (post: string) => person(stage, unit, { ...placeOf(county), post });
  const leader = await someone(is('brigade.leaderIsCountyLeader') ? 'county-leader' : 'county-st-dept-head');
  if (is('brigade.countySigned')) {
    const team = await teamRow(stage);
    await agreementRow(stage, team.id, county);
    for (const at of times(count('brigade.countyTeamLeaderCount'))) {
      const isLeader = at === 0 && is('brigade.leaderIsTeamCountyLeader');
      const personId = isLeader ? leader : await someone('county-leader');
      await postRow(stage, team.id, { personId, role: 'leader', side: 'county', countyId: county });
    }
  }
  const several = (size: number) => Promise.all(times(size).map(() => someone('county-st-dept-head')));
  return {
    viewer: countyDept(county),
    input: {
      county,
      leader,
      deputies: await several(count('brigade.deputyCount')),
      liaisons: await several(count('brigade.liaisonCount')),
    },
  };
};
