import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { appointment, team } from './testdata/rows.ts';
import { act, codes, done, failing, organisation, person } from './testdata/scene.ts';

/** A county of a work plan for poor villages. */
const [PREFECTURE, COUNTY] = ['cn-451000', 'cn-451081'];
const bureau = persona('bureau', [['prefecture-st-bureau', PREFECTURE]]);
const department = persona('department', [['county-st-dept', COUNTY]]);
const stranger = persona('stranger', [['county-st-dept', 'cn-451022']]);
const DAY = '2019-06-03';

let graph: Graph;
let unit: string;
let expert: string;
let poor: string;
let rich: string;

const register = (input: object, viewer = department) =>
  act(
    graph,
    viewer,
    'villageRegister',
    { parent: COUNTY, on: DAY, ...input },
    'village { id level name path mainIndustries statuses { kind value } }',
  );

beforeAll(async () => {
  graph = await startGraph({ today: '2020-12-31' });
  unit = await organisation(graph, COUNTY, { on: DAY });
  expert = await person(graph, unit, { on: DAY });
  poor = (await register({ name: '三南村', poor: true, delisted: false, mainIndustries: ['silkworm', 'tea'] })).village
    .id;
  rich = (await register({ name: '新村', code: '451081100201', poor: false })).village.id;
}, 120_000);
afterAll(() => graph.stop());

describe('a village', () => {
  it('is a region below its county, registered once, with what is known of it', async () => {
    const twice = await register({ name: '三南村' });
    expect(codes(twice)).toEqual(['DUPLICATE_VILLAGE']);
    expect(codes(await register({ name: '又一村', code: '451081100201' }))).toEqual(['DUPLICATE_VILLAGE']);
    expect(codes(await register({ name: '又一村', code: '4510' }))).toEqual(['VILLAGE_CODE_INVALID']);
    expect(codes(await register({ name: ' ' }))).toEqual(['TEXT_REQUIRED']);
    expect(codes(await register({ name: '又一村', parent: poor }))).toEqual(['PARENT_INVALID']);
    expect(codes(await register({ name: '又一村', parent: 'cn-1' }))).toEqual(['NOT_FOUND']);
    const elsewhere = await register({ name: '又一村' }, stranger);
    expect(elsewhere.decision?.outcome).toBe('DENY');
    expect(elsewhere.decision?.findings.find(({ rule }) => rule === failing(elsewhere)[0])?.citation.article).not.toBe(
      '',
    );
    const { region, regions } = await graph.get(
      anonymous,
      `query ($id: ID!) { region(id: $id) { name level parent { id } path statuses { kind value } mainIndustries }
        regions(filter: { level: VILLAGE, within: "cn-451000" }) { edges { node { id } } } }`,
      { id: poor },
    );
    expect(region).toEqual({
      name: '三南村',
      level: 'VILLAGE',
      parent: { id: COUNTY },
      path: [poor, COUNTY, PREFECTURE, 'cn-45', 'cn'],
      statuses: [
        { kind: 'delisted', value: false },
        { kind: 'poor', value: true },
      ],
      mainIndustries: ['silkworm', 'tea'],
    });
    expect(regions.edges.map((edge: { node: { id: string } }) => edge.node.id).sort()).toEqual([poor, rich].sort());
    expect(rich).toBe('cn-451081100201');
  });

  it('has experts, each of whom may serve several', async () => {
    const assign = (input: object, viewer = department) =>
      act(
        graph,
        viewer,
        'villageExpertAssign',
        { village: poor, person: expert, category: 'county-stp', on: DAY, ...input },
        'villageExpert { id to }',
      );
    const coverage = async () =>
      (
        await graph.get(
          bureau,
          'query ($id: ID!, $on: Date) { region(id: $id) { coverage(asOf: $on) { decision { facts } } } }',
          { id: COUNTY, on: DAY },
        )
      ).region.coverage.decision.facts;
    expect(await coverage()).toMatchObject({
      'region.poorVillageCount': 1,
      'region.poorVillagesWithoutExpert': 1,
      'region.villagesOwedService': 1,
      'region.villagesOwedWithoutExpert': 1,
      'region.villageIndustriesUncovered': 2,
    });
    // A team of the prefecture serves what it serves in the county too, and one elsewhere does not.
    await team(graph, 'cn-451022', unit, ['silkworm']);
    expect(await coverage()).toMatchObject({ 'region.villageIndustriesUncovered': 2 });
    await team(graph, PREFECTURE, unit, ['tea']);
    expect(await coverage()).toMatchObject({ 'region.villageIndustriesUncovered': 1 });
    expect((await assign({}, stranger)).decision?.outcome).toBe('DENY');
    const first = await assign({});
    expect(first.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: {
        'village.poor': true,
        'village.delisted': false,
        'villageExpert.otherVillages': 0,
        'villageExpert.villageCountAfter': 1,
      },
    });
    expect(codes(await assign({}))).toEqual(['ALREADY_ASSIGNED']);
    expect((await assign({ village: rich, until: '2019-12-31' })).decision?.facts).toMatchObject({
      'villageExpert.otherVillages': 1,
    });
    expect(codes(await assign({ village: COUNTY }))).toEqual(['NOT_FOUND']);
    expect(codes(await assign({ person: '019ab000-0000-7000-8000-000000000000' }))).toEqual(['NOT_FOUND']);
    expect(codes(await assign({ village: rich, until: '2019-01-01' }))).toEqual(['PERIOD_INVALID']);
    expect(await coverage()).toMatchObject({
      'region.poorVillagesWithoutExpert': 0,
      'region.villagesOwedWithoutExpert': 0,
    });
    const links = async (inForceOn: string) =>
      (
        await graph.get(
          anonymous,
          'query ($on: Date) { villageExperts(filter: { region: "cn-451000", inForceOn: $on }) { totalCount } }',
          { on: inForceOn },
        )
      ).villageExperts.totalCount;
    expect([await links('2019-12-31'), await links('2020-01-01')]).toEqual([2, 1]);
  });
});

