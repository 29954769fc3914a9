import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isDate } from './facts.ts';
import { below, capped, type PackProblem, type ProblemCode, problem } from './problem.ts';

const schemaOf = (name: string): object => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });
ajv.addVocabulary(['markdownDescription']);
ajv.addFormat('date', isDate);
ajv.addSchema(schemaOf('pack.schema.json'));
ajv.addSchema(schemaOf('catalogue.schema.json'));

/** A kind of file: a definition of pack.schema.json, or of catalogue.schema.json. */
export type Kind =
  | 'pack'
  | 'sources'
  | 'parameter'
  | 'rule'
  | 'conditions'
  | 'roles'
  | 'chain'
  | 'indicator'
  | 'obligation'
  | 'baseline'
  | 'cases'
  | 'coverage'
  | 'clauses'
  | 'withdrawals'
  | 'release'
  | 'factsFile'
  | 'points';

const fixed: Readonly<Record<string, Kind>> = {
  'pack.json': 'pack',
  'sources.json': 'sources',
  'conditions.json': 'conditions',
  'roles.json': 'roles',
  'coverage.json': 'coverage',
  'clauses.json': 'clauses',
};
const folders: Readonly<Record<string, Kind>> = {
  parameters: 'parameter',
  rules: 'rule',
  chains: 'chain',
  indicators: 'indicator',
  obligations: 'obligation',
  baselines: 'baseline',
  cases: 'cases',
};

/** What a file of a pack is, by its place; undefined where a pack has no file. */
export const kindOf = (file: string): Kind | undefined => {
  if (Object.hasOwn(fixed, file)) return fixed[file];
  const [, folder, stem] = /^([a-z]+)\/([a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*)\.json$/.exec(file) ?? [];
  return stem !== undefined && folder !== undefined && Object.hasOwn(folders, folder) ? folders[folder] : undefined;
};

/** The file's name without folder and ending. */
export const stemOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1, -'.json'.length);

const validators = new Map<Kind, ValidateFunction>();
const validatorOf = (kind: Kind): ValidateFunction => {
  const schema = kind === 'factsFile' || kind === 'points' ? 'tepai:catalogue' : 'tepai:pack';
  const validator = validators.get(kind) ?? ajv.compile({ $ref: `${schema}#/$defs/${kind}` });
  validators.set(kind, validator);
  return validator;
};

const refusedInConditions = new Set(['path', 'params', 'priority', 'name']);
const conditionKeys = new Set(['all', 'any', 'not', 'condition', 'fact', 'operator', 'value']);

const isInCondition = (kind: Kind, path: string) =>
  kind === 'conditions' || /^(\/rules\/[0-9]+)?\/(requires|appliesWhen)(\/|$)/.test(path);

const codeOf = (kind: Kind, error: ErrorObject, extra: string | undefined): ProblemCode => {
  if (error.keyword === 'format') return 'NOT_A_DATE';
  const inCondition = isInCondition(kind, error.instancePath);
  if (inCondition && error.keyword === 'minItems' && /\/(all|any)$/.test(error.instancePath)) return 'EMPTY_CONDITION';
  if (inCondition && extra !== undefined && refusedInConditions.has(extra)) return 'REFUSED_KEY';
  if (inCondition && extra !== undefined && conditionKeys.has(extra)) return 'AMBIGUOUS_CONDITION';
  return 'SHAPE';
};

/** Everything wrong with the shape of a parsed file; an empty list means that it has the type its kind says. */
export const shapeProblems = (kind: Kind, file: string, value: unknown): PackProblem[] => {
  const validate = validatorOf(kind);
  if (validate(value)) return [];
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames');
  return capped(errors, file, (error) => {
    const extra = (error.params as { additionalProperty?: string }).additionalProperty;
    const path = extra === undefined ? error.instancePath : below(error.instancePath, extra);
    const code = codeOf(kind, error, extra);
    const shown = error.propertyName === undefined ? '' : ` '${error.propertyName}'`;
    return problem(code, file, path, code === 'SHAPE' ? `${error.message ?? error.keyword}${shown}` : (extra ?? path));
  });
};
