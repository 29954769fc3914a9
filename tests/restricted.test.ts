import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../policies/load.ts';
import { appointment } from '../subgraphs/personnel/testdata/rows.ts';
import { done, organisation, person } from '../subgraphs/personnel/testdata/scene.ts';
import { anonymous, type Graph, persona, startGraph } from './harness.ts';
import { APPROVALS, COUNTY, committee, department, type FormedTeam, formTeam } from './racing/expert-team-scene.ts';

/** Holds a role, but none that may do anything here. */
const stranger = persona('stranger', [['county-st-dept', 'cn-430224']]);
/** Of the prefecture: reads the log of its counties, and does not add members. */
const finance = persona('finance', [['prefecture-finance-bureau', 'cn-430400']]);
const auditor = persona('auditor', [], { scopes: ['audit:read'] });

let graph: Graph;
let team: FormedTeam;
beforeAll(async () => {
  graph = await startGraph({ today: '2020-12-31' });
  team = await formTeam(graph, 1);
}, 120_000);
afterAll(() => graph.stop());

interface Shown {
  readonly facts: Record<string, unknown>;
  readonly findings: readonly { rule: string; message: { zh: string }; leaves: { fact: string }[] }[];
}
const LINE = `id record decision { facts findings { rule outcome message { zh } leaves { fact }
  overridden { reason role } } }`;

/** Adds an engagement of somebody over 60, for which the committee answers by an override. */
async function engageOld(viewer: typeof committee, who: string) {
  const { team: now } = await graph.get(department, 'query ($id: ID!) { team(id: $id) { version } }', { id: team.id });
  const input = {
    team: team.id,
    version: now.version,
    person: who,
    kind: 'MEMBER',
    from: '2018-05-01',
    to: '2020-04-30',
    approvals: APPROVALS,
    overrides: [] as object[],
    on: '2018-04-20',
  };
  if (viewer === committee) {
    const rule = 'hunan.team.member-age';
    input.overrides = [{ rule, role: 'county-party-committee', reason: '身体健康，地方急需' }];
  }
  const data = await graph.get(
    viewer,
    `mutation ($input: TeamMemberEngageInput!) { teamMemberEngage(input: $input) {
      decision { ${LINE.replace('record decision {', '').replace(/\}$/, '')} outcome } userErrors { code } } }`,
    { input },
  );
  return data.teamMemberEngage as { decision: Shown & { id: string; outcome: string } };
}
const touching = ({ findings }: Shown, fact: string) =>
  findings.filter(({ leaves }) => leaves.some((leaf) => leaf.fact === fact)).map(({ rule }) => rule);

describe('what a decision rests on', () => {
  let refused: string;
  let allowed: string;
  beforeAll(async () => {
    const old = await person(graph, team.university, {
      birthDate: '1955-05-01',
      education: 'doctor',
      on: '2018-01-02',
    });
    const { version } = (await graph.get(department, 'query ($id: ID!) { team(id: $id) { version } }', { id: team.id }))
      .team;
    const coming = { person: old, sourceCategory: 'university-staff', approvals: APPROVALS, on: '2018-04-10' };
    await done(graph, committee, 'teamMemberAdd', { team: team.id, version, ...coming }, 'team { version }');
    const tried = await engageOld(stranger, old);
    const engaged = await engageOld(committee, old);
    expect([tried.decision.outcome, engaged.decision.outcome]).toEqual(['DENY', 'ALLOW']);
    [refused, allowed] = [tried.decision.id, engaged.decision.id];
    // Who may not engage does not learn the age by trying, nor how the rules on it come out; who may, does.
    expect(tried.decision.facts).not.toHaveProperty(['person.age']);
    expect(tried.decision.facts).not.toHaveProperty(['engagement.ageAtStart']);
    expect(touching(tried.decision, 'engagement.ageAtStart')).toEqual([]);
    expect(engaged.decision.facts).toMatchObject({ 'engagement.ageAtStart': 63 });
    expect(touching(engaged.decision, 'engagement.ageAtStart')).toContain('hunan.team.member-age');
    await graph.settled();
  });
  const line = async (viewer: typeof committee, id: string) =>
    (await graph.get(viewer, `query ($id: ID!) { decision(id: $id) { ${LINE} } }`, { id })).decision;
  const ageRule = ({ decision }: { decision: Shown }) =>
    decision.findings.find(({ rule }) => rule === 'hunan.team.member-age');

  it('is shown in the log to who may do the act and to the audit, not to other readers', async () => {
    for (const viewer of [committee, auditor]) {
      const full = await line(viewer, allowed);
      expect(full.decision.facts).toMatchObject({ 'engagement.ageAtStart': 63 });
      expect(ageRule(full)).toMatchObject({ overridden: { reason: '身体健康，地方急需' } });
      expect(JSON.parse(full.record).facts).toMatchObject({ 'engagement.ageAtStart': 63 });
    }
    const other = await line(finance, allowed);
    expect(other.record).toBeNull();
    expect(other.decision.facts).not.toHaveProperty(['engagement.ageAtStart']);
    expect(other.decision.facts).toHaveProperty(['engagement.approvals']);
    expect(ageRule(other)).toMatchObject({
      message: { zh: '涉及受限信息，不予显示。' },
      overridden: { reason: '***', role: 'county-party-committee' },
    });
  });

  it('is not shown in the log to the account that was refused for want of a role', async () => {
    const own = await line(stranger, refused);
    expect(own.record).toBeNull();
    expect(own.decision.facts).not.toHaveProperty(['person.age']);
    expect(ageRule(own)).toBeUndefined();
    const query = 'query ($id: ID!) { decisionReplay(id: $id) { same differences { path } } }';
    expect((await graph.get(stranger, query, { id: refused })).decisionReplay).toEqual({ same: true, differences: [] });
  });
});

