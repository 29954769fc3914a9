import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Graph, startGraph } from '../harness.ts';
import { tellJourneys } from './all.ts';

describe('the journeys, in one process', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.stop());
  tellJourneys(() => graph);
});
