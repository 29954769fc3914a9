import { type CompiledPack, requireDate } from './compile.ts';
import { compare, type OperatorName, operators, type RightValue } from './condition.ts';
import { type FactDeclaration, type Facts, type FactType, type FactValue, requireType } from './facts.ts';
import { factsIn, type NormalTree, normal, type Test, type Tree, testsOf } from './tree.ts';

/**
 * Where a fact of the row lives. SQL written here comes from the subgraph's code, never from a pack.
 * - `column`: of the row's table; a `codes` column is an array without nulls
 * - `expression`: SQL for the row with this alias, in parentheses if it needs them; parameterless
 * - `exists`: a set of codes in another table; `on` pairs its columns with the row's. Never unknown: no rows, no codes.
 */
export type ColumnMapping =
  | { readonly column: string; readonly type: FactType; readonly nullable: boolean }
  | { readonly expression: (alias: string) => string; readonly type: FactType; readonly nullable: boolean }
  | { readonly exists: Relation; readonly type: 'codes'; readonly nullable: false };

export interface Relation {
  /** Table, with its schema before a dot if it has one. */
  readonly table: string;
  readonly on: Readonly<Record<string, string>>;
  readonly value: string;
  readonly where?: (alias: string) => string;
}
export type Columns = Readonly<Record<string, ColumnMapping>>;

export type Operand = { readonly value: FactValue | readonly number[] } | { readonly mapping: ColumnMapping };
export interface Comparison {
  readonly left: Operand;
  readonly operator: OperatorName;
  readonly right: Operand;
  /** For the percent operators: 100 * left against percent * right. */
  readonly percent?: number;
}
/** Which rows are certainly allowed. No negation: it stands in the operators, so that SQL's nulls can only exclude. */
export type Where = boolean | { readonly all: readonly Where[] } | { readonly any: readonly Where[] } | Comparison;

/** A condition that cannot be asked of a table; never left out, for that would show rows nobody may see. */
export class UntranslatableCondition extends Error {
  readonly code = 'UNTRANSLATABLE_CONDITION';
  constructor(what: string) {
    super(`UNTRANSLATABLE_CONDITION: ${what}`);
  }
}

export interface WhereQuestion {
  readonly packs: readonly CompiledPack[];
  readonly point: string;
  readonly asOf: string;
  /** Facts that are the same for every row, such as who asks. A key with undefined is known to be unknown. */
  readonly known: Facts;
  readonly columns: Columns;
}

const allOf = (parts: readonly Where[]): Where => {
  const open = parts.filter((part) => part !== true);
  if (open.includes(false)) return false;
  return open.length === 0 ? true : open.length === 1 ? (open[0] as Where) : { all: open };
};
const anyOf = (parts: readonly Where[]): Where => {
  const open = parts.filter((part) => part !== false);
  if (open.includes(true)) return true;
  return open.length === 0 ? false : open.length === 1 ? (open[0] as Where) : { any: open };
};

interface Row extends WhereQuestion {
  readonly facts: Readonly<Record<string, FactDeclaration>>;
}

/** The fact as a value or as a column; undefined if it is known to be unknown. */
const operandOf = (fact: string, { known, columns, facts }: Row): Operand | undefined => {
  const type = facts[fact]?.type;
  if (Object.hasOwn(known, fact)) {
    const value = known[fact];
    if (type) requireType(fact, type, value);
    return value === undefined ? undefined : { value };
  }
  const mapping = Object.hasOwn(columns, fact) ? columns[fact] : undefined;
  if (!mapping) throw new UntranslatableCondition(`${fact} is neither known nor a column`);
  if (mapping.type !== type) throw new UntranslatableCondition(`${fact} is ${type}, its column ${mapping.type}`);
  return { mapping };
};

const isSet = (operand: Operand) => 'mapping' in operand && operand.mapping.type === 'codes';

const isEmpty = (operand: Operand) => 'value' in operand && Array.isArray(operand.value) && operand.value.length === 0;

/** Membership in a list that has nothing in it is true of no row, whatever the row's value. */
const isMembershipInNothing = (operator: OperatorName, left: Operand, right: Operand): boolean =>
  (operator === 'in' && isEmpty(right)) || (operator === 'contains' && isEmpty(left));

const foldTest = ({ fact, operator, right }: Test, row: Row): Where => {
  const left = operandOf(fact, row);
  if (right.kind === 'absent') return false;
  const other =
    right.kind === 'literal'
      ? { value: right.value as FactValue | readonly number[] }
      : operandOf(right.kind === 'fact' ? right.fact : right.of, row);
  if (!left || !other) return false;
  if ('value' in left && 'value' in other) {
    const value: RightValue =
      right.kind === 'percent' ? { percent: right.percent, of: other.value as number } : other.value;
    return compare(operator, left.value as FactValue, value) === true;
  }
  if (isMembershipInNothing(operator, left, other)) return false;
  if (isSet(left) && isSet(other) && operators[operator].takes === 'list')
    throw new UntranslatableCondition(`${fact} ${operator} compares two sets of one row`);
  return { left, operator, right: other, ...(right.kind === 'percent' ? { percent: right.percent } : {}) };
};

const fold = (tree: NormalTree, row: Row): Where => {
  if ('all' in tree) return allOf(tree.all.map((part) => fold(part, row)));
  if ('any' in tree) return anyOf(tree.any.map((part) => fold(part, row)));
  return foldTest(tree, row);
};

/** Whether every comparison of the tree has an answer in every row. */
const isAlwaysAnswered = (tree: Tree, { known, columns }: Row): boolean =>
  [...testsOf(tree)].every(
    (test) =>
      test.right.kind !== 'absent' &&
      factsIn(test).every(
        (fact) => known[fact] !== undefined || (!Object.hasOwn(known, fact) && !columns[fact]?.nullable),
      ),
  );

/**
 * Which rows are certainly allowed at a point: those for which `evaluate` with the row's facts would say `allow`.
 * Throws an UntranslatableCondition for what cannot be asked of the table.
 */
export const allowedRows = (question: WhereQuestion): Where => {
  requireDate(question.asOf);
  const rules = question.packs.flatMap((pack) => {
    const row: Row = { ...question, facts: pack.release.facts };
    return pack.at(question.point, question.asOf).gates.map(({ applies, requires }) => {
      const passes = fold(normal(requires), row);
      if (!applies) return passes;
      const applicable = isAlwaysAnswered(applies, row) ? true : fold(normal(applies), row);
      return anyOf([fold(normal(applies, true), row), allOf([applicable, passes])]);
    });
  });
  return allOf(rules);
};
