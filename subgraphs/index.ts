import { evaluation } from './evaluation/subgraph.ts';
import { personnel } from './personnel/subgraph.ts';
import { policy } from './policy/subgraph.ts';
import { projectsFunding } from './projects-funding/subgraph.ts';
import type { SubgraphDefinition } from './serve.ts';

/** The subgraphs of the graph, in the order in which they start. */
export const subgraphs: readonly SubgraphDefinition[] = [personnel, projectsFunding, evaluation, policy];
