import { describe, expect, it } from '@jest/globals';
import { compile } from './compile.ts';
import { evaluate } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { loadPack, packsFolder } from './load.ts';
import { mark, readMarks } from './mark.ts';
import { bundle } from './release.ts';

const pack = loadPack(`${packsFolder}/jiaozuo`);
const release = bundle(pack);

/** Every point with its baseline, then with each fact of it taken away, and each boolean turned round. */
const questions = Object.entries(pack.baselines).flatMap(([point, { asOf, facts }]) => {
  const variants: Facts[] = [facts, {}];
  for (const [id, value] of Object.entries(facts)) {
    variants.push({ ...facts, [id]: undefined });
    if (typeof value === 'boolean') variants.push({ ...facts, [id]: !value });
    if (typeof value === 'number')
      variants.push({ ...facts, [id]: value + 1 }, { ...facts, [id]: Math.max(0, value - 1) });
    if (typeof value === 'string' && !/^\d{4}-/.test(value)) variants.push({ ...facts, [id]: 'another' });
  }
  return variants.map((variant) => ({ point, asOf, facts: variant }));
});

describe.each([
  ['generated code', true],
  ['walking the trees', false],
])('marks, by %s', (_name, code) => {
  const compiled = compile(release, { code });

  it(`say of ${questions.length} questions what the evaluator says, comparison by comparison`, () => {
    expect(questions.length).toBeGreaterThan(300);
    const different = questions.filter((question) => {
      const decision = evaluate({ packs: [compiled], ...question });
      const marks = mark({ packs: [compiled], ...question });
      const said = decision.findings.map(({ rule, outcome, leaves }) => ({
        rule,
        outcome,
        comparisons: leaves.map(({ fact, operator, result }) => ({ fact, operator, result })),
      }));
      return (
        marks.outcome !== decision.outcome ||
        JSON.stringify(readMarks(marks, question.point, question.asOf)) !== JSON.stringify(said)
      );
    });
    expect(different).toEqual([]);
  });

  it('refuse a fact of the wrong type', () => {
    const [question] = questions;
    const facts = { ...question?.facts, 'team.memberCount': 'five' as never };
    expect(() => mark({ packs: [compiled], point: 'teamActivate', asOf: '2022-06-01', facts })).toThrow('FACT_TYPE');
  });
});
