import {
  isFactReference,
  isParameterReference,
  isPercent,
  type Leaf,
  type Operator,
  operators,
  type PercentValue,
} from './condition.ts';
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

type Report = (code: ProblemCode, at: readonly string[], detail: string) => void;

/** A comparison whose left side and operator are understood. */
interface Understood {
  readonly leaf: Leaf;
  readonly left: FactDeclaration;
  readonly operator: Operator;
  readonly words: Words;
  readonly report: Report;
}

const factOf = (id: string, at: readonly string[], { facts }: Words, report: Report): FactDeclaration | undefined => {
  if (!Object.hasOwn(facts, id)) report('UNKNOWN_FACT', at, id);
  else return facts[id];
};
const parameterOf = (id: string, at: readonly string[], { parameters }: Words, report: Report) => {
  if (!parameters.has(id)) report('UNKNOWN_PARAMETER', at, id);
  return parameters.get(id) ?? undefined;
};

const checkUnit = (right: Declared, name: string, at: readonly string[], { leaf, left, report }: Understood) => {
  if (isNumeric(left.type) && unitOf(left) !== unitOf(right))
    report('UNIT_MISMATCH', at, `${leaf.fact}: ${unitOf(left)}, ${name}: ${unitOf(right)}`);
};
const checkCodes = (codes: unknown, { leaf, left: { values }, report }: Understood) => {
  const strange = values ? [codes].flat().filter((code) => !values.includes(String(code))) : [];
  if (strange.length > 0) report('UNKNOWN_CODE', ['value'], `${leaf.fact}: ${strange.join(', ')}`);
};

const checkPercent = ({ percent, of }: PercentValue, understood: Understood) => {
  const { leaf, left, operator, words, report } = understood;
  if (operator.takes !== 'percent') report('VALUE_TYPE', ['value'], `${leaf.operator}: {percent, of}`);
  const whole = factOf(of.fact, ['value', 'of', 'fact'], words, report);
  if (whole && whole.type !== left.type)
    report('VALUE_TYPE', ['value', 'of'], `${of.fact}: ${whole.type}, ${leaf.fact}: ${left.type}`);
  else if (whole) checkUnit(whole, of.fact, ['value', 'of'], understood);
  if (typeof percent === 'number') return;
  const at = ['value', 'percent', 'parameter'];
  const share = parameterOf(percent.parameter, at, words, report);
  if (share && share.type !== 'integer') report('VALUE_TYPE', at, `${share.id}: ${share.type}`);
  else if (share && share.unit !== 'percent') report('UNIT_MISMATCH', at, `percent, ${share.id}: ${share.unit}`);
};

const checkDeclared = (right: Declared, name: string, at: readonly string[], understood: Understood) => {
  const { leaf, left, operator, report } = understood;
  const isFitting = operator.takes !== 'percent' && fits(operator.takes, left.type, right.type);
  if (isFitting) checkUnit(right, name, at, understood);
  else report('VALUE_TYPE', at, `${leaf.operator}, ${leaf.fact}: ${left.type}, ${name}: ${right.type}`);
};

const checkLiteral = (value: unknown, understood: Understood) => {
  const { leaf, left, operator, report } = understood;
  const isOfItem = isOfType[left.type === 'codes' ? 'code' : left.type];
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isFitting = operator.takes !== 'percent' && Array.isArray(value) === (operator.takes === 'list');
  if (isFitting && items.every(isOfItem)) checkCodes(value, understood);
  else report('VALUE_TYPE', ['value'], `${leaf.operator}, ${leaf.fact}: ${left.type}`);
};

const checkValue = ({ value }: Leaf, understood: Understood) => {
  const { words, report } = understood;
  if (isPercent(value)) return checkPercent(value, understood);
  if (isFactReference(value)) {
    const at = ['value', 'fact'];
    const right = factOf(value.fact, at, words, report);
    return right && checkDeclared(right, value.fact, at, understood);
  }
  if (!isParameterReference(value)) return checkLiteral(value, understood);
  const at = ['value', 'parameter'];
  const right = parameterOf(value.parameter, at, words, report);
  if (!right) return;
  checkDeclared(right, value.parameter, at, understood);
  for (const one of [...right.values, right.platformDefault ?? { value: null }])
    if (one.value !== null) checkCodes(one.value, understood);
};

/** Everything wrong with the meaning of one comparison. Its value is only looked at if the rest is understood. */
export const leafProblems = (leaf: Leaf, words: Words): LeafProblem[] => {
  const found: LeafProblem[] = [];
  const report: Report = (code, at, detail) => void found.push({ code, at, detail });
  const left = factOf(leaf.fact, ['fact'], words, report);
  const operator = Object.hasOwn(operators, leaf.operator) ? operators[leaf.operator] : undefined;
  if (!operator?.authored) report('UNKNOWN_OPERATOR', ['operator'], leaf.operator);
  else if (left && !operator.types.includes(left.type))
    report('OPERATOR_TYPE', ['operator'], `${leaf.operator}, ${leaf.fact}: ${left.type}`);
  else if (left) checkValue(leaf, { leaf, left, operator, words, report });
  return found;
};
