import { TrainingRecord } from '../../subgraphs/evaluation/tables/training-record.ts';
import { Organisation } from '../../subgraphs/personnel/tables/organisation.ts';
import { Person } from '../../subgraphs/personnel/tables/person.ts';
import { Workstation } from '../../subgraphs/personnel/tables/workstation.ts';
import type { Batch, Row } from '../batch.ts';
import { dayBetween } from '../day.ts';
import { numberedId } from '../id.ts';
import { personName, phoneNumber, unitName } from '../names.ts';
import { plainPerson } from '../plain.ts';
import { plainTraining } from '../plain-record.ts';
import { type Chance, chanceOf } from '../random.ts';
import { addEngagements } from './engagement.ts';
import { type NationCounty, partOf, type Totals } from './plan.ts';
import { addTeams } from './team.ts';

/** What each kind of row has in its id. */
export const KIND = {
  organisation: 1,
  person: 2,
  workstation: 3,
  training: 4,
  appointment: 5,
  cover: 6,
  brigade: 7,
  brigadeMember: 8,
  service: 9,
  line: 10,
  transfer: 11,
  expense: 12,
  batch: 13,
  evaluation: 14,
  team: 15,
  member: 16,
  object: 17,
  demand: 18,
  need: 19,
} as const;

export const FIELDS = ['breeding', 'livestock-aquatic', 'forestry-flowers', 'disease-control', 'soil', 'water-saving'];
const UNIT_KINDS = ['cooperative', 'family-farm', 'large-grower', 'enterprise'];

/** A county with those who are in it, for what is made of them. */
export interface Filled {
  readonly county: NationCounty;
  readonly chance: Chance;
  readonly department: string;
  readonly center: string;
  readonly receiving: readonly Row<Organisation>[];
  readonly persons: readonly string[];
  /** The columns of where it lies. */
  readonly place: { readonly provinceId: string; readonly prefectureId: string | null; readonly countyId: string };
}

function organisations(county: NationCounty, chance: Chance, receivers: number): Row<Organisation>[] {
  const { number, id: regionId, short } = county;
  const unit = (at: number, name: string, type: string, nature: string, level: string): Row<Organisation> => ({
    id: numberedId(KIND.organisation, number, at),
    name,
    aliases: [],
    type,
    nature,
    level,
    regionId,
    parentId: null,
  });
  return [
    unit(0, `${short}科技管理部门（演示）`, 'st-dept', 'administrative', 'county'),
    unit(1, `${short}农业技术推广中心（演示）`, 'extension-institution', 'public-institution', 'unit'),
    ...Array.from({ length: receivers }, (_, at) => {
      const kind = UNIT_KINDS[at % UNIT_KINDS.length] as string;
      return unit(at + 2, unitName(chance, short, kind), kind, 'social', 'unit');
    }),
  ];
}

const DEGREES = ['bachelor', 'bachelor', 'master', 'master', 'doctor'];
const LEVELS = ['intermediate', 'intermediate', 'deputy-senior', 'senior', 'junior'];

function person(filled: Omit<Filled, 'persons'>, at: number): Row<Person> {
  const { chance, county, center, place } = filled;
  const degree = chance.pick(DEGREES);
  return {
    id: numberedId(KIND.person, county.number, at),
    name: personName(chance),
    organisationId: center,
    ...place,
    birthDate: dayBetween(chance, '1964-01-01', '1996-12-31'),
    phone: phoneNumber(chance),
    // A number that passes the check could be somebody's.
    idNumber: null,
    education: degree,
    degree,
    titleLevel: chance.pick(LEVELS),
    titleName: null,
    employmentStatus: chance.happens(0.97) ? 'in-service' : 'retired',
    fields: [chance.pick(FIELDS)],
    serviceYears: chance.whole(1, 30),
    post: null,
    ...plainPerson,
  };
}

function addTrainings(batch: Batch, { county, chance, center, place }: Filled, count: number): void {
  for (let at = 0; at < count; at += 1) {
    batch.add(TrainingRecord, {
      id: numberedId(KIND.training, county.number, at),
      ...place,
      regionId: county.id,
      organisationId: center,
      form: chance.happens(0.7) ? 'skills' : 'online',
      date: dayBetween(chance, '2024-01-08', '2024-12-20'),
      ...plainTraining,
      topic: '实用技术培训',
      audience: null,
      traineeCount: chance.whole(12, 120),
    });
  }
}

/** All rows of one county: the same for the same totals, whatever was loaded before it. */
export function addCounty(batch: Batch, county: NationCounty, counties: number, totals: Totals): void {
  const { number } = county;
  const chance = chanceOf(`nation ${county.id}`);
  const size = (total: number) => {
    const [from, to] = partOf(total, number, counties);
    return to - from;
  };
  const [firstPerson, afterPersons] = partOf(totals.persons, number, counties);
  // By way of the persons, so that no county sends more than it has.
  const sent = (person: number) => Math.floor((person * totals.appointments) / Math.max(1, totals.persons));
  const engagements = [sent(firstPerson), sent(afterPersons)] as const;
  const units = organisations(county, chance, Math.ceil((engagements[1] - engagements[0]) / 8) + 1);
  const place = { provinceId: county.provinceId, prefectureId: county.prefectureId, countyId: county.id };
  const [department, center] = units.map(({ id }) => id) as [string, string];
  const base = { county, chance, department, center, receiving: units.slice(2), place };
  const persons = Array.from({ length: afterPersons - firstPerson }, (_, at) => person(base, at));
  const filled: Filled = { ...base, persons: persons.map(({ id }) => id) };
  batch.add(Organisation, ...units);
  batch.add(Person, ...persons);
  if (number % 10 > 0) {
    batch.add(Workstation, {
      id: numberedId(KIND.workstation, number, 0),
      name: `${county.short}科技特派员工作站（演示）`,
      ...place,
      organisationId: department,
      contactId: null,
      address: null,
      openedOn: '2023-03-01',
    });
  }
  addTrainings(batch, filled, size(totals.trainings));
  addTeams(batch, filled, size(totals.teams));
  addEngagements(batch, filled, engagements, totals);
}
