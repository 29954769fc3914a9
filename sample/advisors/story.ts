import type { Act, Teller } from '../teller.ts';
import { cast } from './cast.ts';
import { DEBAO, PINGJIANG } from './place.ts';

const [NATION, COUNTY] = ['demo:advisors-nation', 'demo:advisors-county'];
const TITLE = '油茶果壳综合利用（演示）';

/** A project that the group serves, from its file to its money: no day of its notices is left out. */
async function fundProject(teller: Teller): Promise<void> {
  const registered = await teller.act({
    as: COUNTY,
    mutation: 'projectRegister',
    thing: 'project { id version }',
    on: '2023-02-06',
    input: { title: TITLE, region: PINGJIANG, programme: 'industry-advisor-group', team: cast.group },
  });
  const project = registered.thing.id as string;
  let version = registered.thing.version as number;
  const act = async (mutation: string, on: string, more: Record<string, unknown> = {}, expect?: Act['expect']) => {
    const isNotice = mutation.startsWith('projectNotice');
    const thing = isNotice ? 'notice { id version project { version } }' : 'project { id version }';
    const input = mutation === 'projectNoticeClose' ? more : { project, version, ...more };
    const told = await teller.act({ as: COUNTY, mutation, thing, on, input, ...(expect ? { expect } : {}) });
    version = told.thing?.project?.version ?? (isNotice ? undefined : told.thing?.version) ?? version;
    return told.thing;
  };
  await act('projectNoticeOpen', '2023-02-07', { level: 'village', place: 'website' }, 'DENY');
  const notices = [];
  for (const level of ['village', 'township']) {
    notices.push(await act('projectNoticeOpen', '2023-02-07', { level, place: 'fixed-board' }));
  }
  const [village, township] = notices;
  const close = (notice: { id: string; version: number }, on: string, expect?: Act['expect']) =>
    act('projectNoticeClose', on, { notice: notice.id, version: notice.version, completed: true }, expect);
  await close(village, '2023-02-17', 'DENY');
  await close(village, '2023-02-20');
  await close(township, '2023-02-20');
  const fund = (on: string, expect?: Act['expect']) =>
    teller.act({
      as: COUNTY,
      mutation: 'fundingAllocate',
      thing: 'fundingLine { id }',
      on,
      input: {
        countyProject: project,
        payer: cast.department(),
        payerLevel: 'county',
        source: 'transition-subsidy',
        form: 'subsidy',
        amountFen: 80_000_000,
        year: 2023,
      },
      ...(expect ? { expect } : {}),
    });
  await fund('2023-02-21', 'DENY');
  await act('projectApprove', '2023-02-27', { approvedBy: '县政府', argument: '论证意见（演示）' });
  await act('projectLibraryEnter', '2023-03-01');
  await fund('2023-03-06');
}

/** Experts come from the sources that the text names; a third of a pairing only when somebody answers for it. */
async function addExperts(teller: Teller): Promise<void> {
  const add = { as: NATION, mutation: 'expertPoolAdd', thing: 'expertPoolEntry { id }', on: '2023-03-13' };
  const expert = { person: cast.spare, field: '蚕桑（演示）', recommender: cast.eastern };
  await teller.act({ ...add, input: { ...expert, source: 'self' }, expect: 'DENY' });
  const paired = { ...expert, source: 'east-west', pairedCounty: DEBAO };
  await teller.act({ ...add, input: paired, expect: 'NEEDS_OVERRIDE' });
  const reason = '德保县桑蚕产业链延伸急需，三方商定增加一名（演示）';
  const overrides = [{ rule: 'national.match.east-west.more', role: 'national-science-association', reason }];
  await teller.act({ ...add, input: { ...paired, overrides } });
}

/** A letter is signed by both bodies, and a county applies of its own will. */
async function refuse(teller: Teller): Promise<void> {
  await teller.act({
    as: NATION,
    mutation: 'letterIssue',
    thing: 'letter { id }',
    on: '2021-12-01',
    input: {
      team: cast.formingGroup,
      version: 1,
      person: cast.unlettered,
      number: '演示聘〔2021〕补1',
      issuers: ['national-science-association'],
    },
    expect: 'DENY',
  });
  await teller.act({
    as: COUNTY,
    mutation: 'demandSubmit',
    thing: 'demand { id }',
    on: '2023-03-20',
    input: { county: PINGJIANG, kind: 'industry-need', year: 2023, items: [] },
    expect: 'DENY',
  });
}

/** What the counties and the nation did in the spring of 2023. */
export async function tellAdvisors(teller: Teller): Promise<void> {
  await fundProject(teller);
  await addExperts(teller);
  await refuse(teller);
}
