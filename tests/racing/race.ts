import { expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import type { Decision } from '../../policies/decision.ts';
import { DecisionRecord } from '../../subgraphs/record.ts';
import type { Graph } from '../harness.ts';
import { claims, type RaceName } from './claims.ts';

/** Does the same, or something for each number from 0, so many times at once. */
export const together = <Value>(count: number, work: (at: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => work(at)));

/** As much of an answer as a race looks at, whichever scene asked. */
interface Answer {
  readonly decision: {
    readonly outcome: string;
    readonly findings: readonly { readonly rule: string; readonly outcome: string }[];
  } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

/** Those that were done. */
export const allowed = <Payload extends Answer>(payloads: readonly Payload[]): Payload[] =>
  payloads.filter(({ decision }) => decision?.outcome === 'ALLOW');

const told = ({ decision, userErrors }: Answer): string[] => [
  ...userErrors.map(({ code }) => code),
  ...(decision?.findings ?? []).filter(({ outcome }) => outcome === 'FAIL').map(({ rule }) => rule),
];

/** What those who came too late were told: the rules that stopped them, or the codes of the mistakes; each once, sorted. */
export const losers = (payloads: readonly Answer[]): string[] =>
  [...new Set(payloads.filter(({ decision }) => decision?.outcome !== 'ALLOW').flatMap(told))].sort();

/** Acts with the version that is read now; whoever finds it changed reads it again and insists. */
export async function insisting<Payload extends Answer>(
  version: () => Promise<number>,
  send: (version: number) => Promise<Payload>,
): Promise<Payload> {
  for (;;) {
    const payload = await send(await version());
    if (payload.userErrors[0]?.code !== 'STALE_VERSION') return payload;
  }
}

/** The tables of a subgraph, to see what is really there. */
export function tablesOf(graph: Graph, name: string) {
  const subgraph = graph.subgraphs.get(name);
  if (!subgraph) throw new Error(`no ${name} subgraph`);
  return subgraph.orm.em.fork();
}

/** The rules that decisions made since an id judged, each with the point. */
async function judged(graph: Graph, since: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { orm } of graph.subgraphs.values()) {
    const rows = await orm.em.fork().find(DecisionRecord, { id: { $gt: since } }, { fields: ['record'] });
    for (const { record } of rows) {
      const { point, findings } = JSON.parse(record) as Decision;
      for (const { rule, outcome } of findings) {
        if (outcome === 'pass' || outcome === 'fail') found.add(`${point} ${rule}`).add(`* ${rule}`);
      }
    }
  }
  return found;
}

/**
 * What a file of races writes in place of `it`: a test under the name by which `claims.ts` says what it races. It fails,
 * too, when a rule that it claims was judged at the point by none of its acts.
 */
export const racing =
  (graph: () => Graph) =>
  (name: RaceName, work: () => Promise<void>): void => {
    it(name, async () => {
      const since = uuid();
      await work();
      const rules = await judged(graph(), since);
      const idle = Object.entries<readonly string[]>(claims[name])
        .flatMap(([point, claimed]) => claimed.map((rule) => `${point} ${rule}`))
        .filter((key) => !rules.has(key));
      expect({ claimedButNotJudged: idle }).toEqual({ claimedButNotJudged: [] });
    });
  };
