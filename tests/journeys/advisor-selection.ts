import { expect } from '@jest/globals';
import { comeFromTheEast } from './advisor-people.ts';
import {
  ADMINISTRATION,
  administration,
  association,
  expectRefused,
  KIND,
  LIFTED,
  LIFTED_PROVINCE,
  lifted,
  liftedGovernment,
  liftedPrefecture,
  provinceAssociation,
  provinceDept,
  UNLIFTED,
  unmet,
} from './advisor-scene.ts';
import {
  accountOf,
  administrator,
  COUNTY,
  codes,
  type Payload,
  type Persona,
  pointedOut,
  type Teller,
} from './door.ts';

const PROCEDURE = 'procedure { id version status }';
export const NATIONAL_PAIR = { bodies: [ADMINISTRATION] };
const PROVINCE_PAIR = { bodies: ['province-revitalisation-dept'] };

/** A county's application on its way through the bodies. */
export interface Application {
  readonly procedure: string;
  version: number;
}

export interface Group {
  readonly id: string;
  readonly unit: string;
  readonly members: readonly string[];
}

/** One step of an application, with a document of its own. */
export async function step(
  teller: Teller,
  application: Application,
  who: Persona,
  key: string,
  on: string,
  more: object = {},
): Promise<Payload> {
  const { procedure, version } = application;
  const input = { procedure, version, step: key, documentNumber: `${key}〔2022〕1号`, ...more };
  const payload = await teller.act(who, 'procedureAdvance', on, input, PROCEDURE);
  if (payload.procedure) application.version = payload.procedure.version;
  return payload;
}

/** As `step`, for one that must be allowed. */
export async function stepDone(...args: Parameters<typeof step>): Promise<void> {
  const payload = await step(...args);
  expect({ step: args[3], outcome: payload.decision?.outcome, unmet: unmet(payload) }).toEqual({
    step: args[3],
    outcome: 'ALLOW',
    unmet: [],
  });
}

/** What the county needs: a list with something on it, gathered on the platform that is named for it. */
export async function sayTheNeed(teller: Teller): Promise<void> {
  const submit = (items: object[]) =>
    teller.act(
      lifted,
      'demandSubmit',
      '2022-01-10',
      { county: LIFTED, kind: 'industry-need', year: 2022, items },
      'demand { id version status }',
    );
  const empty = await submit([]);
  expect(empty.demand).toBeNull();
  expect(unmet(empty)).toContain('national.apply.need');
  const item = { field: 'processing', industry: 'tea', stage: 'processing', description: '夏秋茶精深加工' };
  const { demand } = await submit([item]);
  expect(demand.status).toBe('submitted');
  const publish = { demand: demand.id, version: demand.version, audience: ['kechuang-china'] };
  const published = await teller.act(association, 'demandPublish', '2022-01-11', publish, 'demand { status }');
  expect(published.demand.status).toBe('published');
  const { demand: read } = await teller.get(lifted, 'query ($id: ID!) { demand(id: $id) { items { description } } }', {
    id: demand.id,
  });
  expect(read.items).toEqual([{ description: item.description }]);
}

/** The county applies because it wants to and has a need; nobody else can for it, no other county at all. */
export async function apply(teller: Teller): Promise<Application> {
  const open = (who: Persona, more: object = {}) =>
    teller.act(
      who,
      'procedureOpen',
      '2022-01-12',
      {
        region: LIFTED,
        pack: 'national',
        chain: 'advisor-group',
        hasTeam: true,
        externalNeed: true,
        voluntary: true,
        ...more,
      },
      PROCEDURE,
    );
  expectRefused(await open(lifted, { voluntary: null }), 'national.apply.voluntary');
  expectRefused(await open(lifted, { externalNeed: false }), 'national.apply.eligible-county');
  expect(codes(await open(administrator, { region: UNLIFTED }))).toEqual(['CHAIN_UNKNOWN']);
  const foreign = await open(accountOf('county-revitalisation-dept', UNLIFTED));
  expect(foreign.procedure).toBeNull();
  expect(unmet(foreign)).toContain('platform.access.permitted');
  // Where the status is nowhere near, the people of the place do not even see that one could apply.
  const document = 'mutation ($input: ProcedureOpenInput!) { procedureOpen(input: $input) { procedure { id } } }';
  const stranger = accountOf('county-revitalisation-dept', COUNTY);
  const { errors } = await teller.ask(stranger, document, {
    input: { region: COUNTY, chain: 'advisor-group', on: '2022-01-12' },
  });
  expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_IN_CONTRACT' });
  const { procedure } = await open(lifted);
  return { procedure: procedure.id, version: procedure.version };
}

