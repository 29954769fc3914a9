import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Graph, startGraph } from '../harness.ts';
import { tellTaskPlan } from './task-plan.ts';

describe('the journey of a task plan, in one process', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph();
  });
  afterAll(() => graph.stop());
  tellTaskPlan(() => graph);
});
