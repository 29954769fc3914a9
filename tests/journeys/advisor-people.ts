import { expect } from '@jest/globals';
import {
  association,
  expectRefused,
  LIFTED,
  LIFTED_PREFECTURE,
  LIFTED_PROVINCE,
  lifted,
  liftedGovernment,
  liftedPrefecture,
  office,
  provinceAssociation,
  recordStatus,
  UNLIFTED,
} from './advisor-scene.ts';
import { administrator, type Persona, stopping, type Teller } from './door.ts';

const DESIGNATION = 'designation { id version kind person { id } }';

/** The rules of the second regime that the county's state of affairs fails on a day. */
export async function coverage(teller: Teller, asOf: string): Promise<string[]> {
  const query = `query ($id: ID!, $asOf: Date!) { region(id: $id) { coverage(asOf: $asOf) {
    decision { findings(outcomes: [FAIL]) { rule pack } } } } }`;
  const { region } = await teller.get(lifted, query, { id: LIFTED, asOf });
  const { findings }: { findings: { rule: string; pack: string }[] } = region.coverage.decision;
  return findings.flatMap(({ rule, pack }) => (pack === 'national' ? [rule] : [])).sort();
}

const BODIES = ['revitalisation-dept', 'science-association'] as const;
const LEVELS = [
  ['province', LIFTED_PROVINCE, provinceAssociation],
  ['prefecture', LIFTED_PREFECTURE, liftedPrefecture],
  ['county', LIFTED, lifted],
] as const;

/** One liaison of each body at each level, and no second; one convenor, who leads the county. Answers who that is. */
export async function nameThem(teller: Teller): Promise<string> {
  expect(await coverage(teller, '2022-01-06')).toEqual([
    'national.org.convenor.coverage',
    'national.org.coordination',
    'national.org.liaison.coverage',
  ]);
  const designate = (who: Persona, on: string, input: object) =>
    teller.act(who, 'designationRecord', on, { kind: 'liaison', ...input }, DESIGNATION);
  for (const [level, region, who] of LEVELS) {
    const bodies = [
      await office(teller, `${level}乡村振兴部门`, BODIES[0], region, level),
      await office(teller, `${level}科协`, BODIES[1], region, level),
    ] as const;
    for (const body of bodies) {
      const named = await designate(who, '2022-01-07', { region, ...body });
      expect(named).toMatchObject({ decision: { outcome: 'ALLOW' }, designation: { person: { id: body.person } } });
    }
    const second = { region, organisation: bodies[0].organisation, person: bodies[1].person };
    expectRefused(await designate(who, '2022-01-08', second), 'national.org.liaison');
    const seats = bodies.map(({ organisation }, at) => ({
      organisation,
      post: 'MEMBER',
      role: `${level}-${BODIES[at]}`,
    }));
    const body = { kind: 'coordination-mechanism', name: '工作协调机制', region, seats };
    await teller.done(who, 'governingBodyRegister', '2022-01-09', body, 'governingBody { id }');
  }
  const government = await teller.organisation('县政府', LIFTED, { type: 'government', nature: 'administrative' });
  const [clerk, leader, other] = [
    await teller.person('干事', government, { post: 'clerk' }),
    await teller.person('副县长', government, { post: 'county-leader' }),
    await teller.person('另一位副县长', government, { post: 'county-leader' }),
  ];
  const convenor = (person: string, post: string, on = '2022-01-10') =>
    designate(liftedGovernment, on, { kind: 'convenor', region: LIFTED, person, post });
  expectRefused(await convenor(clerk, 'clerk'), 'national.org.convenor.post');
  const named = await convenor(leader, 'county-leader');
  expect(named.decision?.outcome).toBe('ALLOW');
  expectRefused(await convenor(other, 'county-leader', '2022-01-11'), 'national.org.convenor');
  expect(await coverage(teller, '2022-01-11')).toEqual([]);
  // The part falls vacant, which shows from that day, and is filled again.
  const end = { designation: named.designation.id, version: named.designation.version, reason: '调任' };
  await teller.done(liftedGovernment, 'designationEnd', '2022-01-15', end, DESIGNATION);
  expect(await coverage(teller, '2022-01-16')).toEqual(['national.org.convenor.coverage']);
  expect((await convenor(other, 'county-leader', '2022-01-17')).decision?.outcome).toBe('ALLOW');
  expect(await coverage(teller, '2022-01-17')).toEqual([]);
  const query = `query ($of: ID!, $on: Date) { designations(filter: { of: $of, inForceOn: $on }) {
    edges { node { kind person { id } } } } }`;
  const { designations } = await teller.get(lifted, query, { of: LIFTED, on: '2022-01-17' });
  const held: { kind: string; person: { id: string } }[] = designations.edges.map(
    ({ node }: { node: unknown }) => node,
  );
  expect(held.map(({ kind }) => kind).sort()).toEqual(['convenor', 'liaison', 'liaison']);
  expect(held.find(({ kind }) => kind === 'convenor')?.person).toEqual({ id: other });
  return other;
}

