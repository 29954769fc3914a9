import { Person } from '../../subgraphs/personnel/tables/person.ts';
import type { Batch, Row } from '../batch.ts';
import { idOf } from '../id.ts';
import { plainPerson } from '../plain.ts';
import type { Chance } from '../random.ts';
import { personRow, TITLES } from '../register.ts';
import { bodiesOf, bureaus, dispatchingUnits, receivingOf } from './organisation.ts';
import { COUNTIES, inCounty, inPrefecture, PREFECTURE } from './place.ts';

const REGISTERED = '2021-03-01';

/** Fields of technology, as the prefecture's pack names them. */
export const FIELDS = [
  'breeding',
  'fertiliser-pesticide',
  'processing-storage',
  'livestock-aquatic',
  'forestry-flowers',
  'disease-control',
  'facility-agriculture',
  'iot-equipment',
  'soil',
  'loss-reduction',
  'food-safety',
  'water-saving',
  'rural-tourism',
  'leisure',
] as const;

/** The id of somebody by a name of the cast, such as `expert 0` or `leader cn-410825`. */
export const personId = (key: string): string => idOf(`person ${key}`, REGISTERED);

type Rest = ReturnType<Parameters<typeof personRow>[3]>;

const person = (key: string, born: readonly [number, number], rest: Parameters<typeof personRow>[3]): Row<Person> =>
  personRow(personId(key), key, born, rest);

/** What makes an expert: most may be selected, and some may not, so that the rules have something to say. */
function standing(chance: Chance, number: number) {
  if (number % 20 === 7) return { titleLevel: 'junior', degree: 'bachelor', employmentStatus: 'in-service' };
  const draw = chance.next();
  const titleLevel = draw < 0.2 ? 'senior' : draw < 0.55 ? 'deputy-senior' : 'intermediate';
  const degree = chance.happens(0.3) ? 'doctor' : chance.happens(0.6) ? 'master' : 'bachelor';
  if (number % 50 === 49) return { titleLevel: 'senior', degree, employmentStatus: 'retired' };
  if (number % 60 === 30) return { titleLevel, degree, employmentStatus: 'off-post-startup' };
  return { titleLevel, degree, employmentStatus: 'in-service' };
}

const placeOf = (regionId: string) =>
  regionId === PREFECTURE ? inPrefecture : { provinceId: 'cn-41', prefectureId: regionId, countyId: null };

/** The experts, each with the number that names them (`expert 0`), in the order of their units. */
export const experts: readonly Row<Person>[] = dispatchingUnits
  .flatMap(({ unit, experts: count }) => Array.from({ length: count }, () => unit))
  .map((unit, number) => {
    const retired = number % 50 === 49;
    const junior = number % 20 === 7;
    return person(`expert ${number}`, retired ? [1955, 1962] : junior ? [1995, 1999] : [1966, 1990], (chance) => {
      const { titleLevel, degree, employmentStatus } = standing(chance, number);
      return {
        organisationId: unit.id,
        ...placeOf(unit.regionId),
        education: degree,
        degree,
        titleLevel,
        titleName: TITLES[unit.type]?.[titleLevel] ?? null,
        employmentStatus,
        fields: [...new Set([chance.pick(FIELDS), chance.pick(FIELDS)])],
        serviceYears: junior ? 1 : chance.whole(2, 28),
        post: null,
        ...plainPerson,
      };
    });
  });

type Place = Pick<Rest, 'provinceId' | 'prefectureId' | 'countyId'>;

/** Somebody who holds an office, or whom a receiving unit names; no expert. */
function holder(key: string, organisationId: string, place: Place, post: string | null, inService = true) {
  return person(key, [1968, 1985], () => ({
    organisationId,
    ...place,
    education: inService ? 'bachelor' : 'senior-high',
    degree: inService ? 'bachelor' : 'none',
    titleLevel: 'none',
    titleName: null,
    employmentStatus: inService ? 'in-service' : 'self-employed',
    fields: [],
    serviceYears: null,
    post,
    ...plainPerson,
  }));
}

/** Everybody of the demonstration. */
export function addPersons(batch: Batch): void {
  for (const [name, unit] of Object.entries(bureaus)) {
    batch.add(Person, holder(`bureau ${name}`, unit.id, inPrefecture, null));
  }
  for (const { id } of COUNTIES) {
    const { government, st } = bodiesOf(id);
    batch.add(
      Person,
      holder(`leader ${id}`, government.id, inCounty(id), 'county-leader'),
      holder(`head ${id}`, st.id, inCounty(id), 'county-st-dept-head'),
      holder(`deputy ${id}`, st.id, inCounty(id), null),
      holder(`liaison ${id}`, st.id, inCounty(id), null),
    );
    for (const unit of receivingOf(id)) {
      batch.add(Person, holder(`contact ${unit.id}`, unit.id, inCounty(id), null, false));
    }
  }
  for (const { unit } of dispatchingUnits) {
    batch.add(Person, holder(`unit leader ${unit.id}`, unit.id, placeOf(unit.regionId), 'unit-leader-in-charge'));
  }
  batch.add(Person, ...experts);
}