describe('an assignment', () => {
  const talent = (kind: string, more: object = {}, who = expert) =>
    appointment(
      graph,
      COUNTY,
      { person: who, organisation: unit },
      {
        kind,
        prefectureId: PREFECTURE,
        appointedOn: '2019-03-01',
        year: 2019,
        from: '2019-03-01',
        to: '2020-12-31',
        status: 'listed',
        activatedOn: null,
        ...more,
      },
    );
  const record = (id: string, input: object, viewer = department) =>
    act(
      graph,
      viewer,
      'assignmentRecord',
      { appointment: id, on: DAY, ...input },
      'assignment { id kind name quantity }',
    );

  it('names the four things that the law wants before somebody is sent', async () => {
    const id = await talent('three-regions-talent');
    const activate = () =>
      act(
        graph,
        department,
        'appointmentActivate',
        { appointment: id, version: 1, on: DAY },
        'appointment { status kind assignments(asOf: "2019-06-03") { kind } }',
      );
    const bare = await activate();
    expect(bare.decision?.outcome).toBe('DENY');
    expect(failing(bare)).toContain('baise.sanqu.four-ones');
    expect((await record(id, { kind: 'PROJECT', name: '桑蚕项目' }, stranger)).decision?.outcome).toBe('DENY');
    for (const [kind, more] of [
      ['PROJECT', { name: '桑蚕项目' }],
      ['BASE', { name: '示范基地' }],
      ['OPERATOR', { name: '合作社', village: poor }],
      ['HOUSEHOLD', { quantity: 2, village: poor, name: '某户' }],
    ] as const) {
      expect((await record(id, { kind, ...more })).decision?.outcome).toBe('ALLOW');
    }
    expect(codes(await record(id, { kind: 'YEAR_TARGET', name: '指导 10 次' }))).toEqual(['YEAR_REQUIRED']);
    expect(codes(await record(id, { kind: 'PROJECT', name: '甲', quantity: 2 }))).toEqual(['QUANTITY_INVALID']);
    expect(codes(await record(id, { kind: 'BASE', name: '甲', village: COUNTY }))).toEqual(['NOT_FOUND']);
    expect(codes(await record('019ab000-0000-7000-8000-000000000000', { kind: 'BASE' }))).toEqual(['NOT_FOUND']);
    await record(id, { kind: 'YEAR_TARGET', year: 2019, name: '指导 10 次' });
    const sent = await activate();
    expect(sent.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: {
        'appointment.kind': 'three-regions-talent',
        'assignment.projectCount': 1,
        'assignment.poorVillageOperatorCount': 1,
        'assignment.householdCount': 2,
        'assignment.yearTargetSet': true,
      },
    });
    expect(sent.appointment.assignments.length).toBe(5);
    const { appointment: read } = await graph.get(
      department,
      'query ($id: ID!) { appointment(id: $id) { assignments(asOf: "2019-06-03") { kind name quantity } } }',
      { id },
    );
    // A household is counted, never named.
    expect(read.assignments).toContainEqual({ kind: 'HOUSEHOLD', name: null, quantity: 2 });
    const { appointment: hidden } = await graph.get(
      stranger,
      'query ($id: ID!) { appointment(id: $id) { assignments { id } } }',
      { id },
    );
    expect(hidden?.assignments ?? null).toBeNull();
  });

  it('of a series: who began with it leaves only for a special circumstance', async () => {
    const who = await person(graph, unit, { on: DAY });
    await talent(
      'poor-village-commissioner',
      { year: 2018, from: '2018-01-01', to: '2019-02-28', status: 'renewed' },
      who,
    );
    const id = await talent('poor-village-commissioner', { status: 'active', activatedOn: '2019-03-01' }, who);
    const exit = (more: object = {}) =>
      act(
        graph,
        department,
        'appointmentExit',
        { appointment: id, version: 1, reason: '个人原因', on: '2019-12-31', ...more },
        'appointment { status }',
      );
    const dropped = await exit();
    expect(dropped.decision).toMatchObject({
      outcome: 'NEEDS_OVERRIDE',
      facts: {
        'appointment.startYear': 2018,
        'appointment.exitOn': '2019-12-31',
        'appointment.specialCircumstance': false,
      },
    });
    expect(failing(dropped)).toContain('baise.stp.continuity');
    expect((await exit({ specialCircumstance: '因病' })).appointment).toEqual({ status: 'exited' });
  });
});

describe('the posts of a work team', () => {
  it('are three, held by three persons', async () => {
    const post = async (code: string, who?: string) =>
      act(
        graph,
        bureau,
        'postingRecord',
        {
          person: who ?? (await person(graph, unit, { on: DAY })),
          region: poor,
          kind: 'work-team',
          post: code,
          from: DAY,
          orderDocument: '百科字 1 号',
          on: DAY,
        },
        'posting { id }',
      );
    await done(
      graph,
      bureau,
      'postingRecord',
      {
        person: expert,
        region: poor,
        kind: 'work-team',
        post: 'team-leader',
        from: DAY,
        orderDocument: '百科字 1 号',
        on: DAY,
      },
      'posting { id }',
    );
    expect((await post('first-secretary')).decision?.outcome).toBe('ALLOW');
    expect((await post('team-member', expert)).decision?.facts).toMatchObject({ 'posting.personHoldsOther': true });
    expect((await post('team-leader')).decision).toMatchObject({
      outcome: 'DENY',
      facts: { 'posting.postHolders': 1 },
    });
  });
});
