import { jest } from '@jest/globals';
import type { Graph } from './harness.ts';

/** How many statements each subgraph sends to the database while something is asked; those without any are left out. */
export async function statementsOf(graph: Graph, ask: () => Promise<unknown>): Promise<Record<string, number>> {
  // What acts before it still have to send to the log is not its own.
  await graph.settled();
  const spies = [...graph.subgraphs].flatMap(([name, { orm }]) =>
    orm ? [{ name, execute: jest.spyOn(orm.em.getConnection(), 'execute') }] : [],
  );
  try {
    await ask();
    return Object.fromEntries(
      spies.flatMap(({ name, execute }) => (execute.mock.calls.length > 0 ? [[name, execute.mock.calls.length]] : [])),
    );
  } finally {
    for (const { execute } of spies) execute.mockRestore();
  }
}
