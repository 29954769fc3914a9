import { expect } from '@jest/globals';
import { persona } from '../harness.ts';
import {
  accountOf,
  bureau,
  CAPITAL,
  CITY,
  COUNTY,
  codes,
  countyDept,
  meeting,
  type Persona,
  panel,
  stopping,
  type Teller,
} from './door.ts';

/** The first candidate's data that a mask hides. */
export const OPEN = { phone: '13839112345', idNumber: '410825198001010010', birthDate: '1980-01-01' };
/** Of seven the quota of the top grade leaves one. */
const CANDIDATES = 7;
const AUDIENCE = ['province-university', 'province-institute', 'prefecture-extension-institution'];
const OPINIONS = [
  'prefecture-org-dept',
  'prefecture-finance-bureau',
  'prefecture-hr-bureau',
  'prefecture-revitalisation-bureau',
].map((body) => ({ body, adverse: false, text: '无意见' }));

/** An expert of the panel who also has an account at the bureau. */
export const twoHats = persona('account:two-hats', [
  ['expert-panel', CITY],
  ['prefecture-st-bureau', CITY],
]);

export interface Listed {
  readonly selection: string;
  readonly university: string;
  readonly coop: string;
  readonly contact: string;
  readonly sender: Persona;
  readonly receiver: Persona;
  readonly candidates: { person: string; application: string }[];
}

async function publishedNeed(teller: Teller, selection: string, coop: string, contact: string): Promise<string> {
  const items = [{ field: 'soil', industry: 'yam', stage: 'production', description: '怀山药连作障碍防治' }];
  const need = { county: COUNTY, receivingUnit: coop, contactPerson: contact, year: 2022, selection, items };
  const thing = 'demand { id version status items { id status } }';
  const demand = await teller.done(countyDept, 'demandSubmit', '2022-01-20', need, thing);
  const publish = { demand: demand.id, version: demand.version, audience: AUDIENCE, selection };
  const before = { demandItem: demand.items[0].id, person: contact, receivingUnitConsents: true };
  const early = await teller.act(accountOf('receiving-unit', COUNTY, coop), 'matchingRecord', '2022-01-25', before);
  expect(stopping(early)).toEqual(['jiaozuo.select.2-publish.matching']);
  const published = await teller.done(bureau, 'demandPublish', '2022-02-01', publish, thing);
  expect(published).toMatchObject({ status: 'published', items: [{ status: 'open' }] });
  return demand.items[0].id;
}

/** Both sides say yes, one after the other; then the unit files the sealed form. */
async function candidate(teller: Teller, scene: Omit<Listed, 'candidates'>, item: string, at: number) {
  const { selection, university, sender, receiver } = scene;
  const person = await teller.person(`李老师${at}`, university, at === 0 ? OPEN : {});
  const contact = { demandItem: item, person };
  const thing = 'matching { id version }';
  const oneSide = { ...contact, personConsents: true };
  const asked = await teller.done(sender, 'matchingRecord', '2022-02-08', oneSide, thing);
  const bothSides = { ...contact, receivingUnitConsents: true, version: asked.version };
  const matching = await teller.done(receiver, 'matchingRecord', '2022-02-10', bothSides, thing);
  const form = { selection, person, matching: matching.id, form: { speciality: '土壤学' }, experienceAttested: true };
  if (at === 0) {
    const bare = await teller.act(sender, 'applicationSubmit', '2022-02-19', { ...form, sealed: false });
    expect(stopping(bare)).toEqual(['jiaozuo.select.4-form.seal']);
  }
  const sealed = { ...form, sealed: true };
  const filed = await teller.done(sender, 'applicationSubmit', '2022-02-20', sealed, 'application { id status }');
  return { person, application: filed.id as string };
}

/** A county's need, the contacts, the forms: answers who stands in the round. */
export async function fromDemandToForms(teller: Teller): Promise<Listed> {
  const university = await teller.organisation('省农业大学', CAPITAL);
  const coopKind = { type: 'cooperative', nature: 'social', level: 'unit' };
  const coop = await teller.organisation('怀药合作社', COUNTY, coopKind);
  const contact = await teller.person('王社长', coop, { titleLevel: 'none', degree: 'none' });
  const round = { region: CITY, level: 'prefecture', year: 2022, category: 'prefecture' };
  const { id: selection } = await teller.done(bureau, 'selectionOpen', '2022-01-10', round, 'selection { id }');
  const scene = {
    selection,
    university,
    coop,
    contact,
    sender: accountOf('dispatching-unit', CAPITAL, university),
    receiver: accountOf('receiving-unit', COUNTY, coop),
  };
  const item = await publishedNeed(teller, selection, coop, contact);
  const candidates: Listed['candidates'] = [];
  for (let at = 0; at < CANDIDATES; at += 1) candidates.push(await candidate(teller, scene, item, at));
  return { ...scene, candidates };
}

