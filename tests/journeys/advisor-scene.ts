import { expect } from '@jest/globals';
import { accountOf, administrator, type Payload, type Persona, type Teller } from './door.ts';
import { until } from './until.ts';

/** A county lifted out of poverty in a province with a regime of its own, and a county that is neither. */
export const LIFTED = 'cn-430626';
export const LIFTED_PREFECTURE = 'cn-430600';
export const LIFTED_PROVINCE = 'cn-43';
export const UNLIFTED = 'cn-430621';
const STATUS_SINCE = '2022-01-04';

export const ADMINISTRATION = 'national-revitalisation-administration';
export const KIND = 'industry-advisor-group';
export const lifted = accountOf('county-revitalisation-dept', LIFTED);
export const liftedGovernment = accountOf('county-government', LIFTED);
export const liftedPrefecture = accountOf('prefecture-revitalisation-dept', LIFTED_PREFECTURE);
export const provinceDept = accountOf('province-revitalisation-dept', LIFTED_PROVINCE);
export const provinceAssociation = accountOf('province-science-association', LIFTED_PROVINCE);
export const association = accountOf('national-science-association', 'cn');
export const administration = accountOf(ADMINISTRATION, 'cn');

/** Rules that failed or could not be determined, whatever their effect, in the order of their ids. */
export const unmet = ({ decision }: Payload): string[] =>
  (decision?.findings ?? [])
    .filter(({ rule }) => rule.startsWith('national.') || rule.startsWith('platform.'))
    .map(({ rule }) => rule)
    .sort();

/** Expects that an act was stopped by exactly these rules, of which those of the document cite an article of it. */
export function expectRefused(payload: Payload, ...rules: string[]): void {
  const stopping = (payload.decision?.findings ?? []).filter(
    ({ effect }) => effect === 'deny' || effect === 'override',
  );
  const said = { errors: payload.userErrors.map(({ code }) => code), rules: stopping.map(({ rule }) => rule).sort() };
  expect(said).toEqual({ errors: [], rules: [...rules].sort() });
  for (const { rule, citation } of stopping)
    if (rule.startsWith('national.'))
      expect(citation).toMatchObject({ document: 'national-advisor-groups', article: expect.stringMatching(/./u) });
}

export const recordStatus = (teller: Teller, who: Persona, region: string, kind: string, on = STATUS_SINCE) =>
  teller.act(who, 'regionStatusRecord', on, { region, kind, value: true, source: '名单' }, 'regionStatus { kind }');

const SEEN = /* GraphQL */ `
  query ($id: ID!, $asOf: Date!) {
    region(id: $id) {
      packs(asOf: $asOf) { id }
      coverage(asOf: $asOf) { decision { packs { id } } }
      followUpCoverage(asOf: $asOf) { packs { id } }
      supportCoverage(asOf: $asOf) { packs { id } }
    }
  }
`;

/** The packs that each part of the graph holds to be in force for a region on a day. */
async function packsSeen(teller: Teller, region: string, asOf: string): Promise<string[][]> {
  const { region: seen } = await teller.get(administrator, SEEN, { id: region, asOf });
  const decisions = [seen.coverage.decision, seen.followUpCoverage, seen.supportCoverage];
  return [seen.packs, ...decisions.map(({ packs }) => packs)].map((packs: { id: string }[]) =>
    packs.map(({ id }) => id),
  );
}

/** The day's status brings the second regime, to the county and not to its neighbour, in every part of the graph. */
export async function beLifted(teller: Teller): Promise<void> {
  expect((await recordStatus(teller, administrator, LIFTED, 'poverty-lifted')).decision?.outcome).toBe('ALLOW');
  const both = ['hunan', 'national', 'platform'];
  // Another process hears of it within two seconds.
  const seen = await until(
    () => packsSeen(teller, LIFTED, STATUS_SINCE),
    (parts) => parts.every((packs) => packs.includes('national')),
  );
  expect(seen).toEqual([both, both, both, both]);
  const one = ['hunan', 'platform'];
  expect(await packsSeen(teller, LIFTED, '2022-01-03')).toEqual([one, one, one, one]);
  expect(await packsSeen(teller, UNLIFTED, STATUS_SINCE)).toEqual([one, one, one, one]);
}

/** Registers an office and somebody in it. */
export async function office(teller: Teller, name: string, type: string, region: string, level: string, more = {}) {
  const organisation = await teller.organisation(name, region, { type, nature: 'government', level });
  return { organisation, person: await teller.person(`${name}某某`, organisation, more) };
}
