import { dedent } from '../dedent.ts';
import type { Example } from '../example.ts';
import { cast } from './cast.ts';
import { SHORT } from './place.ts';

const ST = 'demo:hunan-st-dept';

const ONES = [
  'characteristic-industries',
  'demo-entities',
  'village-experts-2020',
  'star-spaces',
  'incubators',
  'info-networks',
  'backbones-trained',
  'patents-promoted',
];

/** The team of one county as the law sees it, and how far the seven ones of the plan are in the whole province. */
const standing: Example = {
  title: 'A county’s expert team at the end of 2019, and the seven ones of the plan by 2020',
  persona: ST,
  query: dedent(/* GraphQL */ `
    query TeamAndSevenOnes($county: ID!, $asOf: Date!, $year: Int!, $ones: [String!]!) {
      teams(filter: { region: $county, kind: "expert-team" }) {
        edges {
          node {
            name
            memberCount(asOf: $asOf)
            termTargetCount(asOf: $asOf)
            taskTypesCovered(asOf: $asOf)
            standing(asOf: $asOf) {
              outcome
              findings(outcomes: [FAIL]) { rule message { zh en } citation { article phrase } wouldPass { text { zh en } } }
            }
          }
        }
      }
      indicatorTable(pack: "hunan", year: $year, asOf: "2020-12-31", indicators: $ones) {
        code
        title { zh en }
        value
        target
        unit
        verdict
        meeting
        measured
        beside
      }
    }
  `),
  variables: { county: SHORT.fourPracticalExperts, asOf: '2019-12-31', year: 2020, ones: ONES },
};

/** An act that the result of a year forbids. */
const refusal: Example = {
  title: 'Special money for a team whose last year was not satisfactory: refused',
  persona: ST,
  query: dedent(/* GraphQL */ `
    mutation SpecialMoney($input: FundingAllocateInput!) {
      fundingAllocate(input: $input) {
        fundingLine { id }
        decision { outcome findings(outcomes: [FAIL]) { rule message { zh en } citation { document article phrase } facts } }
        userErrors { code message { zh en } }
      }
    }
  `),
  variables: {
    input: {
      team: cast.team,
      payer: cast.st,
      payerLevel: 'province',
      source: 'province-special',
      form: 'subsidy',
      year: 2019,
      amountFen: 20_000_000,
      deciders: ['province-st-dept', 'province-finance-dept', 'province-poverty-office'],
      on: '2019-03-11',
    },
  },
};

/** What only this province has. */
export const examples: readonly Example[] = [standing, refusal];
