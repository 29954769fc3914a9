import { compare, percentSign, type Truth } from './condition.ts';
import type { Facts } from './facts.ts';
import { canGenerate, type Gate } from './generate.ts';
import type { Outcome } from './pack.ts';
import { Program } from './program.ts';
import { rightValue } from './remedy.ts';
import { type Test, type Tree, testsOf } from './tree.ts';

/** Truth as a number, so that `all` is the smallest, `any` the largest and `not` what is left to two. */
const FALSE = 0;
const UNKNOWN = 1;
const TRUE = 2;

/** The outcomes by number. */
export const outcomes: readonly Outcome[] = ['fail', 'undetermined', 'pass', 'not-applicable'];
const NOT_APPLICABLE = 3;

/**
 * Writes one number a rule (an index of `outcomes`) and one a comparison (0 false, 1 not known, 2 true), both in the
 * order of the rules, each rule's `appliesWhen` before its `requires`. Every comparison is made, so that every one can be
 * shown.
 */
export type Marker = (facts: Facts, rules: Uint8Array, comparisons: Uint8Array) => void;

const truthOf = (number: number): Truth => (number === UNKNOWN ? undefined : number === TRUE);
const numberOf = (truth: Truth): number => (truth === undefined ? UNKNOWN : truth ? TRUE : FALSE);
/** The truth that a comparison's mark stands for; undefined is "not known". */
export const readMark = truthOf;

const testsOfGate = ({ applies, requires }: Gate): Test[] => [
  ...(applies ? testsOf(applies) : []),
  ...testsOf(requires),
];

/** How many comparisons the gates make. */
export const comparisonCount = (gates: readonly Gate[]): number =>
  gates.reduce((count, gate) => count + testsOfGate(gate).length, 0);

const outcomeText = (applies: string | null, requires: string) =>
  applies === null
    ? requires
    : `(${applies} === ${FALSE} ? ${NOT_APPLICABLE} : ${applies} === ${UNKNOWN} ? ${UNKNOWN} : ${requires})`;

const program = (gates: readonly Gate[]): string => {
  const text = new Program();
  const lines: string[] = [];
  let made = 0;
  const answer = (test: Test): string => {
    if (test.right.kind === 'absent') return String(UNKNOWN);
    const absent = text.sides(test).map((name) => `${name} === undefined`);
    return `${absent.join(' || ')} ? ${UNKNOWN} : ${text.comparison(test)} ? ${TRUE} : ${FALSE}`;
  };
  const mark = (tree: Tree): string => {
    if ('not' in tree) return `(${TRUE} - ${mark(tree.not)})`;
    if ('all' in tree) return `Math.min(${tree.all.map(mark).join(', ')})`;
    if ('any' in tree) return `Math.max(${tree.any.map(mark).join(', ')})`;
    const name = `c${made}`;
    lines.push(`const ${name} = ${answer(tree)}; comparisons[${made++}] = ${name};`);
    return name;
  };
  for (const [at, { applies, requires }] of gates.entries()) {
    const applicable = applies ? `a${at}` : null;
    if (applies) {
      const answered = mark(applies);
      lines.push(`const ${applicable} = ${answered};`);
    }
    const met = mark(requires);
    lines.push(`rules[${at}] = ${outcomeText(applicable, met)};`);
  }
  return [
    '"use strict";',
    ...text.lists,
    'return (facts, rules, comparisons) => {',
    ...text.names.map(([fact, name]) => `const ${name} = facts[${JSON.stringify(fact)}];`),
    ...lines,
    '};',
  ].join('\n');
};

/** The same without making code. */
const walking = (gates: readonly Gate[]): Marker => {
  return (facts, rules, comparisons) => {
    let made = 0;
    const mark = (tree: Tree): number => {
      if ('not' in tree) return TRUE - mark(tree.not);
      if ('all' in tree) return Math.min(...tree.all.map(mark));
      if ('any' in tree) return Math.max(...tree.any.map(mark));
      const number = numberOf(compare(tree.operator, facts[tree.fact], rightValue(tree.right, facts)));
      comparisons[made++] = number;
      return number;
    };
    for (const [at, { applies, requires }] of gates.entries()) {
      const applicable = applies ? mark(applies) : TRUE;
      const met = mark(requires);
      rules[at] = applicable === FALSE ? NOT_APPLICABLE : applicable === UNKNOWN ? UNKNOWN : met;
    }
  };
};

/**
 * Prepares the gates for marking. Facts must have been checked for their types. `code` says whether functions may be
 * generated from text, by default wherever that is allowed.
 */
export const marker = (gates: readonly Gate[], code = canGenerate): Marker =>
  code ? (new Function('sign', program(gates))(percentSign) as Marker) : walking(gates);