describe('a standing', () => {
  const standing = async (viewer: typeof committee) =>
    (
      await graph.get(viewer, 'query ($id: ID!) { team(id: $id) { standing(asOf: "2018-06-01") { facts } } }', {
        id: team.id,
      })
    ).team.standing.facts;

  it('shows the age of the oldest member to the authorities of the place only', async () => {
    expect(await standing(committee)).toMatchObject({ 'team.oldestMemberAge': 63 });
    for (const viewer of [anonymous, stranger]) {
      expect(await standing(viewer)).not.toHaveProperty(['team.oldestMemberAge']);
      expect(await standing(viewer)).toHaveProperty(['team.memberCount']);
    }
  });

  it('of a published appointment shows its insurance to those whom it concerns', async () => {
    const unit = await organisation(graph, COUNTY, { on: '2018-01-02' });
    const who = await person(graph, unit, { on: '2018-01-02' });
    const more = { year: 2018, from: '2018-01-01', to: '2018-12-31', published: true };
    const id = await appointment(
      graph,
      'cn-410821',
      { person: who, organisation: unit },
      { ...more, provinceId: 'cn-41' },
    );
    const facts = async (viewer: typeof committee) =>
      (
        await graph.get(
          viewer,
          'query ($id: ID!) { appointment(id: $id) { standing(asOf: "2022-06-01") { facts } } }',
          { id },
        )
      ).appointment.standing.facts;
    expect(await facts(anonymous)).not.toHaveProperty(['appointment.insured']);
    expect(await facts(persona('self', [], { person: who }))).toHaveProperty(['appointment.insured']);
    expect(await facts(persona('county', [['county-st-dept', 'cn-410821']]))).toHaveProperty(['appointment.insured']);
  });
});

describe('the catalogue', () => {
  it('marks ages, insurance, circumstances of health, opinions and grades before publication', () => {
    const marked = Object.entries(loadCatalogue().facts).flatMap(([id, { restricted }]) => (restricted ? [id] : []));
    expect(marked).toEqual(
      expect.arrayContaining([
        'person.age',
        'team.oldestMemberAge',
        'insurance.kind',
        'appointment.specialCircumstance',
        'exemption.ground',
        'selection.adverseOpinions',
        'grade.code',
        'evaluationBatch.excellentCountAfter',
        'assessment.outcome',
      ]),
    );
    // Every age is one: a name that says so must be marked.
    const ages = Object.keys(loadCatalogue().facts).filter((id) => /(\.age|Age)(At|On|$)/.test(id));
    expect(ages.length).toBeGreaterThan(3);
    expect(ages.filter((id) => !marked.includes(id))).toEqual([]);
  });
});
