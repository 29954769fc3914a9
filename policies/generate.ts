import { type OperatorName, percentSign } from './condition.ts';
import { type FactDeclaration, type FactType, isDate, requireType } from './facts.ts';
import type { Effect } from './pack.ts';
import { factsIn, type NormalTree, normal, type Test, type Tree, testsOf } from './tree.ts';

/** A rule on one date, as the fast path needs it. */
export interface Gate {
  readonly effect: Effect;
  readonly applies: Tree | null;
  readonly requires: Tree;
}
/** How strongly the gates block (an index of `severities`); `isOverridden` is asked for a failing gate by its index. */
export type Judge = (facts: Readonly<Record<string, unknown>>, isOverridden: (gate: number) => boolean) => number;

const infix: Partial<Record<OperatorName, string>> = {
  equal: '===',
  notEqual: '!==',
  lessThan: '<',
  lessThanInclusive: '<=',
  greaterThan: '>',
  greaterThanInclusive: '>=',
  before: '<',
  onOrBefore: '<=',
  after: '>',
  onOrAfter: '>=',
  atMostPercentOf: '<= 0',
  abovePercentOf: '> 0',
  atLeastPercentOf: '>= 0',
  belowPercentOf: '< 0',
};
const call: Partial<Record<OperatorName, (left: string, right: string) => string>> = {
  in: (left, right) => `${right}.includes(${left})`,
  notIn: (left, right) => `!${right}.includes(${left})`,
  contains: (left, right) => `${left}.includes(${right})`,
  doesNotContain: (left, right) => `!${left}.includes(${right})`,
  containsAll: (left, right) => `${right}.every((item) => ${left}.includes(item))`,
  lacksAny: (left, right) => `!${right}.every((item) => ${left}.includes(item))`,
  containsAny: (left, right) => `${right}.some((item) => ${left}.includes(item))`,
  containsNone: (left, right) => `!${right}.some((item) => ${left}.includes(item))`,
};

/** The operator as JavaScript writes it between two values; undefined for those that are calls. */
export const infixOf = (operator: OperatorName): string | undefined => infix[operator];
/** The operator as a JavaScript call; undefined for those written between two values. */
export const callOf = (operator: OperatorName) => call[operator];

const isNumber = (name: string) => `!Number.isSafeInteger(${name}) && ${name} !== undefined`;
const isText = (name: string) => `typeof ${name} !== 'string' && ${name} !== undefined`;
/** What looks wrong at a glance; only that, and lists, go through the whole check. */
const cheapCheck: Partial<Record<FactType, (name: string) => string>> = {
  integer: isNumber,
  fen: isNumber,
  boolean: (name) => `typeof ${name} !== 'boolean' && ${name} !== undefined`,
  code: isText,
  date: (name) => `!isDate(${name}) && ${name} !== undefined`,
  text: isText,
};

/** A program text for "certainly true"; every value enters it as a JSON literal. */
const program = (gates: readonly Gate[]) => {
  const names = new Map<string, string>();
  const lists: string[] = [];
  const local = (fact: string) => {
    const name = names.get(fact) ?? `f${names.size}`;
    names.set(fact, name);
    return name;
  };
  const literal = (value: unknown) => {
    const text = JSON.stringify(value);
    return Array.isArray(value) ? `l${lists.push(text) - 1}` : text;
  };
  const test = ({ fact, operator, right }: Test): string => {
    const left = local(fact);
    if (right.kind === 'absent') return 'false';
    const known = [`${left} !== undefined`];
    if (right.kind === 'fact') known.push(`${local(right.fact)} !== undefined`);
    if (right.kind === 'percent') known.push(`${local(right.of)} !== undefined`);
    const guard = known.join(' && ');
    if (right.kind === 'percent')
      return `(${guard} && sign(${left}, ${literal(right.percent)}, ${local(right.of)}) ${infix[operator]})`;
    const value = right.kind === 'fact' ? local(right.fact) : literal(right.value);
    return `(${guard} && ${call[operator]?.(left, value) ?? `${left} ${infix[operator]} ${value}`})`;
  };
  const isTrue = (tree: NormalTree): string => {
    if ('all' in tree) return `(${tree.all.map(isTrue).join(' && ')})`;
    return 'any' in tree ? `(${tree.any.map(isTrue).join(' || ')})` : test(tree);
  };
  const body = gates.map(({ effect, applies, requires }, at) => {
    const fails = isTrue(normal(requires, true));
    const failed = effect === 'deny' ? `return 3;` : `if (worst < 1 && !isOverridden(${at})) worst = 1;`;
    const judged = `if (!${isTrue(normal(requires))}) { if (${fails}) { ${failed} } else worst = 2; }`;
    if (!applies) return judged;
    return `if (${isTrue(normal(applies))}) { ${judged} } else if (!${isTrue(normal(applies, true))}) worst = 2;`;
  });
  return { names, lists, body };
};

/**
 * Turns validated gates into one function by generating its source. Deny gates should come first: the
 * function returns at the first that fails. Throws where code generation is forbidden.
 */
export const generate = (gates: readonly Gate[], facts: Readonly<Record<string, FactDeclaration>>): Judge => {
  const { names, lists, body } = program(gates);
  const read = [...names].map(([fact, name]) => {
    const type = facts[fact]?.type ?? 'text';
    const id = JSON.stringify(fact);
    const isWrong = cheapCheck[type]?.(name) ?? `${name} !== undefined`;
    return `const ${name} = facts[${id}]; if (${isWrong}) check(${id}, ${JSON.stringify(type)}, ${name});`;
  });
  const source = [
    '"use strict";',
    ...lists.map((list, at) => `const l${at} = ${list};`),
    'return (facts, isOverridden) => {',
    'let worst = 0;',
    ...read,
    ...body,
    'return worst;',
    '};',
  ].join('\n');
  return new Function('check', 'sign', 'isDate', source)(requireType, percentSign, isDate) as Judge;
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
