import { expect } from '@jest/globals';
import {
  ADMINISTRATION,
  administration,
  association,
  expectRefused,
  KIND,
  LIFTED,
  lifted,
  provinceAssociation,
  provinceDept,
  unmet,
} from './advisor-scene.ts';
import { type Application, type Group, groupStanding, NATIONAL_PAIR, step, stepDone } from './advisor-selection.ts';
import type { Persona, Teller } from './door.ts';

const ISSUERS = [ADMINISTRATION, 'national-science-association'];

/** The version of a group as it is now. */
export async function versionOf(teller: Teller, id: string): Promise<number> {
  return (await teller.get(association, 'query ($id: ID!) { team(id: $id) { version } }', { id })).team.version;
}

async function activate(teller: Teller, group: Group, on: string) {
  const input = { team: group.id, version: await versionOf(teller, group.id) };
  return teller.act(association, 'teamActivate', on, input, 'team { status kind }');
}

/** Both bodies recognise, then both issue letters: to the group and to each member, none to anybody else. */
export async function recognise(teller: Teller, application: Application, group: Group): Promise<void> {
  const issue = async (on: string, number: string, more: object = {}, who: Persona = association) => {
    const input = { team: group.id, version: await versionOf(teller, group.id), number, issuers: ISSUERS, ...more };
    return teller.act(who, 'letterIssue', on, input, 'letter { id }');
  };
  expectRefused(await issue('2022-03-10', '聘0'), 'national.appoint.recognition.first');
  expectRefused(
    await activate(teller, group, '2022-03-10'),
    'national.appoint.recognition',
    'national.appoint.recognition.letter',
  );
  expectRefused(
    await step(teller, application, association, 'recognition', '2022-03-10'),
    'national.appoint.recognition.bodies',
  );
  await stepDone(teller, application, association, 'recognition', '2022-03-11', NATIONAL_PAIR);
  expectRefused(
    await issue('2022-03-12', '聘0', { issuers: ISSUERS.slice(1) }),
    'national.appoint.recognition.issuers',
  );
  const foreign = await issue('2022-03-12', '聘0', {}, lifted);
  expect([foreign.letter, unmet(foreign)]).toEqual([null, ['platform.access.permitted']]);
  const outsider = await teller.person('丁', group.unit);
  expectRefused(await issue('2022-03-12', '聘0', { person: outsider }), 'national.appoint.recognition.member');
  expect(unmet(await issue('2022-03-12', '聘0'))).toEqual([]);
  for (const [at, person] of group.members.entries()) {
    // As long as one member has no letter the group does not begin.
    const early = await activate(teller, group, '2022-03-12');
    expectRefused(early, 'national.appoint.recognition.letter');
    expect(unmet(await issue('2022-03-12', `聘${at + 1}`, { person }))).toEqual([]);
  }
  await stepDone(teller, application, administration, 'certificate', '2022-03-13', {
    bodies: ['national-science-association'],
  });
  const query = 'query ($id: ID!) { team(id: $id) { letters { number issuers person { id } } } }';
  const { team } = await teller.get(lifted, query, { id: group.id });
  const letters: { issuers: string[]; person: { id: string } | null }[] = team.letters;
  expect(letters).toHaveLength(group.members.length + 1);
  for (const { issuers } of letters) expect([...issuers].sort()).toEqual([...ISSUERS].sort());
  expect(letters.flatMap(({ person }) => (person ? [person.id] : [])).sort()).toEqual([...group.members].sort());
}

/** Both sides agree on what matters; to work together deeply they sign; then the group is at work. */
export async function dock(teller: Teller, application: Application, group: Group, convenor: string): Promise<void> {
  const sign = async (more: object) => {
    const usual = { kind: 'cooperation', commitments: [], keyMatters: ['茶叶深加工'], countyConsents: true };
    const input = { team: group.id, version: await versionOf(teller, group.id), county: LIFTED, ...usual, ...more };
    return teller.act(provinceAssociation, 'agreementSign', '2022-03-14', input, 'agreement { id deep keyMatters }');
  };
  expectRefused(await sign({ teamConsents: false }), 'national.dock.negotiate');
  expectRefused(await sign({ teamConsents: true, keyMatters: [] }), 'national.dock.negotiate.matters');
  expectRefused(await sign({ teamConsents: true, deep: true }), 'national.dock.agreement');
  const written = { teamConsents: true, deep: true, document: '合作协议〔2022〕1号' };
  expectRefused(await sign({ ...written, countySignatory: convenor }), 'national.dock.agreement');
  const signed = await sign({ ...written, countySignatory: convenor, teamSignatory: group.members[0] });
  expect(signed).toMatchObject({ decision: { outcome: 'ALLOW' }, agreement: { deep: true } });
  const pair = { bodies: ['province-revitalisation-dept'] };
  const oneSided = { ...pair, consents: ['county-government'] };
  expectRefused(
    await step(teller, application, provinceAssociation, 'docking', '2022-03-15', oneSided),
    'national.dock.negotiate.step',
  );
  const consents = ['county-government', 'advisor-group'];
  await stepDone(teller, application, provinceAssociation, 'docking', '2022-03-15', { ...pair, consents });
  const { procedure } = await teller.get(
    provinceDept,
    'query ($id: ID!) { procedure(id: $id) { status completedOn steps { key } } }',
    { id: application.procedure },
  );
  expect(procedure).toMatchObject({ status: 'completed', completedOn: '2022-03-15' });
  expect(procedure.steps).toHaveLength(11);
  const activated = await activate(teller, group, '2022-03-16');
  expect(activated).toMatchObject({ decision: { outcome: 'ALLOW' }, team: { status: 'active', kind: KIND } });
  expect(await groupStanding(teller, group.id, '2022-03-16')).toEqual([]);
}

/** What was done to the group is on its ledger by itself, and the ledger is kept. */
export async function readGroupLedger(teller: Teller, group: Group): Promise<void> {
  const query = `query ($id: ID!) { team(id: $id) { memberCount standing(asOf: "2022-03-31") { facts }
    ledger(first: 50) { edges { node { act } } } } }`;
  const { team } = await teller.get(lifted, query, { id: group.id });
  const acts: string[] = team.ledger.edges.map(({ node }: { node: { act: string } }) => node.act);
  const times = (act: string) => acts.filter((one) => one === act).length;
  expect(team.memberCount).toBe(group.members.length);
  expect(['teamCreate', 'teamMemberAdd', 'teamMemberRemove', 'letterIssue', 'teamActivate'].map(times)).toEqual([
    1,
    group.members.length + 1,
    1,
    group.members.length + 1,
    1,
  ]);
  expect(team.standing.facts).toMatchObject({ 'team.ledgerCurrent': true });
}
