import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { appointment } from './testdata/rows.ts';
import {
  act,
  BOAI,
  bureau,
  codes,
  countyDept,
  done,
  failing,
  organisation,
  PREFECTURE,
  person,
  XIUWU,
  ZONE,
} from './testdata/scene.ts';

let graph: Graph;
let counties: string[];
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  const { regions } = await graph.get(
    bureau,
    `{ regions(filter: {level: COUNTY, within: "${PREFECTURE}", asOf: "2022-06-01"}, first: 200) { edges { node { id } } } }`,
  );
  counties = regions.edges.map(({ node }: { node: { id: string } }) => node.id);
});
afterAll(() => graph.stop());

const COVERAGE = `asOf countyCount countiesWithoutBrigade { id name } countiesWithoutWorkstation { id }
  countiesWithoutLocalMeasures { id } appointmentsOutsideBrigade appointmentsWithoutContact
  decision { outcome facts findings(outcomes: [FAIL]) { rule effect citation { phrase } } }`;
const coverage = async (region: string, asOf = '2022-06-01') => {
  const query = `query($id: ID!, $asOf: Date) { region(id: $id) { coverage(asOf: $asOf) { ${COVERAGE} } } }`;
  return (await graph.get(bureau, query, { id: region, asOf })).region.coverage;
};
const ids = (regions: { id: string }[]) => regions.map(({ id }) => id);
const rules = ({ decision }: { decision: { findings: { rule: string }[] } }) =>
  decision.findings.map(({ rule }) => rule);

async function brigadeOf(county: string) {
  const unit = await organisation(graph, county);
  const [leader, deputy] = [await person(graph, unit, { post: 'county-leader' }), await person(graph, unit)];
  const input = { county, leader, deputies: [deputy], liaisons: [deputy] };
  return done(graph, countyDept(county), 'brigadeCreate', input, 'brigade { id version }');
}
async function workstationOf(county: string) {
  await done(graph, countyDept(county), 'workstationRegister', { county, name: '工作站' }, 'workstation { id }');
}
async function measureOf(county: string, more: object = {}) {
  const issuer = await organisation(graph, county, { type: 'government', level: 'county' });
  const input = { region: county, issuer, title: '实施办法', kinds: ['support'], ...more };
  return act(graph, countyDept(county), 'localMeasureRecord', input, 'localMeasure { id issuerLevel from to kinds }');
}

describe('Region.compliance', () => {
  it('is the decision of the coverage, under the packs in force or a named one', async () => {
    const query = `query($id: ID!, $in: Date, $after: Date) { region(id: $id) {
      coverage(asOf: $in) { decision { outcome findings { rule outcome } } }
      compliance(asOf: $in) { outcome findings { rule outcome } }
      after: compliance(asOf: $after) { packs { id } }
      alone: compliance(asOf: $in, pack: "platform") { packs { id } } } }`;
    const { region } = await graph.get(bureau, query, { id: PREFECTURE, in: '2022-06-01', after: '2026-01-01' });
    expect(region.compliance).toEqual(region.coverage.decision);
    expect(region.compliance.findings.length).toBeGreaterThan(3);
    expect(region.after.packs).toEqual([{ id: 'platform' }]);
    expect(region.alone.packs).toEqual([{ id: 'platform' }]);
  });

  it('knows no pack that nobody published', async () => {
    const query = 'query($id: ID!) { region(id: $id) { compliance(pack: "nowhere") { outcome } } }';
    const { errors } = await graph.ask(bureau, query, { id: PREFECTURE });
    expect(errors[0]?.extensions).toMatchObject({ code: 'PACK_UNKNOWN' });
  });
});

