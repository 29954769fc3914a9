import { v7 as uuid } from 'uuid';
import { Agreement } from '../../subgraphs/personnel/tables/agreement.ts';
import { Appointment } from '../../subgraphs/personnel/tables/appointment.ts';
import { Brigade } from '../../subgraphs/personnel/tables/brigade.ts';
import { LocalMeasure } from '../../subgraphs/personnel/tables/local-measure.ts';
import { RegionIndustry } from '../../subgraphs/personnel/tables/region-industry.ts';
import { Workstation } from '../../subgraphs/personnel/tables/workstation.ts';
import {
  type Arrange,
  bureau,
  CITY,
  COUNTED_COUNTY,
  COUNTIES,
  DECISION,
  organisation,
  placeOf,
  type Question,
  read,
  rowsOf,
  times,
} from './stage.ts';
import { agreementRow, teamRow } from './team.ts';

const SINCE = '2022-01-05';

const askRegion = (field: 'coverage' | 'industryCoverage', region: string, on: string): Question => ({
  viewer: bureau,
  query: `query ($region: ID!, $on: Date!) { region(id: $region) { ${field}(asOf: $on) { decision { ${DECISION} } } } }`,
  variables: { region, on },
  decision: (data) => data.region[field].decision,
});

export const regionCoverage: Arrange<Question> = async (stage, { facts, on }) => {
  const { count } = read(facts);
  const em = rowsOf(stage, 'personnel');
  const region = count('region.countyCount') === 1 ? COUNTED_COUNTY : CITY;
  const counties = region === CITY ? COUNTIES : [region];
  // The whole region is counted: it must hold nothing that another case left there.
  const here = region === CITY ? { prefectureId: CITY } : { countyId: region };
  for (const entity of [Appointment, Brigade, Workstation, LocalMeasure]) await em.nativeDelete(entity as never, here);
  const beyond = (lacking: string) => counties.slice(count(lacking));
  for (const countyId of beyond('region.countiesWithoutBrigade')) {
    const place = { ...placeOf(countyId), countyId };
    await em.insert(Brigade, {
      id: uuid(),
      version: 1,
      ...place,
      createdOn: SINCE,
      changedOn: SINCE,
      changedAt: new Date(),
    });
  }
  for (const countyId of beyond('region.countiesWithoutWorkstation')) {
    const place = { ...placeOf(countyId), countyId };
    await em.insert(Workstation, { id: uuid(), version: 1, name: '工作站', ...place, openedOn: SINCE });
  }
  for (const countyId of beyond('region.countiesWithoutLocalMeasures')) {
    const issuerId = await organisation(stage, { type: 'government', level: 'county', regionId: countyId });
    const measure = { title: '实施办法', kinds: [], issuerId, issuerLevel: 'county', from: SINCE };
    await em.insert(LocalMeasure, { id: uuid(), version: 1, regionId: countyId, ...placeOf(countyId), ...measure });
  }
  return askRegion('coverage', region, on);
};

export const industryCoverage: Arrange<Question> = async (stage, { facts, on }) => {
  const { count } = read(facts);
  const em = rowsOf(stage, 'personnel');
  const region = COUNTED_COUNTY;
  for (const entity of [RegionIndustry, Agreement]) await em.nativeDelete(entity as never, { countyId: region });
  const team = await teamRow(stage);
  for (const at of times(count('industry.characteristicCount'))) {
    const industry = `industry-${at}`;
    await em.insert(RegionIndustry, {
      id: uuid(),
      version: 1,
      regionId: region,
      ...placeOf(region),
      industry,
      from: SINCE,
    });
    if (at < count('industry.coveredCount')) await agreementRow(stage, team.id, region, { industry });
  }
  return askRegion('industryCoverage', region, on);
};
