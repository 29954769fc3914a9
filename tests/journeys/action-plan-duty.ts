import { expect } from '@jest/globals';
import { accountOf, type Persona, pointedOut, stopping, type Teller } from './door.ts';
import { COUNTY, department, NEIGHBOUR, PREFECTURE, PROVINCE, provinceSt } from './leader-selection.ts';

export const cityBureau = accountOf('prefecture-st-bureau', PREFECTURE);
const division = accountOf('province-st-dept-rural-division', PROVINCE);
const institute = accountOf('research-institution', PREFECTURE);
const neighbour = accountOf('county-st-dept', NEIGHBOUR);
const outsider = accountOf('county-finance-bureau', COUNTY);

/** The rules of a standing of a region that it fails. */
export async function failing(
  teller: Teller,
  who: Persona,
  region: string,
  field: string,
  args: string,
): Promise<string[]> {
  const query = `query ($id: ID!) { region(id: $id) { ${field}(${args}) { findings(outcomes: [FAIL]) { rule } } } }`;
  const { region: read } = await teller.get(who, query, { id: region });
  return read[field].findings.map(({ rule }: { rule: string }) => rule).sort();
}

/** A task of the plan has somebody who answers for it and a day; what is done for it goes into its ledger. */
export async function breakTheWorkDown(teller: Teller): Promise<void> {
  const unit = await teller.organisation('县科技局', COUNTY, { type: 'st-dept', level: 'county', on: '2018-02-01' });
  const person = await teller.person('科技局副局长', unit, { on: '2018-02-01' });
  const set = (responsible: object, more: object = {}, who: Persona = department) =>
    teller.act(
      who,
      'taskCreate',
      '2018-02-05',
      { region: COUNTY, title: '推广茶叶新品种', responsible: [responsible], deadline: '2018-12-31', ...more },
      'task { id version status deadline }',
    );
  const rule = ['hunan.plan.task-breakdown'];
  expect(stopping(await set({ unit }))).toEqual(rule);
  const undated = await set({ unit, person }, { deadline: null });
  expect([undated.task, stopping(undated)]).toEqual([null, rule]);
  expect(undated.decision?.findings[0]?.citation).toMatchObject({ phrase: '明确责任人和完成时限' });
  expect(stopping(await set({ unit, person }, {}, outsider))).toEqual(['platform.access.permitted']);
  const { task } = await set({ unit, person });
  const standing = async () => {
    const query = `query ($id: ID!) { task(id: $id) { status ledger { edges { node { content date } } }
      responsible { person { id } } standing(asOf: "2018-06-30") { findings(outcomes: [FAIL]) { rule } } } }`;
    const { task: read } = await teller.get(department, query, { id: task.id });
    return { ...read, failed: read.standing.findings.map(({ rule: one }: { rule: string }) => one) };
  };
  expect((await standing()).failed).toContain('hunan.plan.ledger');
  const entry = (date: string, more: object = {}, who: Persona = department) =>
    teller.act(
      who,
      'ledgerEntryRecord',
      '2018-03-01',
      { task: task.id, date, content: '引进黄金茶', organisation: unit, ...more },
      'ledgerEntry { id }',
    );
  const foreign = await entry('2018-03-01', {}, outsider);
  expect([foreign.ledgerEntry, stopping(foreign)]).toEqual([null, ['platform.access.permitted']]);
  expect(stopping(await entry('2018-03-02'))).toEqual(['platform.ledger.not-future']);
  expect((await entry('2018-03-01')).decision?.outcome).toBe('ALLOW');
  const kept = await standing();
  expect(kept.failed).not.toContain('hunan.plan.ledger');
  expect(kept.responsible).toEqual([{ person: { id: person } }]);
  expect(kept.ledger.edges).toEqual([{ node: { content: '引进黄金茶', date: '2018-03-01' } }]);
  const closing = { status: 'done', version: task.version, content: '任务完成' };
  expect((await entry('2018-03-01', closing)).decision?.outcome).toBe('ALLOW');
  expect((await standing()).status).toBe('done');
}

