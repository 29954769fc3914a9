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

const show = (value: FactValue, type: FactType | undefined, language: Language, words: Words): string => {
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (typeof value === 'number') return type === 'fen' ? yuan(value) : String(value);
  const named = (code: string) =>
    Object.hasOwn(words.vocabulary, code) ? words.vocabulary[code]?.[language] : undefined;
  if (typeof value === 'string') return type === 'code' ? (named(value) ?? value) : value;
  return value.map((code) => named(code) ?? code).join(language === 'zh' ? '、' : ', ');
};

/** The filled text, or the text itself where it has nothing to fill. Money is shown in yuan, codes by the pack's vocabulary. */
export const wording = (text: Text, words: Words): ((facts: Facts) => Text) => {
  const fill = (language: Language) => {
    const parts = text[language].split(placeholders);
    return (facts: Facts) =>
      parts
        .map((part, at) => {
          if (at % 2 === 0) return part;
          const parameter = Object.hasOwn(words.parameters, part) ? words.parameters[part] : undefined;
          const value = parameter ? parameter.value : facts[part];
          if (value !== undefined && value !== null) return show(value, words.typeOf(part), language, words);
          if (parameter) return language === 'zh' ? '（未规定）' : '(not specified)';
          return language === 'zh' ? '（未知）' : '(unknown)';
        })
        .join('');
  };
  if (text.zh.search(placeholders) < 0 && text.en.search(placeholders) < 0) return () => text;
  const zh = fill('zh');
  const en = fill('en');
  return (facts) => ({ zh: zh(facts), en: en(facts) });
};