describe('Region.coverage', () => {
  it('counts every county, the area without a national code included, and flags what is missing', async () => {
    expect(counties).toHaveLength(11);
    expect(counties).toContain(ZONE);
    const before = await coverage(PREFECTURE);
    expect(before.countyCount).toBe(11);
    expect(ids(before.countiesWithoutBrigade)).toEqual(counties);
    expect(before.decision.outcome).toBe('ALLOW');
    expect(rules(before)).toEqual([
      'jiaozuo.brigade.formation',
      'jiaozuo.brigade.workstation',
      'jiaozuo.org.county-measures',
    ]);
    expect(before.decision.findings[0].citation.phrase).toBe('联合组成县级科技特派员服务队');
  });

  it('asks hardly more queries for the country with its thousands of counties than for one county', async () => {
    const personnel = graph.subgraphs.get('personnel');
    if (!personnel) throw new Error('no personnel subgraph');
    const log = jest.fn();
    const logger = personnel.orm.config.getLogger();
    logger.setDebugMode(['query']);
    const spy = jest.spyOn(logger, 'logQuery').mockImplementation(log);
    const asked = async (region: string) => {
      log.mockClear();
      await coverage(region);
      return log.mock.calls.length;
    };
    const numbers = [await asked(XIUWU), await asked(PREFECTURE), await asked('cn')];
    spy.mockRestore();
    logger.setDebugMode(false);
    expect(numbers[0]).toBeGreaterThan(5);
    // What only a county has is asked of a county only; nothing is asked county by county.
    expect(Math.max(...numbers) - Math.min(...numbers)).toBeLessThan(8);
  });

  it('is covered when all eleven have what is asked; a county answers for itself', async () => {
    for (const county of counties.filter((id) => id !== ZONE)) {
      await brigadeOf(county);
      await workstationOf(county);
      await measureOf(county);
    }
    const almost = await coverage(PREFECTURE);
    expect(almost.countiesWithoutBrigade).toEqual([{ id: ZONE, name: '焦作城乡一体化示范区' }]);
    expect(almost.decision.facts['region.countiesWithoutBrigade']).toBe(1);
    expect(rules(almost)).toHaveLength(3);
    expect((await coverage(XIUWU)).countyCount).toBe(1);
    expect(rules(await coverage(XIUWU))).toEqual([]);
    expect(rules(await coverage(ZONE))).toHaveLength(3);
    await brigadeOf(ZONE);
    await workstationOf(ZONE);
    await measureOf(ZONE);
    expect(rules(await coverage(PREFECTURE))).toEqual([]);
    const dayBefore = await coverage(PREFECTURE, '2022-05-31');
    expect(dayBefore.countiesWithoutBrigade).toHaveLength(11);
  });

  it('counts who serves on the day, in no brigade or without a contact', async () => {
    const unit = await organisation(graph, 'cn-410100');
    const holder = async () => ({ person: await person(graph, unit), organisation: unit });
    const contact = await person(graph, unit);
    const inside = await appointment(graph, BOAI, await holder(), { contactPersonId: contact });
    await appointment(graph, BOAI, await holder(), { contactPersonId: contact });
    await appointment(graph, ZONE, await holder());
    // Not serving on the day: not yet activated, over, and exited before.
    await appointment(graph, ZONE, await holder(), { status: 'listed', activatedOn: null });
    await appointment(graph, ZONE, await holder(), { to: '2022-05-31', status: 'ended' });
    await appointment(graph, ZONE, await holder(), { status: 'exited', endedOn: '2022-06-01' });
    await appointment(graph, 'cn-410105', await holder());
    const { region } = await graph.get(bureau, `{ region(id: "${BOAI}") { brigade { id version } } }`);
    const { id, version } = region.brigade;
    await done(
      graph,
      countyDept(BOAI),
      'brigadeMemberAdd',
      { brigade: id, version, appointment: inside },
      'brigade { id }',
    );
    const found = await coverage(PREFECTURE);
    expect(found).toMatchObject({ appointmentsOutsideBrigade: 2, appointmentsWithoutContact: 1 });
    expect(rules(found)).toEqual(['jiaozuo.brigade.formation.members', 'jiaozuo.manage.contact-person.coverage']);
    expect(await coverage(BOAI)).toMatchObject({ appointmentsOutsideBrigade: 1, appointmentsWithoutContact: 0 });
    expect(await coverage('cn-41')).toMatchObject({ appointmentsOutsideBrigade: 3, appointmentsWithoutContact: 2 });
    expect(await coverage(PREFECTURE, '2022-05-31')).toMatchObject({ appointmentsOutsideBrigade: 5 });
  });
});

describe('workstationRegister', () => {
  it('says that the county has one already, and refuses other counties and empty names', async () => {
    const input = { county: XIUWU, name: '第二工作站' };
    const thing = 'workstation { name county { id } openedOn }';
    const payload = await act(graph, countyDept(XIUWU), 'workstationRegister', input, thing);
    expect(payload.decision?.facts['workstation.countyHasOne']).toBe(true);
    expect(payload.workstation).toEqual({ name: '第二工作站', county: { id: XIUWU }, openedOn: '2022-06-01' });
    const other = await act(graph, countyDept(BOAI), 'workstationRegister', input, thing);
    expect(failing(other)).toContain('platform.access.permitted');
    const empty = { county: XIUWU, name: ' ' };
    expect(codes(await act(graph, countyDept(XIUWU), 'workstationRegister', empty, thing))).toEqual(['NAME_REQUIRED']);
  });
});

describe('localMeasureRecord', () => {
  it('knows the tier of the issuer and counts only measures in force that the county made', async () => {
    const made = await measureOf('cn-410825', {
      from: '2022-01-01',
      to: '2022-03-01',
      kinds: ['support', ' support', 'reward'],
    });
    expect(made.decision?.facts).toMatchObject({
      'localMeasure.issuerLevel': 'county',
      'localMeasure.kinds': ['support', 'reward'],
    });
    expect(made.localMeasure).toMatchObject({ issuerLevel: 'county', from: '2022-01-01', to: '2022-03-01' });
    expect((await coverage('cn-410825', '2022-02-28')).countiesWithoutLocalMeasures).toEqual([]);
    expect((await coverage('cn-410825', '2022-03-01')).countiesWithoutLocalMeasures).toEqual([{ id: 'cn-410825' }]);
  });

  it('does not let an issuer make measures for another place, nor end one before it begins', async () => {
    const issuer = await organisation(graph, BOAI, { type: 'government', level: 'county' });
    const input = { region: XIUWU, issuer, title: '办法', kinds: [] };
    const thing = 'localMeasure { id }';
    expect(codes(await act(graph, countyDept(XIUWU), 'localMeasureRecord', input, thing))).toEqual(['ISSUER_OUTSIDE']);
    expect(codes(await measureOf(XIUWU, { from: '2022-06-01', to: '2022-06-01' }))).toEqual(['TO_INVALID']);
    expect(codes(await measureOf(XIUWU, { title: '' }))).toEqual(['TITLE_REQUIRED']);
  });
});
