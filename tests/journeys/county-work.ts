import { expect } from '@jest/globals';
import {
  accountOf,
  bureau,
  CAPITAL,
  CITY,
  COUNTY,
  codes,
  countyDept,
  otherCounty,
  stopping,
  type Teller,
} from './door.ts';
import type { Engaged } from './engagement.ts';
import type { Listed } from './selection.ts';

/** The rules that what the county has for those who serve it fails on a day. */
async function coverage(teller: Teller, asOf: string): Promise<string[]> {
  const query = `query ($id: ID!, $asOf: Date!) { region(id: $id) { coverage(asOf: $asOf) { decision { findings(outcomes: [FAIL]) { rule } } } } }`;
  const { region } = await teller.get(countyDept, query, { id: COUNTY, asOf });
  return region.coverage.decision.findings.map(({ rule }: { rule: string }) => rule).sort();
}

/** A station that gathers needs, and measures of the county’s own: what is missing shows until it is there. */
export async function standByThem(teller: Teller): Promise<void> {
  const [station, measures] = ['jiaozuo.brigade.workstation', 'jiaozuo.org.county-measures'];
  expect(await coverage(teller, '2022-07-01')).toEqual([station, measures]);
  const office = { type: 'st-dept', nature: 'administrative', level: 'county' };
  const issuer = await teller.organisation('县科技局', COUNTY, office);
  const open = (who: typeof countyDept) =>
    teller.act(who, 'workstationRegister', '2022-07-01', { county: COUNTY, name: '工作站' }, 'workstation { id }');
  expect(stopping(await open(otherCounty))).toEqual(['platform.access.permitted']);
  expect((await open(countyDept)).decision?.outcome).toBe('ALLOW');
  expect(await coverage(teller, '2022-07-01')).toEqual([measures]);
  const measure = { region: COUNTY, issuer, title: '县级激励办法', kinds: ['incentive'], from: '2022-07-02' };
  await teller.done(countyDept, 'localMeasureRecord', '2022-07-02', measure, 'localMeasure { id }');
  expect(await coverage(teller, '2022-07-01')).toEqual([measures]);
  expect(await coverage(teller, '2022-07-02')).toEqual([]);
}

/** What a commissioner cannot do alone goes to the unit, which answers; nobody else answers for it. */
export async function askForHelp(teller: Teller, one: Engaged, { sender, university }: Listed): Promise<void> {
  const ask = (who: typeof bureau, need: string) =>
    teller.act(
      who,
      'supportRequestSubmit',
      '2022-07-10',
      { appointment: one.id, route: 'dispatching-unit', addressee: university, need },
      'supportRequest { id version status }',
    );
  expect(codes(await ask(one.account, ' '))).toEqual(['TEXT_REQUIRED']);
  expect(stopping(await ask(otherCounty, '土壤检测'))).toEqual(['platform.access.permitted']);
  const { supportRequest: asked } = await ask(one.account, '土壤检测');
  const answer = (who: typeof bureau) =>
    teller.act(
      who,
      'supportRequestAnswer',
      '2022-07-12',
      { supportRequest: asked.id, version: asked.version, answer: '派检测组下周到' },
      'supportRequest { status }',
    );
  const stranger = accountOf('dispatching-unit', CAPITAL, await teller.organisation('外校', CAPITAL));
  expect(stopping(await answer(stranger))).toEqual(['platform.access.permitted']);
  expect((await answer(sender)).supportRequest.status).toBe('answered');
  const query = `query ($appointment: ID!) { supportRequests(filter: { appointment: $appointment }) { edges { node { status answer } } } }`;
  const { supportRequests } = await teller.get(bureau, query, { appointment: one.id });
  expect(supportRequests.edges).toEqual([{ node: { status: 'answered', answer: '派检测组下周到' } }]);
}

/** The leading group has two heads, four deputies and an office: one that lacks them shows it. */
export async function leadTogether(teller: Teller): Promise<void> {
  const seat = async (name: string, type: string, role: string, post: string) => ({
    organisation: await teller.organisation(name, CITY, { type, nature: 'administrative', level: 'prefecture' }),
    role,
    post,
  });
  const [org, st, finance, hr, revival] = [
    await seat('市委组织部', 'org-dept', 'prefecture-org-dept', 'CO_HEAD'),
    await seat('市科技局（组长单位）', 'st-dept', 'prefecture-st-bureau', 'CO_HEAD'),
    await seat('市财政局', 'finance-bureau', 'prefecture-finance-bureau', 'DEPUTY'),
    await seat('市人社局', 'hr-bureau', 'prefecture-hr-bureau', 'DEPUTY'),
    await seat('市乡村振兴局', 'revitalisation-bureau', 'prefecture-revitalisation-bureau', 'DEPUTY'),
  ];
  const common = { kind: 'leading-group', name: '领导小组', region: CITY };
  const standing = async (id: string) => {
    const query =
      'query ($id: ID!) { governingBody(id: $id) { standing(asOf: "2022-02-01") { findings(outcomes: [FAIL]) { rule } } } }';
    return (await teller.get(bureau, query, { id })).governingBody.standing.findings;
  };
  const thing = 'governingBody { id version }';
  const half = await teller.allowed(
    bureau,
    'governingBodyRegister',
    '2022-01-06',
    { ...common, seats: [org, finance] },
    thing,
  );
  expect(await standing(half.governingBody.id)).toEqual([{ rule: 'jiaozuo.org.leading-group' }]);
  const seats = [org, st, { ...st, post: 'DEPUTY' }, finance, hr, revival, { ...st, post: 'OFFICE' }];
  const { id: governingBody, version } = half.governingBody;
  await teller.allowed(
    bureau,
    'governingBodyRegister',
    '2022-01-07',
    { ...common, governingBody, version, seats },
    thing,
  );
  expect(await standing(governingBody)).toEqual([]);
}
