import { placeholders } from './check.ts';
import type { ParameterUse } from './decision.ts';
import type { Facts, FactType, FactValue } from './facts.ts';
import type { Text } from './pack.ts';

type Language = keyof Text;
export interface Words {
  /** The type of a fact or parameter; undefined for what is neither. */
  readonly typeOf: (id: string) => FactType | undefined;
  readonly parameters: Readonly<Record<string, ParameterUse>>;
  readonly vocabulary: Readonly<Record<string, Text>>;
}

const yuan = (fen: number) => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2));

const show = (value: FactValue, type: FactType | undefined, language: Language, { vocabulary }: Words): string => {
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (typeof value === 'number') return type === 'fen' ? yuan(value) : String(value);
  const named = (code: string) => (Object.hasOwn(vocabulary, code) ? vocabulary[code]?.[language] : undefined) ?? code;
  if (typeof value === 'string') return type === 'code' ? named(value) : value;
  if (value.length === 0) return language === 'zh' ? '无' : 'none';
  return value.map(named).join(language === 'zh' ? '、' : ', ');
};

const absent = {
  zh: { fact: '（未知）', parameter: '（未规定）' },
  en: { fact: '(unknown)', parameter: '(not specified)' },
};

interface Slot {
  readonly before: string;
  readonly fact: string;
  readonly type: FactType | undefined;
}

/** A text as what is fixed on the date and the facts between; parameters are filled in once. */
const prepare = (text: string, language: Language, words: Words): { slots: Slot[]; end: string } => {
  const slots: Slot[] = [];
  let fixed = '';
  for (const [at, part] of text.split(placeholders).entries()) {
    const parameter = Object.hasOwn(words.parameters, part) ? words.parameters[part] : undefined;
    const type = words.typeOf(part);
    if (at % 2 === 0) fixed += part;
    else if (parameter && parameter.value === null) fixed += absent[language].parameter;
    else if (parameter) fixed += show(parameter.value as FactValue, type, language, words);
    else {
      slots.push({ before: fixed, fact: part, type });
      fixed = '';
    }
  }
  return { slots, end: fixed };
};

/** The text with its placeholders filled. Money is shown in yuan, codes by the pack's vocabulary. */
export const wording = (text: Text, words: Words): ((facts: Facts) => Text) => {
  const fill = (language: Language) => {
    const { slots, end } = prepare(text[language], language, words);
    return (facts: Facts) => {
      let filled = '';
      for (const { before, fact, type } of slots) {
        const value = facts[fact];
        filled += before + (value === undefined ? absent[language].fact : show(value, type, language, words));
      }
      return filled + end;
    };
  };
  const zh = fill('zh');
  const en = fill('en');
  const fixed = { zh: zh({}), en: en({}) };
  const isFixed = (['zh', 'en'] as const).every(
    (language) => prepare(text[language], language, words).slots.length === 0,
  );
  return isFixed ? () => fixed : (facts) => ({ zh: zh(facts), en: en(facts) });
};
