import type { OperatorName } from './condition.ts';
import type { FactValue } from './facts.ts';
import type { ColumnMapping, Comparison, Operand, Relation, Where } from './where.ts';

/** A condition with `?` in the place of each parameter, for MikroORM's `raw` or any driver that counts them. */
export interface Sql {
  readonly sql: string;
  readonly params: readonly unknown[];
}
type Scalar = string | number | boolean;

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const none: Sql = { sql: '', params: [] };
const always: Sql = { sql: 'true', params: [] };
const never: Sql = { sql: 'false', params: [] };

const distinct = (list: unknown): Scalar[] => [...new Set(list as readonly Scalar[])];

/** Puts SQL together like a template; parameters keep their order. */
const sql = (texts: TemplateStringsArray, ...parts: readonly (Sql | string)[]): Sql => {
  const all = parts.map((part) => (typeof part === 'string' ? { sql: part, params: [] } : part));
  return {
    sql: texts.reduce((done, text, at) => done + (all[at - 1]?.sql ?? '') + text, ''),
    params: all.flatMap(({ params }) => params),
  };
};
const joined = (parts: readonly Sql[], between: string): Sql => ({
  sql: parts.map((part) => part.sql).join(between),
  params: parts.flatMap(({ params }) => params),
});

/** Numbers say their type, lest a driver's guess (integer for 1.5) or an unindexable cast decide it. */
const bound = (value: Scalar): Sql => {
  if (typeof value !== 'number') return { sql: '?', params: [value] };
  return { sql: Number.isSafeInteger(value) ? '?::bigint' : '?::numeric', params: [value] };
};
const texts = (list: readonly Scalar[]): Sql =>
  sql`array[${joined(
    list.map((one) => ({ sql: '?', params: [one] })),
    ', ',
  )}]::text[]`;

const infix: Partial<Record<OperatorName, string>> = {
  equal: '=',
  notEqual: '<>',
  lessThan: '<',
  lessThanInclusive: '<=',
  greaterThan: '>',
  greaterThanInclusive: '>=',
  before: '<',
  onOrBefore: '<=',
  after: '>',
  onOrAfter: '>=',
  atMostPercentOf: '<=',
  abovePercentOf: '>',
  atLeastPercentOf: '>=',
  belowPercentOf: '<',
};
const negative = new Set<OperatorName>(['notIn', 'doesNotContain', 'lacksAny', 'containsNone']);

/** A set of codes of the row: another table's rows, or an array. */
interface CodeSet {
  /** Rows or elements that satisfy a condition on their value. */
  readonly some: (condition: (value: string) => Sql) => Sql;
  /** What must be known first. */
  readonly guard: Sql;
}

const relationSet = (relation: Relation, alias: string, inner: string): CodeSet => {
  const table = relation.table.split('.').map(quote).join('.');
  const on = Object.entries(relation.on).map(([theirs, ours]) => `${inner}.${quote(theirs)} = ${alias}.${quote(ours)}`);
  const where = relation.where ? ` and (${relation.where(inner)})` : '';
  const value = `${inner}.${quote(relation.value)}`;
  const from = `select 1 from ${table} as ${inner} where ${on.join(' and ')}${where}`;
  return { guard: none, some: (condition) => sql`exists (${from} and ${condition(value)})` };
};

const arraySet = (array: string, nullable: boolean, inner: string): CodeSet => ({
  guard: nullable ? { sql: `${array} is not null`, params: [] } : none,
  some: (condition) =>
    sql`exists (select 1 from unnest(${array}::text[]) as ${inner}(code) where ${condition(`${inner}.code`)})`,
});

const guarded = (guards: readonly Sql[], test: Sql): Sql => {
  const parts = [...guards.filter((guard) => guard.sql !== ''), test];
  return parts.length === 1 ? test : sql`(${joined(parts, ' and ')})`;
};