/** Letters of every kind of party; of a prefecture and of all its listed counties, before nothing is missing. */
export async function signLetters(teller: Teller): Promise<void> {
  const year = 'year: 2018, asOf: "2018-12-31"';
  const levels = 'hunan.plan.responsibility-letters.levels';
  const kinds = 'hunan.plan.responsibility-letters';
  const sign = (who: Persona, region: string, signatoryKind: string, level: string, targets = ['年度目标']) =>
    teller.act(
      who,
      'responsibilityLetterSign',
      '2018-03-20',
      { region, signatoryKind, level, otherLevel: 'province', year: 2018, targets },
      'responsibilityLetter { id }',
    );
  expect(await failing(teller, provinceSt, PROVINCE, 'letterCoverage', year)).toEqual([kinds, levels]);
  expect(stopping(await sign(outsider, COUNTY, 'county', 'county'))).toEqual(['platform.access.permitted']);
  const parties = [
    [division, PROVINCE, 'division-or-department', 'province'],
    [cityBureau, PREFECTURE, 'prefecture', 'prefecture'],
    [department, COUNTY, 'county', 'county'],
  ] as const;
  const empty = await sign(department, COUNTY, 'county', 'county', [' ']);
  expect(pointedOut(empty)).toEqual(['hunan.plan.responsibility-letters.sign']);
  for (const [who, region, kind, level] of parties)
    expect(pointedOut(await sign(who, region, kind, level))).toEqual([]);
  expect(await failing(teller, provinceSt, PROVINCE, 'letterCoverage', year)).toContain(kinds);
  expect(pointedOut(await sign(institute, PREFECTURE, 'research-institution', 'unit'))).toEqual([]);
  expect(await failing(teller, provinceSt, PROVINCE, 'letterCoverage', year)).toEqual([levels]);
  expect(await failing(teller, cityBureau, PREFECTURE, 'letterCoverage', year)).toEqual([levels]);
  expect(pointedOut(await sign(neighbour, NEIGHBOUR, 'county', 'county'))).toEqual([]);
  expect(await failing(teller, cityBureau, PREFECTURE, 'letterCoverage', year)).toEqual([]);
  const query = `query ($within: ID!) { responsibilityLetters(filter: { within: $within, year: 2018 }, first: 20) {
    edges { node { signatoryKind targets } } } }`;
  const { responsibilityLetters } = await teller.get(cityBureau, query, { within: PREFECTURE });
  const signed = responsibilityLetters.edges.map(({ node }: { node: { signatoryKind: string } }) => node.signatoryKind);
  expect(signed.sort()).toEqual(['county', 'county', 'county', 'prefecture', 'research-institution']);
}

/** Statistics go up, and an answer comes down: until then each of them stands open. */
export async function reportStatistics(teller: Teller): Promise<void> {
  const year = 'year: 2018, asOf: "2018-12-31"';
  const submission = 'hunan.plan.statistics-system.submission';
  expect(await failing(teller, cityBureau, PREFECTURE, 'reportCoverage', year)).toContain(submission);
  const { report } = await teller.act(
    cityBureau,
    'reportSubmit',
    '2018-12-10',
    {
      region: PREFECTURE,
      kind: 'statistics',
      periodFrom: '2018-01-01',
      periodTo: '2018-12-31',
      contents: ['statistics'],
      recipients: ['province-st-dept'],
    },
    'report { id version }',
  );
  expect(await failing(teller, cityBureau, PREFECTURE, 'reportCoverage', year)).not.toContain(submission);
  const standing = async () => {
    const query = `query ($id: ID!) { report(id: $id) { feedback { on feedback }
      standing(asOf: "2018-12-31") { findings(outcomes: [FAIL]) { rule } } } }`;
    const { report: read } = await teller.get(cityBureau, query, { id: report.id });
    return [read.feedback, read.standing.findings.map(({ rule }: { rule: string }) => rule)];
  };
  expect(await standing()).toEqual([[], ['hunan.plan.statistics-system']]);
  const answer = (who: Persona) => {
    const feedback = { report: report.id, version: report.version, feedback: '数据已核，入户数请补报' };
    return teller.act(who, 'reportFeedbackRecord', '2018-12-20', feedback, 'report { version }');
  };
  expect(stopping(await answer(outsider))).toEqual(['platform.access.permitted']);
  expect((await answer(division)).decision?.outcome).toBe('ALLOW');
  expect(await standing()).toEqual([[{ on: '2018-12-20', feedback: '数据已核，入户数请补报' }], []]);
  const query = `query ($region: ID!) { obligations(region: $region, year: 2018, pack: "hunan", asOf: "2018-12-31") { entry status } }`;
  const { obligations } = await teller.get(cityBureau, query, { region: PREFECTURE });
  expect(obligations).toContainEqual({ entry: 'statistics', status: 'SATISFIED' });
}
