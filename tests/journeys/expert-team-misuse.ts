import { expect } from '@jest/globals';
import { accountOf, codes, stopping, type Teller } from './door.ts';
import type { Money } from './expert-team-term.ts';
import { PROVINCE, provinceSt } from './leader-selection.ts';

const audit = accountOf('audit-dept', PROVINCE);
const THING = 'misuseFinding { id version severity outstandingFen closedOn }';

/** The duties that a finding brings: they are its own. */
async function duties(teller: Teller, finding: string): Promise<unknown[]> {
  const { obligations } = await teller.get(
    provinceSt,
    '{ obligations(region: "cn-43", year: 2021, asOf: "2021-06-02") { entry occurrence status } }',
  );
  return obligations.flatMap(({ occurrence, ...duty }: { occurrence: string | null }) =>
    occurrence === finding ? [duty] : [],
  );
}

/** A finding of misuse stays open until it was criticised in public and the last fen is back. */
export async function closeMisuse(teller: Teller, { payer, line }: Money): Promise<void> {
  const found = await teller.done(
    audit,
    'misuseFindingRecord',
    '2021-06-01',
    { line, kind: 'diversion', severity: 'ordinary', organisation: payer, amountFen: 300_000, evidence: '审计报告' },
    THING,
  );
  // Money that was misused comes back: a duty of its own for each finding, and of referral only for a serious one.
  expect(await duties(teller, found.id)).toEqual([{ entry: 'clawback', status: 'DUE' }]);
  const close = (effects: object[]) =>
    teller.act(
      provinceSt,
      'misuseFindingClose',
      '2021-07-01',
      { finding: found.id, version: found.version, effects },
      THING,
    );
  const criticism = { kind: 'public-criticism', document: '通报〔2021〕1号' };
  const clawback = (amountFen: number) => ({ kind: 'clawback', amountFen });
  const [criticised, back] = ['hunan.team.sanction-misuse', 'hunan.team.sanction-misuse.recovered'];
  expect(stopping(await close([])).sort()).toEqual([criticised, back]);
  expect(stopping(await close([criticism])).sort()).toEqual([criticised, back]);
  expect(stopping(await close([clawback(300_000)]))).toEqual([criticised]);
  expect(stopping(await close([criticism, clawback(299_999)]))).toEqual([back]);
  const closed = await close([criticism, clawback(300_000)]);
  expect(closed.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  expect(closed.misuseFinding).toMatchObject({ outstandingFen: 0, closedOn: '2021-07-01' });
}

/** A serious one goes to the law as well; it is on its line until it is closed, and nobody closes it twice. */
export async function referTheSerious(teller: Teller, { payer, line }: Money): Promise<void> {
  const found = await teller.done(
    audit,
    'misuseFindingRecord',
    '2021-06-01',
    { line, kind: 'fraud', severity: 'serious', organisation: payer, amountFen: 100_000, evidence: '审计报告二' },
    THING,
  );
  const all = await duties(teller, found.id);
  expect(all).toEqual(
    expect.arrayContaining([
      { entry: 'clawback', status: 'DUE' },
      { entry: 'legal-referral', status: 'DUE' },
    ]),
  );
  const query = `query ($id: ID!) { fundingLine(id: $id) { misuseFindings(first: 10) { edges { node { severity closedOn } } } } }`;
  const onTheLine = async () => {
    const { fundingLine } = await teller.get(provinceSt, query, { id: line });
    return fundingLine.misuseFindings.edges.map(({ node }: { node: unknown }) => node);
  };
  expect(await onTheLine()).toContainEqual({ severity: 'serious', closedOn: null });
  const close = (effects: object[]) => {
    const input = { finding: found.id, version: found.version, effects };
    return teller.act(provinceSt, 'misuseFindingClose', '2021-08-01', input, THING);
  };
  const usual = [
    { kind: 'public-criticism', document: '通报〔2021〕2号' },
    { kind: 'clawback', amountFen: 100_000 },
  ];
  expect(stopping(await close(usual))).toEqual(['hunan.team.sanction-serious']);
  const referral = { kind: 'legal-referral', document: '移送函〔2021〕1号' };
  const closed = await close([...usual, referral]);
  expect(closed).toMatchObject({ decision: { outcome: 'ALLOW' }, misuseFinding: { closedOn: '2021-08-01' } });
  expect(await onTheLine()).toContainEqual({ severity: 'serious', closedOn: '2021-08-01' });
  expect(codes(await close([...usual, referral]))).toEqual(['STALE_VERSION']);
}
