import { describe, expect, it } from '@jest/globals';
import { appointing } from './testdata/appointing.ts';
import {
  act,
  agreed,
  bureau,
  CITY,
  COUNTY,
  codesOf,
  countyDept,
  decideList,
  filed,
  NOBODY,
  OTHER_COUNTY,
  openRound,
  otherCounty,
  person,
  publishedNeed,
  rulesOf,
  TERM,
} from './testdata/round.ts';

const { graph, players, round, rejected, listed, newcomer, create } = appointing(6);
let batch = 1;

describe('an appointment', () => {
  it('is made of a listed candidate, for the county and unit of the need', async () => {
    const { who, application } = listed();
    const payload = await create(application);
    expect(payload.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
    expect(payload.appointment).toEqual({
      id: expect.any(String),
      version: 1,
      status: 'listed',
      category: 'prefecture',
      year: 2022,
      published: true,
      ...TERM,
      activatedOn: null,
      unitSupports: [],
      person: { id: who },
      organisation: { id: players().university },
      receivingUnit: { id: players().coop },
      county: { id: COUNTY, path: [COUNTY, CITY, 'cn-41', 'cn'] },
      contactPerson: null,
      selection: { id: round() },
      insurance: [],
    });
    expect(codesOf(await create(application))).toEqual(['WRONG_STATE']);
    const data = await graph().get(
      bureau,
      'query ($id: ID!) { application(id: $id) { status matching { demandItem { status } } } }',
      {
        id: application,
      },
    );
    expect(data.application).toEqual({ status: 'appointed', matching: { demandItem: { status: 'served' } } });
  });

  it('is refused for a candidate who is not on the list, before the steps are done', async () => {
    const off = await create(rejected());
    expect(off.decision).toMatchObject({
      outcome: 'DENY',
      findings: [{ rule: 'jiaozuo.select.9-list', facts: { 'selection.listed': false, 'selection.missingSteps': 0 } }],
    });
    batch += 1;
    const selection = await openRound(graph(), { batch });
    const { item } = await publishedNeed(graph(), selection, players());
    const { who, matching } = await newcomer(item);
    const early = await create(await filed(graph(), selection, who, matching, players()));
    expect(rulesOf(early)).toEqual(['jiaozuo.select.8-notice', 'jiaozuo.select.9-list']);
    expect(early.appointment).toBeNull();
  });

  it('is made by the tier that selects, in its own category', async () => {
    const selection = await openRound(graph(), { region: COUNTY, level: 'county', category: 'prefecture', batch: 7 });
    const who = await person(graph(), '李老师', players().university);
    const form = { selection, person: who, form: { a: 1 }, sealed: true, on: '2022-03-01' };
    const { application } = await act(graph(), players().sender, 'applicationSubmit', form, 'application { id }');
    expect(codesOf(await create(application.id))).toEqual(['COUNTY_REQUIRED']);
    expect(rulesOf(await create(application.id, { county: COUNTY }))).toContain('jiaozuo.select.tiered');
  });

  /** The same person on the list of one more round. */
  async function listedAgain(who: string): Promise<string> {
    batch += 1;
    const selection = await openRound(graph(), { batch });
    const { item } = await publishedNeed(graph(), selection, players());
    const candidacy = await filed(graph(), selection, who, await agreed(graph(), item, who, players()), players());
    await decideList(graph(), selection, [candidacy], players());
    return candidacy;
  }

  it('is made once for a person, category, year and county', async () => {
    const { who, application } = listed();
    await create(application);
    const candidacy = await listedAgain(who);
    expect(codesOf(await create(candidacy))).toEqual(['DUPLICATE_APPOINTMENT']);
    // In another county the same person may serve too.
    expect((await create(candidacy, { county: OTHER_COUNTY })).appointment.county.id).toBe(OTHER_COUNTY);
  });

  it('is made once for each programme that a person serves under', async () => {
    const { who, application } = listed();
    await create(application);
    const [talent, twice] = [await listedAgain(who), await listedAgain(who)];
    const both = await create(talent, { kind: 'sanqu-talent' });
    expect(both).toMatchObject({ appointment: { county: { id: COUNTY } }, userErrors: [] });
    expect(codesOf(await create(twice, { kind: 'sanqu-talent' }))).toEqual(['DUPLICATE_APPOINTMENT']);
  });

  it('needs a period, a county of the round, a role that covers it', async () => {
    const { application } = listed();
    expect(codesOf(await create(NOBODY))).toEqual(['NOT_FOUND']);
    expect(codesOf(await create(application, { to: '2022-03-31' }))).toEqual(['PERIOD_INVALID']);
    expect(codesOf(await create(application, { county: 'cn-410102' }))).toEqual(['COUNTY_OUTSIDE_ROUND']);
    expect(codesOf(await create(application, { county: CITY }))).toEqual(['COUNTY_INVALID']);
    expect(codesOf(await create(application, { receivingUnit: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await create(application, { on: '2022-03-27' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(rulesOf(await create(application, {}, otherCounty))).toContain('platform.access.permitted');
    const key = { idempotencyKey: 'appointment-1' };
    const [first, second] = [await create(application, key), await create(application, key)];
    expect(second.appointment.id).toBe(first.appointment.id);
  });

  it('without a service type is flagged', async () => {
    const payload = await create(listed().application, { serviceType: null });
    expect(payload.decision.outcome).toBe('ALLOW');
    expect(payload.decision.findings).toContainEqual(
      expect.objectContaining({ rule: 'jiaozuo.stp.classes', effect: 'flag' }),
    );
  });

  it('of a county round without a chain rests on the other rules', async () => {
    const selection = await openRound(graph(), { region: COUNTY, level: 'county', category: 'county', batch: 8 });
    const { item } = await publishedNeed(graph(), selection, players());
    const { who, matching } = await newcomer(item);
    const willing = await filed(graph(), selection, who, matching, players());
    expect(await create(willing, {}, countyDept)).toMatchObject({
      decision: { outcome: 'ALLOW' },
      appointment: { category: 'county', published: false },
    });
    const loner = await person(graph(), '张老师', players().university);
    const oneSided = await act(
      graph(),
      players().sender,
      'matchingRecord',
      { demandItem: item, person: loner, personConsents: true, on: '2022-02-10' },
      'matching { id }',
    );
    const hopeful = await filed(graph(), selection, loner, oneSided.matching.id, players());
    expect(rulesOf(await create(hopeful, {}, countyDept))).toEqual(['jiaozuo.two-way-choice']);
  });
});
