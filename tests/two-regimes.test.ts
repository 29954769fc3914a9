import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { v7 as uuid } from 'uuid';
import { type Assembled, assemble } from '../assemble.ts';
import { loadPack, packsFolder } from '../policies/load.ts';
import { bundle, releaseText } from '../policies/release.ts';
import { compose } from '../schema/compose.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { RegionStatus } from '../subgraphs/personnel/tables/region.ts';
import { anonymous, type Graph, persona, startGraph } from './harness.ts';

const madeUp = join(import.meta.dirname, 'testdata/new-region');
const COUNTY = 'cn-533323';
const NEIGHBOUR = 'cn-533301';
const PREFECTURE = 'cn-533300';
const STATUS = 'upland';

/** The made-up region's pack under another name: the same squad rule, for places of a status, with another size. */
function releaseInto(packs: string, id: string, governs: object, sizeMin: number): void {
  const folder = join(packs, id);
  cpSync(madeUp, folder, { recursive: true });
  for (const file of ['pack.json', 'roles.json', 'rules/squad.size.json', 'parameters/squad.size-min.json']) {
    const text = readFileSync(join(folder, file), 'utf8').replaceAll('"yunling', `"${id}`);
    writeFileSync(join(folder, file), text.replaceAll(`${id}-measures`, 'yunling-measures'));
  }
  const header = JSON.parse(readFileSync(join(folder, 'pack.json'), 'utf8'));
  writeFileSync(join(folder, 'pack.json'), JSON.stringify({ ...header, governs }));
  const parameter = JSON.parse(readFileSync(join(folder, 'parameters/squad.size-min.json'), 'utf8'));
  const values = [{ ...parameter.values[0], value: sizeMin }];
  writeFileSync(join(folder, 'parameters/squad.size-min.json'), JSON.stringify({ ...parameter, values }));
  rmSync(join(folder, 'cases'), { recursive: true });
  mkdirSync(join(folder, 'releases'));
  writeFileSync(join(folder, 'releases/1.0.0.json'), releaseText(bundle(loadPack(folder))));
}

