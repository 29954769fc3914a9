import { expect } from '@jest/globals';
import { persona } from '../harness.ts';
import { accountOf, codes, type Persona, pointedOut, stopping, type Teller } from './door.ts';

export const PROVINCE = 'cn-43';
const CAPITAL = 'cn-430100';
export const PREFECTURE = 'cn-430200';
/** Two listed counties to which no deputy head is posted: the second goes with the first where steps are collated. */
export const COUNTY = 'cn-430224';
export const NEIGHBOUR = 'cn-430225';

export const provinceSt = accountOf('province-st-dept', PROVINCE);
export const provinceOrg = accountOf('province-org-dept', PROVINCE);
export const cityOrg = accountOf('prefecture-org-dept', PREFECTURE);
export const committee = accountOf('county-party-committee', COUNTY);
export const department = accountOf('county-st-dept', COUNTY);

const REGISTERED = '2018-01-08';
const TEAM = 'team { id version status memberCount }';

/** Everybody who is on the stage before the first act. */
export interface Cast {
  readonly university: string;
  readonly government: string;
  readonly candidate: string;
  readonly unit: Persona;
  readonly unitCommittee: Persona;
  readonly leader: Persona;
}

export interface ExpertTeam extends Cast {
  readonly id: string;
  version: number;
}

/** Registers somebody whom nothing of a leader or member disqualifies unless `more` says so. */
export const expert = (teller: Teller, name: string, organisation: string, more: Record<string, unknown> = {}) =>
  teller.person(name, organisation, { education: 'master', birthDate: '1980-01-01', on: REGISTERED, ...more });

export async function enterCast(teller: Teller): Promise<Cast> {
  const office = { type: 'government', nature: 'administrative', level: 'county', on: REGISTERED };
  const university = await teller.organisation('农业大学', CAPITAL, { on: REGISTERED });
  const government = await teller.organisation('县政府', COUNTY, office);
  const candidate = await expert(teller, '教授', university, { post: 'researcher' });
  return {
    university,
    government,
    candidate,
    unit: accountOf('dispatching-unit', CAPITAL, university),
    unitCommittee: accountOf('dispatching-unit-party-committee', CAPITAL, university),
    leader: persona('account:leader', [], { person: candidate }),
  };
}

const statusOf = async (teller: Teller, asOf: string): Promise<boolean> => {
  const query = `query ($id: ID!, $asOf: Date!) { region(id: $id) { statuses(asOf: $asOf) { kind value } } }`;
  const { region } = await teller.get(provinceSt, query, { id: COUNTY, asOf });
  return region.statuses.find(({ kind }: { kind: string }) => kind === 'deputy-head-posted').value;
};

