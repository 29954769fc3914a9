import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDemoIssuer } from '../../gateway/issuer.ts';
import { openDatabase } from '../../subgraphs/database.ts';
import { describeOnPostgres } from '../postgres.ts';
import { tellJourneys } from './all.ts';
import { administrator, bureau, CAPITAL, CITY, type Payload, Teller } from './door.ts';
import { tellPaper } from './paper.ts';
import { type Processes, startProcesses } from './processes.ts';

const REGIONS = `{ region(id: "${CITY}") { name } }`;
const WHO_I_AM = '{ decisions(first: 1) { edges { node { id } } } }';
const UNREACHABLE = ['DATABASE_UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE'];

describeOnPostgres('the journeys, over separate processes', (server) => {
  let processes: Processes;
  let url: string;

  beforeAll(async () => {
    url = await server().database();
    processes = await startProcesses(url);
  }, 180_000);
  // What a test ends early leaves nothing running behind.
  afterAll(() => processes?.stop().then(() => {}));

  tellJourneys(() => processes);
  tellPaper(() => processes);

  describe('who is let in', () => {
    const bearer = (token: string) => processes.post(processes.gateway, { authorization: `Bearer ${token}` }, WHO_I_AM);

    it('is whoever the issuer vouches for, for as long as it does', async () => {
      expect(await bearer(await processes.token(bureau))).toMatchObject({ status: 200, errors: [] });
      const expired = await bearer(await processes.token(bureau, -60));
      expect(expired).toMatchObject({ status: 401, data: null });
      expect(expired.errors[0].extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED' });
      expect(expired.errors[0].extensions.messageZh).toMatch(/\p{Script=Han}/u);
    });

    it('is nobody for whom somebody else vouches', async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'tepai-foreign-'));
      const { subject, person, roles, scopes } = bureau;
      const personas = [{ subject, person, roles, scopes }];
      for (const [issuer, reason] of [
        ['another-issuer', 'TOKEN_FOREIGN'],
        [processes.issuer, 'TOKEN_INVALID'],
      ] as const) {
        const foreign = await createDemoIssuer({ dataDir, personas, issuer });
        const refused = await bearer(await foreign.mint(subject));
        expect(refused).toMatchObject({ status: 401, data: null });
        expect(refused.errors[0].extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason });
      }
      rmSync(dataDir, { recursive: true, force: true });
    });

    it('does not go past the gateway', async () => {
      const token = await processes.token(administrator);
      const forged = { 'x-tepai-viewer': token, authorization: `Bearer ${token}` };
      for (const [name, address] of processes.addresses)
        for (const headers of [{}, forged]) {
          const { data, errors } = await processes.post(address, headers, '{ __typename }');
          expect([name, data, errors[0]?.extensions]).toEqual([name, null, { code: 'NOT_FROM_GATEWAY' }]);
        }
    });
  });

  describe('when the database stops in the middle', () => {
    const AT_ONCE = 12;
    const document = `mutation ($input: OrganisationRegisterInput!) { organisationRegister(input: $input) {
      organisation { id name } decision { id outcome } userErrors { code } } }`;
    const register = (at: number) => {
      const input = { name: `中断${at}`, type: 'university', nature: 'public-institution', level: 'province' };
      const all = { ...input, region: CAPITAL, on: '2022-06-01', idempotencyKey: `interrupted-${at}` };
      return processes.ask(administrator, document, { input: all });
    };
    const everyAct = () => Promise.all(Array.from({ length: AT_ONCE }, (_, at) => register(at)));
    let unit: string;

    beforeAll(async () => {
      unit = await new Teller(() => processes).organisation('单位', CITY, { level: 'prefecture' });
    });

    it('what cannot be done says so in two languages and shows nothing of the inside', async () => {
      const before = await everyAct();
      expect(before.map(({ errors }) => errors)).toEqual(before.map(() => []));
      const underWay = Array.from({ length: AT_ONCE }, (_, at) => register(AT_ONCE + at));
      await server().pause();
      const answers = [...(await Promise.all(underWay)), ...(await everyAct())];
      const open = { subjectKind: 'DISPATCHING_UNIT', evaluatorLevel: 'prefecture', evaluatorRegion: CITY, year: 2022 };
      const batch =
        'mutation ($input: EvaluationBatchOpenInput!) { evaluationBatchOpen(input: $input) { userErrors { code } } }';
      answers.push(await processes.ask(bureau, batch, { input: { ...open, subjects: [unit], on: '2022-11-01' } }));
      answers.push(await processes.ask(bureau, REGIONS), await processes.ask(bureau, WHO_I_AM));
      const failed = answers.flatMap(({ errors }) => errors);
      // Of what was under way some was done in time; of what came after nothing is.
      expect(failed.length).toBeGreaterThanOrEqual(AT_ONCE + 3);
      expect(failed.filter(({ extensions }) => !UNREACHABLE.includes(String(extensions?.code)))).toEqual([]);
      for (const { message, extensions } of failed) {
        expect(extensions?.messageZh).toMatch(/\p{Script=Han}/u);
        expect(`${message} ${JSON.stringify(extensions)}`).not.toMatch(/127\.0\.0\.1|ECONN|postgres|select |insert/i);
      }
      const { status, parts } = await processes.readiness();
      expect(status).toBe(503);
      expect(Object.values(parts)).toEqual(expect.arrayContaining(['down']));
    });

    it('the same requests with the same keys are done once when it is back, and nothing is half done', async () => {
      await server().resume();
      await processes.untilReady();
      const again = await Promise.all(Array.from({ length: 2 * AT_ONCE }, (_, at) => register(at)));
      const payloads: Payload[] = again.map(({ data }) => data.organisationRegister);
      for (const payload of payloads) expect(payload).toMatchObject({ decision: { outcome: 'ALLOW' }, userErrors: [] });
      const database = await openDatabase({ url });
      const count = async (sql: string) => Number((await database.pool.query(sql)).rows[0].count);
      const named = "select id from personnel.organisation where name like '中断%'";
      expect(await count(`select count(*) from (${named}) one`)).toBe(2 * AT_ONCE);
      expect(
        await count(
          `select count(*) from personnel.decision where subject_id in (select id::text from (${named}) one)`,
        ),
      ).toBe(2 * AT_ONCE);
      expect(await count("select count(*) from personnel.submission where key like 'interrupted-%'")).toBe(2 * AT_ONCE);
      // Every decision reaches the log after all.
      for (const until = Date.now() + 20_000; ; await new Promise((done) => setTimeout(done, 200))) {
        const unsent = await count('select count(*) from personnel.outbox where sent_at is null');
        if (unsent === 0) break;
        if (Date.now() > until) throw new Error(`${unsent} decisions did not reach the log`);
      }
      await database.close();
    });
  });

  it('every process ends when it is asked to, and says that all is well', async () => {
    const codes = await processes.stop();
    expect(codes).toEqual({ personnel: 0, 'projects-funding': 0, evaluation: 0, policy: 0, gateway: 0 });
  });
});
