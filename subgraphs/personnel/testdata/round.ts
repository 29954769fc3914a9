import { type Graph, persona } from '../../../tests/harness.ts';

/** One prefecture, two of its counties, and the people who bring a commissioner from a need to the field. */
export const CITY = 'cn-410800';
export const COUNTY = 'cn-410821';
export const OTHER_COUNTY = 'cn-410822';
const CAPITAL = 'cn-410100';

export const administrator = persona('administrator', [['region-administrator', 'cn']]);
export const bureau = persona('bureau', [['prefecture-st-bureau', CITY]]);
export const meeting = persona('meeting', [['prefecture-st-bureau-meeting', CITY]]);
export const panel = persona('panel', [['expert-panel', CITY]]);
export const orgDept = persona('org-dept', [['prefecture-org-dept', CITY]]);
export const countyDept = persona('county-dept', [['county-st-dept', COUNTY]]);
export const otherCounty = persona('other-county', [['county-st-dept', OTHER_COUNTY]]);
export const stranger = persona('stranger');

export const NOBODY = '00000000-0000-7000-8000-000000000000';
export const AUDIENCE = ['province-university', 'province-institute', 'prefecture-extension-institution'];

/** What a test asks of every decision. */
const DECISION = `decision { id outcome missing packs { id } findings(outcomes: [FAIL, UNDETERMINED]) {
  rule outcome effect citation { document article phrase } facts missing } } userErrors { code field }`;

type Input = Record<string, unknown>;
type Viewer = Parameters<Graph['ask']>[0];

