import { expect } from '@jest/globals';
import { persona } from '../harness.ts';
import { administrator, type Payload, type Persona, type Teller } from './door.ts';

/** A prefecture under a plan of tasks, the county where most of the story happens, and another one in it. */
export const PLAN_CITY = 'cn-451000';
export const PLAN_COUNTY = 'cn-451022';
export const PLAN_NEIGHBOUR = 'cn-451002';
export const planBureau = persona('account:plan-bureau', [['prefecture-st-bureau', PLAN_CITY]]);
export const planOffice = persona('account:plan-office', [['leading-group-office', PLAN_CITY]]);
export const planCounty = persona('account:plan-county', [['county-st-dept', PLAN_COUNTY]]);
export const planNeighbour = persona('account:plan-neighbour', [['county-st-dept', PLAN_NEIGHBOUR]]);

/** Somebody of a unit of the plan who acts for it. */
export interface Unit {
  readonly id: string;
  readonly person: string;
  readonly staff: Persona;
}

export interface Plan {
  readonly units: readonly [Unit, Unit];
  readonly university: string;
  readonly villages: readonly [string, ...string[]];
}

const BEGIN = '2019-02-26';

/** Registers somebody of an organisation of the plan. */
export async function planPerson(teller: Teller, name: string, organisation: string, on = BEGIN): Promise<string> {
  const input = { name, organisation, employmentStatus: 'in-service' };
  return (await teller.done(administrator, 'personRegister', on, input, 'person { id }')).id;
}

async function organisation(teller: Teller, name: string, more: object): Promise<string> {
  const input = {
    name,
    type: 'st-dept',
    nature: 'public-institution',
    level: 'prefecture',
    region: PLAN_CITY,
    ...more,
  };
  return (await teller.done(administrator, 'organisationRegister', BEGIN, input, 'organisation { id }')).id;
}

async function unit(teller: Teller, name: string): Promise<Unit> {
  const id = await organisation(teller, name, {});
  const staff = persona(`account:${name}`, [['responsible-unit', PLAN_CITY, id]]);
  return { id, person: await planPerson(teller, `${name}负责人`, id), staff };
}

/** The bodies and places of the plan: two units, a university, a poor county and its poor villages. */
export async function setTheScene(teller: Teller, villages: number): Promise<Plan> {
  const units = [await unit(teller, '农村科'), await unit(teller, '资源科')] as const;
  const university = await organisation(teller, '右江学院', { type: 'university' });
  for (const [kind, value] of [
    ['poor', true],
    ['delisted', false],
  ] as const) {
    const status = { region: PLAN_COUNTY, kind, value, source: '贫困县名单' };
    await teller.done(planBureau, 'regionStatusRecord', BEGIN, status, 'regionStatus { id }');
  }
  const registered: string[] = [];
  for (let at = 1; at <= villages; at += 1) {
    const village = { parent: PLAN_COUNTY, name: `那坡${at}村`, poor: true, delisted: false, demand: true };
    registered.push((await teller.done(planCounty, 'villageRegister', BEGIN, village, 'village { id }')).id);
  }
  return { units, university, villages: registered as [string, ...string[]] };
}

/** Expects that a decision was stopped by rules of the plan, each with the article that it carries out. */
export function expectStopped(payload: Payload, outcome: string, ...rules: string[]): void {
  const stopping = (payload.decision?.findings ?? []).filter(
    ({ effect }) => effect === 'deny' || effect === 'override',
  );
  expect({ outcome: payload.decision?.outcome, rules: stopping.map(({ rule }) => rule).sort() }).toEqual({
    outcome,
    rules: [...rules].sort(),
  });
  for (const { citation } of stopping)
    expect(citation).toEqual({
      document: 'baise-three-year-plan',
      article: expect.stringMatching(/./u),
      phrase: expect.stringMatching(/./u),
    });
}
