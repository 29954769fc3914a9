import { isFactReference, isParameterReference, isPercent, type Leaf, operators } from './condition.ts';
import { type FactDeclaration, type FactType, isOfType } from './facts.ts';
import type { Parameter } from './pack.ts';
import type { ProblemCode } from './problem.ts';

/** What a leaf may speak of. A parameter that exists but could not be read is null: it is reported where it stands. */
export interface Words {
  readonly facts: Readonly<Record<string, FactDeclaration>>;
  readonly parameters: ReadonlyMap<string, Parameter | null>;
}
export interface LeafProblem {
  readonly code: ProblemCode;
  readonly at: readonly string[];
  readonly detail: string;
}
interface Declared {
  readonly type: FactType;
  readonly unit?: string;
}

/** The unit a number is counted in; money is always in fen. */
export const unitOf = ({ type, unit }: Declared): string | undefined => (type === 'fen' ? 'fen' : unit);
export const isNumeric = (type: FactType): boolean => type === 'integer' || type === 'decimal' || type === 'fen';

const isPlainNumber = (type: FactType) => type === 'integer' || type === 'decimal';
const isSame = (left: FactType, right: FactType) => left === right || (isPlainNumber(left) && isPlainNumber(right));
const isCode = (type: FactType) => type === 'code' || type === 'text';

const fits = (takes: 'same' | 'list' | 'element', left: FactType, right: FactType): boolean => {
  if (takes === 'same') return isSame(left, right);
  return takes === 'element' ? isCode(right) : right === 'codes' && (isCode(left) || left === 'codes');
};

/** Everything wrong with the meaning of one comparison. */
export const leafProblems = (leaf: Leaf, words: Words): LeafProblem[] => {
  const found: LeafProblem[] = [];
  const report = (code: ProblemCode, at: readonly string[], detail: string) => found.push({ code, at, detail });
  const factOf = (id: string, at: readonly string[]) => {
    if (Object.hasOwn(words.facts, id)) return words.facts[id];
    report('UNKNOWN_FACT', at, id);
    return undefined;
  };
  const parameterOf = (id: string, at: readonly string[]) => {
    if (!words.parameters.has(id)) report('UNKNOWN_PARAMETER', at, id);
    return words.parameters.get(id) ?? undefined;
  };
  const left = factOf(leaf.fact, ['fact']);
  const known = Object.hasOwn(operators, leaf.operator) ? operators[leaf.operator] : undefined;
  const operator = known?.authored ? known : undefined;
  if (!operator) report('UNKNOWN_OPERATOR', ['operator'], leaf.operator);
  else if (left && !operator.types.includes(left.type))
    report('OPERATOR_TYPE', ['operator'], `${leaf.operator}, ${leaf.fact}: ${left.type}`);
  const { value } = leaf;
  const sameUnit = (right: Declared, at: readonly string[], name: string) => {
    if (left && isNumeric(left.type) && unitOf(left) !== unitOf(right))
      report('UNIT_MISMATCH', at, `${leaf.fact}: ${unitOf(left)}, ${name}: ${unitOf(right)}`);
  };

  if (isPercent(value)) {
    const whole = factOf(value.of.fact, ['value', 'of', 'fact']);
    if (operator && operator.takes !== 'percent') report('VALUE_TYPE', ['value'], `${leaf.operator}: {percent, of}`);
    if (left && whole && whole.type !== left.type)
      report('VALUE_TYPE', ['value', 'of'], `${value.of.fact}: ${whole.type}, ${leaf.fact}: ${left.type}`);
    else if (whole) sameUnit(whole, ['value', 'of'], value.of.fact);
    if (typeof value.percent === 'number') return found;
    const at = ['value', 'percent', 'parameter'];
    const percent = parameterOf(value.percent.parameter, at);
    if (percent && percent.type !== 'integer') report('VALUE_TYPE', at, `${percent.id}: ${percent.type}`);
    else if (percent && percent.unit !== 'percent')
      report('UNIT_MISMATCH', at, `percent, ${percent.id}: ${percent.unit}`);
    return found;
  }
  const reference = isFactReference(value) ? value.fact : isParameterReference(value) ? value.parameter : undefined;
  const at = isFactReference(value)
    ? ['value', 'fact']
    : isParameterReference(value)
      ? ['value', 'parameter']
      : ['value'];
  const right = isFactReference(value)
    ? factOf(value.fact, at)
    : isParameterReference(value)
      ? parameterOf(value.parameter, at)
      : undefined;
  if (!left || !operator?.types.includes(left.type) || (reference !== undefined && !right)) return found;
  if (operator.takes === 'percent') report('VALUE_TYPE', ['value'], `${leaf.operator}: {percent, of}`);
  else if (right && reference !== undefined) {
    if (!fits(operator.takes, left.type, right.type))
      report('VALUE_TYPE', at, `${leaf.fact}: ${left.type}, ${reference}: ${right.type}`);
    else if (isNumeric(left.type)) sameUnit(right, at, reference);
    if (isParameterReference(value))
      for (const { value: one } of (right as Parameter).values) if (one !== null) checkCodes(one);
  } else {
    const item = left.type === 'codes' ? 'code' : left.type;
    const items: readonly unknown[] | undefined =
      operator.takes === 'list'
        ? Array.isArray(value)
          ? value
          : undefined
        : Array.isArray(value)
          ? undefined
          : [value];
    if (!items?.every(isOfType[item])) report('VALUE_TYPE', ['value'], `${leaf.operator}, ${leaf.fact}: ${left.type}`);
    else checkCodes(value);
  }
  return found;

  function checkCodes(codes: unknown) {
    const strange = left?.values && [codes].flat().filter((code) => !left.values?.includes(String(code)));
    if (strange && strange.length > 0) report('UNKNOWN_CODE', ['value'], `${leaf.fact}: ${strange.join(', ')}`);
  }
};
