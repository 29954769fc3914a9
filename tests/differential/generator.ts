import { digestOf } from '../../policies/canonical.ts';
import { type Condition, type Leaf, type LeafValue, type OperatorName, operators } from '../../policies/condition.ts';
import type { FactDeclaration, FactType, FactValue } from '../../policies/facts.ts';
import type { Effect, Parameter, Release, Rule } from '../../policies/pack.ts';

/** A small seeded generator (mulberry32): a failure names its seed and can be run again. */
export const randomOf = (seed: number) => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    chance: (share: number) => next() < share,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
  };
};
export type Random = ReturnType<typeof randomOf>;

export const facts: Readonly<Record<string, FactDeclaration>> = {
  'row.count': { type: 'integer', unit: 'person' },
  'row.total': { type: 'integer', unit: 'person' },
  'row.spent': { type: 'fen' },
  'row.granted': { type: 'fen' },
  'row.score': { type: 'decimal', unit: 'point' },
  'row.share': { type: 'decimal', unit: 'point' },
  'row.begins': { type: 'date' },
  'row.ends': { type: 'date' },
  'row.open': { type: 'boolean' },
  'row.paid': { type: 'boolean' },
  'row.kind': { type: 'code' },
  'row.level': { type: 'code' },
  'row.name': { type: 'text' },
  'row.tags': { type: 'codes' },
  'row.fields': { type: 'codes' },
};

const codes = ['a', 'b', 'c', 'd', `o'"\\?`];
const dates = ['2019-12-31', '2020-01-01', '2020-02-29', '2021-06-15', '2021-06-16'];
const money = [0, 1, 99, 100, 5000000, 90071992547409, 9007199254740991];

/** A value of a type, from few enough that equal ones meet often. */
export const valueIn = (type: FactType, random: Random): FactValue => {
  if (type === 'boolean') return random.chance(0.5);
  if (type === 'integer') return random.below(8) - 1;
  if (type === 'fen') return random.pick(money);
  if (type === 'decimal') return random.pick([-0.5, 0, 0.1, 0.3, 1, 1.5, 2]);
  if (type === 'date') return random.pick(dates);
  if (type === 'codes') return codes.filter(() => random.chance(0.4));
  return random.pick(codes);
};

const citation = { document: 'law', article: '1', phrase: 'shall' };
const text = { zh: '甲', en: 'A' };
const parameter = (
  id: string,
  type: FactType,
  unit: string | undefined,
  values: readonly [string, FactValue | null][],
): Parameter => ({
  id,
  title: text,
  type,
  ...(unit ? { unit } : {}),
  status: values.length > 0 ? 'stated' : 'silent',
  values: values.map(([from, value]) => ({ from, value, citation })),
});
const parameters: readonly Parameter[] = [
  parameter('limit.count', 'integer', 'person', [
    ['2020-01-01', 3],
    ['2021-01-01', 4],
    ['2022-01-01', null],
  ]),
  parameter('limit.money', 'fen', undefined, [
    ['2020-01-01', 100],
    ['2021-06-01', 5000000],
  ]),
  parameter('limit.score', 'decimal', 'point', [['2020-01-01', 0.3]]),
  parameter('limit.date', 'date', undefined, [['2020-01-01', '2020-02-29']]),
  parameter('limit.percent', 'integer', 'percent', [
    ['2020-01-01', 15],
    ['2021-01-01', 150],
  ]),
  parameter('limit.code', 'code', undefined, [['2020-01-01', 'b']]),
  parameter('limit.codes', 'codes', undefined, [['2020-01-01', ['a', 'b']]]),
  parameter('silent.count', 'integer', 'person', []),
  parameter('silent.codes', 'codes', undefined, []),
];

const authored = (Object.keys(operators) as OperatorName[]).filter((name) => operators[name].authored);
const unitOf = ({ type, unit }: { type: FactType; unit?: string }) => (type === 'fen' ? 'fen' : unit);
const others = (fact: string, type: FactType) =>
  Object.keys(facts).filter(
    (id) => id !== fact && facts[id]?.type === type && unitOf(facts[id]) === unitOf(facts[fact] ?? { type }),
  );
