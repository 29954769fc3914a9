import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../gateway/viewer.ts';
import { loadCatalogue, loadPack, packsFolder } from '../policies/load.ts';
import { openRegistry } from '../policies/registry.ts';
import { bundle, releaseText } from '../policies/release.ts';
import { composeContract } from '../schema/contract.ts';
import { partiesOf } from '../schema/parties.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { type Graph, persona, startGraph } from './harness.ts';

/** A region that nobody wrote code for: the folder beside this file, released into a folder of packs of its own. */
const madeUp = join(import.meta.dirname, 'testdata/new-region');
const REGION = 'cn-533323';

describe('a region that is only a folder', () => {
  const packs = mkdtempSync(join(tmpdir(), 'packs '));
  const contracts = mkdtempSync(join(tmpdir(), 'contracts '));
  const office = persona('office', [['squad-office', REGION]]);
  let graph: Graph;

  beforeAll(async () => {
    cpSync(join(packsFolder, 'platform'), join(packs, 'platform'), { recursive: true });
    cpSync(madeUp, join(packs, 'yunling'), { recursive: true });
    const release = bundle(loadPack(join(packs, 'yunling')));
    mkdirSync(join(packs, 'yunling/releases'));
    writeFileSync(join(packs, 'yunling/releases/1.0.0.json'), releaseText(release));
    const latest = openRegistry(packs).latest();
    const shared = latest.filter(({ pack }) => 'everywhere' in pack.governs);
    for (const parties of partiesOf(latest)) {
      writeFileSync(
        join(contracts, `${parties.name}.graphql`),
        composeContract(subgraphs, parties, shared, loadCatalogue()),
      );
    }
    graph = await startGraph({ packs, contracts, today: '2024-01-10' });
  });
  afterAll(async () => {
    await graph.stop();
    rmSync(packs, { recursive: true });
    rmSync(contracts, { recursive: true });
  });

  const register = async (name: string, organisation: string) => {
    const data = await graph.get(
      office,
      `mutation ($input: PersonRegisterInput!) { personRegister(input: $input) { person { id } userErrors { code } } }`,
      { input: { name, organisation, on: '2022-03-01' } },
    );
    return data.personRegister.person.id as string;
  };

  it('is worked in through the graph under its own rules, by its own roles, as of its own dates', async () => {
    const { organisationRegister } = await graph.get(
      office,
      `mutation ($input: OrganisationRegisterInput!) {
        organisationRegister(input: $input) { organisation { id } decision { outcome } userErrors { code } } }`,
      {
        input: {
          name: '站',
          type: 'institute',
          nature: 'public-institution',
          level: 'county',
          region: REGION,
          on: '2022-03-01',
        },
      },
    );
    const organisation = organisationRegister.organisation.id;
    const people = [await register('甲', organisation), await register('乙', organisation)];
    const { teamCreate } = await graph.get(
      office,
      `mutation ($input: TeamCreateInput!) { teamCreate(input: $input) { team { id version } decision { outcome packs { id } } } }`,
      { input: { name: '一队', level: 'county', region: REGION, organisation, on: '2022-03-01' } },
    );
    expect(teamCreate.decision.packs.map((pack: { id: string }) => pack.id)).toEqual(['platform', 'yunling']);
    const team = teamCreate.team.id;
    const activate = async (version: number, on: string) => {
      const data = await graph.get(
        office,
        `mutation ($input: TeamActivateInput!) { teamActivate(input: $input) {
          team { status } decision { outcome findings(outcomes: [FAIL]) { rule message { zh } wouldPass { changes { fact value } } } } userErrors { code } } }`,
        { input: { team, version, on } },
      );
      return data.teamActivate;
    };
    const add = async (version: number, person: string) => {
      const data = await graph.get(
        office,
        `mutation ($input: TeamMemberAddInput!) { teamMemberAdd(input: $input) { team { version } decision { outcome } userErrors { code } } }`,
        { input: { team, version, person, on: '2022-03-02' } },
      );
      return data.teamMemberAdd.team.version as number;
    };
    let version = await add(1, people[0] as string);
    const refused = await activate(version, '2022-03-03');
    expect(refused).toEqual({
      team: { status: 'forming' },
      decision: {
        outcome: 'DENY',
        findings: [
          {
            rule: 'yunling.squad.size',
            message: { zh: '小队至少 2 人，现有 1 人。' },
            wouldPass: { changes: [{ fact: 'team.memberCount', value: 2 }] },
          },
        ],
      },
      userErrors: [],
    });
    version = await add(version, people[1] as string);
    // From 1 July 2023 the same law wants three: the day of the act decides, not the day of the entry.
    expect((await activate(version, '2023-07-01')).decision.outcome).toBe('DENY');
    expect((await activate(version, '2023-06-30')).decision.outcome).toBe('ALLOW');
  });

  it('brings its contract with it: its people see the part of the graph that its law uses', async () => {
    const fields = async (viewer: Viewer, type: string) => {
      const { data } = await graph.ask(viewer, `{ __type(name: "${type}") { fields { name } } }`);
      return data.__type?.fields.map(({ name }: { name: string }) => name) ?? null;
    };
    expect(await fields(office, 'Mutation')).toContain('teamActivate');
    expect(await fields(office, 'Mutation')).not.toContain('brigadeCreate');
    expect(await fields(office, 'Brigade')).toBeNull();
    const { errors } = await graph.ask(office, '{ brigades { edges { node { id } } } }');
    expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_IN_CONTRACT', contract: 'yunling' });
    expect(await fields(persona('somebody of another place', [['squad-office', 'cn-110000']]), 'Brigade')).toContain(
      'id',
    );
  });

  it('gives no rights to the roles of another region', async () => {
    const stranger = persona('stranger', [['squad-office', 'cn-530100']]);
    const { teamCreate } = await graph.get(
      stranger,
      `mutation ($input: TeamCreateInput!) { teamCreate(input: $input) { team { id } decision { outcome } userErrors { code } } }`,
      {
        input: {
          name: '外',
          level: 'county',
          region: REGION,
          organisation: '00000000-0000-7000-8000-000000000000',
          on: '2022-03-01',
        },
      },
    );
    expect(teamCreate).toEqual({ team: null, decision: null, userErrors: [{ code: 'NOT_FOUND' }] });
  });
});