/** From the list of needs to the list of counties: in this order, by these bodies, two of them together. */
export async function throughTheLevels(teller: Teller, application: Application): Promise<void> {
  const refused = async (rules: string[], ...args: [Persona, string, string, object?]) =>
    expectRefused(await step(teller, application, ...args), ...rules);
  const done = (...args: [Persona, string, string, object?]) => stepDone(teller, application, ...args);
  await refused(['national.apply.need.list'], lifted, 'need', '2022-02-01', { documentNumber: null });
  await done(lifted, 'need', '2022-02-01');
  await done(liftedGovernment, 'application', '2022-02-02');
  await refused(['national.apply.chain'], provinceAssociation, 'province-review', '2022-02-03', PROVINCE_PAIR);
  await done(liftedPrefecture, 'prefecture-receipt', '2022-02-04', { bodies: ['prefecture-science-association'] });
  await refused(['national.apply.chain.pair'], provinceAssociation, 'province-review', '2022-02-07');
  await refused(
    ['national.apply.chain.body', 'national.apply.chain.pair'],
    accountOf('province-st-dept', LIFTED_PROVINCE),
    'province-review',
    '2022-02-07',
    {},
  );
  await done(provinceAssociation, 'province-review', '2022-02-07', PROVINCE_PAIR);
  await done(association, 'national-received', '2022-02-08', NATIONAL_PAIR);
  await refused(['national.match.batch.bodies'], association, 'county-list', '2022-02-24');
  const query = `query ($id: ID!) { procedure(id: $id) { status steps { key done bodies documentNumber } } }`;
  const { procedure } = await teller.get(provinceDept, query, { id: application.procedure });
  expect(procedure.status).toBe('open');
  expect(procedure.steps.map(({ key }: { key: string }) => key)).toEqual([
    'need',
    'application',
    'prefecture-receipt',
    'province-review',
    'national-received',
  ]);
  expect(procedure.steps[3].bodies).toEqual(['province-revitalisation-dept', 'province-science-association']);
}

/** Counties of one batch are put on the list together; before that there is no group for any of them. */
export async function listTheCounty(teller: Teller, application: Application): Promise<string> {
  const unit = await teller.organisation('茶学会', 'cn', { type: 'society', level: 'national' });
  const early = await createGroup(teller, application, unit, '2022-02-24');
  expect(early.team).toBeNull();
  expect(unmet(early)).toContain('national.match.list.county');
  await stepDone(teller, application, administration, 'county-list', '2022-02-25', {
    bodies: ['national-science-association'],
  });
  return unit;
}

const createGroup = (teller: Teller, { procedure }: Application, organisation: string, on: string) =>
  teller.act(
    association,
    'teamCreate',
    on,
    { name: '茶产业顾问组', kind: KIND, level: 'national', region: LIFTED, organisation, procedure },
    'team { id version }',
  );

/** The pool, from four sources and no fifth; the group, whose members come from it; the list, by both bodies. */
export async function poolAndList(teller: Teller, application: Application, unit: string): Promise<Group> {
  await stepDone(teller, application, association, 'pool', '2022-02-26');
  const [expert, local, outsider] = [
    await teller.person('甲', unit),
    await teller.person('乙', unit),
    await teller.person('丙', unit),
  ];
  const add = (who: Persona, person: string, source: string, more: object = {}) => {
    const entry = { person, field: '茶叶加工', recommender: unit, source, ...more };
    return teller.act(who, 'expertPoolAdd', '2022-03-01', entry, 'expertPoolEntry { id }');
  };
  expectRefused(await add(association, expert, 'self'), 'national.match.pool');
  expect((await add(association, expert, 'national-society')).decision?.outcome).toBe('ALLOW');
  const ofTheProvince = { region: LIFTED_PROVINCE };
  expect((await add(provinceAssociation, local, 'provincial-association', ofTheProvince)).decision?.outcome).toBe(
    'ALLOW',
  );
  const members = [expert, local, ...(await comeFromTheEast(teller))];
  const { team } = await createGroup(teller, application, unit, '2022-03-02');
  let version = team.version;
  const join = async (person: string) => {
    const input = { team: team.id, version, person };
    const payload = await teller.act(association, 'teamMemberAdd', '2022-03-03', input, 'team { version }');
    version = payload.team.version;
    return payload;
  };
  for (const person of members) expect(unmet(await join(person))).toEqual([]);
  // Who is not in the pool can join, and everybody sees it: as long as it lasts.
  expect(pointedOut(await join(outsider))).toContain('national.match.pool.member');
  expect(await groupStanding(teller, team.id, '2022-03-03')).toContain('national.match.pool.standing');
  const removal = { team: team.id, version, person: outsider, reason: '不在专家库' };
  await teller.done(association, 'teamMemberRemove', '2022-03-04', removal, 'team { version }');
  expect(await groupStanding(teller, team.id, '2022-03-04')).not.toContain('national.match.pool.standing');
  expectRefused(await step(teller, application, association, 'member-list', '2022-03-04'), 'national.match.list');
  await stepDone(teller, application, association, 'member-list', '2022-03-05', NATIONAL_PAIR);
  return { id: team.id, unit, members };
}

/** The rules of the second regime that the group itself fails on a day. */
export async function groupStanding(teller: Teller, id: string, asOf: string): Promise<string[]> {
  const query = `query ($id: ID!, $asOf: Date!) { team(id: $id) { standing(asOf: $asOf) {
    findings(outcomes: [FAIL]) { rule pack } } } }`;
  const { team } = await teller.get(association, query, { id, asOf });
  const findings: { rule: string; pack: string }[] = team.standing.findings;
  return findings.flatMap(({ rule, pack }) => (pack === 'national' ? [rule] : [])).sort();
}