class Renderer {
  #inner = 0;
  readonly alias: string;
  constructor(alias: string) {
    this.alias = alias;
  }
  render(where: Where): Sql {
    if (typeof where === 'boolean') return where ? always : never;
    if ('all' in where)
      return sql`(${joined(
        where.all.map((part) => this.render(part)),
        ' and ',
      )})`;
    if ('any' in where)
      return sql`(${joined(
        where.any.map((part) => this.render(part)),
        ' or ',
      )})`;
    if (where.percent !== undefined) return this.#percent(where, where.percent);
    const operator = infix[where.operator];
    if (operator) return sql`${this.#scalar(where.left)} ${operator} ${this.#scalar(where.right)}`;
    return this.#set(where);
  }
  #column(mapping: ColumnMapping): string {
    if ('column' in mapping) return `${this.alias}.${quote(mapping.column)}`;
    return 'expression' in mapping ? mapping.expression(this.alias) : '';
  }
  #scalar(operand: Operand): Sql {
    return 'value' in operand ? bound(operand.value as Scalar) : { sql: this.#column(operand.mapping), params: [] };
  }
  #guard(operand: Operand): Sql {
    const isOpen = 'mapping' in operand && operand.mapping.nullable;
    return isOpen ? { sql: `${this.#column(operand.mapping)} is not null`, params: [] } : none;
  }
  /** In numeric: a hundred times a sum of money can leave bigint. */
  #percent({ left, operator, right }: Comparison, percent: number): Sql {
    return sql`100 * ${this.#scalar(left)}::numeric ${infix[operator] ?? ''} ${bound(percent)} * ${this.#scalar(right)}::numeric`;
  }
  #codes(mapping: ColumnMapping): CodeSet {
    const inner = `c${this.#inner++}`;
    if ('exists' in mapping) return relationSet(mapping.exists, this.alias, inner);
    return arraySet(this.#column(mapping), mapping.nullable, inner);
  }
  /** Membership, inclusion and overlap. A negation is guarded: `not exists` is true where a null makes the answer unknown. */
  #set({ left, operator, right }: Comparison): Sql {
    const isNegated = negative.has(operator);
    if (operator === 'in' || operator === 'notIn') return this.#member(left, right, isNegated);
    if (operator === 'contains' || operator === 'doesNotContain') return this.#member(right, left, isNegated);
    const { guard, test } = this.#inclusion(left, operator, right);
    return guarded([guard], isNegated ? sql`not ${test}` : test);
  }
  #inclusion(left: Operand, operator: OperatorName, right: Operand): { guard: Sql; test: Sql } {
    const isAll = operator === 'containsAll' || operator === 'lacksAny';
    const [set, list, isReversed] = 'mapping' in left ? [left, right, false] : [right, left, true];
    const { guard, some } = this.#codes((set as { mapping: ColumnMapping }).mapping);
    const items = distinct((list as { value: FactValue }).value);
    const isOneOf = (value: string) => sql`${value} = any(${texts(items)})`;
    if (!isAll) return { guard, test: some(isOneOf) };
    if (isReversed) return { guard, test: sql`(not ${some((value) => sql`not ${isOneOf(value)}`)})` };
    const each = items.map((item) => some((value) => sql`${value} = ${bound(item)}`));
    return { guard, test: each.length === 0 ? always : sql`(${joined(each, ' and ')})` };
  }
  /** What is unknown for a null by itself selects no row, and has no guard: that would only cost the planner. */
  #member(item: Operand, set: Operand, isNegated: boolean): Sql {
    const value = this.#scalar(item);
    if ('mapping' in set) {
      const codes = this.#codes(set.mapping);
      const test = codes.some((code) => sql`${code} = ${value}`);
      return isNegated ? guarded([this.#guard(item), codes.guard], sql`not ${test}`) : test;
    }
    const items = distinct(set.value).map(bound);
    const [first] = items;
    if (!first) return isNegated ? guarded([this.#guard(item)], always) : never;
    if (items.length === 1) return sql`${value} ${isNegated ? '<>' : '='} ${first}`;
    return sql`${value} ${isNegated ? 'not in' : 'in'} (${joined(items, ', ')})`;
  }
}

/** The condition for rows of the table that the statement calls by this alias, quoted if it needs quotes. */
export const toSql = (where: Where, alias: string): Sql => new Renderer(alias).render(where);
