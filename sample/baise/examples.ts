import { dedent } from '../dedent.ts';
import type { Example } from '../example.ts';
import { CITY } from './place.ts';

/** Every figure of the year beside its target, those of the text beside those of the table, and what was due. */
const table: Example = {
  title: 'The table of a year: what is met, what is not, what nobody can know; and the duties that were late',
  persona: 'demo:baise-st-bureau',
  query: dedent(/* GraphQL */ `
    query TheYear($year: Int!, $asOf: Date!, $region: ID!) {
      indicatorTable(pack: "baise", year: $year, asOf: $asOf) {
        id
        code
        title { zh en }
        value
        target
        unit
        verdict
        assessed
        beside
        completeness { expected reporting }
      }
      obligations(region: $region, year: $year, asOf: $asOf) {
        entry
        title { zh en }
        to
        status
        settledOn
        settledLate
      }
    }
  `),
  variables: { year: 2019, asOf: '2019-12-31', region: CITY },
};

/** What only this prefecture has. */
export const examples: readonly Example[] = [table];
