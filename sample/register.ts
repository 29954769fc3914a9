import { Organisation } from '../subgraphs/personnel/tables/organisation.ts';
import { Person } from '../subgraphs/personnel/tables/person.ts';
import type { Batch, Row } from './batch.ts';
import { dayBetween } from './day.ts';
import { idOf } from './id.ts';
import { personName, phoneNumber } from './names.ts';
import { plainPerson } from './plain.ts';
import { type Chance, chanceOf } from './random.ts';
import { within } from './region.ts';

type Unit = Row<Organisation>;

/** An organisation is known by its name and the day it was registered. */
export const organisationId = (name: string, registered: string): string => idOf(`organisation ${name}`, registered);

/** A made-up organisation: marked. */
export function organisationRow(
  name: string,
  registered: string,
  rest: Omit<Unit, 'id' | 'name' | 'aliases' | 'parentId'>,
): Unit {
  return {
    id: idOf(`organisation ${name}`, registered),
    name: `${name}（演示）`,
    aliases: [],
    parentId: null,
    ...rest,
  };
}

type Rest = Omit<Row<Person>, 'id' | 'name' | 'phone' | 'idNumber' | 'birthDate'>;

/** Somebody made up, born in a span of years. */
export function personRow(
  id: string,
  key: string,
  [from, to]: readonly [number, number],
  rest: (chance: Chance) => Rest,
): Row<Person> {
  const chance = chanceOf(`person ${key}`);
  return {
    id,
    name: personName(chance),
    phone: phoneNumber(chance),
    // A number that passes the check could be somebody's.
    idNumber: null,
    birthDate: dayBetween(chance, `${from}-01-01`, `${to}-12-31`),
    ...rest(chance),
  };
}

export const TITLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  university: { senior: '教授', 'deputy-senior': '副教授', intermediate: '讲师', junior: '助教' },
  institute: { senior: '研究员', 'deputy-senior': '副研究员', intermediate: '助理研究员', junior: '研究实习员' },
  'extension-institution': {
    senior: '推广研究员',
    'deputy-senior': '高级农艺师',
    intermediate: '农艺师',
    junior: '助理农艺师',
  },
};

const NATURES: Readonly<Record<string, string>> = {
  enterprise: 'enterprise',
  cooperative: 'social',
  society: 'social',
};
const OFFICES = ['st-dept', 'government', 'org-dept', 'finance-dept', 'revitalisation-dept', 'science-association'];

/** The id of somebody by a name of the cast of a demonstration. */
export const personIdOf = (demonstration: string, key: string, registered: string): string =>
  idOf(`person ${demonstration} ${key}`, registered);

/** The organisations and people of one demonstration, all registered on one day. */
export class Register {
  readonly batch: Batch;
  readonly #name: string;
  readonly #registered: string;

  constructor(batch: Batch, name: string, registered: string) {
    this.batch = batch;
    this.#name = name;
    this.#registered = registered;
  }

  organisation(name: string, type: string, level: string, regionId: string): Unit {
    const nature = OFFICES.includes(type) ? 'administrative' : (NATURES[type] ?? 'public-institution');
    const row = organisationRow(name, this.#registered, { type, nature, level, regionId });
    this.batch.add(Organisation, row);
    return row;
  }

  /** Somebody who holds an office or a post of an organisation, and is no expert. */
  holder(key: string, unit: Unit, post: string | null): Row<Person> {
    return this.#person(key, unit, [1968, 1985], () => ({ education: 'bachelor', titleLevel: 'none', post }));
  }

  /** An expert of an organisation, of at least an intermediate title. */
  expert(key: string, unit: Unit, more: Partial<Row<Person>> = {}): Row<Person> {
    return this.#person(key, unit, [1963, 1988], (chance) => {
      const draw = chance.next();
      const titleLevel = draw < 0.15 ? 'senior' : draw < 0.5 ? 'deputy-senior' : 'intermediate';
      const education = chance.happens(0.2) ? 'doctor' : chance.happens(0.5) ? 'master' : 'bachelor';
      const titleName = (TITLES[unit.type] ?? TITLES['extension-institution'])?.[titleLevel] ?? null;
      return { education, titleLevel, titleName, serviceYears: chance.whole(3, 25), ...more };
    });
  }

  #person(key: string, unit: Unit, born: readonly [number, number], more: (chance: Chance) => Partial<Row<Person>>) {
    const row = personRow(personIdOf(this.#name, key, this.#registered), `${this.#name} ${key}`, born, (chance) => {
      const said = more(chance);
      return {
        organisationId: unit.id,
        ...within(unit.regionId),
        degree: said.education ?? null,
        education: null,
        titleLevel: null,
        titleName: null,
        employmentStatus: 'in-service',
        fields: [],
        serviceYears: null,
        post: null,
        ...plainPerson,
        ...said,
      };
    });
    this.batch.add(Person, row);
    return row;
  }
}
