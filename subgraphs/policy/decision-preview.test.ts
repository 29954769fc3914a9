import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import type { Viewer } from '../../gateway/viewer.ts';
import { loadCatalogue } from '../../policies/load.ts';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { Appointment } from '../personnel/tables/appointment.ts';
import { Organisation } from '../personnel/tables/organisation.ts';
import { Person } from '../personnel/tables/person.ts';
import { readings } from './preview-subject.ts';
import { packsFolder, publish, riverland, riverlandChanged } from './testdata/riverland.ts';

const folder = packsFolder();
const clerk = persona('clerk', [['county-office', 'cn-410821']]);
let graph: Graph;
let team: string;

beforeAll(async () => {
  publish(folder, riverland());
  publish(folder, riverlandChanged());
  graph = await startGraph({ today: '2022-06-01', packs: folder });
  const { organisationRegister } = await graph.get(
    clerk,
    `mutation { organisationRegister(input: {
      name: "Riverland college", type: "university", nature: "public-institution", level: "county", region: "cn-410821"
    }) { organisation { id } } }`,
  );
  const { teamCreate } = await graph.get(
    clerk,
    `mutation ($organisation: ID!) { teamCreate(input: {
      name: "A team", level: "county", region: "cn-410821", organisation: $organisation, field: "orchards"
      chainStages: ["growing"]
    }) { team { id } } }`,
    { organisation: organisationRegister.organisation.id },
  );
  team = teamCreate.team.id;
});
afterAll(async () => {
  await graph?.stop();
  rmSync(folder, { recursive: true });
});

const QUERY = `query ($input: DecisionPreviewInput!) {
  decisionPreview(input: $input) {
    decision { id outcome asOf packs { id version } facts missing findings { rule outcome overridden { role actor } } }
    unknownFacts wrongTypes userErrors { code field message { zh en } }
  }
}`;
const preview = async (input: Record<string, unknown>, viewer: Viewer = anonymous) =>
  (await graph.get(viewer, QUERY, { input })).decisionPreview;
