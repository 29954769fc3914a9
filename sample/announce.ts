import { examples } from './examples.ts';
import { personas } from './personas.ts';

/** Prints what a newcomer needs: the addresses, a token for each persona, and three operations to paste. */
export function announce(address: string, tokens: ReadonlyMap<string, string>): void {
  console.log(`
graph     ${address}/graphql
explorer  ${address}/explorer   (works without internet)
schema    ${address}/schema.graphql

Tokens for a header "Authorization: Bearer ...", valid for 30 days:`);
  for (const { subject, title } of personas) {
    console.log(`\n  ${subject}: ${title.en} (${title.zh})\n  ${tokens.get(subject)}`);
  }
  console.log('\nThree operations to paste (they are open in the explorer already):');
  for (const { title, persona, query, variables } of examples) {
    console.log(`\n# ${title} - as ${persona}\n${query}`);
    if (variables) console.log(`# variables: ${JSON.stringify(variables)}`);
  }
  console.log('\nCtrl-C stops it; nothing is lost.');
}

/** The same operations for the explorer's tabs, each with its persona's token. */
export function explorerTabs(tokens: ReadonlyMap<string, string>) {
  return examples.map(({ query, variables, persona }) => {
    const token = tokens.get(persona);
    return { query, ...(variables ? { variables } : {}), ...(token ? { token } : {}) };
  });
}
