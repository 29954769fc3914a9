import type { Ask } from './ask.ts';
import { type InContract, isForeign } from './contract.ts';
import type { Asked } from './forms/form.ts';
import { type LawWords, lawWords } from './law.ts';
import { type ListColumn, type ListKind, rowsOf } from './lists/list.ts';
import type { Written, WrittenSheet } from './spreadsheet.ts';

/** What of a list a caller gets: all of it, or what his contract has. */
interface Shape {
  readonly columns: readonly ListColumn[];
  readonly parts: readonly ListColumn[];
  readonly query: string;
  /** Titles of the columns that his contract has not got. */
  readonly leftOut: readonly string[];
}

function shapeOf(kind: ListKind, columns: readonly ListColumn[], parts: readonly ListColumn[]): Shape {
  const asks = new Set([...columns, ...parts].map((column) => column.ask));
  return { columns, parts, query: kind.query([...asks].join(' ')), leftOut: [] };
}

/** The part of a list that is in the caller's contract. Throws the refusal again when that is none of it. */
async function narrowed(ask: Ask, inContract: InContract, kind: ListKind, whole: Shape, refusal: unknown) {
  if (!isForeign(refusal)) throw refusal;
  const seen = (columns: readonly ListColumn[]) =>
    inContract(ask, refusal, columns, (column) => kind.query(column.ask));
  const shape = shapeOf(kind, await seen(whole.columns), await seen(whole.parts));
  if (shape.columns.length === 0) throw refusal;
  const kept = new Set([...shape.columns, ...shape.parts]);
  const leftOut = [...whole.columns, ...whole.parts].filter((column) => !kept.has(column)).map(({ title }) => title);
  return { ...shape, leftOut: [...new Set(leftOut)] };
}

/** Where the figures come from: what was asked, under which law, and what was read when. */
function source(
  shape: Shape,
  variables: object,
  words: LawWords,
  read: () => { from: Date; to: Date; rows: number },
): WrittenSheet {
  function* rows(): Generator<Written[]> {
    // Made when the rows are through: the sheets are written one after another.
    const { from, to, rows: count } = read();
    const line = (name: string, value: string) => [{ value: name }, { value }];
    yield line('读取开始', from.toISOString());
    yield line('读取结束', to.toISOString());
    yield line('行数', String(count));
    if (shape.leftOut.length > 0) yield line('本地接口合约中没有的列', shape.leftOut.join('、'));
    for (const { id: pack, version, digest } of words.packs) yield line('政策包', `${pack} ${version} ${digest}`);
    yield line('查询变量', JSON.stringify(variables));
    yield line('查询', shape.query.trim());
  }
  return {
    name: '出处',
    columns: [
      { title: '项目', type: 'text', width: 22 },
      { title: '内容', type: 'text', width: 100 },
    ],
    rows: rows(),
  };
}

/**
 * The sheets of a list: its rows as the caller may see them, and last where they come from. Nothing is read before the
 * rows are; the first is read at once, so that a refusal comes before anything is sent.
 */
export async function exportSheets(
  ask: Ask,
  inContract: InContract,
  kind: ListKind,
  asked: Asked,
  now: () => Date,
  today: string,
): Promise<readonly WrittenSheet[]> {
  const region = asked.region ?? asked.county ?? asked.prefecture;
  const words = await lawWords(ask, region, kind.day?.(asked, today) ?? asked.asOf ?? today);
  const variables = kind.variables(asked, today);
  const from = now();
  const open = (of: Shape) => rowsOf(ask, kind, of.query, variables, words)[Symbol.asyncIterator]();
  let shape = shapeOf(kind, kind.columns(asked), kind.parts?.columns ?? []);
  let nodes = open(shape);
  let next = await nodes.next().catch(async (refusal) => {
    shape = await narrowed(ask, inContract, kind, shape, refusal);
    nodes = open(shape);
    return nodes.next();
  });
  let count = 0;
  const parts: unknown[] = [];
  const cellsOf = (columns: readonly ListColumn[], row: unknown) =>
    columns.map(({ of }): Written => ({ value: of(row as never, words) ?? null }));
  async function* rows(): AsyncGenerator<Written[]> {
    for (; !next.done; next = await nodes.next()) {
      count += 1;
      yield cellsOf(shape.columns, next.value);
      for (const part of kind.parts?.of(next.value as never) ?? []) parts.push(part);
    }
  }
  function* partRows(): Generator<Written[]> {
    for (const part of parts) yield cellsOf(shape.parts, part);
  }
  return [
    { name: kind.sheet, columns: shape.columns, rows: rows() },
    ...(kind.parts && shape.parts.length > 0
      ? [{ name: kind.parts.sheet, columns: shape.parts, rows: partRows() }]
      : []),
    source(shape, variables, words, () => ({ from, to: now(), rows: count })),
  ];
}