/** Calls a mutation and answers its payload. `thing` is what is wanted of the thing, with its field's name. */
export async function act(graph: Graph, viewer: Viewer, mutation: string, input: Input, thing = '') {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${thing} ${DECISION} } }`;
  const data = await graph.get(viewer, document, { input });
  return data[mutation];
}

/** The rules that a payload's decision fails or leaves open. */
export const rulesOf = (payload: { decision: { findings: { rule: string; effect: string }[] } }): string[] =>
  payload.decision.findings.filter(({ effect }) => ['deny', 'override'].includes(effect)).map(({ rule }) => rule);

export const codesOf = (payload: { userErrors: { code: string }[] }): string[] =>
  payload.userErrors.map(({ code }) => code);

export async function organisation(graph: Graph, name: string, more: Input = {}): Promise<string> {
  const input = { name, type: 'university', nature: 'public-institution', level: 'province', region: CAPITAL, ...more };
  const payload = await act(graph, administrator, 'organisationRegister', input, 'organisation { id }');
  return payload.organisation.id;
}

export async function person(graph: Graph, name: string, unit: string, more: Input = {}): Promise<string> {
  const input = {
    name,
    organisation: unit,
    employmentStatus: 'in-service',
    titleLevel: 'senior',
    degree: 'doctor',
    ...more,
  };
  const payload = await act(graph, administrator, 'personRegister', input, 'person { id }');
  return payload.person.id;
}

/** A university, a cooperative with its contact, a lecturer: who is needed before anything can begin. */
export async function cast(graph: Graph) {
  const university = await organisation(graph, '省农业大学');
  const coop = await organisation(graph, '合作社', {
    type: 'cooperative',
    nature: 'social',
    level: 'unit',
    region: COUNTY,
  });
  return {
    university,
    coop,
    lecturer: await person(graph, '李老师', university),
    contact: await person(graph, '王社长', coop, { titleLevel: 'none', degree: 'none' }),
    sender: persona('sender', [['dispatching-unit', CAPITAL, university]]),
    receiver: persona('receiver', [['receiving-unit', COUNTY, coop]]),
  };
}
export type Cast = Awaited<ReturnType<typeof cast>>;

export async function openRound(graph: Graph, more: Input = {}) {
  const input = { region: CITY, level: 'prefecture', year: 2022, category: 'prefecture', on: '2022-01-10', ...more };
  const payload = await act(graph, bureau, 'selectionOpen', input, 'selection { id version }');
  return payload.selection.id as string;
}

/** The present version of a round. */
export async function versionOf(graph: Graph, selection: string): Promise<number> {
  const data = await graph.get(bureau, 'query ($id: ID!) { selection(id: $id) { version } }', { id: selection });
  return data.selection.version;
}

/** Takes a step of a round at its present version. */
export async function advance(graph: Graph, viewer: Viewer, selection: string, on: string, more: Input = {}) {
  const version = await versionOf(graph, selection);
  const input = { selection, version, on, ...more };
  return act(graph, viewer, 'selectionAdvance', input, 'selection { id version status chain { key done { on } } }');
}

/** A county's need for the round, published to the groups that the law names. */
export async function publishedNeed(graph: Graph, selection: string | null, { coop, contact }: Cast) {
  const submitted = await act(
    graph,
    countyDept,
    'demandSubmit',
    {
      county: COUNTY,
      receivingUnit: coop,
      contactPerson: contact,
      year: 2022,
      selection,
      items: [{ field: 'soil', industry: 'yam', stage: 'production', description: '土壤连作障碍' }],
      on: '2022-01-20',
    },
    'demand { id version items { id } }',
  );
  const { id, version, items } = submitted.demand;
  const published = await act(
    graph,
    bureau,
    'demandPublish',
    { demand: id, version, audience: AUDIENCE, selection, on: '2022-02-01' },
    'demand { version }',
  );
  return { demand: id as string, version: published.demand.version as number, item: items[0].id as string };
}

/** A contact in which both sides agree, each by an account of its own. */
export async function agreed(graph: Graph, item: string, who: string, { sender, receiver }: Cast): Promise<string> {
  const contact = { demandItem: item, person: who, on: '2022-02-10' };
  const THING = 'matching { id version }';
  const asked = await act(graph, sender, 'matchingRecord', { ...contact, personConsents: true }, THING);
  const { id, version } = asked.matching;
  await act(graph, receiver, 'matchingRecord', { ...contact, version, receivingUnitConsents: true }, THING);
  return id;
}

/** The sealed form of a person, filed by the unit. */
export async function filed(graph: Graph, selection: string, who: string, matching: string, { sender }: Cast) {
  const payload = await act(
    graph,
    sender,
    'applicationSubmit',
    {
      selection,
      person: who,
      matching,
      form: { name: '李老师', speciality: '土壤学' },
      sealed: true,
      experienceAttested: true,
      on: '2022-02-20',
    },
    'application { id status }',
  );
  return payload.application.id as string;
}

export const OPINIONS = [
  'prefecture-org-dept',
  'prefecture-finance-bureau',
  'prefecture-hr-bureau',
  'prefecture-revitalisation-bureau',
].map((body) => ({ body, adverse: false, text: `${body} 无意见` }));

/** The steps of a round from the need up to and with the bureau's meeting. */
export async function advanceToMeeting(graph: Graph, selection: string, { sender }: Cast): Promise<void> {
  const steps = [
    [countyDept, '2022-02-21'],
    [bureau, '2022-02-22'],
    [sender, '2022-02-23'],
    [sender, '2022-02-24'],
    [panel, '2022-03-01'],
    [meeting, '2022-03-05'],
  ] as const;
  for (const [viewer, on] of steps) {
    const payload = await advance(graph, viewer, selection, on, { documentNumber: `文 ${on}` });
    if (payload.decision?.outcome !== 'ALLOW') throw new Error(JSON.stringify(payload));
  }
}

/** Runs a notice of five days that the bureau fixed itself, and takes its step. */
export async function runNotice(graph: Graph, selection: string): Promise<void> {
  const version = await versionOf(graph, selection);
  const opened = await act(
    graph,
    bureau,
    'selectionNoticeOpen',
    { selection, version, days: 5, fixedDays: 5, fixedBy: '公示办法', place: '市科技网', on: '2022-03-20' },
    'notice { id version }',
  );
  const { id, version: at } = opened.notice;
  await act(graph, bureau, 'selectionNoticeClose', { notice: id, version: at, on: '2022-03-25' }, 'notice { id }');
  await advance(graph, bureau, selection, '2022-03-26');
}

/** Takes a round whose forms are in to its list. */
export async function decideList(
  graph: Graph,
  selection: string,
  list: readonly string[],
  players: Cast,
): Promise<void> {
  await advanceToMeeting(graph, selection, players);
  await advance(graph, bureau, selection, '2022-03-10', { opinions: OPINIONS });
  await runNotice(graph, selection);
  const listed = await advance(graph, bureau, selection, '2022-03-28', { list });
  if (listed.selection?.status !== 'listed') throw new Error(JSON.stringify(listed));
}

/** A round with one candidate, up to the decided list. */
export async function listedCandidate(graph: Graph, players: Cast) {
  const selection = await openRound(graph);
  const { item } = await publishedNeed(graph, selection, players);
  const matching = await agreed(graph, item, players.lecturer, players);
  const application = await filed(graph, selection, players.lecturer, matching, players);
  await decideList(graph, selection, [application], players);
  return { selection, item, application };
}

/** A round of newcomers, up to the decided list; the first `chosen` of them are on it. */
export async function decidedRound(graph: Graph, players: Cast, candidates: number, chosen: number, batch = 1) {
  const selection = await openRound(graph, { batch });
  const { item } = await publishedNeed(graph, selection, players);
  const people: { who: string; application: string }[] = [];
  for (let at = 0; at < candidates; at += 1) {
    const who = await person(graph, `李老师${at}`, players.university);
    const matching = await agreed(graph, item, who, players);
    people.push({ who, application: await filed(graph, selection, who, matching, players) });
  }
  const list = people.slice(0, chosen).map(({ application }) => application);
  await decideList(graph, selection, list, players);
  return { selection, people };
}

export const TERM = { from: '2022-04-01', to: '2022-12-31' };

/** People who serve the county since April 2022, each with their appointment. */
export async function serving(graph: Graph, players: Cast, count: number, batch = 1) {
  const { people } = await decidedRound(graph, players, count, count, batch);
  const engaged: { who: string; appointment: string; version: number }[] = [];
  for (const { who, application } of people) {
    const create = { application, serviceType: 'public-service', ...TERM, on: '2022-03-29' };
    const created = await act(graph, bureau, 'appointmentCreate', create, 'appointment { id }');
    const appointment = created.appointment.id as string;
    const cover = { appointment, kind: 'personal-accident', ...TERM, payer: 'dispatching-unit', on: '2022-03-30' };
    await act(graph, players.sender, 'insuranceRecord', cover);
    const unitSupports = ['logistics', 'technical', 'time'];
    const activate = { appointment, version: 1, contactPerson: players.contact, unitSupports, on: '2022-04-01' };
    const sent = await act(graph, bureau, 'appointmentActivate', activate, 'appointment { version status }');
    if (sent.appointment?.status !== 'active') throw new Error(JSON.stringify(sent));
    engaged.push({ who, appointment, version: sent.appointment.version });
  }
  return engaged;
}
