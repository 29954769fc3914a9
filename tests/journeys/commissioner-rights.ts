import { expect } from '@jest/globals';
import { bureau, CITY, COUNTY, codes, countyDept, otherCounty, pointedOut, stopping, type Teller } from './door.ts';
import type { Engaged } from './engagement.ts';
import { grade, score, seats } from './evaluation.ts';
import type { Listed } from './selection.ts';

/** Of what is earned with a result those who made it get seven tenths; less only with a reason. */
export async function shareTheIncome(teller: Teller, one: Engaged, { sender, university }: Listed): Promise<void> {
  const share = (teamShareFen: number, more: object = {}) =>
    teller.act(
      sender,
      'incomeDistributionRecord',
      '2022-09-10',
      { mode: 'license', owner: university, appointment: one.id, netIncomeFen: 10_000_001, teamShareFen, ...more },
      'incomeDistribution { id teamShareFen }',
    );
  const less = await share(7_000_000);
  expect([less.decision?.outcome, stopping(less)]).toEqual(['NEEDS_OVERRIDE', ['jiaozuo.income.share-70']]);
  expect((await share(7_000_001)).incomeDistribution.teamShareFen).toBe(7_000_001);
  expect(codes(await share(10_000_002))).toHaveLength(1);
}

const RIGHTS = ['personnel-relation', 'title', 'promotion', 'social-insurance'];

/** Who leaves his post to found something keeps his rights, and chooses at the end. */
export async function leaveThePost(teller: Teller, { sender, university }: Listed): Promise<void> {
  const founder = await teller.person('创业者', university);
  const grant = (more: object) =>
    teller.act(
      sender,
      'offPostLeaveGrant',
      '2022-03-01',
      {
        person: founder,
        region: COUNTY,
        from: '2022-03-01',
        to: '2023-02-28',
        meetsConditions: true,
        rightsKept: RIGHTS,
        ...more,
      },
      'leave { id version rightsKept }',
    );
  // Where the unit is no such rule is in force: it is where he goes.
  expect(stopping(await grant({ region: null }))).toContain('platform.regime.in-force');
  expect(stopping(await grant({ meetsConditions: false }))).toEqual(['jiaozuo.offpost']);
  expect(stopping(await grant({ rightsKept: RIGHTS.slice(1) }))).toEqual(['jiaozuo.offpost.rights']);
  const { leave } = await grant({});
  expect([...leave.rightsKept].sort()).toEqual([...RIGHTS].sort());
  const end = (choice: string) => {
    const input = { leave: leave.id, version: leave.version, choice, employmentStatus: 'in-service' };
    return teller.act(sender, 'offPostLeaveEnd', '2023-02-28', input, 'leave { choice endedOn }');
  };
  expect(stopping(await end('undecided'))).toEqual(['jiaozuo.offpost.choice']);
  expect((await end('return')).leave).toEqual({ choice: 'return', endedOn: '2023-02-28' });
}

/** Who was graded excellent needs no place of the unit’s; somebody else does. */
export async function goThroughTheGreenChannel(
  teller: Teller,
  [excellent, good, other]: readonly [Engaged, Engaged, Engaged],
  { sender, university }: Listed,
): Promise<void> {
  const office = { type: 'st-dept', nature: 'administrative', level: 'prefecture' };
  const organisation = await teller.organisation('市科技局（项目）', CITY, office);
  const call = { title: '市级科技计划', organisation, level: 'prefecture', quotaPerUnit: 1, closesOn: '2023-03-31' };
  const { projectCall } = await teller.allowed(bureau, 'projectCallOpen', '2023-02-01', call, 'projectCall { id }');
  const apply = (one: Engaged, title: string) =>
    teller.act(
      sender,
      'projectApplicationSubmit',
      '2023-02-10',
      { call: projectCall.id, lead: one.person, leadAppointment: one.id, title },
      'projectApplication { id }',
    );
  expect((await apply(good, '一')).decision?.outcome).toBe('ALLOW');
  const second = await apply(other, '二');
  expect([second.projectApplication, stopping(second)]).toEqual([null, ['jiaozuo.incentive.green-channel']]);
  expect((await apply(excellent, '三')).decision?.outcome).toBe('ALLOW');
  const query = `query ($id: ID!, $unit: ID!) { projectCall(id: $id) { placesTaken(unit: $unit) } }`;
  const { projectCall: read } = await teller.get(bureau, query, { id: projectCall.id, unit: university });
  expect(read.placesTaken).toBe(1);
}

