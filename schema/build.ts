import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue } from '../policies/load.ts';
import { openRegistry } from '../policies/registry.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { compose } from './compose.ts';
import { composeContract } from './contract.ts';
import { changelogWith, namesDigest } from './contract-changelog.ts';
import { partiesOf } from './parties.ts';

/**
 * `npm run schema` writes the composed schemas and the contract of every combination of packs; `npm run schema --
 * --check` fails when the committed ones are stale. What a contract's new text changes goes into its changelog.
 */
const isCheck = process.argv.includes('--check');
const folder = import.meta.dirname;
const contracts = join(folder, 'contracts');
const latest = openRegistry().latest();
const shared = latest.filter(({ pack }) => 'everywhere' in pack.governs);

const composed = compose(subgraphs);
const parties = partiesOf(latest);
const texts = new Map([
  ['supergraph.graphql', composed.supergraph],
  ['api.graphql', composed.api],
  ...parties.map(
    (one) => [`contracts/${one.name}.graphql`, composeContract(subgraphs, one, shared, loadCatalogue())] as const,
  ),
]);

const read = (file: string) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : null);
const stale: string[] = [];
mkdirSync(contracts, { recursive: true });
for (const [file, text] of texts) {
  const before = read(file);
  const log = file.startsWith('contracts/') ? file.replace(/\.graphql$/, '.md') : null;
  if (before !== text || (log && !namesDigest(read(log), text))) stale.push(file);
  if (isCheck) continue;
  if (log) {
    const said = read(log);
    if (!namesDigest(said, text)) writeFileSync(join(folder, log), await changelogWith(log, said, before, text));
  }
  writeFileSync(join(folder, file), text);
  console.log(`schema/${file}: ${text.split('\n').length} lines`);
}
for (const file of readdirSync(contracts)) {
  if (parties.some(({ name }) => file === `${name}.graphql` || file === `${name}.md`)) continue;
  stale.push(`contracts/${file}`);
  if (!isCheck) rmSync(join(contracts, file));
}
if (isCheck) {
  for (const file of stale)
    console.error(`schema/${file} is not what the subgraphs and packs make. Run: npm run schema`);
  process.exitCode = stale.length > 0 ? 1 : 0;
}
