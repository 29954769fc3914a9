import { afterAll, beforeAll, expect } from '@jest/globals';
import { GoverningBody } from '../../subgraphs/personnel/tables/governing-body.ts';
import { Matching } from '../../subgraphs/personnel/tables/matching.ts';
import { OffPostLeave } from '../../subgraphs/personnel/tables/off-post-leave.ts';
import { Region, RegionStatus } from '../../subgraphs/personnel/tables/region.ts';
import { Selection } from '../../subgraphs/personnel/tables/selection.ts';
import { VillageExpert } from '../../subgraphs/personnel/tables/village-expert.ts';
import { cast, openRound, publishedNeed } from '../../subgraphs/personnel/testdata/round.ts';
import { act, done, organisation, person } from '../../subgraphs/personnel/testdata/scene.ts';
import { Platform } from '../../subgraphs/projects-funding/tables/platform.ts';
import { Project } from '../../subgraphs/projects-funding/tables/project.ts';
import { ServiceObject } from '../../subgraphs/projects-funding/tables/service-object.ts';
import { activeTeam, status } from '../../subgraphs/projects-funding/testdata/county.ts';
import { engaged } from '../../subgraphs/projects-funding/testdata/scene.ts';
import { type Graph, persona, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { allowed, losers, racing, tablesOf, together } from './race.ts';

const AT_ONCE = 12;
const [CITY, COUNTY] = ['cn-451000', 'cn-451022'] as const;
const LIFTED = 'cn-533323';
const bureau = persona('account:bureau', [['prefecture-st-bureau', CITY]]);
const county = persona('account:county', [['county-st-dept', COUNTY]]);
const office = persona('account:office', [['county-revitalisation-dept', LIFTED]]);
const on = '2019-06-03';

describeOnPostgres('registers that many write at once', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  beforeAll(async () => {
    graph = await startGraph({ today: '2022-12-01', url: await server().database() });
  }, 120_000);
  afterAll(() => graph.stop());

  /** Twelve at once, of which one is done and every other is told the same. */
  async function once(viewer: typeof bureau, mutation: string, thing: string, code: string, input: object) {
    const payloads = await together(AT_ONCE, () => act(graph, viewer, mutation, { on, ...input }, thing));
    expect(allowed(payloads).length).toBe(1);
    expect(losers(payloads).filter((told) => !told.includes('.'))).toEqual([code]);
  }
  const personnel = () => tablesOf(graph, 'personnel');
  const funding = () => tablesOf(graph, 'projects-funding');

  race('a village, and a body of a region, has its name once', async () => {
    const village = { parent: COUNTY, name: '平安村', poor: true, delisted: false };
    await once(county, 'villageRegister', 'village { id }', 'DUPLICATE_VILLAGE', village);
    expect(await personnel().count(Region, { parentId: COUNTY, name: '平安村' })).toBe(1);
    const body = { region: CITY, name: '领导小组', seats: [] };
    await once(bureau, 'governingBodyRegister', 'governingBody { id }', 'NAME_TAKEN', body);
    expect(await personnel().count(GoverningBody, { regionId: CITY })).toBe(1);
  });

  race('an expert is linked to a village once', async () => {
    const village = await done(
      graph,
      county,
      'villageRegister',
      { parent: COUNTY, name: '和平村', poor: true, delisted: false, on },
      'village { id }',
    );
    const unit = await organisation(graph, CITY, { on });
    const expert = await person(graph, unit, { on });
    const link = { village: village.id, person: expert, category: 'county-stp' };
    await once(bureau, 'villageExpertAssign', 'villageExpert { id }', 'ALREADY_ASSIGNED', link);
    expect(await personnel().count(VillageExpert, { personId: expert })).toBe(1);
  });

  race('a platform, a project and a service object are registered once', async () => {
    const unit = await organisation(graph, COUNTY, { on });
    const platform = { name: '产业园', kind: 'demo-base', region: COUNTY, organisation: unit };
    await once(bureau, 'platformRegister', 'platform { id }', 'ALREADY_REGISTERED', platform);
    expect(await funding().count(Platform, { organisationId: unit })).toBe(1);

    // Where no engagement names it, and where one does.
    const object = { region: COUNTY, name: '田东合作社', kind: 'cooperative' };
    await once(county, 'serviceObjectRegister', 'serviceObject { id }', 'ALREADY_REGISTERED', object);
    expect(await funding().count(ServiceObject, { name: object.name })).toBe(1);
    const { id: appointment } = await engaged(graph, { county: COUNTY });
    const designated = { ...object, appointment };
    await once(county, 'serviceObjectRegister', 'serviceObject { id }', 'ALREADY_REGISTERED', designated);
    expect(await funding().count(ServiceObject, { name: object.name, appointmentId: appointment })).toBe(1);

    await status(graph, LIFTED, 'poverty-lifted');
    const kind = 'industry-advisor-group';
    const team = await activeTeam(graph, LIFTED, kind, 'national');
    const project = { title: '茶叶深加工', region: LIFTED, programme: kind, team, on: '2022-04-01' };
    await once(office, 'projectRegister', 'project { id }', 'ALREADY_REGISTERED', project);
    expect(await funding().count(Project, { regionId: LIFTED })).toBe(1);
  });

  race('a status of a region has one value at a time', async () => {
    const payloads = await together(AT_ONCE, (at) => {
      const input = { region: COUNTY, kind: 'poor-county', value: at % 2 === 0, source: `文 ${at}`, on };
      return act(graph, bureau, 'regionStatusRecord', input, 'regionStatus { value }');
    });
    expect(allowed(payloads)).toHaveLength(AT_ONCE);
    expect(await personnel().count(RegionStatus, { regionId: COUNTY, kind: 'poor-county', to: null })).toBe(1);
  });

  race('a contact over a need, and a leave, is recorded once', async () => {
    const players = await cast(graph);
    const selection = await openRound(graph);
    const { item } = await publishedNeed(graph, selection, players);
    const contact = { demandItem: item, person: players.lecturer, personConsents: true, on: '2022-02-10' };
    await once(players.sender, 'matchingRecord', 'matching { id }', 'ALREADY_MATCHED', contact);
    expect(await personnel().count(Matching, { demandItemId: item })).toBe(1);
    const leave = {
      person: players.lecturer,
      region: 'cn-410800',
      from: '2022-03-01',
      rightsKept: ['personnel-relation', 'title', 'promotion', 'social-insurance'],
      meetsConditions: true,
      on: '2022-02-20',
    };
    await once(players.sender, 'offPostLeaveGrant', 'leave { id }', 'ON_LEAVE', leave);
    expect(await personnel().count(OffPostLeave, { personId: players.lecturer })).toBe(1);
  });

  race('a unit opens a round of its own once', async () => {
    const players = await cast(graph);
    const round = { region: 'cn-410800', level: 'unit', organisation: players.university, year: 2022, category: 'own' };
    const input = { ...round, on: '2022-01-10' };
    await once(players.sender, 'selectionOpen', 'selection { id }', 'DUPLICATE_ROUND', input);
    expect(await personnel().count(Selection, { organisationId: players.university })).toBe(1);
  });
});