/** Who did well goes on first, and stands first for awards where his deeds are told. */
export async function comeFirst(
  teller: Teller,
  [excellent, , unqualified]: readonly [Engaged, Engaged, Engaged, ...Engaged[]],
): Promise<void> {
  const document = `query ($region: ID!) {
    renewalRanking(region: $region, year: 2022, first: 10, asOf: "2022-12-20") { position appointment { id } } }`;
  const { renewalRanking } = await teller.get(countyDept, document, { region: COUNTY });
  const places = new Map<string, number>(
    renewalRanking.map((rank: { position: number; appointment: { id: string } }) => [
      rank.appointment.id,
      rank.position,
    ]),
  );
  // Only who still serves is ranked: the one who may not go on comes last.
  expect(places.get(unqualified.id)).toBe(Math.max(...places.values()));
  expect(places.get(excellent.id)).toBe(1);
  const tell = (who = countyDept) =>
    teller.act(
      who,
      'caseStudyRecord',
      '2022-12-15',
      {
        candidate: excellent.id,
        candidateKind: 'APPOINTMENT',
        year: 2022,
        outstanding: true,
        personConsented: true,
        title: '怀药地里的特派员',
        text: '一年十二次',
        region: COUNTY,
      },
      'caseStudy { id }',
    );
  expect(stopping(await tell(otherCounty))).toEqual(['platform.access.permitted']);
  expect((await tell()).decision?.outcome).toBe('ALLOW');
  const awards = `query ($region: ID!) { awardRanking(region: $region, year: 2022) { rank candidateId outstanding } }`;
  const { awardRanking } = await teller.get(bureau, awards, { region: CITY });
  const own = awardRanking.find(({ candidateId }: { candidateId: string }) => candidateId === excellent.id);
  expect(own).toMatchObject({ outstanding: true });
}

/** A unit that tried something new and failed honestly is exempt: the grader sees it, and so does everybody who reads. */
export async function forgiveTheHonest(teller: Teller): Promise<void> {
  const unit = await teller.organisation('市农技推广站', CITY, { type: 'extension-institution', level: 'prefecture' });
  const approve = (more: object) =>
    teller.act(
      bureau,
      'exemptionApprove',
      '2022-11-20',
      {
        subject: unit,
        subjectKind: 'DISPATCHING_UNIT',
        year: 2022,
        ground: 'unforeseeable',
        scope: 'pilot',
        concernsMisuse: false,
        reason: '试点受洪涝影响',
        ...more,
      },
      'exemption { id }',
    );
  for (const more of [{ ground: 'carelessness' }, { scope: 'routine' }, { concernsMisuse: true }])
    expect(stopping(await approve(more))).toEqual(['jiaozuo.exemption.approval']);
  expect(stopping(await approve({}))).toEqual([]);
  const batchOf = (who: typeof bureau, evaluatorLevel: string, evaluatorRegion: string) =>
    teller.act(
      who,
      'evaluationBatchOpen',
      '2022-12-01',
      { subjectKind: 'DISPATCHING_UNIT', year: 2022, subjects: [unit], evaluatorLevel, evaluatorRegion },
      'evaluationBatch { id version }',
    );
  const { evaluationBatch: batch } = await batchOf(bureau, 'prefecture', CITY);
  const [seat] = await seats(teller, bureau, batch.id);
  if (!seat) throw new Error('the batch has its subject');
  const scored = await score(teller, bureau, seat, '2022-12-02');
  const foreign = await grade(teller, countyDept, scored.evaluation, 'unqualified', '2022-12-03');
  expect(stopping(foreign)).toContain('platform.evaluation.evaluator');
  const graded = await grade(teller, bureau, scored.evaluation, 'unqualified', '2022-12-03');
  expect(graded.decision?.outcome).toBe('ALLOW');
  expect(pointedOut(graded)).toContain('jiaozuo.exemption.grader');
  const publish = { batch: batch.id, version: graded.evaluation.batch.version, sites: ['prefecture-st-network'] };
  const published = await teller.act(bureau, 'evaluationPublish', '2022-12-04', publish, 'evaluationBatch { status }');
  expect(published).toMatchObject({ decision: { outcome: 'ALLOW' }, evaluationBatch: { status: 'published' } });
  expect(pointedOut(published).sort()).toEqual(['jiaozuo.eval.feedback', 'jiaozuo.exemption']);
}
