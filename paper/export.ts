import { type Ask, pages } from './ask.ts';
import type { ExportKind } from './exports.ts';
import type { Asked } from './imports.ts';
import { type LawWords, lawWords } from './law.ts';
import type { Written, WrittenSheet } from './spreadsheet.ts';

async function* nodesOf(
  ask: Ask,
  kind: ExportKind,
  variables: Readonly<Record<string, unknown>>,
): AsyncGenerator<unknown> {
  if (kind.nodes) yield* kind.nodes((await ask(kind.query, variables)) as never);
  else yield* pages<unknown>(ask, kind.query, variables);
}

/** Where the figures come from: what was asked, under which law, and what was read when. */
function source(
  kind: ExportKind,
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
    for (const { id: pack, version, digest } of words.packs) yield line('政策包', `${pack} ${version} ${digest}`);
    yield line('查询变量', JSON.stringify(variables));
    yield line('查询', kind.query.trim());
  }
  return {
    name: '出处',
    columns: [
      { title: '项目', type: 'text', width: 14 },
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
  kind: ExportKind,
  asked: Asked,
  now: () => Date,
  today: string,
): Promise<readonly WrittenSheet[]> {
  const region = asked.region ?? asked.county ?? asked.prefecture;
  const words = await lawWords(ask, region, asked.asOf ?? today);
  const variables = kind.variables(asked, today);
  const from = now();
  let count = 0;
  const nodes = nodesOf(ask, kind, variables);
  let next = await nodes.next();
  async function* rows(): AsyncGenerator<Written[]> {
    for (; !next.done; next = await nodes.next()) {
      count += 1;
      yield kind.cells(next.value as never, words).map((value) => ({ value: value ?? null }));
    }
  }
  return [
    { name: kind.sheet, columns: kind.columns, rows: rows() },
    source(kind, variables, words, () => ({ from, to: now(), rows: count })),
  ];
}
