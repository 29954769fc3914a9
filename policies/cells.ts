import { addDays } from './day.ts';
import type { FactDeclaration, FactValue } from './facts.ts';
import { factsIn, type Test } from './tree.ts';

type Declarations = Readonly<Record<string, FactDeclaration>>;
type Cell = Readonly<Record<string, FactValue>>;
type Choices = ReadonlyMap<string, readonly FactValue[]>;
/** Codes that no rule names; three, so that facts compared with each other can all differ. */
const others = ['~', '~~', '~~~'];

/** Subsets that tell the listed codes apart: all of them when they are few, else none, each, all and all but each. */
const subsets = (codes: readonly string[]): string[][] => {
  if (codes.length <= 5)
    return Array.from({ length: 2 ** codes.length }, (_, bits) => codes.filter((_code, at) => bits & (1 << at)));
  const butOne = codes.map((code) => codes.filter((one) => one !== code));
  return [[], ...codes.map((code) => [code]), [...codes], ...butOne];
};

/** One value from every stretch in which no comparison with these constants changes its answer. */
const valuesFor = ({ type, values }: FactDeclaration, constants: readonly FactValue[]): readonly FactValue[] => {
  if (type === 'boolean') return [true, false];
  if (type === 'code' || type === 'text') return values ?? [...constants.map(String)];
  if (type === 'codes') return subsets(values ?? constants.map(String));
  if (type === 'date') {
    const days = constants.length > 0 ? constants.map(String) : ['2000-01-02'];
    return [...new Set(days.flatMap((day) => [addDays(day, -1), day, addDays(day, 1)]))];
  }
  const numbers = constants.length > 0 ? constants.map(Number) : [1];
  const near = numbers.flatMap((number) => [number - 1, number, number + 1]);
  if (type !== 'decimal') return [...new Set(near)];
  const sorted = [...new Set(near)].sort((a, b) => a - b);
  return sorted.flatMap((number, at) => (at === 0 ? [number] : [((sorted[at - 1] as number) + number) / 2, number]));
};

/** Constants each fact is compared with; facts compared with each other share theirs. */
const constantsOf = (tests: readonly Test[], facts: Declarations): Map<string, Set<FactValue>> => {
  const constants = new Map<string, Set<FactValue>>();
  const isLinked = tests.some(({ right }) => right.kind === 'fact');
  const of = (fact: string) => {
    const isNamed = ['code', 'text', 'codes'].includes(facts[fact]?.type ?? '');
    const known = constants.get(fact) ?? new Set<FactValue>(isNamed ? others.slice(0, isLinked ? 3 : 1) : []);
    constants.set(fact, known);
    return known;
  };
  for (const { fact, right } of tests) {
    if (right.kind === 'literal') for (const one of [right.value].flat()) of(fact).add(one as FactValue);
    if (right.kind === 'percent') {
      of(right.of).add(100);
      of(fact).add(right.percent);
    }
    if (right.kind !== 'fact') of(fact);
  }
  for (let round = 0; round < tests.length; round++)
    for (const { fact, right } of tests) {
      if (right.kind !== 'fact') continue;
      const [left, twin] = [of(fact), of(right.fact)];
      for (const one of left) twin.add(one);
      for (const one of twin) left.add(one);
    }
  return constants;
};

const choicesFor = (tests: readonly Test[], facts: Declarations): Choices => {
  const constants = constantsOf(tests, facts);
  const choices = new Map<string, readonly FactValue[]>();
  for (const fact of new Set(tests.flatMap(factsIn))) {
    const declaration = facts[fact];
    if (declaration) choices.set(fact, valuesFor(declaration, [...(constants.get(fact) ?? [])]));
  }
  return choices;
};

export const maximumCells = 50_000;

/**
 * Every combination of facts that the comparisons can tell apart; undefined when there are too many to look at.
 * Finding no cell with a property then proves that no facts have it, as far as the facts vary independently.
 */
export const cellsOf = (tests: readonly Test[], facts: Declarations): readonly Cell[] | undefined => {
  const choices = choicesFor(tests, facts);
  const count = [...choices.values()].reduce((product, values) => product * values.length, 1);
  if (count > maximumCells) return undefined;
  let cells: Cell[] = [{}];
  for (const [fact, values] of choices)
    cells = cells.flatMap((cell) => values.map((value) => ({ ...cell, [fact]: value })));
  return cells;
};