const errorsOf = async (input: Record<string, unknown>, viewer?: Viewer) => {
  const { decision, userErrors } = await preview(input, viewer);
  expect(decision).toBeNull();
  return userErrors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`);
};

const point = 'teamActivate';
const one = { packs: [{ id: 'riverland', version: '1.0.0' }] };
const facts = { 'team.level': 'county', 'team.memberCount': 5, 'team.fieldStated': true };

describe('decisionPreview on supposed facts', () => {
  it('decides by the packs of a region on a day, for anybody, and stores nothing', async () => {
    const { decision, userErrors } = await preview({ point, region: 'cn-410821', facts });
    expect(userErrors).toEqual([]);
    expect(decision).toMatchObject({
      id: null,
      outcome: 'DENY',
      asOf: '2022-06-01',
      packs: [{ id: 'riverland', version: '1.1.0' }],
      facts,
    });
    const { rows } = await graph.database.pool.query('select count(*)::int as n from policy.decision');
    expect(rows).toEqual([{ n: 0 }]);
    const later = await preview({ point, region: 'cn-410821', facts, asOf: '2026-01-01' });
    expect(later.decision).toMatchObject({ outcome: 'ALLOW', packs: [] });
  });

  it('decides by the packs that are named, in their versions, on the day given', async () => {
    expect((await preview({ point, ...one, facts })).decision.outcome).toBe('ALLOW');
    expect((await preview({ point, ...one, facts, asOf: '2022-12-31' })).decision.outcome).toBe('ALLOW');
    expect((await preview({ point, ...one, facts, asOf: '2023-01-01' })).decision.outcome).toBe('DENY');
    const latest = await preview({ point, packs: [{ id: 'riverland' }], facts });
    expect(latest.decision.packs).toEqual([{ id: 'riverland', version: '1.1.0' }]);
  });

  it('says what is missing where a fact is not given or supposed not to be known', async () => {
    const { decision } = await preview({ point, ...one, facts: { ...facts, 'team.memberCount': null } });
    expect(decision).toMatchObject({ outcome: 'NEEDS_FACT', missing: ['team.memberCount'] });
    expect((await preview({ point, ...one })).decision.missing).toEqual([
      'team.fieldStated',
      'team.level',
      'team.memberCount',
    ]);
  });

  it('supposes overrides, and counts them only in a role that may', async () => {
    const unstated = { ...facts, 'team.fieldStated': false };
    const override = (role: string) => [{ rule: 'riverland.team.field', role, reason: 'a new industry' }];
    const ask = async (overrides: unknown) => (await preview({ point, ...one, facts: unstated, overrides })).decision;
    expect((await ask([])).outcome).toBe('NEEDS_OVERRIDE');
    expect((await ask(override('county-office'))).outcome).toBe('NEEDS_OVERRIDE');
    const allowed = await ask(override('prefecture-office'));
    expect(allowed.outcome).toBe('ALLOW');
    expect(allowed.findings[0].overridden).toEqual({ role: 'prefecture-office', actor: 'anonymous' });
  });

  it('names facts that the catalogue does not have, that are of the wrong type or code, or not asked there', async () => {
    const answer = await preview({
      point,
      ...one,
      facts: {
        'team.colour': 'green',
        constructor: 1,
        'team.memberCount': 'five',
        'team.level': 'city',
        'team.openCommitments': 0,
        'team.fieldStated': true,
      },
    });
    expect(answer.decision).toBeNull();
    expect(answer.unknownFacts).toEqual(['team.colour', 'constructor']);
    expect(answer.wrongTypes).toEqual(['team.memberCount']);
    expect(answer.userErrors.map(({ code, field }: { code: string; field: string[] }) => [code, field[1]])).toEqual([
      ['FACT_UNKNOWN', 'team.colour'],
      ['FACT_UNKNOWN', 'constructor'],
      ['FACT_TYPE', 'team.memberCount'],
      ['FACT_CODE', 'team.level'],
      ['FACT_NOT_OFFERED', 'team.openCommitments'],
    ]);
    expect(answer.userErrors[2].message.zh).toContain('team.memberCount');
    const proto = JSON.parse('{"__proto__": 1}');
    expect((await preview({ point, ...one, facts: proto })).unknownFacts).toEqual(['__proto__']);
    for (const value of [1.5, true, [5], { n: 5 }]) {
      expect((await preview({ point, ...one, facts: { 'team.memberCount': value } })).wrongTypes).toEqual([
        'team.memberCount',
      ]);
    }
  });

  it('answers mistakes about the point, the place and the packs', async () => {
    expect(await errorsOf({ point: 'teamFly', ...one })).toEqual(['POINT_UNKNOWN point']);
    expect(await errorsOf({ point })).toEqual(['PLACE_REQUIRED region']);
    expect(await errorsOf({ point, ...one, region: 'cn-410821' })).toEqual(['PLACE_AMBIGUOUS region']);
    expect(await errorsOf({ point, region: 'cn-000000' })).toEqual(['NOT_FOUND region']);
    expect(await errorsOf({ point, packs: [{ id: 'riverland', version: '9.9.9' }] })).toEqual(['PACK_UNKNOWN packs']);
    expect(await errorsOf({ point, packs: [{ id: 'riverland' }, ...one.packs] })).toEqual(['PACK_TWICE packs']);
    expect(await errorsOf({ point, ...one, facts: [1] })).toEqual(['FACTS_INVALID facts']);
    expect(await errorsOf({ point, ...one, facts: 'team.level' })).toEqual(['FACTS_INVALID facts']);
  });
});

describe('decisionPreview on a real subject', () => {
  it.each(Object.entries(readings))('asks the graph for %s in words that it has', (key, { document }) => {
    expect(validate(buildSchema(graph.gateway.sdl), parse(document))).toEqual([]);
    const points = Object.entries(loadCatalogue().points);
    expect(points.some(([id, { subject }]) => id === key || subject === key)).toBe(true);
  });

  it('reads its facts through the graph, takes you for the actor, and lets supposed facts stand over both', async () => {
    const real = await preview({ point, subject: team, ...one }, clerk);
    expect(real.decision).toMatchObject({
      outcome: 'DENY',
      facts: {
        'team.level': 'county',
        'team.memberCount': 0,
        'team.fieldStated': true,
        'actor.roles': ['county-office'],
        'actor.permitted': true,
      },
    });
    const supposed = await preview({ point, subject: team, ...one, facts: { 'team.memberCount': 5 } }, clerk);
    expect(supposed.decision).toMatchObject({ outcome: 'ALLOW', facts: { 'team.memberCount': 5 } });
    const unknown = await preview({ point, subject: team, ...one, facts: { 'team.memberCount': null } }, clerk);
    expect(unknown.decision).toMatchObject({ outcome: 'NEEDS_FACT', missing: ['team.memberCount'] });
    const standing = await preview({ point: 'teamStanding', subject: team }, clerk);
    expect(standing.decision.packs).toEqual([{ id: 'riverland', version: '1.1.0' }]);
    expect(standing.decision.facts['actor.roles']).toBeUndefined();
  });

  it('reads an appointment by its standing and its progress, for the persons whom it is about too', async () => {
    const em = graph.subgraphs.get('personnel')?.orm.em.fork();
    const [id, personId, unitId] = [randomUUID(), randomUUID(), randomUUID()];
    const [at, from] = [{ provinceId: 'cn-41', prefectureId: 'cn-410800', countyId: 'cn-410821' }, '2022-01-01'];
    em?.create(Organisation, {
      ...{ id: unitId, version: 1, name: 'Riverland station', aliases: [], type: 'institute' },
      ...{ nature: 'public-institution', level: 'county', regionId: 'cn-410821' },
    });
    em?.create(Person, { id: personId, version: 1, name: 'A person', organisationId: unitId, ...at, fields: [] });
    em?.create(Appointment, {
      ...{ id, version: 1, personId, organisationId: unitId, category: 'county', year: 2022, ...at, from },
      ...{ to: '2022-12-31', status: 'active', unitSupports: [], serviceObjectIds: [], annualTargets: [] },
      ...{ published: true, appointedOn: from, activatedOn: from },
    });
    await em?.flush();
    const self = persona('self', [], { person: personId });
    const progress = await preview({ point: 'serviceProgress', subject: id }, self);
    expect(progress.decision.facts).toMatchObject({
      'appointment.category': 'county',
      'appointment.serviceCount': 0,
      'appointment.serviceYearEnded': false,
    });
    const standing = await preview({ point: 'appointmentStanding', subject: id }, self);
    expect(standing.decision.facts).toMatchObject({
      'appointment.status': 'active',
      'appointment.latestGrade': 'none',
    });
    expect(standing.decision.packs).toEqual([{ id: 'riverland', version: '1.1.0' }]);
    const renewal = await preview({ point: 'appointmentRenew', subject: id }, self);
    expect(renewal.decision.facts).toMatchObject({ 'appointment.category': 'county', 'actor.roles': ['commissioner'] });
    expect(await errorsOf({ point: 'appointmentStanding', subject: id }, persona('nobody'))).toEqual([
      'NOT_FOUND subject',
    ]);
  });

  it('reads a region by what it covers', async () => {
    const { decision } = await preview({ point: 'regionCoverage', subject: 'cn-410821' }, clerk);
    expect(decision.facts).toMatchObject({ 'region.countyCount': 1, 'region.countiesWithoutBrigade': 1 });
    const industries = await preview({ point: 'industryCoverage', subject: 'cn-410821' }, clerk);
    expect(industries.decision.facts['region.countyCount']).toBeUndefined();
    expect(await errorsOf({ point: 'regionCoverage', subject: 'cn-410800' }, clerk)).toEqual(['NOT_FOUND subject']);
  });

  it('shows a subject only to whom it concerns, and hides that there is one from the others', async () => {
    const auditor = persona('auditor', [], { scopes: ['audit:read'] });
    expect((await preview({ point, subject: team }, auditor)).decision.outcome).toBe('DENY');
    const neighbour = persona('neighbour', [['county-office', 'cn-410822']]);
    for (const viewer of [anonymous, neighbour, persona('nobody')]) {
      expect(await errorsOf({ point, subject: team }, viewer)).toEqual(['NOT_FOUND subject']);
    }
    expect(await errorsOf({ point, subject: randomUUID() }, clerk)).toEqual(['NOT_FOUND subject']);
    expect(await errorsOf({ point, subject: 'not a uuid' }, clerk)).toEqual(['NOT_FOUND subject']);
    expect(await errorsOf({ point: 'expenseSubmit', subject: team }, clerk)).toEqual(['SUBJECT_UNSUPPORTED subject']);
  });
});