describe('a county under two regimes', () => {
  const packs = mkdtempSync(join(tmpdir(), 'packs-'));
  const office = persona('office', [['squad-office', PREFECTURE]]);
  let graph: Graph;

  beforeAll(async () => {
    cpSync(join(packsFolder, 'platform'), join(packs, 'platform'), { recursive: true });
    releaseInto(packs, 'yunling', { regions: [PREFECTURE] }, 2);
    releaseInto(packs, 'uplands', { status: STATUS }, 3);
    graph = await startGraph({ packs, today: '2024-01-10' });
    await record({ from: '2023-01-01', to: '2023-12-01' });
  });
  afterAll(async () => {
    await graph.stop();
    rmSync(packs, { recursive: true });
  });

  async function record(
    period: { from: string; to: string | null },
    assembled: Pick<Assembled, 'subgraphs'> = graph,
  ): Promise<void> {
    const em = assembled.subgraphs.get('personnel')?.orm.em.fork();
    em?.create(RegionStatus, {
      id: uuid(),
      regionId: COUNTY,
      kind: STATUS,
      value: true,
      source: 'a made-up list',
      ...period,
    });
    await em?.flush();
  }

  const packsOf = async (region: string, asOf: string, by: Pick<Graph, 'get'> = graph): Promise<string[]> => {
    const query = `query ($region: ID!, $asOf: Date) { region(id: $region) { packs(asOf: $asOf) { id } } }`;
    return (await by.get(anonymous, query, { region, asOf })).region.packs.map(({ id }: { id: string }) => id);
  };

  it('has both in force while the status stands, each day by that day', async () => {
    const on = (day: string) => packsOf(COUNTY, day);
    expect(await on('2022-12-31')).toEqual(['platform', 'yunling']);
    expect(await on('2023-01-01')).toEqual(['platform', 'uplands', 'yunling']);
    expect(await on('2023-11-30')).toEqual(['platform', 'uplands', 'yunling']);
    expect(await on('2023-12-01')).toEqual(['platform', 'yunling']);
  });

  it('shares the second with what contains it and not with its neighbours', async () => {
    expect(await packsOf(PREFECTURE, '2023-06-01')).toEqual(['platform', 'uplands', 'yunling']);
    expect(await packsOf('cn-53', '2023-06-01')).toEqual(['platform', 'uplands']);
    expect(await packsOf('cn', '2023-06-01')).toEqual(['platform', 'uplands']);
    expect(await packsOf(NEIGHBOUR, '2023-06-01')).toEqual(['platform', 'yunling']);
    expect(await packsOf('cn-41', '2023-06-01')).toEqual(['platform']);
  });

  it('gets one decision that says of each finding whose it is, and keeps it when the status has ended', async () => {
    const ask = async (document: string, input: object) =>
      Object.values(await graph.get(office, document, { input }))[0];
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects by its assertions
    const act = (document: string, input: object): Promise<any> => ask(document, input);
    const registered = await act(
      `mutation ($input: OrganisationRegisterInput!) { organisationRegister(input: $input) { organisation { id } } }`,
      {
        name: '站',
        type: 'institute',
        nature: 'public-institution',
        level: 'county',
        region: COUNTY,
        on: '2023-03-01',
      },
    );
    const organisation = registered.organisation.id;
    const { person } = await act(
      `mutation ($input: PersonRegisterInput!) { personRegister(input: $input) { person { id } } }`,
      { name: '甲', organisation, on: '2023-03-01' },
    );
    const { team } = await act(
      `mutation ($input: TeamCreateInput!) { teamCreate(input: $input) { team { id version } } }`,
      { name: '一队', level: 'county', region: COUNTY, organisation, on: '2023-03-01' },
    );
    const { team: grown } = await act(
      `mutation ($input: TeamMemberAddInput!) { teamMemberAdd(input: $input) { team { version } } }`,
      { team: team.id, version: team.version, person: person.id, on: '2023-03-02' },
    );
    const activate = `mutation ($input: TeamActivateInput!) { teamActivate(input: $input) {
      team { version } decision { id outcome packs { id } findings(outcomes: [FAIL]) { rule pack message { zh } } } } }`;
    const refused = await act(activate, { team: team.id, version: grown.version, on: '2023-06-01' });
    expect(refused.decision).toMatchObject({
      outcome: 'DENY',
      packs: [{ id: 'platform' }, { id: 'uplands' }, { id: 'yunling' }],
      findings: [
        { pack: 'uplands', rule: 'uplands.squad.size', message: { zh: '小队至少 3 人，现有 1 人。' } },
        { pack: 'yunling', rule: 'yunling.squad.size', message: { zh: '小队至少 2 人，现有 1 人。' } },
      ],
    });
    const later = await act(activate, { team: team.id, version: grown.version, on: '2023-12-01' });
    expect(later.decision.findings.map(({ pack }: { pack: string }) => pack)).toEqual(['yunling']);
    const standing = await graph.get(
      office,
      `query ($id: ID!, $asOf: Date) { team(id: $id) { standing(asOf: $asOf) { findings(outcomes: [FAIL]) { pack } } } }`,
      { id: team.id, asOf: '2023-11-30' },
    );
    expect(standing.team.standing.findings).toEqual([{ pack: 'uplands' }, { pack: 'yunling' }]);
  });

  /** What would be decided of a squad of two on a day: whose rules it fails, and whose it passes. */
  const supposed = async (region: string, asOf: string) => {
    const query = `query ($input: DecisionPreviewInput!) { decisionPreview(input: $input) { userErrors { code } unknownFacts
      decision { packs { id } fail: findings(outcomes: [FAIL]) { pack rule } pass: findings(outcomes: [PASS]) { pack rule } } } }`;
    const input = { point: 'teamActivate', region, asOf, facts: { 'team.memberCount': 2 } };
    const { decisionPreview } = await graph.get(office, query, { input });
    expect(decisionPreview).toMatchObject({ userErrors: [], unknownFacts: [] });
    const { packs, fail, pass } = decisionPreview.decision;
    const own = (findings: { pack: string }[]) => findings.map(({ pack }) => pack).filter((id) => id !== 'platform');
    return { packs: packs.map(({ id }: { id: string }) => id), fail: own(fail), pass: own(pass) };
  };

  it('answers what would be decided by the law of the place and the day', async () => {
    const both = { packs: ['platform', 'uplands', 'yunling'], fail: ['uplands'], pass: ['yunling'] };
    const one = { packs: ['platform', 'yunling'], fail: [], pass: ['yunling'] };
    expect(await supposed(COUNTY, '2022-12-31')).toEqual(one);
    expect(await supposed(COUNTY, '2023-01-01')).toEqual(both);
    expect(await supposed(COUNTY, '2023-11-30')).toEqual(both);
    expect(await supposed(COUNTY, '2023-12-01')).toEqual(one);
    expect(await supposed(NEIGHBOUR, '2023-06-01')).toEqual(one);
    // Asked of one regime alone, it answers for that one, wherever the place is.
    const query = `query ($id: ID!) { region(id: $id) { coverage(asOf: "2023-06-01", pack: "uplands") { decision { packs { id } } } } }`;
    const { region } = await graph.get(office, query, { id: COUNTY });
    expect(region.coverage.decision.packs).toEqual([{ id: 'uplands' }]);
  });

  it('gets the second with a status that is recorded for it, and loses it with one that ends it', async () => {
    const administrator = persona('administrator', [['region-administrator', 'cn']]);
    const say = async (value: boolean, on: string, who = administrator) => {
      const input = { region: NEIGHBOUR, kind: STATUS, value, source: 'a made-up list', on };
      const { regionStatusRecord } = await graph.get(
        who,
        `mutation ($input: RegionStatusRecordInput!) { regionStatusRecord(input: $input) {
          regionStatus { value from } decision { outcome } userErrors { code } } }`,
        { input },
      );
      return regionStatusRecord;
    };
    expect(await say(true, '2023-08-01', office)).toMatchObject({ regionStatus: null, decision: { outcome: 'DENY' } });
    expect(await say(true, '2023-08-01')).toMatchObject({ regionStatus: { value: true, from: '2023-08-01' } });
    expect(await say(false, '2023-10-01')).toMatchObject({ regionStatus: { value: false, from: '2023-10-01' } });
    const days = ['2023-07-31', '2023-08-01', '2023-09-30', '2023-10-01'];
    const at = await Promise.all(days.map(async (day) => (await packsOf(NEIGHBOUR, day)).includes('uplands')));
    expect(at).toEqual([false, true, true, false]);
    const would = await Promise.all(days.map(async (day) => (await supposed(NEIGHBOUR, day)).fail));
    expect(would).toEqual([[], ['uplands'], ['uplands'], []]);
    const query = `query ($region: ID!, $asOf: Date) { packsGoverning(region: $region, asOf: $asOf) { id } }`;
    const governing = async (asOf: string) =>
      (await graph.get(office, query, { region: NEIGHBOUR, asOf })).packsGoverning.map(({ id }: { id: string }) => id);
    expect(await governing('2023-09-30')).toContain('uplands');
    expect(await governing('2023-10-01')).not.toContain('uplands');
  });

  it('is seen at once in the process that records the status, and within two seconds in another', async () => {
    const other = await assemble({
      database: graph.database,
      registry: graph.registry,
      supergraphSdl: compose(subgraphs).supergraph,
      internalKey: new TextEncoder().encode('a key that only this test process knows'),
      logger: pino({ level: 'fatal' }),
      verify: async () => anonymous,
      now: () => new Date('2024-01-10T04:00:00Z'),
    });
    const elsewhere: Pick<Graph, 'get'> = {
      get: async (viewer, query, variables) =>
        (await other.gateway.execute({ query, viewer, ...(variables ? { variables } : {}) })).data as never,
    };
    try {
      expect(await packsOf(COUNTY, '2024-01-10', elsewhere)).toEqual(['platform', 'yunling']);
      const recorded = performance.now();
      await record({ from: '2024-01-01', to: null });
      expect(await packsOf(COUNTY, '2024-01-10')).toEqual(['platform', 'uplands', 'yunling']);
      let seen: string[] = [];
      while (performance.now() - recorded < 2_500 && !seen.includes('uplands')) {
        seen = await packsOf(COUNTY, '2024-01-10', elsewhere);
        await new Promise((done) => setTimeout(done, 50));
      }
      expect(seen).toEqual(['platform', 'uplands', 'yunling']);
    } finally {
      await other.close();
    }
  });
});
