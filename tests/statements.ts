import { jest } from '@jest/globals';
import type { Graph } from './harness.ts';

/** Whether the statuses have changed is asked every two seconds, whoever asks for what. */
const isByTheClock = (statement: unknown) => String(statement).includes('as revision');

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
      spies.flatMap(({ name, execute }) => {
        const sent = execute.mock.calls.filter(([statement]) => !isByTheClock(statement)).length;
        return sent > 0 ? [[name, sent]] : [];
      }),
    );
  } finally {
    for (const { execute } of spies) execute.mockRestore();
  }
}