/** Forms the team of the county while its leader is still sought. */
async function formTeam(teller: Teller, cast: Cast): Promise<ExpertTeam> {
  await teller.done(
    department,
    'regionIndustryRecord',
    '2018-01-10',
    { region: COUNTY, industry: 'tea' },
    'regionIndustry { id }',
  );
  const created = await teller.act(
    department,
    'teamCreate',
    '2018-03-01',
    {
      name: '县科技扶贫专家服务团',
      level: 'county',
      kind: 'expert-team',
      region: COUNTY,
      organisation: cast.university,
      industries: ['tea'],
      accountable: cast.candidate,
      leader: cast.candidate,
      receivingUnit: cast.government,
      term: { from: '2018-07-01', to: '2020-06-30' },
      serviceBody: { organisation: cast.government, role: 'county-st-dept' },
    },
    TEAM,
  );
  expect(created.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  return { ...cast, ...created.team };
}

/** The one who is to lead is put forward by the unit: nobody without a title, nobody too old without a reason. */
async function nominateLeader(teller: Teller, cast: Cast): Promise<void> {
  const seek = { region: COUNTY, teamKind: 'expert-team', kind: 'LEADER', plannedOn: '2018-04-01' };
  const nominate = (person: string) =>
    teller.act(cast.unitCommittee, 'nominationSubmit', '2018-02-20', { ...seek, person }, 'nomination { id }');
  const [untitled, old] = [
    await expert(teller, '无职称', cast.university, { titleLevel: 'junior' }),
    await expert(teller, '年长', cast.university, { birthDate: '1950-01-01' }),
  ];
  const refused = await nominate(untitled);
  expect(refused).toMatchObject({ nomination: null, decision: { outcome: 'DENY' } });
  expect(stopping(refused)).toEqual(['hunan.team.leader-qualification.nomination']);
  const late = await nominate(old);
  expect(late.decision?.outcome).toBe('NEEDS_OVERRIDE');
  expect(stopping(late)).toEqual(['hunan.team.leader-age.nomination']);
  expect((await nominate(cast.candidate)).decision?.outcome).toBe('ALLOW');
}

/**
 * From the prefecture's demand through the six steps to the dispatch, which posts the person to the county, and to the
 * leader of the team, who cannot be appointed before.
 */
export async function selectLeader(teller: Teller, cast: Cast): Promise<ExpertTeam> {
  const THING = 'procedure { id version status finalPerson { id } }';
  await nominateLeader(teller, cast);
  const open = (region: string) =>
    teller.act(cityOrg, 'procedureOpen', '2018-02-26', { chain: 'leader-selection', region }, THING);
  const [opened, beside] = [await open(COUNTY), await open(NEIGHBOUR)];
  expect(opened.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  const procedures = [opened.procedure, beside.procedure];
  const [own, other] = procedures;
  const step = async (who: Persona, on: string, more: object, held = own) => {
    const payload = await teller.act(
      who,
      'procedureAdvance',
      on,
      { procedure: held.id, version: held.version, ...more },
      THING,
    );
    if (payload.procedure) held.version = payload.procedure.version;
    return payload;
  };
  const done = async (...args: Parameters<typeof step>) => {
    const payload = await step(...args);
    expect({ at: args[1], ...payload.decision }).toMatchObject({ outcome: 'ALLOW', findings: [] });
  };
  const document = (number: number) => ({ documentNumber: `文〔2018〕${number}号` });

  const unwritten = await step(cityOrg, '2018-02-27', {});
  expect(stopping(unwritten)).toEqual(['hunan.team.leader-chain-1-demand.document']);
  for (const held of procedures) await done(cityOrg, '2018-02-27', document(1), held);
  const team = await formTeam(teller, cast);
  const appoint = (person: string, on: string) =>
    teller.act(provinceOrg, 'teamLeaderAppoint', on, { team: team.id, version: team.version, person }, TEAM);

  const skipped = await step(provinceSt, '2018-03-02', { step: 'collate', ...document(2) });
  expect(stopping(skipped)).toEqual(['hunan.team.leader-chain-order']);
  const noOne = await step(cast.unitCommittee, '2018-03-05', document(3));
  // Nobody is put forward yet: to whose unit the step belongs is not known.
  expect(noOne.decision?.outcome).toBe('DENY');
  const candidates = [{ person: cast.candidate, unitConsents: true }];
  for (const held of procedures) {
    await done(cast.unitCommittee, '2018-03-05', { candidates, ...document(3) }, held);
  }
  const batch = await step(provinceSt, '2018-03-12', {
    ...document(4),
    collated: [{ procedure: other.id, version: other.version }],
  });
  expect(batch.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  other.version += 1;
  await done(provinceOrg, '2018-03-19', document(5));
  const stranger = await expert(teller, '未推荐', cast.university);
  const settle = (finalPerson: string, consents: string[]) =>
    step(cityOrg, '2018-03-26', { finalPerson, consents, ...document(6) });
  const both = ['prefecture-org-dept', 'dispatching-unit'];
  expect(stopping(await settle(cast.candidate, both.slice(1)))).toEqual(['hunan.team.leader-chain-5-negotiate']);
  expect(stopping(await settle(stranger, both))).toEqual(['hunan.team.leader-chain-5-negotiate.candidate']);
  expect((await settle(cast.candidate, both)).decision).toMatchObject({ outcome: 'ALLOW', findings: [] });

  const early = await appoint(cast.candidate, '2018-03-27');
  expect(early).toMatchObject({ team: { version: team.version }, decision: { outcome: 'DENY' } });
  expect(stopping(early)).toEqual(
    expect.arrayContaining(['hunan.team.leader-chain-6-dispatch.appoint', 'hunan.team.leader-chain-6-dispatch.person']),
  );
  expect(early.decision?.findings.find(({ rule }) => rule.endsWith('dispatch.appoint'))?.citation).toMatchObject({
    document: 'hunan-team-plan',
    article: '三（二）',
  });
  expect(await statusOf(teller, '2018-03-27')).toBe(false);
  const wrongHand = await step(provinceSt, '2018-04-02', document(7));
  expect(stopping(wrongHand)).toContain('hunan.team.leader-chain-6-dispatch');
  const dispatched = await step(provinceOrg, '2018-04-02', document(7));
  expect(dispatched.procedure).toMatchObject({ status: 'completed', finalPerson: { id: cast.candidate } });
  expect(codes(await step(provinceOrg, '2018-04-02', document(8)))).toEqual(['WRONG_STATE']);
  expect(await statusOf(teller, '2018-04-02')).toBe(true);

  const another = await appoint(stranger, '2018-04-03');
  expect(stopping(another)).toContain('hunan.team.leader-deputy-head-posted');
  const untitled = await expert(teller, '无学历', cast.university, { education: 'none', titleLevel: 'junior' });
  expect(stopping(await appoint(untitled, '2018-04-03'))).toContain('hunan.team.leader-qualification');
  const appointed = await appoint(cast.candidate, '2018-04-03');
  expect([stopping(appointed), pointedOut(appointed)]).toEqual([[], []]);
  expect(appointed.decision?.outcome).toBe('ALLOW');
  team.version = appointed.team.version;
  return team;
}
