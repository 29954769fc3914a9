import { type Facts, type FactType, type FactValue, isOfType } from '../../policies/facts.ts';
import type { Release } from '../../policies/pack.ts';
import { type Bilingual, UserError } from '../user-error.ts';
import { type CataloguePoint, factOf } from './fact.ts';

/** What was said about facts, sorted into what can be used and what is wrong with the rest. */
export interface Supposed {
  /** Undefined for a fact that is supposed not to be known. */
  readonly facts: Facts;
  readonly unknown: readonly string[];
  readonly wrongTypes: readonly string[];
  readonly errors: readonly UserError[];
}

const mistake = (code: string, fact: string, text: Bilingual) => new UserError(code, ['facts', fact], text);

const shown = (value: unknown) => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** The type of a fact as the packs froze it, else as the catalogue has it; null for a word that nobody knows. */
function typeOf(id: string, releases: readonly Release[]): FactType | null {
  for (const { facts } of releases) if (Object.hasOwn(facts, id)) return facts[id]?.type ?? null;
  return factOf(id)?.type ?? null;
}

function codeProblem(id: string, value: FactValue): string | null {
  const values = factOf(id)?.values;
  return values
    ? ([value]
        .flat()
        .find((code) => !values.includes(String(code)))
        ?.toString() ?? null)
    : null;
}

/**
 * Checks facts that a caller supposes at a decision point: every word must be known, offered there, and of its type.
 * `null` supposes that a fact is not known.
 *
 * @throws UserError FACTS_INVALID when it is not an object at all
 */
export function supposed(given: unknown, point: CataloguePoint, releases: readonly Release[]): Supposed {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new UserError('FACTS_INVALID', 'facts', {
      zh: 'facts 须为对象：事实编号到取值。',
      en: 'facts must be an object from fact ids to values.',
    });
  }
  const facts: Record<string, FactValue | undefined> = {};
  const [unknown, wrongTypes, errors] = [[] as string[], [] as string[], [] as UserError[]];
  for (const [id, value] of Object.entries(given)) {
    const type = typeOf(id, releases);
    if (!type) {
      unknown.push(id);
      errors.push(
        mistake('FACT_UNKNOWN', id, { zh: `目录中没有事实“${id}”。`, en: `The catalogue has no fact ${id}.` }),
      );
    } else if (!point.facts.includes(id)) {
      errors.push(
        mistake('FACT_NOT_OFFERED', id, {
          zh: `决策点“${point.id}”不使用事实“${id}”。`,
          en: `No rule at ${point.id} may ask ${id}.`,
        }),
      );
    } else if (value === null) {
      facts[id] = undefined;
    } else if (!isOfType[type](value)) {
      wrongTypes.push(id);
      errors.push(
        mistake('FACT_TYPE', id, {
          zh: `事实“${id}”的类型应为 ${type}，不能是 ${shown(value)}。`,
          en: `${id} must be ${type}; ${shown(value)} is not.`,
        }),
      );
    } else {
      const strange = codeProblem(id, value as FactValue);
      if (strange === null) facts[id] = value as FactValue;
      else {
        errors.push(
          mistake('FACT_CODE', id, {
            zh: `事实“${id}”没有取值“${shown(strange)}”。`,
            en: `${id} cannot be ${shown(strange)}; the catalogue lists what it can be.`,
          }),
        );
      }
    }
  }
  return { facts, unknown, wrongTypes, errors };
}
