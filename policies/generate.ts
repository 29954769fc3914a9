import { percentSign } from './condition.ts';
import { type FactDeclaration, type FactType, isCodes, isDate, requireType } from './facts.ts';
import type { Effect } from './pack.ts';
import { Program } from './program.ts';
import { factsIn, type NormalTree, normal, type Test, type Tree, testsOf } from './tree.ts';

/** A rule on one date, as the fast path needs it. */
export interface Gate {
  readonly effect: Effect;
  readonly applies: Tree | null;
  readonly requires: Tree;
}
/** How strongly the gates block (an index of `severities`); `isOverridden` is asked for a failing gate by its index. */
export type Judge = (facts: Readonly<Record<string, unknown>>, isOverridden: (gate: number) => boolean) => number;

const isNumber = (name: string) => `!Number.isSafeInteger(${name}) && ${name} !== undefined`;
const isText = (name: string) => `typeof ${name} !== 'string' && ${name} !== undefined`;
/** What is not of its type; only that goes through the whole check, which says what is wrong. */
const isWrong: Readonly<Record<FactType, (name: string) => string>> = {
  integer: isNumber,
  fen: isNumber,
  decimal: (name) => `!Number.isFinite(${name}) && ${name} !== undefined`,
  boolean: (name) => `typeof ${name} !== 'boolean' && ${name} !== undefined`,
  code: isText,
  date: (name) => `!isDate(${name}) && ${name} !== undefined`,
  text: isText,
  codes: (name) => `!isCodes(${name}) && ${name} !== undefined`,
};

/** The gates one after another as text. */
const program = (gates: readonly Gate[]) => {
  const text = new Program();
  const test = (one: Test): string => {
    const known = text.sides(one).map((name) => `${name} !== undefined`);
    // Even then the fact has been named, so that its type is checked.
    if (one.right.kind === 'absent') return 'false';
    return `(${[...known, text.comparison(one)].join(' && ')})`;
  };
  const isTrue = (tree: NormalTree): string => {
    if ('all' in tree) return `(${tree.all.map(isTrue).join(' && ')})`;
    return 'any' in tree ? `(${tree.any.map(isTrue).join(' || ')})` : test(tree);
  };
  /**
   * "Not certainly false", where it is known not to be certainly true. With every fact known that cannot be, which is
   * quicker to ask than the negation.
   */
  const isOpen = (tree: Tree): string => {
    const tests = [...testsOf(tree)];
    const negation = `!${isTrue(normal(tree, true))}`;
    if (tests.some(({ right }) => right.kind === 'absent')) return negation;
    const unknown = [...new Set(tests.flatMap((one) => text.sides(one)))].map((name) => `${name} === undefined`);
    return `(${unknown.join(' || ')}) && ${negation}`;
  };
  const body = gates.map(({ effect, applies, requires }, at) => {
    const failed = effect === 'deny' ? 'return 3;' : `if (worst < 1 && !isOverridden(${at})) worst = 1;`;
    const judged = `if (!${isTrue(normal(requires))}) { if (${isOpen(requires)}) worst = 2; else { ${failed} } }`;
    if (!applies) return judged;
    return `if (${isTrue(normal(applies))}) { ${judged} } else if (${isOpen(applies)}) worst = 2;`;
  });
  return { text, body };
};

/**
 * Turns validated gates into one function by generating its source. Deny gates should come first: the
 * function returns at the first that fails. Throws where code generation is forbidden.
 */
export const generate = (gates: readonly Gate[], facts: Readonly<Record<string, FactDeclaration>>): Judge => {
  const { text, body } = program(gates);
  const read = text.names.map(([fact, name]) => {
    const type = facts[fact]?.type ?? 'text';
    const id = JSON.stringify(fact);
    return `const ${name} = facts[${id}]; if (${isWrong[type](name)}) check(${id}, ${JSON.stringify(type)}, ${name});`;
  });
  const source = [
    '"use strict";',
    ...text.lists,
    'return (facts, isOverridden) => {',
    'let worst = 0;',
    ...read,
    ...body,
    'return worst;',
    '};',
  ].join('\n');
  const make = new Function('check', 'sign', 'isDate', 'isCodes', source);
  return make(requireType, percentSign, isDate, isCodes) as Judge;
};

/** Whether functions may be made from text here; a content security policy or a Node flag can forbid it. */
export const canGenerate = ((): boolean => {
  try {
    return new Function('return true')() === true;
  } catch {
    return false;
  }
})();

/** The facts that a list of gates reads. */
export const factsOfGates = (gates: readonly Gate[]): string[] => {
  const tests = gates.flatMap(({ applies, requires }) => [...(applies ? testsOf(applies) : []), ...testsOf(requires)]);
  return [...new Set(tests.flatMap(factsIn))].sort();
};
