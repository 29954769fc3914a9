import { examples } from './examples.ts';
import { regimes } from './regimes.ts';

/**
 * Prints what a newcomer needs: the addresses, who a visitor can be, and what there is to try. `tabs` says whether the
 * explorer holds the operations.
 */
export function announce(address: string, { tabs }: { readonly tabs: boolean }): void {
  const inTabs = tabs ? '; the operations below are its tabs, each with a token' : '';
  console.log(`
graph      ${address}/graphql
explorer   ${address}/explorer   (works without internet${inTabs})
schema     ${address}/schema.graphql
contracts  ${address}/contracts   (what the frontend of each region sees)

Who you can be, in each of four demonstrations. A token for a header "Authorization: Bearer ...", valid for 30 days,
is printed by: npm -s start -- --token <persona>`);
  const width = Math.max(...regimes.flatMap(({ personas }) => personas.map(({ subject }) => subject.length)));
  for (const { title, stands, personas } of regimes) {
    console.log(`\n${title}: ${stands}`);
    for (const { subject, title: of } of personas) console.log(`  ${subject.padEnd(width)}  ${of.en} (${of.zh})`);
  }
  console.log('\nTo try (the operations are printed by: npm -s start -- --examples):');
  for (const { title, persona } of examples) console.log(`  ${persona.padEnd(width)}  ${title}`);
  console.log('\nCtrl-C stops it; nothing is lost.');
}

/** The same operations for the explorer's tabs, each with its persona's token. */
export function explorerTabs(tokens: ReadonlyMap<string, string>) {
  return examples.map(({ query, variables, persona }) => {
    const token = tokens.get(persona);
    return { query, ...(variables ? { variables } : {}), ...(token ? { token } : {}) };
  });
}
