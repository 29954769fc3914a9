import type { Example } from './example.ts';
import { regimes } from './regimes.ts';

/** What a newcomer is shown: of the first demonstration a read, a question and a refusal, and of each other what only it has. */
export const examples: readonly Example[] = regimes.flatMap((regime) => regime.examples);
