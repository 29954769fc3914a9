import { Organisation } from '../../subgraphs/personnel/tables/organisation.ts';
import type { Batch, Row } from '../batch.ts';
import { unitName } from '../names.ts';
import { chanceOf } from '../random.ts';
import { organisationRow } from '../register.ts';
import { COUNTIES, type County, PREFECTURE, PROVINCE } from './place.ts';

const REGISTERED = '2021-01-04';

type Unit = Row<Organisation>;

const organisation = (name: string, rest: Parameters<typeof organisationRow>[2]): Unit =>
  organisationRow(name, REGISTERED, rest);

const bureau = (name: string, type: string) =>
  organisation(name, { type, nature: 'administrative', level: 'prefecture', regionId: PREFECTURE });

/** The bodies of the prefecture that take part. */
export const bureaus = {
  st: bureau('焦作市科技局', 'st-dept'),
  organisation: bureau('焦作市委组织部', 'org-dept'),
  finance: bureau('焦作市财政局', 'finance-dept'),
  hr: bureau('焦作市人力资源和社会保障局', 'hr-dept'),
  revitalisation: bureau('焦作市乡村振兴局', 'revitalisation-dept'),
  inspection: organisation('覃怀会计师事务所', {
    type: 'inspection-body',
    nature: 'social',
    level: 'unit',
    regionId: PREFECTURE,
  }),
} as const;

/** Pays those whom the province sends. */
export const provinceDept = organisation('河南省科技厅', {
  type: 'st-dept',
  nature: 'administrative',
  level: 'province',
  regionId: PROVINCE,
});

const countyBody = (county: County, name: string, type: string) =>
  organisation(`${county.short}${name}`, { type, nature: 'administrative', level: 'county', regionId: county.id });

/** The bodies of each county, by the county's id. */
export const countyBodies = new Map(
  COUNTIES.map((county) => [
    county.id,
    {
      government: countyBody(county, '人民政府', 'government'),
      st: countyBody(county, '科技和工业信息化局', 'st-dept'),
      finance: countyBody(county, '财政局', 'finance-dept'),
    },
  ]),
);

export const bodiesOf = (countyId: string) =>
  countyBodies.get(countyId) as NonNullable<ReturnType<typeof countyBodies.get>>;

const sender = (name: string, type: string, regionId: string) =>
  organisation(name, { type, nature: 'public-institution', level: 'unit', regionId });

/** The twelve units that send commissioners, and how many of the experts each employs. */
export const dispatchingUnits: readonly { readonly unit: Unit; readonly experts: number }[] = [
  { unit: sender('中原沃野农业大学', 'university', 'cn-410100'), experts: 48 },
  { unit: sender('豫北太行理工学院', 'university', PREFECTURE), experts: 36 },
  { unit: sender('中州生态林业大学', 'university', 'cn-410100'), experts: 30 },
  { unit: sender('怀川师范学院', 'university', PREFECTURE), experts: 18 },
  { unit: sender('河洛农林职业学院', 'university', 'cn-410300'), experts: 20 },
  { unit: sender('中原农业科学研究院', 'institute', 'cn-410100'), experts: 34 },
  { unit: sender('豫北粮食作物研究所', 'institute', 'cn-410700'), experts: 20 },
  { unit: sender('太行怀药研究所', 'institute', PREFECTURE), experts: 16 },
  { unit: sender('怀川农业技术推广中心', 'extension-institution', PREFECTURE), experts: 26 },
  { unit: sender('怀川畜牧技术推广站', 'extension-institution', PREFECTURE), experts: 20 },
  { unit: sender('怀川林业技术推广站', 'extension-institution', PREFECTURE), experts: 16 },
  { unit: sender('怀川水利技术服务中心', 'extension-institution', PREFECTURE), experts: 16 },
];

const KINDS = ['cooperative', 'family-farm', 'large-grower', 'cooperative', 'enterprise', 'family-farm'];

function receiving(county: County): Unit[] {
  const chance = chanceOf(`receiving units ${county.id}`);
  const units = new Map<string, Unit>();
  const wanted = county.industries.length > 1 ? 6 : 5;
  while (units.size < wanted) {
    const type = KINDS[units.size] as string;
    // The generator marks the name already.
    const name = unitName(chance, county.short, type).replace('（演示）', '');
    units.set(name, organisation(name, { type, nature: 'social', level: 'unit', regionId: county.id }));
  }
  return [...units.values()];
}

/** The units that receive commissioners, by county. */
export const receivingUnits = new Map(COUNTIES.map((county) => [county.id, receiving(county)]));

export const receivingOf = (countyId: string): readonly Unit[] => receivingUnits.get(countyId) ?? [];

/** Every organisation of the demonstration. */
export function addOrganisations(batch: Batch): void {
  batch.add(Organisation, ...Object.values(bureaus), provinceDept);
  for (const bodies of countyBodies.values()) batch.add(Organisation, ...Object.values(bodies));
  batch.add(Organisation, ...dispatchingUnits.map(({ unit }) => unit));
  for (const units of receivingUnits.values()) batch.add(Organisation, ...units);
}
