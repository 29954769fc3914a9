import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../gateway/viewer.ts';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import { type AuditLine, AuditReader } from './audit-chain.ts';
import { exportTrail } from './audit-export-cli.ts';

const COUNTY = 'cn-410821';
const auditor = persona('auditor', [], { scopes: ['audit:read'] });
const bureau = persona('bureau', [['region-administrator', COUNTY]]);
let graph: Graph;
let unit: string;
let person: string;
let registrar: Viewer;
let self: Viewer;

const SHOWN = 'query ($id: ID!) { person(id: $id) { phone idNumber birthDate } }';

beforeAll(async () => {
  graph = await startGraph({ today: '2022-06-01' });
  const made = await graph.get(
    bureau,
    `mutation { organisationRegister(input: {
      name: "修武试验站", type: "institute", nature: "public-institution", level: "county", region: "${COUNTY}"
    }) { organisation { id } decision { outcome } userErrors { code } } }`,
  );
  unit = made.organisationRegister.organisation.id;
  registrar = persona('registrar', [['registrar', COUNTY, unit]]);
  const registered = await graph.get(
    registrar,
    `mutation ($unit: ID!) { personRegister(input: {
      name: "测试甲", organisation: $unit, phone: "13800005678", idNumber: "410821198001010015", birthDate: "1980-01-01"
    }) { person { id } decision { outcome } userErrors { code } } }`,
    { unit },
  );
  person = registered.personRegister.person.id;
  self = persona('the person', [], { person });
  await graph.settled();
});
afterAll(() => graph?.stop());

const accesses = async (viewer: Viewer, args = '') =>
  (
    await graph.get(viewer, `{ accesses${args} { edges { node { actor roles point fields subjects purpose } } } }`)
  ).accesses.edges.map(({ node }: { node: unknown }) => node);

describe('unmasked personal data', () => {
  it('leaves a trace of who was shown whose, by which rule and for what, before it is answered', async () => {
    const asked = { query: SHOWN, variables: { id: person }, viewer: registrar, purpose: '核对报名表' };
    const { data } = await graph.gateway.execute(asked);
    expect(data).toMatchObject({ person: { phone: '13800005678' } });
    await graph.settled();
    expect(await accesses(auditor, `(subject: "${person}")`)).toContainEqual({
      actor: 'registrar',
      roles: [`registrar@${unit}`],
      point: 'personContactRead',
      fields: ['phone'],
      subjects: [person],
      purpose: '核对报名表',
    });
  });

  it('leaves none where it stays masked, and none of one’s own', async () => {
    const before = (await accesses(auditor)).length;
    const { person: masked } = await graph.get(persona('stranger'), SHOWN, { id: person });
    expect(masked.phone).toBe('138****5678');
    const { person: own } = await graph.get(self, SHOWN, { id: person });
    expect(own.phone).toBe('13800005678');
    await graph.settled();
    expect(await accesses(auditor)).toHaveLength(before);
  });

  it('shows its trace to the person it is about and to who was shown it, and to nobody else', async () => {
    expect((await accesses(self)).length).toBeGreaterThan(0);
    expect((await accesses(registrar)).length).toBeGreaterThan(0);
    expect(await accesses(persona('stranger'))).toEqual([]);
  });
});

describe('the audit trail', () => {
  const lines = async (): Promise<AuditLine[]> => {
    const written: AuditLine[] = [];
    const QUERY =
      'query ($after: Int) { auditTrail(after: $after, first: 2) { position kind entry digest at previous hash record } }';
    await exportTrail(
      async (after) => (await graph.get(auditor, QUERY, { after })).auditTrail,
      async (text) => {
        written.push(
          ...text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
        );
      },
    );
    return written;
  };

  it('holds every decision and every access, and an export of it is whole', async () => {
    const { auditHead } = await graph.get(auditor, '{ auditHead { position hash } }');
    const exported = await lines();
    expect(exported.map(({ position }) => position)).toEqual(exported.map((_line, at) => at + 1));
    expect(new Set(exported.map(({ kind }) => kind))).toEqual(new Set(['decision', 'access']));
    const reader = new AuditReader(auditHead);
    for (const line of exported) reader.read(line);
    expect(reader.verdict()).toEqual({ lines: exported.length, head: auditHead, fault: null });
  });

  it('is betrayed by a row that somebody with the database’s keys changed', async () => {
    const pool = graph.database.pool;
    await pool.query('alter table policy.decision_log disable trigger all');
    const { rows } = await pool.query('select entry from policy.audit_link where kind = $1 order by position limit 1', [
      'decision',
    ]);
    const { entry } = rows[0] as { entry: string };
    const kept = (await pool.query('select record from policy.decision_log where id = $1', [entry])).rows[0].record;
    await pool.query(`update policy.decision_log set record = replace(record, 'allow', 'deny') where id = $1`, [entry]);
    const reader = new AuditReader();
    for (const line of await lines()) reader.read(line);
    await pool.query('update policy.decision_log set record = $2 where id = $1', [entry, kept]);
    await pool.query('alter table policy.decision_log enable trigger all');
    expect(reader.verdict().fault?.what).toBe('record');
  });

  it.each(['audit_link', 'access_log'])('cannot be changed in %s by the application', async (table) => {
    const column = table === 'audit_link' ? 'hash' : 'actor';
    await expect(graph.database.pool.query(`update policy.${table} set ${column} = 'x'`)).rejects.toThrow(
      'append-only',
    );
    await expect(graph.database.pool.query(`delete from policy.${table}`)).rejects.toThrow('append-only');
    await expect(graph.database.pool.query(`truncate policy.${table}`)).rejects.toThrow('append-only');
  });

  it('is for the scope audit:read, in pages', async () => {
    const { errors } = await graph.ask(bureau, '{ auditTrail { position } }');
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const page = await graph.ask(auditor, '{ auditTrail(first: 0) { position } }');
    expect(page.errors[0]?.extensions).toMatchObject({ code: 'PAGE_SIZE_INVALID' });
  });

  it('takes no line from a user, nor one that was altered on its way', async () => {
    const APPEND = 'mutation ($entries: [AccessLogEntryInput!]!) { accessLogAppend(entries: $entries) }';
    const record = '{"actor":"x","fields":[],"point":"p","purpose":null,"requestId":"","roles":[],"subjects":[]}';
    const entry = {
      id: '019a0000-0000-7000-8000-000000000001',
      subgraph: 'personnel',
      at: '2022-06-01T00:00:00Z',
      record,
      digest: 'x',
    };
    const byUser = await graph.ask(bureau, APPEND, { entries: [entry] });
    expect(byUser.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const service: Viewer = { subject: 'service:personnel', kind: 'service', person: null, roles: [], scopes: [] };
    const altered = await graph.ask(service, APPEND, { entries: [entry] });
    expect(altered.errors[0]?.extensions).toMatchObject({ code: 'ACCESS_DIGEST' });
  });
});
