import { afterAll, beforeAll, expect } from '@jest/globals';
import { Report } from '../../subgraphs/evaluation/tables/report.ts';
import { Posting } from '../../subgraphs/personnel/tables/posting.ts';
import { Selection } from '../../subgraphs/personnel/tables/selection.ts';
import { Team } from '../../subgraphs/personnel/tables/team.ts';
import { act, administrator, done, failing } from '../../subgraphs/personnel/testdata/scene.ts';
import { WorkResult } from '../../subgraphs/projects-funding/tables/work-result.ts';
import { DecisionRecord } from '../../subgraphs/record.ts';
import { type Graph, persona, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { allowed, losers, racing, tablesOf, together } from './race.ts';

const AT_ONCE = 12;

const [CITY, COUNTY] = ['cn-451000', 'cn-451022'] as const;
const bureau = persona('account:bureau', [['prefecture-st-bureau', CITY]]);
const county = persona('account:county', [['county-st-dept', COUNTY]]);
const DAY = '2019-06-03';

describeOnPostgres('a task plan, worked on by many at once', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  let unit: string;
  let people: string[];
  let number = 0;

  const register = async (name: string) =>
    (
      await done(
        graph,
        administrator,
        'personRegister',
        { name, organisation: unit, employmentStatus: 'in-service', on: DAY },
        'person { id }',
      )
    ).id as string;
  const village = async () => {
    number += 1;
    const input = { parent: COUNTY, name: `赛${number}村`, poor: true, delisted: false, on: DAY };
    return (await done(graph, county, 'villageRegister', input, 'village { id }')).id as string;
  };
  const tables = (name: string) => tablesOf(graph, name);

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31', url: await server().database() });
    const office = { name: '农村科', type: 'st-dept', nature: 'public-institution', level: 'prefecture', region: CITY };
    unit = (await done(graph, administrator, 'organisationRegister', { ...office, on: DAY }, 'organisation { id }')).id;
    people = [];
    for (let at = 0; at < AT_ONCE; at += 1) people.push(await register(`队员${at}`));
  }, 120_000);
  afterAll(() => graph.stop());

  const post = (region: string, person: string | undefined, code: string) =>
    act(
      graph,
      bureau,
      'postingRecord',
      { person, region, kind: 'work-team', post: code, from: DAY, orderDocument: '百科字 1 号', on: DAY },
      'posting { id }',
    );

  race('a work team never gets a fourth member, nor a post two holders', async () => {
    const region = await village();
    const posts = ['team-leader', 'first-secretary', 'team-member'];
    const payloads = await together(AT_ONCE, (at) => post(region, people[at], posts[at % 3] as string));
    expect(allowed(payloads)).toHaveLength(3);
    expect(losers(payloads)).toEqual(['baise.workteam.three-posts']);
    const held = await tables('personnel').find(Posting, { regionId: region, endedOn: null });
    expect(held.map((one) => one.post).sort()).toEqual([...posts].sort());
    expect(new Set(held.map(({ personId }) => personId)).size).toBe(3);
  });

  race('one person gets one post, whichever is offered first, and the same post once', async () => {
    const [region, other] = [await village(), await village()];
    const posts = ['team-leader', 'first-secretary', 'team-member'];
    const several = await together(AT_ONCE, (at) => post(region, people[0], posts[at % 3] as string));
    expect(allowed(several)).toHaveLength(1);
    expect(losers(several).sort()).toEqual(['ALREADY_POSTED', 'baise.workteam.three-posts']);
    const same = await together(AT_ONCE, () => post(other, people[1], 'team-leader'));
    expect(allowed(same)).toHaveLength(1);
    expect(losers(same)).toEqual(['ALREADY_POSTED']);
    expect(await tables('personnel').count(Posting, { regionId: { $in: [region, other] } })).toBe(2);
  });

  race('of the same report of a quarter one is the first, and every other is told so', async () => {
    const task = (
      await done(
        graph,
        bureau,
        'taskCreate',
        {
          region: CITY,
          title: '选聘科技特派员',
          responsible: [{ unit, person: people[0] }],
          yearTargets: [{ year: 2019, measure: '选聘', quantity: 420, unit: 'person' }],
          on: DAY,
        },
        'task { id }',
      )
    ).id;
    const staff = persona('account:staff', [['responsible-unit', CITY, unit]]);
    const input = {
      region: CITY,
      kind: 'quarterly-progress',
      task,
      organisation: unit,
      periodFrom: '2019-04-01',
      periodTo: '2019-06-30',
      on: '2019-06-25',
    };
    const payloads = await together(AT_ONCE, () => act(graph, staff, 'reportSubmit', input, 'report { id }'));
    expect(allowed(payloads)).toHaveLength(AT_ONCE);
    const first = payloads.filter(({ decision }) => decision?.facts['report.alreadySubmitted'] === false);
    expect(first).toHaveLength(1);
    const told = payloads.filter((payload) => failing(payload).includes('baise.report.quarterly.once'));
    expect(told).toHaveLength(AT_ONCE - 1);
    // What is owed is settled once, however often it was reported.
    const document = `{ obligations(region: "${CITY}", year: 2019, asOf: "2019-12-31") { entry occurrence from status } }`;
    const { obligations } = await graph.get(bureau, document);
    const june = obligations.filter(
      (one: { entry: string; from: string }) => one.entry === 'quarterly-report' && one.from === '2019-06-21',
    );
    expect(june).toMatchObject([{ occurrence: `${task}/${unit}`, status: 'SATISFIED' }]);
    const key = { ...input, periodFrom: '2019-07-01', periodTo: '2019-09-30', on: '2019-09-25' };
    const once = await together(AT_ONCE, () =>
      act(graph, staff, 'reportSubmit', { ...key, idempotencyKey: 'the third quarter' }, 'report { id }'),
    );
    expect(new Set(once.map(({ report }) => report.id)).size).toBe(1);
    expect(await tables('evaluation').count(Report, { taskId: task, periodTo: '2019-09-30' })).toBe(1);
  });

  race('of one thing recorded by many one record is the first, and the figure counts it once', async () => {
    const region = await village();
    const base = { kind: 'base-service', title: '桑园', region, reference: '桑园一号', on: DAY };
    const payloads = await together(AT_ONCE, () => act(graph, bureau, 'workResultRecord', base, 'workResult { id }'));
    expect(allowed(payloads)).toHaveLength(AT_ONCE);
    expect(payloads.filter(({ decision }) => decision?.facts['workResult.duplicate'] === false)).toHaveLength(1);
    expect(payloads.filter((payload) => failing(payload).includes('baise.indicator.table.counted-once'))).toHaveLength(
      AT_ONCE - 1,
    );
    const { indicatorTable } = await graph.get(
      bureau,
      `{ indicatorTable(year: 2019, pack: "baise", indicators: ["bases-guided"], asOf: "2019-12-31") { value } }`,
    );
    expect(indicatorTable).toEqual([{ value: 1 }]);
    const keyed = { ...base, reference: '桑园二号', idempotencyKey: 'the second garden' };
    const once = await together(AT_ONCE, () => act(graph, bureau, 'workResultRecord', keyed, 'workResult { id }'));
    expect(new Set(once.map(({ workResult }) => workResult.id)).size).toBe(1);
    expect(await tables('projects-funding').count(WorkResult, { reference: '桑园二号' })).toBe(1);
    const { id } = once[0]?.workResult ?? {};
    expect(await tables('projects-funding').count(DecisionRecord, { subjectId: id })).toBe(1);
  });

  race('two teams of one industry, and a tenth team, are seen by whoever forms them', async () => {
    const industries = ['tea', 'fruit', 'grain', 'honey', 'silkworm', 'livestock', 'aquatic', 'vegetables', 'others'];
    const form = (industry: string) =>
      act(
        graph,
        bureau,
        'teamCreate',
        {
          name: `${industry}服务团`,
          kind: 'service-team',
          level: 'prefecture',
          region: CITY,
          organisation: unit,
          industry,
          on: DAY,
        },
        'team { id }',
      );
    const payloads = await together(AT_ONCE, (at) => form(industries[at % 8] as string));
    expect(allowed(payloads)).toHaveLength(AT_ONCE);
    // Twelve for eight industries: four are the second of theirs, three come after the ninth.
    const flagged = (rule: string) => payloads.filter((payload) => failing(payload).includes(rule)).length;
    expect(flagged('baise.goal.nine-teams.industry')).toBe(4);
    expect(flagged('baise.goal.nine-teams')).toBe(3);
    expect(await tables('personnel').count(Team, { kind: 'service-team' })).toBe(AT_ONCE);
  });

  race('a round of a county is opened once, and one candidacy makes one appointment', async () => {
    const round = { region: COUNTY, level: 'county', year: 2019, category: 'poor-village-commissioner', on: DAY };
    const rounds = await together(AT_ONCE, () => act(graph, county, 'selectionOpen', round, 'selection { id }'));
    expect(allowed(rounds)).toHaveLength(1);
    expect(losers(rounds)).toEqual(['DUPLICATE_ROUND']);
    const { id: selection } = (await tables('personnel').findOneOrFail(Selection, { regionId: COUNTY })) as Selection;
    const form = { selection, person: people[0], form: { speciality: '桑蚕' }, on: DAY };
    const application = (await done(graph, county, 'applicationSubmit', form, 'application { id }')).id;
    const term = { from: '2019-07-01', to: '2020-12-31', county: COUNTY, kind: 'poor-village-commissioner', on: DAY };
    const made = await together(AT_ONCE, () =>
      act(graph, county, 'appointmentCreate', { application, ...term }, 'appointment { id version }'),
    );
    expect(allowed(made)).toHaveLength(1);
    expect(losers(made)).toEqual(['WRONG_STATE']);
  });
});
