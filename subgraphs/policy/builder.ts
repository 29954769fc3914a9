import { createBuilder } from '../builder.ts';
import { addDecisionTypes } from '../decision.ts';

export const builder = createBuilder();
export const types = addDecisionTypes(builder);
