import { createBuilder } from '../builder.ts';
import { addDecided } from '../decided.ts';
import { addDecisionTypes } from '../decision.ts';

export const builder = createBuilder();
export const types = addDecisionTypes(builder);
/** Declares a mutation of this subgraph: one input, one decision, one payload. */
export const decided = addDecided(builder, types);
