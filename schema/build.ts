import { readFileSync, writeFileSync } from 'node:fs';
import { subgraphs } from '../subgraphs/index.ts';
import { compose } from './compose.ts';

/** `npm run schema` writes the composed schemas; `npm run schema -- --check` fails when the committed ones are stale. */
const composed = compose(subgraphs);
const files = { 'supergraph.graphql': composed.supergraph, 'api.graphql': composed.api };
let stale = false;
for (const [name, text] of Object.entries(files)) {
  const path = new URL(name, import.meta.url);
  if (process.argv.includes('--check')) {
    if (readFileSync(path, 'utf8') !== text) {
      console.error(`schema/${name} is not what the subgraphs compose to. Run: npm run schema`);
      stale = true;
    }
  } else {
    writeFileSync(path, text);
    console.log(`schema/${name}: ${text.split('\n').length} lines`);
  }
}
process.exitCode = stale ? 1 : 0;
