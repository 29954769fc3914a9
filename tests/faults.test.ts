import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { subgraphs } from '../subgraphs/index.ts';
import { type Graph, persona, startGraph } from './harness.ts';
import {
  administrator,
  bureau,
  CAPITAL,
  CITY,
  COUNTY,
  codes,
  countyDept,
  type Payload,
  type Persona,
  stopping,
  Teller,
} from './journeys/door.ts';

const NOBODY = '00000000-0000-7000-8000-000000000000';
/** Where a refusal by a rule is written down; what it is about stays as it is. */
const RECORDS = ['decision', 'outbox', 'submission', 'decision_log', 'audit_link'];

describe('bad input', () => {
  let graph: Graph;
  let teller: Teller;
  let unit: string;
  let team: { id: string; version: number };
  let selection: { id: string; version: number };
  let payer: string;

  beforeAll(async () => {
    graph = await startGraph();
    teller = new Teller(() => graph);
    unit = await teller.organisation('学院', CAPITAL);
    payer = await teller.organisation('市科技局', CITY, { type: 'st-dept', level: 'prefecture' });
    const form = { name: '服务团', level: 'prefecture', region: CITY, organisation: unit, field: 'yam' };
    team = await teller.done(bureau, 'teamCreate', '2022-03-01', form, 'team { id version }');
    const round = { region: CITY, level: 'prefecture', year: 2022, category: 'prefecture' };
    selection = await teller.done(bureau, 'selectionOpen', '2022-01-10', round, 'selection { id version }');
    await graph.settled();
  });
  afterAll(() => graph.stop());

  /** Every table of the graph, each as the digest of all its rows. */
  async function tables(without: readonly string[] = []): Promise<Record<string, string>> {
    const { pool } = graph.database;
    const found: Record<string, string> = {};
    const schemas = subgraphs.map((definition) => definition.tables);
    const { rows } = await pool.query(
      "select table_schema, table_name from information_schema.tables where table_schema = any($1) and table_type = 'BASE TABLE'",
      [schemas],
    );
    for (const { table_schema: schema, table_name: table } of rows) {
      // Reference data: thousands of rows that no mutation writes.
      if (table === 'region' || without.includes(table)) continue;
      const digest = await pool.query(
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from "${schema}"."${table}" t`,
      );
      found[`${schema}.${table}`] = digest.rows[0].digest;
    }
    expect(Object.keys(found).length).toBeGreaterThan(40);
    return found;
  }

  /** Runs what must change nothing, and looks. */
  async function changingNothing<Value>(work: () => Promise<Value>, without: readonly string[] = []): Promise<Value> {
    const before = await tables(without);
    const value = await work();
    await graph.settled();
    expect(await tables(without)).toEqual(before);
    return value;
  }

  function inBothLanguages({ userErrors }: Payload): void {
    for (const { message } of userErrors) {
      expect(message.zh).toMatch(/\p{Script=Han}/u);
      expect(message.en).toMatch(/[a-z]/i);
      expect(message.en).not.toMatch(/\p{Script=Han}/u);
    }
  }

  const money = (amountFen: unknown) => ({
    ...{ team: team.id, payer, payerLevel: 'prefecture', source: 'prefecture-st-budget', form: 'subsidy', year: 2022 },
    amountFen,
  });

  type Case = readonly [
    name: string,
    code: string,
    mutation: string,
    input: () => Record<string, unknown>,
    who?: Persona,
    on?: string,
  ];
  const mistakes: readonly Case[] = [
    ['a team nobody has', 'NOT_FOUND', 'teamActivate', () => ({ team: NOBODY, version: 1 })],
    ['an id that is none', 'NOT_FOUND', 'teamActivate', () => ({ team: "x' or 1=1", version: 1 })],
    ['a person nobody has', 'NOT_FOUND', 'teamMemberAdd', () => ({ team: team.id, version: 1, person: NOBODY })],
    [
      'an id of another kind',
      'NOT_FOUND',
      'appointmentExit',
      () => ({ appointment: team.id, version: 1, reason: '错' }),
    ],
    ['another subgraph’s id that leads nowhere', 'NOT_FOUND', 'fundingAllocate', () => ({ ...money(1), team: NOBODY })],
    [
      'a region nobody has',
      'NOT_FOUND',
      'selectionOpen',
      () => ({ region: 'cn-999999', level: 'prefecture', year: 2022, category: 'prefecture' }),
    ],
    [
      'a service for nobody',
      'NOT_FOUND',
      'serviceRecordLog',
      () => ({ appointment: NOBODY, date: '2022-06-01', mode: 'on-site', summary: '指导' }),
    ],
    [
      'an act dated tomorrow',
      'ON_IN_FUTURE',
      'teamActivate',
      () => ({ team: team.id, version: team.version }),
      bureau,
      '2999-12-31',
    ],
    [
      'an act before the one before it',
      'ON_BEFORE_LAST_ACT',
      'teamActivate',
      () => ({ team: team.id, version: team.version }),
      bureau,
      '2022-02-28',
    ],
    ['nothing as an amount', 'AMOUNT_ZERO', 'fundingAllocate', () => money(0)],
    ['a stale version', 'STALE_VERSION', 'teamActivate', () => ({ team: team.id, version: team.version + 1 })],
    ['a negative version', 'STALE_VERSION', 'selectionAdvance', () => ({ selection: selection.id, version: -1 })],
    ['a text of spaces', 'NAME_REQUIRED', 'personRegister', () => ({ name: '  ', organisation: unit }), administrator],
    [
      'a text without an end',
      'TEXT_TOO_LONG',
      'personRegister',
      () => ({ name: '长'.repeat(300), organisation: unit }),
      administrator,
    ],
    [
      'a forged identity number',
      'ID_NUMBER_INVALID',
      'personRegister',
      () => ({ name: '张', organisation: unit, idNumber: '410825198002300010' }),
      administrator,
    ],
  ];

  // Every row with every column: a test that takes more than its row has is given a callback instead.
  const rows = mistakes.map(([name, code, mutation, input, who = bureau, on = '2022-06-01']) => {
    return { name, code, mutation, input, who, on };
  });
  it.each(rows)('$name: $code, and nothing is changed', async ({ code, mutation, input, who, on }) => {
    const payload = await changingNothing(() => teller.act(who, mutation, on, input()));
    expect([payload.decision, codes(payload)]).toEqual([null, [code]]);
    inBothLanguages(payload);
  });

  it.each([
    ['2022-02-30', 'DATE_INVALID'],
    ['2022-13-01', 'DATE_INVALID'],
    ['2021-02-29', 'DATE_INVALID'],
    ['22-01-01', 'DATE_INVALID'],
    ['2022-06-01T00:00:00Z', 'DATE_INVALID'],
    ['昨天', 'DATE_INVALID'],
  ])('the impossible date %s is answered %s and changes nothing', async (on, code) => {
    const input = { team: team.id, version: team.version, on };
    const document = 'mutation ($input: TeamActivateInput!) { teamActivate(input: $input) { userErrors { code } } }';
    const { data, errors } = await changingNothing(() => graph.ask(bureau, document, { input }));
    expect(data?.teamActivate ?? null).toBeNull();
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual([code]);
    expect(errors[0]?.extensions?.messageZh).toMatch(/\p{Script=Han}/u);
  });

  it.each([-1, 0.5, 1e21, '１００', '1e3', null, true])(
    'the amount %p is refused before anything is asked',
    async (amount) => {
      const document =
        'mutation ($input: FundingAllocateInput!) { fundingAllocate(input: $input) { userErrors { code } } }';
      const input = { ...money(amount), on: '2022-06-01' };
      const { data, errors } = await changingNothing(() => graph.ask(bureau, document, { input }));
      expect(data?.fundingAllocate ?? null).toBeNull();
      expect(errors.map(({ extensions }) => extensions?.code)).toEqual([
        amount === null ? 'BAD_USER_INPUT' : 'FEN_INVALID',
      ]);
      expect(errors[0]?.extensions?.messageZh).toMatch(/\p{Script=Han}/u);
    },
  );

  it('steps out of their order are refused by the rules, and only the refusal is kept', async () => {
    const step = { selection: selection.id, version: selection.version };
    const early = await changingNothing(
      () => teller.act(bureau, 'selectionAdvance', '2022-02-01', { ...step, step: 'list', list: [] }),
      RECORDS,
    );
    expect(early.decision?.outcome).not.toBe('ALLOW');
    expect(stopping(early)).toContain('jiaozuo.select.order');
    const notice = { ...step, step: 'notice', days: 5, fixedDays: 5, fixedBy: '公示办法', place: '市科技网' };
    const notYet = await changingNothing(
      () => teller.act(bureau, 'selectionNoticeOpen', '2022-02-01', notice),
      RECORDS,
    );
    expect(stopping(notYet)).toContain('jiaozuo.select.order');
    for (const { message, citation } of early.decision?.findings ?? []) {
      expect([message.zh, message.en, citation.article].every(Boolean)).toBe(true);
    }
    const active = await changingNothing(
      () => teller.act(bureau, 'teamActivate', '2022-06-01', { team: team.id, version: team.version }),
      RECORDS,
    );
    expect(stopping(active)).toContain('jiaozuo.team.size');
  });

  it('who may not, may not, and only the refusal is kept', async () => {
    const input = { team: team.id, version: team.version };
    for (const who of [
      persona('account:nobody'),
      countyDept,
      persona('account:elsewhere', [['prefecture-st-bureau', 'cn-410700']]),
    ]) {
      const payload = await changingNothing(() => teller.act(who, 'teamActivate', '2022-06-01', input), RECORDS);
      expect(stopping(payload)).toContain('platform.access.permitted');
    }
  });

  it('one key is one act: the same content is answered alike, other content is refused, in every subgraph', async () => {
    const acts: readonly [
      mutation: string,
      who: Persona,
      input: Record<string, unknown>,
      other: object,
      thing: string,
    ][] = [
      [
        'teamCreate',
        bureau,
        { name: '二团', level: 'prefecture', region: CITY, organisation: unit },
        { name: '三团' },
        'team { id }',
      ],
      ['fundingAllocate', bureau, money(10_000_000), { amountFen: 10_000_001 }, 'fundingLine { id }'],
      [
        'evaluationBatchOpen',
        bureau,
        { subjectKind: 'TEAM', evaluatorLevel: 'prefecture', evaluatorRegion: CITY, year: 2022, subjects: [team.id] },
        { year: 2021 },
        'evaluationBatch { id }',
      ],
    ];
    for (const [mutation, who, input, other, thing] of acts) {
      const keyed = { ...input, idempotencyKey: `once-${mutation}` };
      const first = await teller.act(who, mutation, '2022-06-01', keyed, thing);
      expect(first.decision?.outcome).toBe('ALLOW');
      await graph.settled();
      const again = await changingNothing(() => teller.act(who, mutation, '2022-06-01', keyed, thing));
      expect(again).toEqual(first);
      const changed = await changingNothing(() =>
        teller.act(who, mutation, '2022-06-01', { ...keyed, ...other }, thing),
      );
      expect([changed.decision, codes(changed)]).toEqual([null, ['IDEMPOTENCY_KEY_REUSED']]);
      inBothLanguages(changed);
      const later = await changingNothing(() => teller.act(who, mutation, '2022-06-02', keyed, thing));
      expect(codes(later)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    }
  });

  it('a key of a refused act answers the refusal again', async () => {
    const input = { team: team.id, version: team.version, idempotencyKey: 'refused-once' };
    const first = await teller.act(bureau, 'teamActivate', '2022-06-01', input);
    await graph.settled();
    const again = await changingNothing(() => teller.act(bureau, 'teamActivate', '2022-06-01', input));
    expect(again.decision).toEqual(first.decision);
    expect(first.decision?.outcome).toBe('DENY');
  });

  it('a cursor of no list fails the query; ids that lead nowhere do not', async () => {
    const document = `{ team(id: "${NOBODY}") { id } appointment(id: "nobody") { id } region(id: "${COUNTY}") { id }
      teams(after: "bm8=") { edges { node { id } } } }`;
    const { data, errors } = await graph.ask(bureau, document);
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['CURSOR_INVALID']);
    expect(errors[0]?.extensions?.messageZh).toMatch(/\p{Script=Han}/u);
    expect(data).toBeNull();
    const without = await graph.ask(bureau, document.replace(/teams\(.*/, '}'));
    expect(without.data).toEqual({ team: null, appointment: null, region: { id: COUNTY } });
  });
});