const versionOf = async (teller: Teller, id: string): Promise<number> =>
  (await teller.get(bureau, 'query ($id: ID!) { selection(id: $id) { version } }', { id })).selection.version;

async function advance(teller: Teller, who: Persona, selection: string, on: string, more: object = {}) {
  const input = { selection, version: await versionOf(teller, selection), ...more };
  return teller.act(who, 'selectionAdvance', on, input, 'selection { version status chain { key done { on } } }');
}

/** The steps up to the four opinions; one body at a time, none before its turn. */
export async function throughTheBodies(teller: Teller, { selection, sender }: Listed): Promise<void> {
  const steps = [
    [countyDept, '2022-02-21'],
    [bureau, '2022-02-22'],
    [sender, '2022-02-23'],
    [sender, '2022-02-24'],
    [twoHats, '2022-03-01'],
    [meeting, '2022-03-05'],
  ] as const;
  for (const [who, on] of steps) {
    if (who === meeting) {
      const outOfTurn = await advance(teller, panel, selection, on, { documentNumber: '评审' });
      expect(stopping(outOfTurn)).toContain('jiaozuo.select.6-bureau-meeting.body');
    }
    const step = await advance(teller, who, selection, on, { documentNumber: `焦科 ${on}` });
    expect(step).toMatchObject({ decision: { outcome: 'ALLOW' }, userErrors: [] });
  }
  const three = await advance(teller, bureau, selection, '2022-03-09', { opinions: OPINIONS.slice(1) });
  expect(stopping(three)).toEqual(['jiaozuo.select.7-consult.opinions']);
  const all = await advance(teller, bureau, selection, '2022-03-10', { opinions: OPINIONS });
  expect(all).toMatchObject({ decision: { outcome: 'ALLOW' }, userErrors: [] });
}

/** The notice, for whose length the law gives no number, and the list. */
export async function noticeAndList(teller: Teller, { selection, candidates }: Listed): Promise<void> {
  const open = async (more: object) => {
    const input = { selection, version: await versionOf(teller, selection), days: 5, place: '市科技网', ...more };
    return teller.act(bureau, 'selectionNoticeOpen', '2022-03-20', input, 'notice { id version until }');
  };
  const question = await open({});
  expect(question).toMatchObject({ notice: null, decision: { outcome: 'NEEDS_FACT', missing: ['notice.fixedDays'] } });
  const { notice } = await open({ fixedDays: 5, fixedBy: '公示办法' });
  expect(notice.until).toBe('2022-03-25');
  let { version } = notice;
  const object = async (on: string, more: object) => {
    const input = { notice: notice.id, version, ...more };
    const objected = await teller.done(
      bureau,
      'selectionObjectionRecord',
      on,
      input,
      'notice { version openObjections objections { id } }',
    );
    version = objected.version;
    return objected;
  };
  const raised = await object('2022-03-21', {
    text: '经历存疑',
    raisedBy: '群众',
    application: candidates[0]?.application,
  });
  expect(raised).toMatchObject({ openObjections: 1 });
  const settled = await object('2022-03-23', { text: '查无此事', objection: raised.objections[0].id });
  expect(settled).toMatchObject({ openObjections: 0 });
  const closing = { notice: notice.id, version };
  const early = await teller.act(bureau, 'selectionNoticeClose', '2022-03-24', closing);
  expect(stopping(early)).toEqual(['jiaozuo.select.8-notice.full']);
  expect(early.decision?.findings[0]?.facts).toMatchObject({ 'notice.elapsedDays': 4 });
  await teller.done(bureau, 'selectionNoticeClose', '2022-03-25', closing, 'notice { id }');
  expect((await advance(teller, bureau, selection, '2022-03-26')).decision?.outcome).toBe('ALLOW');
  const list = candidates.map(({ application }) => application);
  const listed = await advance(teller, bureau, selection, '2022-03-28', { list });
  expect(listed).toMatchObject({ decision: { outcome: 'ALLOW' }, selection: { status: 'listed' } });
  expect(listed.selection.chain.every((step: { done: unknown }) => step.done !== null)).toBe(true);
  expect(codes(await advance(teller, bureau, selection, '2022-03-29'))).toHaveLength(1);
}
