import { personaOf } from '../sample/personas.ts';
import type { Database } from '../subgraphs/database.ts';
import { graphOn } from './graph.ts';
import { quantile, timed } from './measure.ts';

const LOG = `
  mutation ($input: ServiceRecordLogInput!) {
    serviceRecordLog(input: $input) { serviceRecord { id } decision { outcome } userErrors { code } }
  }`;
const APPOINTMENT = `
  { appointments(first: 1, filter: { status: "active", category: "prefecture", region: "cn-410825", year: 2024 }) {
      edges { node { id from to } } } }`;

/**
 * How long one act takes through the whole graph in one process: who asks, facts of others through the graph, decision by
 * both evaluators, change, record and event in one transaction on the server. Milliseconds at p50 and p99.
 */
export async function benchMutation(database: Database, title: string, acts = 400): Promise<string> {
  const graph = await graphOn(database, () => new Date('2024-12-31T04:00:00Z'));
  try {
    const viewer = { ...personaOf('demo:county-st-dept'), kind: 'user' as const };
    const found = await graph.gateway.execute({ query: APPOINTMENT, viewer });
    const node = (found.data as { appointments: { edges: { node: { id: string; from: string } }[] } }).appointments
      .edges[0]?.node;
    if (!node) throw new Error(`no appointment to act on: ${JSON.stringify(found.errors)}`);
    const act = async (at: number) => {
      const day = new Date(Date.parse(`${node.from}T00:00:00Z`) + (at % 200) * 86_400_000).toISOString().slice(0, 10);
      const input = { appointment: node.id, date: day, mode: 'on-site', days: 1, summary: 'bench', on: day };
      const result = await graph.gateway.execute({ query: LOG, variables: { input }, viewer });
      const payload = result.data?.serviceRecordLog as { decision: { outcome: string } | null } | undefined;
      if (payload?.decision?.outcome !== 'ALLOW') throw new Error(`the act was refused: ${JSON.stringify(result)}`);
    };
    for (let at = 0; at < 50; at += 1) await act(at);
    const times: number[] = [];
    for (let at = 0; at < acts; at += 1) times.push(await timed(() => act(at)));
    const rows = await database.pool.query('select count(*)::int as n from evaluation.service_record');
    const { n } = rows.rows[0] as { n: number };
    return `| ${title} | ${n.toLocaleString('en')} | ${quantile(times, 0.5).toFixed(1)} | ${quantile(times, 0.99).toFixed(1)} |`;
  } finally {
    await graph.settled().catch(() => {});
    await graph.close();
  }
}
