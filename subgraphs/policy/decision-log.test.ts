import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../gateway/viewer.ts';
import { canonical } from '../../policies/canonical.ts';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { packsFolder, publish, riverland, riverlandChanged } from './testdata/riverland.ts';

const folder = packsFolder();
const clerk = persona('clerk', [['county-office', 'cn-410821']]);
const auditor = persona('auditor', [], { scopes: ['audit:read'] });
const service: Viewer = { subject: 'service:personnel', kind: 'service', person: null, roles: [], scopes: [] };
let graph: Graph;
/** The decisions of one refused and one allowed act, in that order. */
let refused: string;
let allowed: string;
let team: string;

beforeAll(async () => {
  publish(folder, riverland());
  graph = await startGraph({ today: '2022-06-01', packs: folder });
  const { organisationRegister } = await graph.get(
    clerk,
    `mutation { organisationRegister(input: {
      name: "Riverland college", type: "university", nature: "public-institution", level: "county", region: "cn-410821"
    }) { organisation { id } userErrors { code } } }`,
  );
  const create = `mutation ($field: String, $organisation: ID!) {
    teamCreate(input: {
      name: "A team", level: "county", region: "cn-410821", organisation: $organisation, field: $field
    }) { team { id } decision { id outcome } }
  }`;
  const organisation = organisationRegister.organisation.id;
  const first = await graph.get(clerk, create, { organisation });
  const second = await graph.get(clerk, create, { organisation, field: 'orchards' });
  [refused, allowed] = [first.teamCreate.decision.id, second.teamCreate.decision.id];
  team = second.teamCreate.team.id;
  expect(first.teamCreate.decision.outcome).toBe('NEEDS_OVERRIDE');
  await graph.settled();
});
afterAll(async () => {
  await graph?.stop();
  rmSync(folder, { recursive: true });
});

const idsFor = async (viewer: Viewer, filter = '') => {
  const { decisions } = await graph.get(viewer, `{ decisions(${filter}) { edges { node { id } } } }`.replace('()', ''));
  return decisions.edges.map(({ node }: { node: { id: string } }) => node.id);
};

