import { expect } from '@jest/globals';
import { anonymous } from '../harness.ts';
import { accountOf, auditor, bureau, COUNTY, countyDept, otherCounty, type Persona, type Teller } from './door.ts';
import type { Engaged } from './engagement.ts';
import type { Graded } from './evaluation.ts';
import { type Listed, OPEN } from './selection.ts';
import { until } from './until.ts';

/** How many decisions are asked for at a time. */
const AT_ONCE = 8;
const MASKED = { phone: '138****2345', idNumber: '410825********0010', birthDate: null };

/** How often somebody served: what each persona gets to see of the first engagement. */
export async function whoSeesServices(teller: Teller, one: Engaged, another: Engaged, listed: Listed): Promise<void> {
  const document = `query ($id: ID!) {
    appointment(id: $id) { serviceProgress(year: 2022) { services } serviceRecords { edges { node { summary } } } }
    serviceRecords(filter: { appointment: $id }, first: 50) { edges { node { id } } } }`;
  const sees = async (who: Persona) => {
    const { appointment, serviceRecords } = await teller.get(who, document, { id: one.id });
    return [
      appointment.serviceProgress?.services ?? 0,
      serviceRecords.edges.length,
      appointment.serviceRecords.edges.length,
    ];
  };
  for (const who of [one.account, listed.sender, listed.receiver, countyDept, bureau])
    expect(await sees(who)).toEqual([13, 13, 13]);
  for (const who of [another.account, otherCounty]) expect(await sees(who)).toEqual([0, 0, 0]);
  const { errors } = await teller.ask(anonymous, '{ serviceRecords { edges { node { id } } } }');
  expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
}

/** Phone and identity number are open to the person and the unit's registrar; nobody else finds by them either. */
export async function whoSeesPersonalData(teller: Teller, one: Engaged, { university }: Listed): Promise<void> {
  const document = `query ($id: ID!, $phone: String!) { person(id: $id) { phone idNumber birthDate }
    persons(filter: { phone: $phone }) { totalCount } }`;
  const sees = (who: Persona) => teller.get(who, document, { id: one.person, phone: OPEN.phone });
  const registrar = accountOf('registrar', COUNTY, university);
  for (const who of [one.account, registrar])
    expect(await sees(who)).toEqual({ person: OPEN, persons: { totalCount: 1 } });
  for (const who of [bureau, countyDept, otherCounty])
    expect(await sees(who)).toEqual({ person: MASKED, persons: { totalCount: 0 } });
  const { errors } = await teller.ask(anonymous, document, { id: one.person, phone: OPEN.phone });
  expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  const inPublic = '{ appointment(id: "ID") { person { name phone idNumber } } }'.replace('ID', one.id);
  const { appointment } = await teller.get(anonymous, inPublic);
  expect(appointment.person).toEqual({ name: '李老师0', phone: MASKED.phone, idNumber: MASKED.idNumber });
}

/** Grades are public once published; the scores behind them are not. */
export async function whoSeesResults(teller: Teller, { batch, evaluations }: Graded, one: Engaged): Promise<void> {
  const document = `query ($batch: ID!, $id: ID!) {
    evaluationBatch(id: $batch) { status gradeCounts { grade subjects } }
    evaluation(id: $id) { grade scores { score } } }`;
  const sees = (who: Persona) => teller.get(who, document, { batch, id: evaluations[0] });
  const status = 'closed';
  const seen = await sees(anonymous);
  expect(seen.evaluationBatch.status).toBe(status);
  expect(seen.evaluationBatch.gradeCounts).toEqual(
    expect.arrayContaining([
      { grade: 'excellent', subjects: 1 },
      { grade: 'good', subjects: 5 },
      { grade: 'unqualified', subjects: 1 },
    ]),
  );
  for (const who of [anonymous, otherCounty])
    expect((await sees(who)).evaluation).toEqual({ grade: 'excellent', scores: null });
  for (const who of [one.account, countyDept, bureau])
    expect((await sees(who)).evaluation).toEqual({ grade: 'excellent', scores: [{ score: 85 }] });
}

async function untilLogged(teller: Teller, id: string): Promise<void> {
  const document = 'query ($id: ID!) { decision(id: $id) { id } }';
  const read = async () => (await teller.get(auditor, document, { id })).decision;
  if (!(await until(read, (decision) => decision !== null))) throw new Error(`decision ${id} is not in the log`);
}

/** Every decision of the journeys, `more` than so many, is in the log as answered, and comes out the same again. */
export async function everyDecisionAgain(teller: Teller, more: number): Promise<void> {
  const document = `query ($id: ID!) { decision(id: $id) { digest outcome decision { replay { same } } }
    decisionReplay(id: $id) { same digest differences { path } } }`;
  expect(teller.decisions.size).toBeGreaterThan(more);
  const decided = [...teller.decisions];
  for (let at = 0; at < decided.length; at += AT_ONCE)
    await Promise.all(
      decided.slice(at, at + AT_ONCE).map(async ([id, digest]) => {
        await untilLogged(teller, id);
        const { decision, decisionReplay } = await teller.get(auditor, document, { id });
        expect(decision).toMatchObject({ digest, decision: { replay: { same: true } } });
        expect(decisionReplay).toEqual({ same: true, digest, differences: [] });
      }),
    );
  const [some] = teller.decisions.keys();
  const { decision } = await teller.get(otherCounty, 'query ($id: ID!) { decision(id: $id) { id } }', { id: some });
  expect(decision).toBeNull();
}
