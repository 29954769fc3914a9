import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import {
  act,
  administrator,
  codes,
  countyDept,
  failing,
  organisation,
  PREFECTURE,
  person,
  XIUWU,
} from './testdata/scene.ts';

let graph: Graph;
const bodies: Record<string, string> = {};
const ROLES = ['st', 'org', 'finance', 'hr', 'revitalisation'];
const role = (key: string) => `prefecture-${key}-${key === 'org' ? 'dept' : 'bureau'}`;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  for (const key of ROLES)
    bodies[key] = await organisation(graph, PREFECTURE, { type: 'department', level: 'prefecture' });
});
afterAll(() => graph.stop());

const seat = (post: string, key: string, more: object = {}) => ({
  post,
  organisation: bodies[key],
  role: role(key),
  ...more,
});
const COMPLETE = () => [
  seat('CO_HEAD', 'org'),
  seat('HEAD', 'st'),
  ...['st', 'finance', 'hr', 'revitalisation'].map((key) => seat('DEPUTY', key)),
  seat('OFFICE', 'st'),
];
const THING = `governingBody { id version name establishedOn seats(asOf: "2022-11-01") { post role organisation { id } person { id } from to }
  standing(asOf: "2022-11-01") { outcome facts findings { rule outcome effect missing citation { phrase } } } }`;
const register = (input: object, viewer = administrator) =>
  act(graph, viewer, 'governingBodyRegister', { region: PREFECTURE, ...input }, THING);
const finding = (body: { standing: { findings: { rule: string }[] } }) =>
  body.standing.findings.find(({ rule }) => rule === 'jiaozuo.org.leading-group');

describe('GoverningBody', () => {
  it('is composed as the plan wants it: heads of two bodies, deputies of four, and the office', async () => {
    const director = await person(graph, bodies.st as string);
    const seats = [...COMPLETE().slice(0, -1), seat('OFFICE', 'st', { person: director }), seat('MEMBER', 'hr')];
    const payload = await register({ name: '领导小组', seats });
    expect(payload.decision?.outcome).toBe('ALLOW');
    expect(payload.decision?.facts).toMatchObject({
      'governingBody.coHeadBodies': ['prefecture-org-dept', 'prefecture-st-bureau'],
      'governingBody.officeBody': 'prefecture-st-bureau',
    });
    const body = payload.governingBody;
    expect(body.seats).toHaveLength(8);
    expect(body.seats.find(({ post }: { post: string }) => post === 'OFFICE').person).toEqual({ id: director });
    expect(body.standing.outcome).toBe('ALLOW');
    expect(finding(body)).toMatchObject({ outcome: 'PASS' });
  });

  it('says which body it is, who leads it and in which post, and whether it has an office', async () => {
    const director = await person(graph, bodies.st as string, { post: 'st-bureau-director' });
    const seats = [seat('HEAD', 'st', { person: director }), seat('DEPUTY', 'org')];
    const payload = await register({ name: '协调小组', kind: 'coordination-group', seats });
    const known = {
      'governingBody.kind': 'coordination-group',
      'governingBody.leadBody': 'prefecture-st-bureau',
      'governingBody.headPost': 'st-bureau-director',
      'governingBody.officeStated': false,
      'region.level': 'prefecture',
    };
    expect(payload.decision?.facts).toMatchObject(known);
    expect(payload.governingBody.standing.facts).toMatchObject(known);
    const two = await register({ name: '两个组长', seats: [seat('HEAD', 'st'), seat('HEAD', 'org')] });
    expect(two.decision?.facts).not.toHaveProperty(['governingBody.leadBody']);
  });

  it('shows a missing co-head as a flag, and an office not on record as not known', async () => {
    const seats = COMPLETE().filter(({ post }) => post !== 'CO_HEAD');
    const { governingBody: one } = await register({ name: '缺组长', seats });
    expect(one.standing.outcome).toBe('ALLOW');
    expect(finding(one)).toMatchObject({
      outcome: 'FAIL',
      effect: 'flag',
      citation: { phrase: '领导小组办公室设在市科技局' },
    });
    const { governingBody: two } = await register({ name: '缺办公室', seats: COMPLETE().slice(0, -1) });
    expect(finding(two)).toMatchObject({ outcome: 'UNDETERMINED', missing: ['governingBody.officeBody'] });
  });

  it('takes a new composition from a day, and keeps the old one', async () => {
    const first = (await register({ name: '换届', seats: COMPLETE().slice(1) })).governingBody;
    const change = {
      governingBody: first.id,
      version: first.version,
      name: '换届',
      seats: COMPLETE(),
      on: '2022-10-01',
    };
    const second = (await register(change)).governingBody;
    expect(second).toMatchObject({ id: first.id, version: first.version + 1, establishedOn: '2022-06-01' });
    expect(finding(second)).toMatchObject({ outcome: 'PASS' });
    const { governingBody } = await graph.get(
      anonymous,
      'query($id: ID!) { governingBody(id: $id) { seats(asOf: "2022-09-30") { post to } standing(asOf: "2022-09-30") { findings { rule outcome } } } }',
      { id: first.id },
    );
    expect(governingBody.seats).toHaveLength(6);
    expect(governingBody.seats[0].to).toBe('2022-10-01');
    expect(finding(governingBody)).toMatchObject({ outcome: 'FAIL' });
    expect(codes(await register(change))).toEqual(['STALE_VERSION']);
    expect(codes(await register({ ...change, version: null }))).toEqual(['VERSION_REQUIRED']);
    expect(codes(await register({ ...change, version: second.version, on: '2022-09-30' }))).toEqual([
      'ON_BEFORE_LAST_ACT',
    ]);
  });

  it('refuses who may not register, and answers mistakes as data', async () => {
    expect(failing(await register({ name: '无权', seats: [] }, countyDept(XIUWU)))).toContain(
      'platform.access.permitted',
    );
    await register({ name: '同名', seats: [] });
    expect(codes(await register({ name: '同名', seats: [] }))).toEqual(['NAME_TAKEN']);
    expect(codes(await register({ name: ' ', seats: [] }))).toEqual(['NAME_REQUIRED']);
    expect(codes(await register({ name: '甲', seats: [{ ...seat('HEAD', 'st'), role: 'emperor' }] }))).toEqual([
      'ROLE_UNKNOWN',
    ]);
    expect(codes(await register({ name: '甲', seats: [seat('OFFICE', 'st'), seat('OFFICE', 'hr')] }))).toEqual([
      'OFFICE_TWICE',
    ]);
    expect(codes(await register({ name: '甲', seats: [seat('HEAD', 'st', { person: bodies.st })] }))).toEqual([
      'NOT_FOUND',
    ]);
    expect(codes(await register({ name: '甲', region: 'cn-000000', seats: [] }))).toEqual(['NOT_FOUND']);
  });
});
