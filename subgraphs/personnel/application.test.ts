import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  agreed,
  bureau,
  type Cast,
  CITY,
  cast,
  codesOf,
  countyDept,
  NOBODY,
  openRound,
  organisation,
  otherCounty,
  person,
  publishedNeed,
  rulesOf,
  stranger,
} from './testdata/round.ts';

let graph: Graph;
let players: Cast;
let selection: string;
let item: string;

beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  players = await cast(graph);
  selection = await openRound(graph);
  ({ item } = await publishedNeed(graph, selection, players));
});
afterAll(() => graph.stop());

const FORM = { name: '候选人', speciality: '土壤学' };
const THING = 'application { id status filerKind sealed form organisation { id } matching { id } }';

function submit(input: Record<string, unknown>, viewer = players.sender) {
  const whole = { selection, form: FORM, sealed: true, experienceAttested: true, on: '2022-02-20', ...input };
  return act(graph, viewer, 'applicationSubmit', whole, THING);
}

const newcomer = (more: Record<string, unknown> = {}, unit = players.university) => person(graph, '候选人', unit, more);

describe('a form', () => {
  it('is filed by the unit, sealed, for somebody who answers a need', async () => {
    const who = await newcomer();
    const matching = await agreed(graph, item, who, players);
    const payload = await submit({ person: who, matching });
    expect(payload.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
    expect(payload.application).toEqual({
      id: expect.any(String),
      status: 'submitted',
      filerKind: 'dispatching-unit',
      sealed: true,
      form: FORM,
      organisation: { id: players.university },
      matching: { id: matching },
    });
    expect(codesOf(await submit({ person: who, matching }))).toEqual(['DUPLICATE_APPLICATION']);
  });

  it('is refused without a seal, without a form, or when somebody else files it', async () => {
    const who = await newcomer();
    const unsealed = await submit({ person: who, sealed: false });
    expect(unsealed.decision.findings).toContainEqual(
      expect.objectContaining({
        rule: 'jiaozuo.select.4-form.seal',
        citation: expect.objectContaining({ article: '三（二）' }),
      }),
    );
    expect(unsealed.application).toBeNull();
    expect(rulesOf(await submit({ person: who, form: {} }))).toEqual(['jiaozuo.select.4-form.seal']);
    const bySelf = await submit({ person: who }, persona('self', [], { person: who }));
    expect(rulesOf(bySelf)).toEqual(
      expect.arrayContaining(['platform.access.permitted', 'jiaozuo.select.4-form.seal']),
    );
    expect(rulesOf(await submit({ person: who }, bureau))).toContain('platform.access.permitted');
  });

  it('is a question while nobody says whether it bears a seal', async () => {
    const payload = await submit({ person: await newcomer(), sealed: null });
    expect(payload.decision).toMatchObject({ outcome: 'NEEDS_FACT', missing: ['application.sealed'] });
  });

  it('may be typed in by a recorder, who says whose paper it is', async () => {
    const recorder = persona('recorder', [['recorder', CITY]]);
    const paper = { onBehalfOf: 'dispatching-unit' };
    const who = await newcomer();
    const said = await submit({ person: who, ...paper, filer: 'dispatching-unit' }, recorder);
    expect(said).toMatchObject({ decision: { outcome: 'ALLOW' }, application: { filerKind: 'dispatching-unit' } });
    const other = await newcomer();
    expect((await submit({ person: other, ...paper }, recorder)).decision.outcome).toBe('NEEDS_FACT');
    expect(rulesOf(await submit({ person: other, ...paper, filer: 'person' }, recorder))).toEqual([
      'jiaozuo.select.4-form.seal',
    ]);
    expect(codesOf(await submit({ person: other, ...paper, filer: 'postman' }, recorder))).toEqual(['FILER_INVALID']);
    expect(rulesOf(await submit({ person: other, ...paper, filer: 'dispatching-unit' }, bureau))).toContain(
      'platform.access.permitted',
    );
  });

  it('fits the round, the contact and the calendar', async () => {
    const who = await newcomer();
    expect(codesOf(await submit({ person: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await submit({ person: who, selection: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await submit({ person: who, matching: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await submit({ person: who, form: ['a'] }))).toEqual(['FORM_INVALID']);
    expect(codesOf(await submit({ person: who, receivedOn: '2022-02-21' }))).toEqual(['RECEIVED_ON_INVALID']);
    expect(codesOf(await submit({ person: who, receivedOn: '2022-01-09' }))).toEqual(['RECEIVED_ON_INVALID']);
    const matching = await agreed(graph, item, await newcomer(), players);
    expect(codesOf(await submit({ person: who, matching }))).toEqual(['MATCHING_MISMATCH']);
    const [first, second] = [
      await submit({ person: who, idempotencyKey: 'form-1' }),
      await submit({ person: who, idempotencyKey: 'form-1' }),
    ];
    expect(second.application.id).toBe(first.application.id);
    expect(codesOf(await submit({ person: who }))).toEqual(['DUPLICATE_APPLICATION']);
  });
});

describe('a candidate', () => {
  it('is in service at a unit that the law takes them from', async () => {
    expect(rulesOf(await submit({ person: await newcomer({ employmentStatus: 'retired' }) }))).toEqual([
      'jiaozuo.stp.source',
    ]);
    const unknown = await submit({ person: await newcomer({ employmentStatus: null }) });
    expect(unknown.decision).toMatchObject({ outcome: 'NEEDS_FACT', missing: ['person.employmentStatus'] });
    const farUnit = await organisation(graph, '外省大学', { region: 'cn-610100' });
    const farSender = persona('far', [['dispatching-unit', 'cn-610100', farUnit]]);
    expect(rulesOf(await submit({ person: await newcomer({}, farUnit) }, farSender))).toEqual([
      'jiaozuo.stp.source.unit',
    ]);
  });

  it('below the title and degree is taken when a role that may gives a reason', async () => {
    const who = await newcomer({ titleLevel: 'junior', degree: 'bachelor' });
    const stopped = await submit({ person: who });
    expect(stopped.application).toBeNull();
    expect(stopped.decision).toMatchObject({
      outcome: 'NEEDS_OVERRIDE',
      findings: expect.arrayContaining([
        expect.objectContaining({
          rule: 'jiaozuo.stp.qualification',
          citation: {
            document: 'jiaozuo-commissioner-plan',
            article: '三（二）',
            phrase: '原则上具有中级及其以上职称或硕士学位',
          },
        }),
      ]),
    });
    const override = { rule: 'jiaozuo.stp.qualification', role: 'prefecture-st-bureau', reason: '急需' };
    expect(codesOf(await submit({ person: who, overrides: [override] }))).toEqual(['OVERRIDE_ROLE_NOT_HELD']);
    const clerk = persona('clerk', [
      ['recorder', CITY],
      ['prefecture-st-bureau', CITY],
    ]);
    const paper = { person: who, onBehalfOf: 'dispatching-unit', filer: 'dispatching-unit' };
    const taken = await submit({ ...paper, overrides: [override] }, clerk);
    expect(taken.decision.outcome).toBe('ALLOW');
    expect(taken.application.status).toBe('submitted');
  });

  it('of a master degree alone is enough, and experience that nobody attests is flagged', async () => {
    const who = await newcomer({ titleLevel: 'junior', degree: 'master' });
    const payload = await submit({ person: who, experienceAttested: false });
    expect(payload.decision.outcome).toBe('ALLOW');
    expect(payload.decision.findings).toContainEqual(
      expect.objectContaining({ rule: 'jiaozuo.stp.qualification.experience', effect: 'flag' }),
    );
  });
});

describe('the forms of a round', () => {
  it('are read by the person, the unit, the places concerned and the bodies of the region', async () => {
    const who = await newcomer();
    const { application } = await submit({ person: who, matching: await agreed(graph, item, who, players) });
    const seen = async (viewer: typeof bureau) => {
      const data = await graph.get(
        viewer,
        `query ($id: ID!, $selection: ID!) { application(id: $id) { id form }
          applications(filter: { selection: $selection }, first: 200) { edges { node { id } } } }`,
        { id: application.id, selection },
      );
      const ids = data.applications.edges.map((edge: { node: { id: string } }) => edge.node.id);
      expect(ids.includes(application.id)).toBe(data.application !== null);
      return data.application !== null;
    };
    expect(await seen(players.sender)).toBe(true);
    expect(await seen(persona('self', [], { person: who }))).toBe(true);
    expect(await seen(players.receiver)).toBe(true);
    expect(await seen(countyDept)).toBe(true);
    expect(await seen(bureau)).toBe(true);
    expect(await seen(otherCounty)).toBe(false);
    expect(await seen(stranger)).toBe(false);
    const { errors } = await graph.ask(anonymous, 'query ($id: ID!) { application(id: $id) { id } }', {
      id: application.id,
    });
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});