const LOGISTICS = ['workplace', 'transport', 'board-lodging'];

/** The rules that what a county gives those who serve it fails on a day. */
export async function support(teller: Teller, asOf: string): Promise<string[]> {
  const query = `query ($id: ID!, $asOf: Date!) { region(id: $id) { supportCoverage(asOf: $asOf) {
    findings(outcomes: [FAIL]) { rule } } } }`;
  const { region } = await teller.get(lifted, query, { id: LIFTED, asOf });
  return region.supportCoverage.findings.map(({ rule }: { rule: string }) => rule).sort();
}

/** A place to work, transport, board and lodging: two of the three are not enough. */
export async function provide(teller: Teller, on: string): Promise<void> {
  const give = (day: string, features: string[], who: Persona = lifted) =>
    teller.act(
      who,
      'workResultRecord',
      day,
      { kind: 'logistics-provision', title: '工作生活条件', region: LIFTED, features },
      'workResult { id }',
    );
  expect(await support(teller, on)).toContain('national.county.logistics');
  expect(stopping(await give(on, LOGISTICS, association))).toEqual(['platform.access.permitted']);
  expect((await give(on, LOGISTICS.slice(0, 2))).decision?.outcome).toBe('ALLOW');
  expect(await support(teller, on)).toContain('national.county.logistics');
  expect((await give(on, LOGISTICS.slice(2))).decision?.outcome).toBe('ALLOW');
  expect(await support(teller, on)).not.toContain('national.county.logistics');
}

/** Who comes by a pairing of east and west: only to a county that is paired, one or two, a third with a reason. */
export async function comeFromTheEast(teller: Teller): Promise<string[]> {
  const unit = await teller.organisation('东部农科院', 'cn-32', { type: 'research-institute' });
  const persons: string[] = [];
  for (const name of ['苏一', '苏二', '苏三']) persons.push(await teller.person(name, unit));
  const join = (person: string | undefined, more: object = {}) =>
    teller.act(
      association,
      'expertPoolAdd',
      '2022-02-28',
      { person, field: '茶叶加工', recommender: unit, source: 'east-west', pairedCounty: LIFTED, ...more },
      'expertPoolEntry { id pairedCounty { id } }',
    );
  expectRefused(await join(persons[0]), 'national.match.east-west.paired');
  await recordStatus(teller, administrator, LIFTED, 'east-west-paired', '2022-02-27');
  expectRefused(await join(persons[0], { pairedCounty: UNLIFTED }), 'platform.access.permitted');
  expect(await coverage(teller, '2022-02-28')).toEqual(['national.match.east-west']);
  for (const person of persons.slice(0, 2)) {
    expect((await join(person)).decision?.outcome).toBe('ALLOW');
    expect(await coverage(teller, '2022-02-28')).toEqual([]);
  }
  const third = await join(persons[2]);
  expect(third.decision?.outcome).toBe('NEEDS_OVERRIDE');
  expectRefused(third, 'national.match.east-west.more');
  const query = `query ($county: ID!) { expertPool(pairedCounty: $county, asOf: "2022-03-01") {
    edges { node { source person { id } } } } }`;
  const { expertPool } = await teller.get(association, query, { county: LIFTED });
  expect(expertPool.edges.map(({ node }: { node: { person: { id: string } } }) => node.person.id).sort()).toEqual(
    persons.slice(0, 2).sort(),
  );
  return persons.slice(0, 2);
}