const having = (type: FactType, unit: string | undefined) =>
  parameters.filter((one) => one.type === type && unitOf(one) === unit).map(({ id }) => id);

/** A comparison that a pack may make. */
export const leafOf = (random: Random): Leaf => {
  const fact = random.pick(Object.keys(facts));
  const declared = facts[fact] as FactDeclaration;
  const { type } = declared;
  const operator = random.pick(authored.filter((name) => operators[name].types.includes(type)));
  const { takes } = operators[operator];
  const refer = (right: FactType, unit: string | undefined, literal: () => LeafValue): LeafValue => {
    const twins = others(fact, right);
    const known = having(right, unit);
    if (random.chance(0.3) && twins.length > 0) return { fact: random.pick(twins) };
    return random.chance(0.4) && known.length > 0 ? { parameter: random.pick(known) } : literal();
  };
  if (takes === 'percent') {
    const percent = random.chance(0.5) ? { parameter: 'limit.percent' } : random.pick([0, 15, 100, 150]);
    const [of = fact] = others(fact, type);
    return { fact, operator, value: { percent, of: { fact: of } } };
  }
  if (takes === 'same') return { fact, operator, value: refer(type, unitOf(declared), () => valueIn(type, random)) };
  const item: FactType = type === 'codes' ? 'code' : type;
  const list = () => [...new Set([valueIn(item, random), valueIn(item, random)])] as string[];
  if (takes === 'element') return { fact, operator, value: refer('code', undefined, () => valueIn('code', random)) };
  const isCode = item === 'code' || item === 'text';
  return { fact, operator, value: isCode ? refer('codes', undefined, list) : list() };
};

/** A condition of bounded depth. */
export const conditionOf = (random: Random, depth: number): Condition => {
  const kind = depth === 0 ? 3 : random.below(6);
  if (kind > 2) return leafOf(random);
  if (kind === 2) return { not: conditionOf(random, depth - 1) };
  const parts = Array.from({ length: 1 + random.below(3) }, () => conditionOf(random, depth - 1));
  return kind === 0 ? { all: parts } : { any: parts };
};

const effects: readonly Effect[] = ['deny', 'deny', 'override', 'flag', 'rank'];

/** A rule of the point `row`. */
export const ruleOf = (id: string, effect: Effect, random: Random, depth: number): Rule => ({
  id,
  title: text,
  force: 'hard',
  on: ['row'],
  ...(random.chance(0.4) ? { appliesWhen: conditionOf(random, depth) } : {}),
  requires: conditionOf(random, depth),
  effect,
  ...(effect === 'override' ? { override: { roles: ['chief'] } } : {}),
  message: text,
  remedy: text,
  citation,
  effective: random.chance(0.1) ? { from: '2020-01-01', to: '2021-06-15' } : { from: '2020-01-01' },
});

/** A release with these rules; valid in shape and meaning. */
export const releaseOf = (rules: readonly Rule[]): Release => {
  const law = {
    format: 1,
    pack: {
      id: 'invented',
      version: '1.0.0',
      title: text,
      governs: { everywhere: true },
      effective: { from: '2020-01-01', basis: 'stated' },
      stewards: ['nobody'],
      vocabulary: {},
    },
    sources: [{ id: 'law', title: text, issued: { basis: 'unknown' }, digest: '0'.repeat(64) }],
    parameters,
    rules,
    roles: [],
    chains: [],
    indicators: [],
    obligations: [],
    facts,
  } as const;
  return { ...law, digest: digestOf(law) } as Release;
};

/** A release of one to three random rules. */
export const randomRelease = (random: Random): Release =>
  releaseOf(
    Array.from({ length: 1 + random.below(2) }, (_, at) => ruleOf(`invented.r${at}`, random.pick(effects), random, 2)),
  );

/** Facts of which a share is absent. */
export const randomFacts = (random: Random, absent: number): Record<string, FactValue> => {
  const given: Record<string, FactValue> = {};
  for (const [id, { type }] of Object.entries(facts)) if (!random.chance(absent)) given[id] = valueIn(type, random);
  return given;
};

export const asOfs = ['2020-01-01', '2020-12-31', '2021-06-15', '2021-06-16', '2022-01-01'];