describe('the decision log', () => {
  it('holds what was decided in another subgraph, allowed or not, as it was stored there', async () => {
    const { decision } = await graph.get(
      clerk,
      `query ($id: ID!) { decision(id: $id) {
        id subgraph actor point subjectType subjectId outcome asOf digest record
        at receivedAt region { name } decisionPoint { title { en } }
        decision { id digest outcome packs { id version } findings(outcomes: [FAIL]) { rule citation { article } } }
      } }`,
      { id: refused },
    );
    expect(decision).toMatchObject({
      id: refused,
      subgraph: 'personnel',
      actor: 'clerk',
      point: 'teamCreate',
      subjectType: 'Team',
      outcome: 'NEEDS_OVERRIDE',
      asOf: '2022-06-01',
      at: '2022-06-01T04:00:00.000Z',
      region: { name: '修武县' },
      decision: {
        id: refused,
        digest: decision.digest,
        outcome: 'NEEDS_OVERRIDE',
        packs: [{ id: 'riverland', version: '1.0.0' }],
        findings: [{ rule: 'riverland.team.field', citation: { article: '3' } }],
      },
    });
    expect(createHash('sha256').update(decision.record).digest('hex')).toBe(decision.digest);
  });

  it('finds decisions by point, subject, region, outcome and day, the latest first', async () => {
    expect((await idsFor(clerk)).slice(0, 2)).toEqual([allowed, refused]);
    expect(await idsFor(clerk, 'filter: { point: "teamCreate" }')).toEqual([allowed, refused]);
    expect(await idsFor(clerk, `filter: { subject: "${team}" }`)).toEqual([allowed]);
    expect(await idsFor(clerk, 'filter: { point: "teamCreate", outcome: NEEDS_OVERRIDE }')).toEqual([refused]);
    expect(await idsFor(clerk, 'filter: { point: "teamCreate", region: "cn-410800" }')).toEqual([allowed, refused]);
    expect(await idsFor(clerk, 'filter: { region: "cn-410822" }')).toEqual([]);
    expect(await idsFor(clerk, 'filter: { actor: "nobody" }')).toEqual([]);
    const days = 'filter: { point: "teamCreate", from: "2022-06-01", to: "2022-06-01" }';
    expect(await idsFor(clerk, days)).toEqual([allowed, refused]);
    expect(await idsFor(clerk, 'filter: { from: "2022-06-02" }')).toEqual([]);
    expect(await idsFor(clerk, 'filter: { to: "2022-05-31" }')).toEqual([]);
  });

  it('pages by keyset', async () => {
    const query = `query ($after: String) { decisions(first: 1, after: $after, filter: { point: "teamCreate" }) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
    const { decisions: first } = await graph.get(clerk, query);
    expect(first).toMatchObject({ edges: [{ node: { id: allowed } }], pageInfo: { hasNextPage: true } });
    const { decisions: second } = await graph.get(clerk, query, { after: first.pageInfo.endCursor });
    expect(second).toMatchObject({ edges: [{ node: { id: refused } }], pageInfo: { hasNextPage: false } });
  });

  it('is read by the actor, by roles that cover the region, and by auditors; others see nothing of it', async () => {
    const sees = async (viewer: Viewer) => {
      const { decision, decisionReplay } = await graph.get(
        viewer,
        `{ decision(id: "${allowed}") { id } decisionReplay(id: "${allowed}") { same } }`,
      );
      const listed = (await idsFor(viewer)).includes(allowed);
      expect([decision !== null, decisionReplay !== null]).toEqual([listed, listed]);
      return listed;
    };
    expect(await sees(persona('clerk'))).toBe(true);
    expect(await sees(persona('colleague', [['any-office', 'cn-410821']]))).toBe(true);
    expect(await sees(persona('prefecture', [['prefecture-office', 'cn-410800']]))).toBe(true);
    expect(await sees(persona('national', [['any-office', 'cn']]))).toBe(true);
    expect(await sees(auditor)).toBe(true);
    expect(await sees(persona('neighbour', [['county-office', 'cn-410822']]))).toBe(false);
    expect(await sees(persona('for a unit', [['registrar', 'cn-410821', randomUUID()]]))).toBe(false);
    expect(await sees(persona('somebody', [], { scopes: ['policy:check'] }))).toBe(false);
    expect(await sees(service)).toBe(false);
    const { errors } = await graph.ask(anonymous, '{ decisions { edges { node { id } } } }');
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('answers null for an id that leads nowhere or is none', async () => {
    const { a, b } = await graph.get(
      auditor,
      `{ a: decision(id: "${randomUUID()}") { id } b: decision(id: "not a uuid") { id } }`,
    );
    expect([a, b]).toEqual([null, null]);
  });
});

describe('decisionLogAppend', () => {
  const append = 'mutation ($entries: [DecisionLogEntryInput!]!) { decisionLogAppend(entries: $entries) }';
  const entry = (changes: Record<string, unknown> = {}) => {
    const decision = {
      point: 'teamActivate',
      outcome: 'allow',
      asOf: '2022-06-01',
      packs: [],
      facts: {},
      overrides: [],
      findings: [],
      missing: [],
      rank: 0,
    };
    const record = canonical(decision);
    return {
      id: randomUUID(),
      subgraph: 'personnel',
      at: '2022-06-01T04:00:00.000Z',
      actor: 'somebody else',
      point: 'teamActivate',
      subjectType: 'Team',
      subjectId: randomUUID(),
      region: 'cn-410822',
      outcome: 'allow',
      asOf: '2022-06-01',
      record,
      digest: createHash('sha256').update(record).digest('hex'),
      ...changes,
    };
  };
  const codeOf = async (viewer: Viewer, entries: unknown) =>
    (await graph.ask(viewer, append, { entries })).errors[0]?.extensions?.code;

  it('takes decisions from subgraphs only', async () => {
    expect(await codeOf(anonymous, [entry()])).toBe('UNAUTHENTICATED');
    expect(await codeOf(clerk, [entry()])).toBe('FORBIDDEN');
    expect(await codeOf(auditor, [entry()])).toBe('FORBIDDEN');
    expect(await codeOf(persona('cheat', [], { scopes: ['service', 'audit:write'] }), [entry()])).toBe('FORBIDDEN');
  });

  it('takes a decision once, however often it comes', async () => {
    const [one, two] = [entry(), entry({ region: '' })];
    expect((await graph.get(service, append, { entries: [one] })).decisionLogAppend).toBe(1);
    expect((await graph.get(service, append, { entries: [one, two] })).decisionLogAppend).toBe(1);
    expect((await graph.get(service, append, { entries: [two, two] })).decisionLogAppend).toBe(0);
    expect((await graph.get(service, append, { entries: [] })).decisionLogAppend).toBe(0);
    const { a, b } = await graph.get(
      auditor,
      `{ a: decision(id: "${one.id}") { region { id } } b: decision(id: "${two.id}") { region { id } } }`,
    );
    expect([a, b]).toEqual([{ region: { id: 'cn-410822' } }, { region: null }]);
  });

  it('refuses a record that is not what its digest and columns say, and all that came with it', async () => {
    const good = entry();
    const liars = [
      entry({ digest: 'a'.repeat(64) }),
      entry({ record: '{}' }),
      entry({ outcome: 'deny' }),
      entry({ point: 'teamCreate' }),
      entry({ asOf: '2022-06-02' }),
      entry({ id: 'not a uuid' }),
    ];
    for (const liar of liars) expect(await codeOf(service, [good, liar])).toBe('DECISION_DIGEST');
    const spaced = JSON.stringify(JSON.parse(good.record), null, 1);
    const digest = createHash('sha256').update(spaced).digest('hex');
    expect(await codeOf(service, [good, entry({ record: spaced, digest })])).toBe('DECISION_DIGEST');
    const { decision } = await graph.get(auditor, `{ decision(id: "${good.id}") { id } }`);
    expect(decision).toBeNull();
  });

  it('refuses another decision under an id that is taken, and keeps the first', async () => {
    const first = entry();
    await graph.get(service, append, { entries: [first] });
    const record = canonical({ ...JSON.parse(first.record), rank: 1 });
    const other = { ...first, record, digest: createHash('sha256').update(record).digest('hex') };
    const companion = entry();
    expect(await codeOf(service, [companion, other])).toBe('DECISION_CONFLICT');
    const { decision, lost } = await graph.get(
      auditor,
      `{ decision(id: "${first.id}") { digest } lost: decision(id: "${companion.id}") { id } }`,
    );
    expect(decision.digest).toBe(first.digest);
    expect(lost).toBeNull();
  });

  it('is append-only: the database refuses to change, delete or empty it', async () => {
    const { pool } = graph.database;
    for (const statement of [
      `update policy.decision_log set outcome = 'deny' where id = '${allowed}'`,
      `delete from policy.decision_log where id = '${allowed}'`,
      'truncate policy.decision_log',
    ]) {
      await expect(pool.query(statement)).rejects.toMatchObject({ code: '55000' });
    }
    const { decision } = await graph.get(auditor, `{ decision(id: "${allowed}") { outcome } }`);
    expect(decision.outcome).toBe('ALLOW');
  });
});

describe('decisionReplay', () => {
  /** Puts a record into the log as a subgraph would, and answers its id. */
  const append = async (record: string) => {
    const { point, outcome, asOf } = JSON.parse(record);
    const id = randomUUID();
    const entry = {
      ...{ id, point, outcome, asOf, record, subgraph: 'personnel', at: '2022-06-01T04:00:00.000Z' },
      ...{ actor: 'forger', subjectType: 'Team', subjectId: team, region: 'cn-410821' },
      digest: createHash('sha256').update(record).digest('hex'),
    };
    const document = 'mutation ($entries: [DecisionLogEntryInput!]!) { decisionLogAppend(entries: $entries) }';
    await graph.get(service, document, { entries: [entry] });
    return id;
  };
  const query = `query ($id: ID!) { decisionReplay(id: $id) { same digest differences { path from to } } }`;

  it('X-5: what was decided under one version stays as it was, to the byte, when the next decides otherwise', async () => {
    const LINE = 'digest decision { outcome facts packs { id version } }';
    const { decision: before } = await graph.get(clerk, `{ decision(id: "${refused}") { ${LINE} } }`);
    publish(folder, riverlandChanged());
    graph.registry.refresh();
    const { pack, decision, decisionReplay } = await graph.get(
      clerk,
      `query ($id: ID!) { pack(id: "riverland") { version } decision(id: $id) { ${LINE} }
        decisionReplay(id: $id) { same digest differences { path } } }`,
      { id: refused },
    );
    expect(pack.version).toBe('1.1.0');
    expect(decision).toEqual(before);
    expect(decision.decision.packs).toContainEqual({ id: 'riverland', version: '1.0.0' });
    expect(decisionReplay).toEqual({ same: true, digest: decision.digest, differences: [] });
    // The same facts on the same day under the new version: another answer, which replaces nothing.
    const under = async (version: string) => {
      const { facts } = decision.decision;
      const input = { point: 'teamCreate', asOf: '2022-06-01', packs: [{ id: 'riverland', version }], facts };
      const document = `query ($input: DecisionPreviewInput!) { decisionPreview(input: $input) {
        decision { id findings(outcomes: [FAIL]) { rule } } userErrors { code field } } }`;
      const { decisionPreview } = await graph.get(clerk, document, { input });
      expect(decisionPreview.userErrors).toEqual([]);
      return decisionPreview.decision.findings.map(({ rule }: { rule: string }) => rule);
    };
    expect(await under('1.0.0')).toEqual(['riverland.team.field']);
    expect(await under('1.1.0')).toEqual(['riverland.team.field', 'riverland.team.stages']);
    expect((await graph.get(clerk, `{ decision(id: "${refused}") { ${LINE} } }`)).decision).toEqual(before);
  });

  it('says where a record differs from what its pack really answers', async () => {
    const { decision } = await graph.get(clerk, `{ decision(id: "${refused}") { record } }`);
    const forged = JSON.parse(decision.record);
    forged.outcome = 'allow';
    forged.findings[0].outcome = 'pass';
    const record = canonical(forged);
    const id = await append(record);
    const { decisionReplay } = await graph.get(auditor, query, { id });
    expect(decisionReplay.same).toBe(false);
    expect(decisionReplay.digest).toBe(createHash('sha256').update(decision.record).digest('hex'));
    expect(decisionReplay.differences).toEqual([
      { path: '/findings/0/outcome', from: 'pass', to: 'fail' },
      { path: '/outcome', from: 'allow', to: 'needs-override' },
    ]);
  });
  it('says so when a version that decided is not here', async () => {
    const record = canonical({
      ...JSON.parse((await graph.get(clerk, `{ decision(id: "${refused}") { record } }`)).decision.record),
      packs: [{ id: 'riverland', version: '0.9.0', digest: `sha256:${'0'.repeat(64)}` }],
    });
    const id = await append(record);
    const { errors } = await graph.ask(auditor, query, { id });
    expect(errors[0]?.extensions?.code).toBe('RELEASE_UNKNOWN');
    const shared = `{ decision(id: "${id}") { decision { replay { same } } } }`;
    expect((await graph.ask(auditor, shared)).errors[0]?.extensions?.code).toBe('RELEASE_UNKNOWN');
  });
});
