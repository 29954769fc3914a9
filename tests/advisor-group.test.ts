import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from './harness.ts';

const COUNTY = 'cn-430626';
const ELSEWHERE = 'cn-410821';
const KIND = 'industry-advisor-group';

describe('a county under its province’s regime and, by its status, the national one', () => {
  let graph: Graph;
  let group: string;
  const administrator = persona('administrator', [['region-administrator', 'cn']]);
  const county = persona('county', [['county-revitalisation-dept', COUNTY]]);
  const prefecture = persona('prefecture', [['prefecture-revitalisation-dept', 'cn-430600']]);
  const province = persona('province', [['province-science-association', 'cn-43']]);
  const nation = persona('nation', [['national-science-association', 'cn']]);

  beforeAll(async () => {
    graph = await startGraph({ today: '2022-12-31' });
    await act(administrator, 'regionStatusRecord', 'regionStatus { kind value from }', {
      region: COUNTY,
      kind: 'poverty-lifted',
      value: true,
      source: '脱贫县名单',
      on: '2021-03-01',
    });
  });
  afterAll(() => graph.stop());

  const DECISION = 'decision { outcome packs { id } findings(outcomes: [FAIL, UNDETERMINED]) { rule pack missing } }';

  /** Runs a mutation that must be answered with a decision. */
  async function decide(who: ReturnType<typeof persona>, field: string, thing: string, input: object) {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const data = await graph.get(
      who,
      `mutation ($input: ${type}!) { ${field}(input: $input) { ${thing} ${DECISION} userErrors { code field message { en } } } }`,
      { input },
    );
    expect(data[field].userErrors).toEqual([]);
    return data[field];
  }
  /** Runs a mutation that must be allowed. */
  async function act(who: ReturnType<typeof persona>, field: string, thing: string, input: object) {
    const payload = await decide(who, field, thing, input);
    expect({ field, ...payload.decision }).toMatchObject({ outcome: 'ALLOW' });
    return payload;
  }
  const blocking = (payload: { decision: { findings: { rule: string }[] } }) =>
    payload.decision.findings.map(({ rule }) => rule).sort();

  it('has both, each finding under its own name', async () => {
    const query = `query ($id: ID!, $asOf: Date!) { region(id: $id) {
      packs(asOf: $asOf) { id }
      coverage(asOf: $asOf) { decision { findings(outcomes: [FAIL]) { rule pack } } } } }`;
    const on = async (asOf: string) => (await graph.get(anonymous, query, { id: COUNTY, asOf })).region;
    const both = await on('2022-06-01');
    expect(both.packs.map(({ id }: { id: string }) => id)).toEqual(['hunan', 'national', 'platform']);
    expect(both.coverage.decision.findings).toEqual(
      expect.arrayContaining([
        { pack: 'hunan', rule: expect.stringMatching(/^hunan\./) },
        { pack: 'national', rule: 'national.org.convenor.coverage' },
        { pack: 'national', rule: 'national.org.coordination' },
        { pack: 'national', rule: 'national.org.liaison.coverage' },
      ]),
    );
    const before = await on('2021-02-28');
    expect(before.packs.map(({ id }: { id: string }) => id)).toEqual(['hunan', 'platform']);
  });

  it('goes the whole way from its needs to a group that serves it', async () => {
    const submitted = await decide(county, 'demandSubmit', 'demand { id }', {
      county: COUNTY,
      kind: 'industry-need',
      year: 2022,
      items: [],
      on: '2022-01-10',
    });
    expect(blocking(submitted)).toContain('national.apply.need');

    const open = { region: COUNTY, pack: 'national', chain: 'advisor-group', hasTeam: true, externalNeed: true };
    const unwilling = await decide(county, 'procedureOpen', 'procedure { id }', { ...open, on: '2022-01-11' });
    expect(blocking(unwilling)).toEqual(['national.apply.voluntary']);
    const content = await decide(county, 'procedureOpen', 'procedure { id }', {
      ...open,
      voluntary: true,
      externalNeed: false,
      on: '2022-01-11',
    });
    expect(blocking(content)).toEqual(['national.apply.eligible-county']);
    const opened = await act(county, 'procedureOpen', 'procedure { id version }', {
      ...open,
      voluntary: true,
      on: '2022-01-12',
    });
    const procedure = opened.procedure.id;
    let version = opened.procedure.version;
    const day = (number: number) => `2022-02-${String(number).padStart(2, '0')}`;
    let at = 0;
    const step = (who: ReturnType<typeof persona>, key: string, more: object = {}) => {
      at += 1;
      return decide(who, 'procedureAdvance', 'procedure { version }', {
        procedure,
        version,
        step: key,
        documentNumber: `文${at}`,
        on: day(at),
        ...more,
      });
    };
    const done = async (...args: Parameters<typeof step>) => {
      const payload = await step(...args);
      expect({ step: args[1], ...payload.decision }).toMatchObject({ outcome: 'ALLOW' });
      version = payload.procedure.version;
    };
    await done(county, 'need');
    await done(county, 'application');
    const skipped = await step(province, 'province-review', { bodies: ['province-revitalisation-dept'] });
    expect(blocking(skipped)).toEqual(['national.apply.chain']);
    await done(prefecture, 'prefecture-receipt', { bodies: ['prefecture-science-association'] });
    const alone = await step(province, 'province-review');
    expect(blocking(alone)).toEqual(['national.apply.chain.pair']);
    await done(province, 'province-review', { bodies: ['province-revitalisation-dept'] });
    const pair = { bodies: ['national-revitalisation-administration'] };
    await done(nation, 'national-received', pair);

    const registered = await act(administrator, 'organisationRegister', 'organisation { id }', {
      name: '茶学会',
      type: 'society',
      nature: 'public-institution',
      level: 'national',
      region: 'cn',
      on: '2022-02-10',
    });
    const organisation = registered.organisation.id;
    const { person } = await act(administrator, 'personRegister', 'person { id }', {
      name: '甲',
      organisation,
      on: '2022-02-10',
    });
    const wanted = { name: '茶产业顾问组', kind: KIND, level: 'national', region: COUNTY, organisation, procedure };
    const early = await decide(nation, 'teamCreate', 'team { id version }', { ...wanted, on: '2022-02-10' });
    expect(blocking(early)).toContain('national.match.list.county');
    await done(nation, 'county-list', pair);
    await done(nation, 'pool');
    const entry = { person: person.id, field: '茶叶加工', recommender: organisation, on: '2022-03-01' };
    expect(
      blocking(await decide(nation, 'expertPoolAdd', 'expertPoolEntry { id }', { ...entry, source: 'self' })),
    ).toEqual(['national.match.pool']);
    await act(nation, 'expertPoolAdd', 'expertPoolEntry { id }', { ...entry, source: 'national-society' });
    // The province is under its own pack, and under the nation's for what it does for its county.
    await act(province, 'expertPoolAdd', 'expertPoolEntry { id }', {
      ...entry,
      source: 'provincial-association',
      region: 'cn-43',
    });
    const { team } = await act(nation, 'teamCreate', 'team { id version }', { ...wanted, on: '2022-03-02' });
    const grown = await act(nation, 'teamMemberAdd', 'team { version }', {
      team: team.id,
      version: team.version,
      person: person.id,
      on: '2022-03-03',
    });
    expect(grown.decision.findings).toEqual([]);
    const late = (number: number) => ({ ...pair, on: `2022-03-${String(number).padStart(2, '0')}` });
    expect(blocking(await step(nation, 'member-list', { on: '2022-03-04' }))).toEqual(['national.match.list']);
    await done(nation, 'member-list', late(5));

    const issue = async (no: number, now: number, more: object) =>
      decide(nation, 'letterIssue', 'letter { id }', {
        team: team.id,
        version: now,
        number: `聘${no}`,
        issuers: ['national-revitalisation-administration', 'national-science-association'],
        on: '2022-03-10',
        ...more,
      });
    const versionNow = async () =>
      (await graph.get(nation, 'query ($id: ID!) { team(id: $id) { version } }', { id: team.id })).team.version;
    expect(blocking(await issue(1, await versionNow(), {}))).toEqual(['national.appoint.recognition.first']);
    await done(nation, 'recognition', late(11));
    expect(
      blocking(await issue(1, await versionNow(), { on: '2022-03-12', issuers: ['national-science-association'] })),
    ).toEqual(['national.appoint.recognition.issuers']);
    for (const [no, more] of [{}, { person: person.id }].entries())
      expect((await issue(no, await versionNow(), { on: '2022-03-12', ...more })).decision.outcome).toBe('ALLOW');
    await done(nation, 'certificate', late(13));

    const sign = async (more: object) =>
      decide(province, 'agreementSign', 'agreement { id }', {
        team: team.id,
        version: await versionNow(),
        county: COUNTY,
        kind: 'cooperation',
        commitments: [],
        keyMatters: ['茶叶深加工'],
        countyConsents: true,
        on: '2022-03-14',
        ...more,
      });
    expect(blocking(await sign({ teamConsents: false }))).toContain('national.dock.negotiate');
    expect(blocking(await sign({ teamConsents: true, deep: true }))).toContain('national.dock.agreement');
    const signed = await sign({ teamConsents: true, deep: false });
    expect(signed.decision).toMatchObject({ outcome: 'ALLOW' });

    await done(province, 'docking', {
      bodies: ['province-revitalisation-dept'],
      consents: ['county-government', 'advisor-group'],
      on: '2022-03-15',
    });
    const activated = await act(nation, 'teamActivate', 'team { status kind }', {
      team: team.id,
      version: await versionNow(),
      on: '2022-03-16',
    });
    group = team.id;
    expect(activated.team).toEqual({ status: 'active', kind: KIND });
    expect(activated.decision.packs.map(({ id }: { id: string }) => id)).toEqual(['hunan', 'national', 'platform']);
  });

  it('funds a project of the group once both notices have run, it is approved and in the library', async () => {
    const { project } = await act(county, 'projectRegister', 'project { id version }', {
      title: '茶叶深加工',
      region: COUNTY,
      programme: KIND,
      team: group,
      on: '2022-04-01',
    });
    let version = project.version;
    const own = (field: string, input: object) =>
      decide(county, field, 'project { version }', { project: project.id, version, ...input });
    const done = async (field: string, input: object) => {
      const payload = await own(field, input);
      expect({ field, ...payload.decision }).toMatchObject({ outcome: 'ALLOW' });
      version = payload.project.version;
    };
    const post = (level: string, place: string) =>
      decide(county, 'projectNoticeOpen', 'notice { id version project { version } }', {
        project: project.id,
        version,
        level,
        place,
        on: '2022-04-02',
      });
    expect(blocking(await post('village', 'website'))).toEqual(['national.project.fixed-board']);
    const notices = new Map<string, { id: string; version: number }>();
    for (const level of ['village', 'township']) {
      const { notice } = await post(level, 'fixed-board');
      notices.set(level, notice);
      version = notice.project.version;
    }
    const duties = async (asOf: string) => {
      const query = `query ($region: ID!, $asOf: Date) { obligations(region: $region, year: 2022, asOf: $asOf) {
        entry occurrence from to status settledOn settledLate } }`;
      const { obligations } = await graph.get(county, query, { region: COUNTY, asOf });
      return obligations.filter(({ entry }: { entry: string }) => entry === 'village-notice');
    };
    expect(await duties('2022-04-13')).toEqual([
      {
        entry: 'village-notice',
        occurrence: notices.get('village')?.id,
        from: '2022-04-02',
        to: '2022-04-12',
        status: 'DUE',
        settledOn: null,
        settledLate: false,
      },
    ]);
    for (const [level, notice] of notices) {
      const close = (on: string) =>
        decide(county, 'projectNoticeClose', 'notice { project { version } }', {
          notice: notice.id,
          version: notice.version,
          completed: true,
          on,
        });
      // The tenth full day is the 12th; it counts once it is over.
      if (level === 'village')
        expect(blocking(await close('2022-04-12'))).toEqual(['national.project.village-notice.full']);
      const closed = await close('2022-04-13');
      expect(closed.decision).toMatchObject({ outcome: 'ALLOW' });
      version = closed.notice.project.version;
    }
    await graph.settled();
    expect(await duties('2022-04-30')).toMatchObject([
      { status: 'SATISFIED', settledOn: '2022-04-13', settledLate: false },
    ]);
    expect(blocking(await own('projectLibraryEnter', { on: '2022-04-14' }))).toEqual(['national.project.library']);
    await done('projectApprove', { approvedBy: '县政府', argument: '论证意见', on: '2022-04-15' });
    const { organisation } = await act(administrator, 'organisationRegister', 'organisation { id }', {
      name: '县财政局',
      type: 'finance-bureau',
      nature: 'government',
      level: 'county',
      region: COUNTY,
      on: '2022-04-15',
    });
    const fund = (source: string) =>
      decide(county, 'fundingAllocate', 'fundingLine { id }', {
        countyProject: project.id,
        payer: organisation.id,
        payerLevel: 'county',
        source,
        form: 'subsidy',
        amountFen: 10_000_000,
        year: 2022,
        on: '2022-04-16',
      });
    expect(blocking(await fund('transition-subsidy'))).toEqual(['national.fund.library-only']);
    expect((await fund('bank-loan')).decision.outcome).toBe('ALLOW');
    await done('projectLibraryEnter', { on: '2022-04-16' });
    expect((await fund('transition-subsidy')).decision.outcome).toBe('ALLOW');
    const standing = async () => {
      const query = `query ($id: ID!) { project(id: $id) { standing(asOf: "2022-06-01") { findings(outcomes: [FAIL]) { rule } } } }`;
      const data = await graph.get(county, query, { id: project.id });
      return data.project.standing.findings.map(({ rule }: { rule: string }) => rule).sort();
    };
    expect(await standing()).toEqual(['national.project.portal', 'national.project.tracking']);
  });

  it('is evaluated by the county first and then by both national bodies', async () => {
    const assess = (who: ReturnType<typeof persona>, leadBody: string, more: object) =>
      decide(who, 'assessmentRecord', 'assessment { id }', {
        kind: 'work',
        subjectKind: 'team',
        team: group,
        region: COUNTY,
        year: 2022,
        leadBody,
        date: '2022-12-01',
        text: '工作扎实',
        ...more,
      });
    const pair = { participants: ['national-revitalisation-administration'] };
    expect(blocking(await assess(nation, 'national-science-association', { ...pair, on: '2022-12-01' }))).toEqual([
      'national.eval.national',
    ]);
    expect((await assess(county, 'county-revitalisation-dept', { on: '2022-12-02' })).decision.outcome).toBe('ALLOW');
    const national = await assess(nation, 'national-science-association', { ...pair, on: '2022-12-05' });
    expect(national.decision).toMatchObject({ outcome: 'ALLOW' });
  });

  it('has one liaison of each body at each level, the province’s own bodies among them', async () => {
    const office = async (name: string, type: string, region: string, level: string) => {
      const { organisation } = await act(administrator, 'organisationRegister', 'organisation { id }', {
        name,
        type,
        nature: 'government',
        level,
        region,
        on: '2022-04-01',
      });
      const { person } = await act(administrator, 'personRegister', 'person { id }', {
        name: `${name}联络员`,
        organisation: organisation.id,
        on: '2022-04-01',
      });
      return { organisation: organisation.id, person: person.id };
    };
    const association = await office('省科协', 'science-association', 'cn-43', 'province');
    const department = await office('省乡村振兴局', 'revitalisation-dept', 'cn-43', 'province');
    const liaison = (who: object, on: string) =>
      decide(province, 'designationRecord', 'designation { id }', { kind: 'liaison', region: 'cn-43', ...who, on });
    expect((await liaison(association, '2022-04-02')).decision.outcome).toBe('ALLOW');
    expect((await liaison(department, '2022-04-02')).decision.outcome).toBe('ALLOW');
    const second = await liaison({ ...association, person: department.person }, '2022-04-03');
    expect(blocking(second)).toEqual(['national.org.liaison']);
  });

  it('is alone with it: a county without the status has no such procedure', async () => {
    const open = `mutation ($input: ProcedureOpenInput!) {
      procedureOpen(input: $input) { procedure { id } decision { outcome } userErrors { code } } }`;
    const input = { region: ELSEWHERE, pack: 'national', chain: 'advisor-group', voluntary: true, on: '2022-01-12' };
    // Its callers do not even see the field; one who sees the whole graph is told that no such chain is in force there.
    const stranger = persona('stranger', [['county-revitalisation-dept', ELSEWHERE]]);
    const { errors } = await graph.ask(stranger, open, { input });
    expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_IN_CONTRACT' });
    const { procedureOpen } = await graph.get(administrator, open, { input });
    expect(procedureOpen).toMatchObject({ procedure: null, decision: null, userErrors: [{ code: 'CHAIN_UNKNOWN' }] });
  });
});
