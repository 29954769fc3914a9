import { expect } from '@jest/globals';
import { ADMINISTRATION, association, expectRefused, LIFTED, lifted, provinceDept, unmet } from './advisor-scene.ts';
import type { Group } from './advisor-selection.ts';
import { accountOf, type Persona, pointedOut, stopping, type Teller } from './door.ts';

const ASSESSMENT = 'assessment { id version leadBody participants unitsToNotify { id } }';

/** First the county, then both national bodies together; the members’ units are told; who did well is praised. */
export async function evaluate(teller: Teller, group: Group): Promise<void> {
  const assess = (who: Persona, on: string, leadBody: string, more: object = {}) =>
    teller.act(
      who,
      'assessmentRecord',
      on,
      {
        kind: 'work',
        subjectKind: 'team',
        team: group.id,
        year: 2022,
        leadBody,
        date: on,
        text: '工作扎实',
        ...more,
      },
      ASSESSMENT,
    );
  const pair = { participants: [ADMINISTRATION] };
  const national = (on: string, more: object = pair) => assess(association, on, 'national-science-association', more);
  expectRefused(await national('2022-12-21'), 'national.eval.national');
  expectRefused(await assess(provinceDept, '2022-12-21', 'province-revitalisation-dept'), 'national.eval.county');
  const county = await assess(lifted, '2022-12-22', 'county-revitalisation-dept');
  expect(unmet(county)).toEqual([]);
  expectRefused(await national('2022-12-23', {}), 'national.eval.national.joint');
  const { assessment, decision } = await national('2022-12-24');
  expect(decision).toMatchObject({ outcome: 'ALLOW' });
  expect(assessment).toMatchObject({ leadBody: 'national-science-association', participants: [ADMINISTRATION] });
  const units: string[] = assessment.unitsToNotify.map(({ id }: { id: string }) => id);
  expect(units).toContain(group.unit);
  const tell = (version: number, notify: readonly string[]) =>
    teller.act(
      association,
      'assessmentPublish',
      '2022-12-26',
      { assessment: assessment.id, version, notify },
      ASSESSMENT,
    );
  const one = await tell(assessment.version, units.slice(1));
  expect(pointedOut(one)).toContain('national.eval.notify-unit');
  const all = await tell(one.assessment.version, units);
  expect(all.assessment.unitsToNotify).toEqual([]);
  expect(pointedOut(all)).not.toContain('national.eval.notify-unit');
  const query = `query ($team: ID!) { assessments(filter: { team: $team }) { edges { node { leadBody } } } }`;
  const { assessments } = await teller.get(lifted, query, { team: group.id });
  expect(assessments.edges.map(({ node }: { node: { leadBody: string } }) => node.leadBody).sort()).toEqual([
    'county-revitalisation-dept',
    'national-science-association',
  ]);
  const praise = { region: LIFTED, team: group.id, form: 'praise', title: '优秀产业顾问组', assessment: assessment.id };
  const praised = await teller.act(association, 'commendationRecord', '2022-12-28', praise, 'commendation { id }');
  expect(praised.decision?.outcome).toBe('ALLOW');
}

/** The rules that what was found in the county and below fails on a day. */
async function followUp(teller: Teller, asOf: string): Promise<string[]> {
  const query = `query ($id: ID!, $asOf: Date!) { region(id: $id) { followUpCoverage(asOf: $asOf) {
    findings(outcomes: [FAIL]) { rule } } } }`;
  const { region } = await teller.get(lifted, query, { id: LIFTED, asOf });
  return region.followUpCoverage.findings.map(({ rule }: { rule: string }) => rule);
}

/** What was found against discipline shows at once and until another has verified that it was put right. */
export async function keepDiscipline(teller: Teller, group: Group): Promise<void> {
  expect(await followUp(teller, '2022-09-01')).toEqual([]);
  const found = await teller.act(
    provinceDept,
    'findingRecord',
    '2022-09-01',
    {
      region: LIFTED,
      kind: 'discipline',
      class: 'eight-point-rules',
      source: 'discipline',
      team: group.id,
      organisation: group.unit,
      description: '超标准接待',
      dueOn: '2022-09-30',
    },
    'finding { id version status }',
  );
  expect(found.decision?.outcome).toBe('ALLOW');
  expect(pointedOut(found)).toContain('national.conduct.discipline');
  expect(await followUp(teller, '2022-09-02')).toEqual(['national.followup']);
  const { finding } = found;
  const early = { finding: finding.id, version: finding.version };
  const unrectified = await teller.act(provinceDept, 'findingVerify', '2022-09-10', early, 'finding { status }');
  expect(unrectified.userErrors.map(({ code }) => code)).toEqual(['WRONG_STATE']);
  const act = { ...early, action: '退回费用，通报批评' };
  const mended = await teller.done(provinceDept, 'findingRectify', '2022-09-15', act, 'finding { version status }');
  expect(await followUp(teller, '2022-09-15')).toEqual(['national.followup']);
  const verify = (who: Persona) =>
    teller.act(who, 'findingVerify', '2022-09-20', { ...early, version: mended.version }, 'finding { status }');
  expect(stopping(await verify(accountOf('advisor-group', LIFTED)))).toEqual(['platform.access.permitted']);
  expect(stopping(await verify(provinceDept))).toEqual(['platform.access.verifier']);
  expect((await verify(association)).finding.status).toBe('verified');
  expect(await followUp(teller, '2022-09-20')).toEqual([]);
}
