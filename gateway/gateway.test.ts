import { get } from 'node:http';
import { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createGateway } from './gateway.ts';
import { createLogger } from './log.ts';
import type { enforced } from './supergraph.ts';
import { composeTestSupergraph, internalKey } from './testdata/serve.ts';
import { startTestBed, type TestBed } from './testdata/start.ts';

const beds: TestBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

async function start(...parameters: Parameters<typeof startTestBed>): Promise<TestBed> {
  const bed = await startTestBed(...parameters);
  beds.push(bed);
  return bed;
}

describe('every security directive', () => {
  // A key for each that is known: a new one without a line here does not compile.
  const operations: Record<keyof typeof enforced, string> = {
    authenticated: '{ whoami }',
    requiresScopes: '{ salary }',
    policy: '{ person(id: "p1") { phone } }',
  };

  it.each(Object.entries(operations))('has an enforcer: @%s', async (_name, query) => {
    let executed = 0;
    const bed = await start('local', {
      executor: (context, stock) => {
        executed += 1;
        return stock(context);
      },
    });
    const refused = await bed.gateway.execute({ query });
    expect([refused.status, refused.data, executed]).toEqual([401, undefined, 0]);
    const viewer = { subject: 'officer-1', kind: 'user', person: null, roles: [], scopes: ['auditor'] } as const;
    expect(await bed.gateway.execute({ query, viewer })).toMatchObject({ status: 200, errors: undefined });
    expect(executed).toBe(1);
  });

  it('of the composed supergraph is one of those', () => {
    const linked = [...composeTestSupergraph().matchAll(/specs\.apollo\.dev\/(\w+)\/v[\d.]+", for: SECURITY/g)].map(
      ([, name]) => name,
    );
    expect(linked.sort()).toEqual(Object.keys(operations).sort());
  });

  it('refuses all when the policies cannot be answered', async () => {
    const bed = await start('local', { policies: () => Promise.reject(new Error('the rules are gone')) });
    const viewer = { subject: 'officer-1', kind: 'user', person: null, roles: [], scopes: [] } as const;
    const answer = await bed.gateway.execute({ query: operations.policy, viewer });
    expect([answer.status, answer.data]).toEqual([500, undefined]);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'INTERNAL_ERROR', logId: expect.any(String) });
    expect(bed.people.seen).toEqual([]);
  });
});

describe('a gateway that could not keep its word does not start', () => {
  const transport = { send: async () => ({ data: {} }), ready: async () => true, close: async () => {} };
  const base = {
    supergraphSdl: composeTestSupergraph(),
    transports: { people: transport, teams: transport },
    verify: () => Promise.reject(new Error('nobody')),
    internalKey,
    logger: createLogger({ level: 'silent' }),
    policies: () => ({}),
  };
  const { policies: _policies, ...unanswered } = base;

  it.each<[string, Parameters<typeof createGateway>[0]]>([
    ['TRANSPORT_MISSING', { ...base, transports: { people: transport } }],
    ['POLICY_ANSWER_MISSING', unanswered],
    ['INTERNAL_KEY_WEAK', { ...base, internalKey: 'short' }],
    ['SECURITY_FEATURE_UNKNOWN', { ...base, supergraphSdl: base.supergraphSdl.replace('/policy/v0.1', '/policy/v9') }],
  ])('%s', async (code, options) => {
    await expect(createGateway(options)).rejects.toMatchObject({ code });
  });

  it('but does when all is there', async () => {
    const gateway = await createGateway(base);
    expect(gateway.sdl).toContain('type Team');
    await gateway.close();
    expect(await gateway.execute({ query: '{ teams { id } }' })).toMatchObject({ status: 503 });
  });
});

describe('nothing leaves the machine', () => {
  const names = ['APOLLO_TELEMETRY_DISABLED', 'APOLLO_KEY', 'APOLLO_GRAPH_REF', 'APOLLO_SCHEMA_REPORTING'];
  const before = names.map((name) => process.env[name]);
  afterEach(() => {
    for (const [i, name] of names.entries()) {
      if (before[i] === undefined) delete process.env[name];
      else process.env[name] = before[i];
    }
  });

  it('though Apollo finds all it would need to report', async () => {
    delete process.env.APOLLO_TELEMETRY_DISABLED;
    process.env.APOLLO_KEY = 'service:tepai:key';
    process.env.APOLLO_GRAPH_REF = 'tepai@current';
    process.env.APOLLO_SCHEMA_REPORTING = 'true';
    // Whatever library opens a connection, and whichever way, passes here.
    const connect = jest.spyOn(Socket.prototype, 'connect');
    try {
      const bed = await startTestBed('http');
      expect(await bed.gateway.execute({ query: '{ teams { id } }' })).toMatchObject({ status: 200 });
      await bed.close();
      await wait(200);
      // This one would begin some seconds later, and says so beforehand.
      expect(bed.logText()).not.toMatch(/schema reporting/i);
      const targets = connect.mock.calls
        .flat(2)
        .filter((argument) => argument && typeof argument === 'object' && 'port' in argument);
      expect(targets.length).toBeGreaterThan(0);
      for (const target of targets as { host?: string | null; hostname?: string }[]) {
        expect(target.hostname ?? target.host).toBe('127.0.0.1');
      }
    } finally {
      connect.mockRestore();
    }
  });
});

describe('closing', () => {
  const post = (url: string, query: string) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });

  it('is first not ready, then takes no more users, and lets those at work finish', async () => {
    const bed = await start('http', { drainDelayMs: 700 });
    const { url } = await bed.gateway.listen(0);
    const atWork = post(url, '{ slow(ms: 2500) }');
    while (bed.teams.seen.length === 0) await wait(5);
    const closing = bed.gateway.close();
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, (await ready.json()).status]).toEqual([503, 'closing']);
    expect(ready.headers.get('connection')).toBe('close');
    expect((await post(url, '{ teams { id } }')).status).toBe(200);
    await wait(1_000);
    const turnedAway = await post(url, '{ teams { id } }');
    expect([turnedAway.status, (await turnedAway.json()).errors[0].extensions.code]).toEqual([503, 'GATEWAY_CLOSING']);
    // A subgraph at work for someone may still need to ask.
    const viewer = { subject: 'teams', kind: 'service', person: null, roles: [], scopes: [] } as const;
    expect(await bed.gateway.execute({ query: '{ teams { id } }', viewer })).toMatchObject({ status: 200 });
    expect(await (await atWork).json()).toEqual({ data: { slow: 'done' } });
    await closing;
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
  });

  it('does not wait for ever', async () => {
    const bed = await start('http', { limits: { drainMs: 150 } });
    const { url } = await bed.gateway.listen(0);
    const hung = post(url, '{ slow(ms: 8000) }').catch(() => 'cut');
    while (bed.teams.seen.length === 0) await wait(5);
    const started = performance.now();
    await bed.gateway.close();
    expect(performance.now() - started).toBeLessThan(5_000);
    await hung;
  });

  it('does not hang on connections kept by clients', async () => {
    const bed = await start();
    const { url } = await bed.gateway.listen(0);
    await new Promise((resolve) =>
      get(`${url}/livez`, { headers: { connection: 'keep-alive' } }, (response) =>
        response.resume().on('end', resolve),
      ),
    );
    const started = performance.now();
    await bed.gateway.close();
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
