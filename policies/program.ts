import type { OperatorName } from './condition.ts';
import { factsIn, type Test } from './tree.ts';

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

const some = (parts: readonly string[]) => (parts.length > 0 ? `(${parts.join(' || ')})` : 'false');
const every = (parts: readonly string[]) => (parts.length > 0 ? `(${parts.join(' && ')})` : 'true');
/** The same with the list's items written out: no call for each, and nothing to search. */
const unrolled: Partial<Record<OperatorName, (left: string, items: readonly string[]) => string>> = {
  in: (left, items) => some(items.map((item) => `${left} === ${item}`)),
  notIn: (left, items) => every(items.map((item) => `${left} !== ${item}`)),
  containsAll: (left, items) => every(items.map((item) => `${left}.includes(${item})`)),
  lacksAny: (left, items) => some(items.map((item) => `!${left}.includes(${item})`)),
  containsAny: (left, items) => some(items.map((item) => `${left}.includes(${item})`)),
  containsNone: (left, items) => every(items.map((item) => `!${left}.includes(${item})`)),
};
/** A longer list stays one: a function of many thousand comparisons is not made faster. */
const longestUnrolled = 16;

/**
 * What two ways of judging have in common when they are written as a program's text: a local name for each fact and each
 * long list, and the comparisons between them. Every value enters the text as a JSON literal.
 */
export class Program {
  readonly #names = new Map<string, string>();
  readonly #lists = new Map<string, string>();
  /** The local name of a fact. */
  local(fact: string): string {
    const name = this.#names.get(fact) ?? `f${this.#names.size}`;
    this.#names.set(fact, name);
    return name;
  }
  /** The local names of the facts that a comparison reads. */
  sides(test: Test): string[] {
    return factsIn(test).map((fact) => this.local(fact));
  }
  /** The comparison, for facts that are known; `sign` is `percentSign`. A parameter without a value cannot be compared. */
  comparison({ fact, operator, right }: Test): string {
    const left = this.local(fact);
    if (right.kind === 'absent') throw new RangeError(`${right.parameter} has no value to compare with`);
    if (right.kind === 'percent')
      return `sign(${left}, ${JSON.stringify(right.percent)}, ${this.local(right.of)}) ${infix[operator]}`;
    if (right.kind === 'fact') return this.#between(operator, left, this.local(right.fact));
    const { value } = right;
    if (!Array.isArray(value)) return this.#between(operator, left, JSON.stringify(value));
    const items = value.map((item) => JSON.stringify(item));
    const text = items.length <= longestUnrolled && unrolled[operator]?.(left, items);
    return text || this.#between(operator, left, this.#list(JSON.stringify(value)));
  }
  #between(operator: OperatorName, left: string, right: string): string {
    return call[operator]?.(left, right) ?? `${left} ${infix[operator]} ${right}`;
  }
  #list(text: string): string {
    const name = this.#lists.get(text) ?? `l${this.#lists.size}`;
    this.#lists.set(text, name);
    return name;
  }
  /** The facts named so far, with their local names. */
  get names(): readonly (readonly [fact: string, name: string])[] {
    return [...this.#names];
  }
  /** The declarations of the lists named so far. */
  get lists(): string[] {
    return [...this.#lists].map(([text, name]) => `const ${name} = ${text};`);
  }
}
