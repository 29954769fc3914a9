import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { act } from '../subgraphs/evaluation/testdata/batch.ts';
import { PLAN_CITY, PLAN_COUNTY, planBureau, planUnit } from '../subgraphs/evaluation/testdata/plan.ts';
import { Team } from '../subgraphs/personnel/tables/team.ts';
import { type Graph, persona, startGraph } from './harness.ts';

/** Rules whose facts come from what somebody wrote down: each is seen to be judged, and not left open. */
describe('what is stated is judged', () => {
  let graph: Graph;
  let unit: Awaited<ReturnType<typeof planUnit>>;
  const administrator = persona('administrator', [['region-administrator', 'cn']]);
  const nation = persona('nation', [['national-science-association', 'cn']]);

  beforeAll(async () => {
    graph = await startGraph({ today: '2022-12-31' });
    unit = await planUnit(graph, '农村科');
  });
  afterAll(() => graph.stop());

  interface Judged {
    decision: { outcome: string; findings: { rule: string; outcome: string; facts: Record<string, unknown> }[] };
  }
  const failing = ({ decision }: Judged) =>
    decision.findings.flatMap(({ rule, outcome }) => (outcome === 'FAIL' ? [rule] : [])).sort();

  it('an expert group of an industry outside the nine needs a reason, and a second team of one industry is shown', async () => {
    const create = (name: string, more: object) => {
      const levels = { expertLevels: ['province', 'prefecture', 'county'] };
      const place = { level: 'prefecture', region: PLAN_CITY, organisation: unit.id, on: '2019-04-01' };
      return act(graph, planBureau, 'teamCreate', { name, ...levels, ...place, ...more }, 'team { id }');
    };
    const flowers = await create('花卉组', { kind: 'expert-group', industry: 'flowers' });
    expect(flowers.decision.outcome).toBe('NEEDS_OVERRIDE');
    expect(failing(flowers)).toEqual(['baise.experts.nine-industries']);
    const silkworm = await create('桑蚕组', { kind: 'expert-group', industry: 'silkworm', expertLevels: ['county'] });
    expect(silkworm.decision.outcome).toBe('ALLOW');
    expect(failing(silkworm)).toEqual(['baise.experts.nine-industries.levels']);
    expect(failing(await create('茶叶团', { kind: 'service-team', industry: 'tea' }))).toEqual([]);
    const second = await create('茶叶二团', { kind: 'service-team', industry: 'tea' });
    expect(second.decision.outcome).toBe('ALLOW');
    expect(failing(second)).toEqual(['baise.goal.nine-teams.industry']);
  });

  it('a finding is known by its class and by who found it', async () => {
    const record = (input: object) =>
      act(
        graph,
        planBureau,
        'findingRecord',
        { region: PLAN_CITY, organisation: unit.id, description: '未整改', on: '2019-07-01', ...input },
        'finding { id }',
      );
    const formalism = await record({ kind: 'governance', class: 'formalism-fraud', dueOn: '2019-09-30' });
    expect(formalism.decision.outcome).toBe('ALLOW');
    expect(failing(formalism)).toEqual(['baise.governance.classes']);
    const standing = async (id: string, asOf: string) => {
      const query = `query ($id: ID!, $asOf: Date!) { finding(id: $id) { standing(asOf: $asOf) {
        findings(outcomes: [FAIL]) { rule } } } }`;
      const { finding } = await graph.get(planBureau, query, { id, asOf });
      return finding.standing.findings.map(({ rule }: { rule: string }) => rule).sort();
    };
    expect(await standing(formalism.finding.id, '2019-09-30')).toEqual(['baise.governance.classes.open']);
    const audited = await record({ kind: 'inspection', source: 'special-audit', dueOn: '2019-09-30' });
    expect(await standing(audited.finding.id, '2019-09-30')).toEqual([]);
    expect(await standing(audited.finding.id, '2019-10-01')).toEqual([
      'baise.inspect.rectification',
      'baise.inspect.rectification.external',
    ]);
    const found = await record({ kind: 'inspection', source: 'inspection', dueOn: '2019-09-30' });
    expect(await standing(found.finding.id, '2019-10-01')).toEqual(['baise.inspect.rectification']);
  });

  it('B-ID-18, B-ID-19: a village off the list is owed service while it has a need, and not without one', async () => {
    const village = { name: '新丰村', parent: PLAN_COUNTY, poor: true, delisted: true, on: '2019-03-01' };
    const { village: off } = await act(graph, planBureau, 'villageRegister', village, 'village { id }');
    const asked = async () => {
      const query = `query ($id: ID!) { region(id: $id) { coverage(asOf: "2019-06-01") { decision {
        facts findings { rule outcome } } } } }`;
      const { region } = await graph.get(planBureau, query, { id: off.id });
      const { facts, findings } = region.coverage.decision;
      const { outcome } = findings.find(({ rule }: { rule: string }) => rule === 'baise.goal.village-coverage');
      return [facts['region.villagesOwedService'], outcome];
    };
    expect(await asked()).toEqual([0, 'PASS']);
    const need = { region: off.id, kind: 'st-demand', value: true, source: '科技需求表', on: '2019-05-01' };
    const recorded = await act(graph, planBureau, 'regionStatusRecord', need, 'regionStatus { id }');
    expect(recorded.decision.outcome).toBe('ALLOW');
    expect(await asked()).toEqual([1, 'FAIL']);
  });

  it('only meetings that studied the work count towards the four and the two of a year', async () => {
    const meet = (kind: string, date: string, onProgramme: boolean) =>
      act(
        graph,
        planBureau,
        'meetingRecord',
        { region: PLAN_CITY, kind, date, topic: '研究工作', onProgramme, on: date },
        'meeting { id }',
      );
    const duty = async (entry: string) => {
      const query = `{ obligations(region: "${PLAN_CITY}", year: 2019, asOf: "2019-12-31") { entry status settledOn } }`;
      const { obligations } = await graph.get(planBureau, query);
      return obligations.find((one: { entry: string }) => one.entry === entry);
    };
    for (const date of ['2019-03-04', '2019-06-03']) await meet('party-group-meeting', date, true);
    await meet('leadership-meeting', '2019-09-02', true);
    const astray = await meet('leadership-meeting', '2019-10-08', false);
    expect(failing(astray)).toEqual(['baise.meeting.party-4.topic']);
    expect(await duty('party-meetings')).toMatchObject({ status: 'DUE', settledOn: null });
    await meet('leadership-meeting', '2019-11-04', true);
    expect(await duty('party-meetings')).toMatchObject({ status: 'SATISFIED', settledOn: '2019-11-04' });
    for (const [date, onProgramme] of [
      ['2019-04-01', true],
      ['2019-05-06', false],
    ] as const)
      await meet('deployment', date, onProgramme);
    expect(await duty('work-meetings')).toMatchObject({ status: 'DUE' });
  });

  it('what concerns no project of the groups is not asked of their rules', async () => {
    const COUNTY = 'cn-430626';
    const lifted = { region: COUNTY, kind: 'poverty-lifted', value: true, source: '名单', on: '2021-03-01' };
    await act(graph, administrator, 'regionStatusRecord', lifted, 'regionStatus { id }');
    const county = persona('county', [['county-revitalisation-dept', COUNTY]]);
    const register = (more: object) =>
      act(
        graph,
        county,
        'projectRegister',
        { title: '道路', region: COUNTY, on: '2022-04-01', ...more },
        'project { id }',
      );
    const plain = await register({});
    expect(plain.decision).toMatchObject({ outcome: 'ALLOW', missing: [] });
    expect(plain.decision.facts).toMatchObject({ 'project.programme': 'none' });
    const unserved = await register({ title: '茶厂', programme: 'industry-advisor-group' });
    expect(failing(unserved)).toEqual(['national.project.eligible-apply']);
    const { organisation } = await act(
      graph,
      administrator,
      'organisationRegister',
      { name: '县局', type: 'county-bureau', nature: 'government', level: 'county', region: COUNTY, on: '2022-04-01' },
      'organisation { id }',
    );
    const money = (more: object) =>
      act(
        graph,
        county,
        'fundingAllocate',
        {
          payer: organisation.id,
          payerLevel: 'county',
          source: 'transition-subsidy',
          form: 'subsidy',
          mode: 'upfront',
          amountFen: 10_000_00,
          year: 2022,
          on: '2022-04-02',
          ...more,
        },
        'fundingLine { id }',
      );
    expect((await money({ countyProject: plain.project.id })).decision).toMatchObject({
      outcome: 'ALLOW',
      missing: [],
    });
    expect((await money({ organisation: organisation.id })).decision).toMatchObject({ outcome: 'ALLOW', missing: [] });
  });

  it('an advisor group owes its plan, summary, consultations and visits, and the province’s own team none of them', async () => {
    const COUNTY = 'cn-430626';
    const em = graph.subgraphs.get('personnel')?.orm.em.fork();
    const [group, team] = [uuid(), uuid()];
    for (const [id, kind, level] of [
      [group, 'industry-advisor-group', 'national'],
      [team, 'expert-team', 'county'],
    ] as const)
      em?.create(Team, {
        id,
        version: 1,
        name: kind,
        level,
        kind,
        regionId: COUNTY,
        organisationId: unit.id,
        chainStages: [],
        industries: [],
        expertLevels: [],
        status: 'active',
        formedOn: '2021-06-01',
        activatedOn: '2021-06-01',
        changedOn: '2021-06-01',
        changedAt: new Date('2021-06-01T00:00:00Z'),
      });
    await em?.flush();
    const query = `{ obligations(region: "${COUNTY}", year: 2022, asOf: "2022-12-31") { entry occurrence } }`;
    const { obligations } = await graph.get(administrator, query);
    const owed = (entry: string) =>
      obligations.flatMap((one: { entry: string; occurrence: string }) =>
        one.entry === entry ? [one.occurrence] : [],
      );
    for (const entry of [
      'annual-plan',
      'annual-summary',
      'consultation-first-half',
      'consultation-second-half',
      'on-site-service',
    ])
      expect([entry, owed(entry)]).toEqual([entry, [group]]);
  });

  it('a county that is paired with the east has one or two people from there, and one that is not owes none', async () => {
    const PAIRED = PLAN_COUNTY;
    const ALONE = 'cn-451024';
    const status = (region: string, kind: string, value: boolean) =>
      act(
        graph,
        administrator,
        'regionStatusRecord',
        { region, kind, value, source: '名单', on: '2021-03-01' },
        'regionStatus { id }',
      );
    for (const region of [PAIRED, ALONE]) await status(region, 'poverty-lifted', true);
    await status(PAIRED, 'east-west-paired', true);
    await status(ALONE, 'east-west-paired', false);
    const outcome = async (region: string) => {
      const query = `query ($id: ID!) { region(id: $id) { coverage(asOf: "2022-06-01") { decision {
        findings { rule outcome } } } } }`;
      const { region: found } = await graph.get(nation, query, { id: region });
      const findings: { rule: string; outcome: string }[] = found.coverage.decision.findings;
      return findings.find(({ rule }) => rule === 'national.match.east-west')?.outcome;
    };
    expect([await outcome(PAIRED), await outcome(ALONE)]).toEqual(['FAIL', 'NOT_APPLICABLE']);
    const persons: string[] = [];
    for (const name of ['甲', '乙', '丙']) {
      const input = { name, organisation: unit.id, on: '2022-03-01' };
      persons.push((await act(graph, administrator, 'personRegister', input, 'person { id }')).person.id);
    }
    const add = (person: string | undefined, pairedCounty: string) => {
      const input = { person, source: 'east-west', field: '茶叶', recommenderName: '东部科协', pairedCounty };
      return act(graph, nation, 'expertPoolAdd', { ...input, on: '2022-04-01' }, 'expertPoolEntry { id }');
    };
    const astray = await add(persons[0], ALONE);
    expect(astray.decision.outcome).toBe('DENY');
    expect(failing(astray)).toEqual(['national.match.east-west.paired']);
    for (const person of persons.slice(0, 2)) expect((await add(person, PAIRED)).decision.outcome).toBe('ALLOW');
    expect(await outcome(PAIRED)).toBe('PASS');
    const third = await add(persons[2], PAIRED);
    expect(third.decision.outcome).toBe('NEEDS_OVERRIDE');
    expect(failing(third)).toEqual(['national.match.east-west.more']);
  });
});
