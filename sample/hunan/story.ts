import type { Act, Teller } from '../teller.ts';
import { cast } from './cast.ts';
import { YANLING } from './place.ts';

const [ST, ORG] = ['demo:hunan-st-dept', 'demo:hunan-org-dept'];
const CITY = 'demo:hunan-prefecture-org-dept';
const [DEPARTMENT, GOVERNMENT] = ['demo:hunan-county-st-dept', 'demo:hunan-county-government'];
const APPROVALS = ['county-party-committee', 'county-government'];
const TERM = { from: '2020-07-01', to: '2022-06-30' };

/** The county to which nobody was posted gets a leader by six steps: none without its paper, the fifth by two consents. */
async function selectLeader(teller: Teller): Promise<(on: string) => Promise<void>> {
  const thing = 'procedure { id version }';
  const opened = await teller.act({
    as: CITY,
    mutation: 'procedureOpen',
    thing,
    on: '2020-02-24',
    input: { chain: 'leader-selection', region: YANLING },
  });
  let version = opened.thing.version as number;
  const step = async (as: string, on: string, input: object, expect?: Act['expect']) => {
    const told = await teller.act({
      as,
      mutation: 'procedureAdvance',
      thing,
      on,
      input: { procedure: opened.thing.id, version, ...input },
      ...(expect ? { expect } : {}),
    });
    version = told.thing?.version ?? version;
  };
  const paper = (number: number) => ({ documentNumber: `演示〔2020〕${number}号` });
  await step(CITY, '2020-02-25', {}, 'DENY');
  await step(CITY, '2020-02-26', paper(1));
  const candidates = [{ person: cast.candidate, unitConsents: true }];
  await step('demo:hunan-party-committee', '2020-03-04', { candidates, ...paper(2) });
  await step(ST, '2020-03-11', paper(3));
  await step(ORG, '2020-03-18', paper(4));
  const settled = { finalPerson: cast.candidate, ...paper(5) };
  await step(CITY, '2020-03-25', { ...settled, consents: ['dispatching-unit'] }, 'DENY');
  await step(CITY, '2020-03-27', { ...settled, consents: ['prefecture-org-dept', 'dispatching-unit'] });
  return (on) => step(ORG, on, paper(6));
}

/** The team is formed; its leader is appointed once dispatched, and takes in members whom the county engages. */
async function formTeam(teller: Teller, dispatch: (on: string) => Promise<void>): Promise<void> {
  const created = await teller.act({
    as: DEPARTMENT,
    mutation: 'teamCreate',
    thing: 'team { id version }',
    on: '2020-04-01',
    input: {
      name: '炎陵县科技扶贫专家服务团（演示）',
      level: 'county',
      kind: 'expert-team',
      region: YANLING,
      organisation: cast.sender,
      industries: [cast.industry()],
      accountable: cast.candidate,
      leader: cast.candidate,
      receivingUnit: cast.government,
      term: TERM,
      serviceBody: { organisation: cast.department, role: 'county-st-dept' },
    },
  });
  const team = created.thing.id as string;
  let version = created.thing.version as number;
  const change = async (as: string, on: string, mutation: string, input: object, expect?: Act['expect']) => {
    const thing = mutation === 'teamMemberEngage' ? 'engagement { id team { version } }' : 'team { id version }';
    const act = { as, mutation, thing, on, input: { team, version, ...input }, ...(expect ? { expect } : {}) };
    const told = await teller.act(act);
    version = told.thing?.team?.version ?? told.thing?.version ?? version;
  };
  const leader = { person: cast.candidate };
  await change(ORG, '2020-04-02', 'teamLeaderAppoint', leader, 'DENY');
  await dispatch('2020-04-07');
  await change(ORG, '2020-04-08', 'teamLeaderAppoint', leader);
  for (const person of [cast.spare(0), cast.oldSpare]) {
    await teller.act({
      as: 'demo:hunan-team-leader',
      mutation: 'nominationSubmit',
      thing: 'nomination { id }',
      on: '2020-05-11',
      input: {
        team,
        kind: 'MEMBER',
        person,
        channel: 'targeted-invitation',
        sourceCategory: 'university-staff',
        plannedOn: TERM.from,
      },
    });
    const taken = { person, sourceCategory: 'university-staff', approvals: APPROVALS, practicalExpert: false };
    await change(GOVERNMENT, '2020-05-18', 'teamMemberAdd', taken);
  }
  const engaged = { kind: 'MEMBER', ...TERM, approvals: APPROVALS };
  await change(GOVERNMENT, '2020-06-08', 'teamMemberEngage', { person: cast.spare(0), ...engaged });
  const old = { person: cast.oldSpare, ...engaged };
  await change(GOVERNMENT, '2020-06-08', 'teamMemberEngage', old, 'NEEDS_OVERRIDE');
  const reason = '该同志为黄桃产业首席专家，县委县政府研究同意聘任（演示）';
  const overrides = [{ rule: 'hunan.team.member-age', role: 'county-government', reason }];
  await change(GOVERNMENT, '2020-06-09', 'teamMemberEngage', { ...old, overrides });
  await change(DEPARTMENT, '2020-07-01', 'teamActivate', {}, 'DENY');
}

/** No special money after a year that was not satisfactory; misuse is not settled before the money is back. */
async function watchMoney(teller: Teller): Promise<void> {
  await teller.act({
    as: ST,
    mutation: 'fundingAllocate',
    thing: 'fundingLine { id }',
    on: '2019-03-11',
    input: {
      team: cast.team,
      payer: cast.st,
      payerLevel: 'province',
      source: 'province-special',
      form: 'subsidy',
      year: 2019,
      amountFen: 20_000_000,
      deciders: ['province-st-dept', 'province-finance-dept', 'province-poverty-office'],
    },
    expect: 'DENY',
  });
  const found = await teller.act({
    as: 'demo:hunan-audit',
    mutation: 'misuseFindingRecord',
    thing: 'misuseFinding { id version }',
    on: '2020-03-16',
    input: {
      line: cast.line,
      kind: 'crowding-out',
      severity: 'ordinary',
      organisation: cast.university,
      amountFen: 400_000,
      evidence: '审计报告（演示）',
    },
  });
  await teller.act({
    as: ST,
    mutation: 'misuseFindingClose',
    thing: 'misuseFinding { id }',
    on: '2020-04-20',
    input: {
      finding: found.thing.id,
      version: found.thing.version,
      effects: [{ kind: 'public-criticism', document: '通报（演示）' }],
    },
    expect: 'DENY',
  });
}

/** How a county of the province gets its leader and the beginning of a team, and what the province refuses. */
export async function tellHunan(teller: Teller): Promise<void> {
  await formTeam(teller, await selectLeader(teller));
  await watchMoney(teller);
}
