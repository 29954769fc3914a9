import { describe, expect, it } from '@jest/globals';
import type { ParameterUse } from './decision.ts';
import type { FactType } from './facts.ts';
import { wording } from './wording.ts';

const types: Record<string, FactType> = {
  'a.count': 'integer',
  'a.fen': 'fen',
  'a.is': 'boolean',
  'a.code': 'code',
  'a.codes': 'codes',
  'a.text': 'text',
  cap: 'fen',
};
const use = (value: ParameterUse['value']): ParameterUse => ({
  value,
  status: 'stated',
  from: null,
  platformDefault: false,
});
const words = {
  typeOf: (id: string) => types[id],
  parameters: { cap: use(5_000_000), silent: use(null), 'team.size-min': use(5) },
  vocabulary: { senior: { zh: '高级', en: 'senior title' } },
};
const filled = (text: string, facts = {}) => wording({ zh: text, en: text }, words)(facts);

describe('a filled text', () => {
  it.each<[string, object, string, string]>([
    ['{a.count}人', { 'a.count': 5 }, '5人', '5人'],
    ['{a.fen}', { 'a.fen': 5_000_000 }, '50000', '50000'],
    ['{a.fen}', { 'a.fen': 1 }, '0.01', '0.01'],
    ['{a.fen}', { 'a.fen': 1050 }, '10.50', '10.50'],
    ['{a.is}', { 'a.is': true }, '是', 'yes'],
    ['{a.code}', { 'a.code': 'senior' }, '高级', 'senior title'],
    ['{a.code}', { 'a.code': 'toString' }, 'toString', 'toString'],
    ['{a.codes}', { 'a.codes': ['senior', 'x'] }, '高级、x', 'senior title, x'],
    ['已同意：{a.codes}。', { 'a.codes': [] }, '已同意：无。', '已同意：none。'],
    ['{a.text}', { 'a.text': 'senior {cap} $&' }, 'senior {cap} $&', 'senior {cap} $&'],
    ['{a.text}', {}, '（未知）', '(unknown)'],
    ['≤{cap}, {silent}, {team.size-min}.', {}, '≤50000, （未规定）, 5.', '≤50000, (not specified), 5.'],
    ['{not closed', {}, '{not closed', '{not closed'],
  ])('%s with %p', (text, facts, zh, en) => {
    expect(filled(text, facts)).toEqual({ zh, en });
  });
});
