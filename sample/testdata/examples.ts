import { expect, it } from '@jest/globals';
import { examples } from '../examples.ts';
import type { Get } from './law.ts';

/** The operations to paste answer what they promise. `countLines` counts the lines of money in the database. */
export function tryExamples(get: Get, countLines: () => Promise<number>): void {
  it('answer without an error, whoever asks', async () => {
    expect(examples).toHaveLength(8);
    const answers = new Map<string, Awaited<ReturnType<typeof get>>>();
    for (const { persona, query, variables } of examples.slice(3)) {
      answers.set(/\w+ (\w+)/.exec(query)?.[1] as string, await get(persona, query, variables));
    }
    expect([...answers.keys()]).toEqual(['TeamAndSevenOnes', 'SpecialMoney', 'TheYear', 'TwoRegimes', 'MayItBegin']);
    expect(answers.get('TeamAndSevenOnes').teams.edges).toHaveLength(1);
    expect(answers.get('TeamAndSevenOnes').indicatorTable).toHaveLength(8);
    expect(answers.get('SpecialMoney').fundingAllocate.decision).toMatchObject({
      outcome: 'DENY',
      findings: [{ rule: 'hunan.team.consequence-cancel' }],
    });
    const { findings } = answers.get('TwoRegimes').region.coverage.decision;
    expect(new Set(findings.map(({ pack }: { pack: string }) => pack))).toEqual(new Set(['hunan', 'national']));
    expect(answers.get('MayItBegin').decisionPreview.decision).toMatchObject({
      outcome: 'DENY',
      findings: [{ rule: 'national.appoint.recognition.letter' }],
    });
  });

  it('begin with a county and a team of the first demonstration', async () => {
    const [read, preview] = examples.slice(0, 2);
    const county = await get(read?.persona as string, read?.query as string, read?.variables);
    expect(county.region.coverage.decision.findings.length).toBeGreaterThan(0);
    expect(county.agreements.edges).toHaveLength(2);
    expect(county.appointments.edges.length).toBeGreaterThan(4);
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects by its assertions, not by types
    const nodes: any[] = county.appointments.edges.map(({ node }: any) => node);
    expect(nodes.some(({ serviceProgress }) => serviceProgress.decision.outcome === 'NEEDS_OVERRIDE')).toBe(true);
    expect(nodes.every(({ fundingLines }) => fundingLines.edges[0].node.amountFen === 2_000_000)).toBe(true);
    expect(nodes.some(({ renewalOf }) => typeof renewalOf?.publishedGrade === 'string')).toBe(true);

    const { decisionPreview } = await get(preview?.persona as string, preview?.query as string, preview?.variables);
    expect(decisionPreview.decision).toMatchObject({
      outcome: 'DENY',
      findings: [
        {
          rule: 'jiaozuo.team.size',
          citation: { article: '三（一）' },
          wouldPass: { changes: [{ fact: 'team.memberCount', value: 5, actual: 4 }] },
        },
      ],
    });
  });

  it('have an act that is refused however often it is sent, and changes nothing', async () => {
    const refusal = examples[2];
    const before = await countLines();
    for (const _time of [1, 2]) {
      const { fundingAllocate } = await get(refusal?.persona as string, refusal?.query as string, refusal?.variables);
      expect(fundingAllocate).toMatchObject({
        fundingLine: null,
        decision: { outcome: 'DENY', findings: [{ rule: 'jiaozuo.fund.person' }] },
        userErrors: [],
      });
    }
    expect(await countLines()).toBe(before);
  });
}
