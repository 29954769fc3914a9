import type { Ask } from '../ask.ts';
import type { Asked } from '../forms/form.ts';
import type { LawWords } from '../law.ts';
import { id, type ListKind, number, text } from './list.ts';

interface Indicator {
  readonly id: string;
  readonly title: { readonly zh: string };
  readonly pack: string;
  readonly packVersion: string;
  readonly comparator: string | null;
  readonly target: number | null;
  readonly targetStatus: string;
  readonly platformDefault: boolean;
  readonly value: number | null;
  readonly unit: string | null;
  readonly measured: number | null;
  readonly meeting: number | null;
  readonly expected: number | null;
  readonly completeness: { readonly expected: number; readonly reporting: number } | null;
  readonly norm: string | null;
  readonly notComputed: { readonly zh: string } | null;
  readonly rows: readonly Unit[];
}
/** The figure of one unit. */
interface Unit {
  readonly unit: string;
  readonly region: { readonly name: string } | null;
  readonly team: { readonly name: string } | null;
  readonly value: number | null;
  readonly met: boolean | null;
}
interface UnitOf extends Unit {
  readonly indicator: Indicator;
}

// Not a number of the sheet's: figures have decimals, and an empty cell is not 0.
const figure = (value: number | null) => (value === null ? null : String(value));
const met = (value: boolean | null) => (value === null ? '未知' : value ? '达标' : '未达标');
const title = text<Indicator>('指标', 'title { zh }', (row) => row.title.zh, 40);
const code = text<Indicator>('指标代码', 'id', (row) => row.id, 32);

const columns = [
  title,
  code,
  text<Indicator>('比较', 'comparator', (row) => row.comparator, 10),
  text<Indicator>('目标', 'target', (row) => figure(row.target), 12),
  text<Indicator>(
    '目标依据',
    'targetStatus platformDefault',
    (row, words) => (row.platformDefault ? '平台默认值，非政策规定' : words.title(row.targetStatus)),
    14,
  ),
  text<Indicator>('完成', 'value', (row) => figure(row.value), 12),
  number<Indicator>('应报', 'completeness { expected }', (row) => row.completeness?.expected),
  number<Indicator>('已报', 'completeness { reporting }', (row) => row.completeness?.reporting),
  text<Indicator>('单位', 'unit', (row) => row.unit, 10),
  number<Indicator>('已统计', 'measured', (row) => row.measured),
  number<Indicator>('达标', 'meeting', (row) => row.meeting),
  number<Indicator>('应统计', 'expected', (row) => row.expected),
  text<Indicator>('条款', 'norm', (row) => row.norm, 28),
  text<Indicator>('政策包', 'pack packVersion', (row) => `${row.pack} ${row.packVersion}`, 20),
  text<Indicator>('说明', 'notComputed { zh }', (row) => row.notComputed?.zh, 44),
];

const units = [
  text<UnitOf>('指标', 'title { zh }', (row) => row.indicator.title.zh, 40),
  text<UnitOf>('指标代码', 'id', (row) => row.indicator.id, 32),
  id<UnitOf>('统计对象编号', 'rows { unit }', (row) => row.unit),
  text<UnitOf>('统计对象', 'rows { region { name } team { name } }', (row) => row.region?.name ?? row.team?.name, 24),
  text<UnitOf>('完成', 'rows { value }', (row) => figure(row.value), 12),
  text<UnitOf>('目标', 'target', (row) => figure(row.indicator.target), 12),
  text<UnitOf>('是否达标', 'rows { met }', (row) => met(row.met), 12),
  number<UnitOf>('应报', 'completeness { expected }', (row) => row.indicator.completeness?.expected),
  number<UnitOf>('已报', 'completeness { reporting }', (row) => row.indicator.completeness?.reporting),
];

/** The day within a year as of which its figures are: what is asked, or today, but in that year. */
function day({ year, asOf }: Asked, today: string): string {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const asked = asOf ?? today;
  return asked < first ? first : asked > last ? last : asked;
}

/** Every unit with its figure, measured in one go for each pack in force there. */
async function* rows(
  ask: Ask,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  words: LawWords,
): AsyncGenerator<Indicator> {
  for (const { id: pack, version } of words.packs) {
    yield* (await ask<{ indicatorTable: Indicator[] }>(query, { ...variables, pack, version })).indicatorTable;
  }
}

/** The indicators of the packs that govern a region, with its figures of a year and how complete they are. */
export const indicators: ListKind = {
  needs: ['region', 'year'],
  sheet: '指标报表',
  columns: () => columns,
  query: (asks) => /* GraphQL */ `
    query PaperIndicators($region: ID!, $year: Int!, $asOf: Date, $pack: String!, $version: String) {
      indicatorTable(region: $region, year: $year, asOf: $asOf, pack: $pack, version: $version) { ${asks} }
    }
  `,
  variables: (asked, today) => ({ region: asked.region, year: Number(asked.year), asOf: day(asked, today) }),
  day,
  rows,
  parts: {
    sheet: '各单位指标',
    columns: units,
    of: (indicator: Indicator): UnitOf[] => indicator.rows.map((unit) => ({ ...unit, indicator })),
  },
};
