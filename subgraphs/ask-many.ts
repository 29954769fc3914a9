import { validate } from 'uuid';
import type { GraphQuery } from './context.ts';

// The gateway takes no more root fields than this in one operation.
const AT_ONCE = 20;

/** A root field `field(id)` of the graph, and what is wanted of each object. */
export interface Wanted {
  readonly field: string;
  /** May use `$on` where it needs the day. */
  readonly selection: string;
}

function documentFor({ field, selection }: Wanted, count: number, dated: boolean): string {
  const places = Array.from({ length: count }, (_, at) => at);
  const ids = places.map((at) => `$id${at}: ID!`).join(', ');
  const fields = places.map((at) => `n${at}: ${field}(id: $id${at}) { ${selection} }`).join('\n');
  return `query AskMany(${ids}${dated ? ', $on: Date' : ''}) {\n${fields}\n}`;
}

/** Those ids that can be ids: a text that is none leads nowhere, and must not make the graph fail. */
export const possibleIds = (ids: readonly string[]): string[] => ids.filter((id) => validate(id));

/** Asks the graph for many objects of one kind by id, in as few operations as it takes. Ids without one are left out. */
export async function askMany<Found>(
  graph: GraphQuery,
  wanted: Wanted,
  ids: readonly string[],
  on: string,
): Promise<Map<string, Found>> {
  const dated = wanted.selection.includes('$on');
  const parts: string[][] = [];
  for (let start = 0; start < ids.length; start += AT_ONCE) parts.push(ids.slice(start, start + AT_ONCE));
  const answers = await Promise.all(
    parts.map((part) =>
      graph<Record<string, Found | null>>(documentFor(wanted, part.length, dated), {
        ...Object.fromEntries(part.map((id, at) => [`id${at}`, id])),
        ...(dated ? { on } : {}),
      }),
    ),
  );
  const found = new Map<string, Found>();
  for (const [number, part] of parts.entries()) {
    for (const [at, id] of part.entries()) {
      const one = answers[number]?.[`n${at}`];
      if (one) found.set(id, one);
    }
  }
  return found;
}
