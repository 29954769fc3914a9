import { dedent } from '../dedent.ts';
import type { Example } from '../example.ts';
import { cast } from './cast.ts';
import { MACUN } from './place.ts';

const BUREAU = 'demo:prefecture-st-bureau';

/** A county across three subgraphs: what it lacks, the teams it signed with, and how those sent to it serve and are paid. */
const county: Example = {
  title: 'A county at the end of 2024: coverage, teams, and how commissioners serve and are funded',
  persona: BUREAU,
  query: dedent(/* GraphQL */ `
    query CountyInYear($county: ID!, $year: Int!, $asOf: Date!) {
      region(id: $county) {
        name
        coverage(asOf: $asOf) {
          appointmentsOutsideBrigade
          appointmentsWithoutContact
          decision {
            outcome
            findings(outcomes: [FAIL]) { rule message { zh en } citation { article phrase } }
          }
        }
      }
      agreements(filter: { county: $county, heldOn: $asOf }) {
        edges {
          node {
            industry
            team {
              name
              memberCount(asOf: $asOf)
              publishedGrade(year: 2023)
              fundingLines(year: $year) { edges { node { amountFen spentFen } } }
            }
          }
        }
      }
      appointments(filter: { region: $county, year: $year, category: "prefecture" }, first: 10) {
        edges {
          node {
            person { name titleName }
            organisation { name }
            renewalOf { publishedGrade(year: 2023) }
            serviceProgress(year: $year, asOf: $asOf) {
              onSiteDays
              services
              decision { outcome findings(outcomes: [FAIL]) { rule message { zh en } } }
            }
            fundingLines(year: $year) { edges { node { amountFen spentFen payer { name } } } }
          }
        }
      }
    }
  `),
  variables: { county: MACUN, year: 2024, asOf: '2024-12-31' },
};

/** A question that changes nothing: may this team, as it is, be put to work, and if not, what would help? */
const preview: Example = {
  title: 'May a team of four be put to work? The rules that say no, their source, and what would make it pass',
  persona: BUREAU,
  query: dedent(/* GraphQL */ `
    query MayItStart($team: ID!, $asOf: Date!, $facts: JSON!) {
      decisionPreview(input: { point: "teamActivate", subject: $team, asOf: $asOf, facts: $facts }) {
        decision {
          outcome
          packs { id version }
          findings(outcomes: [FAIL, UNDETERMINED]) {
            rule
            force
            message { zh en }
            citation { document article phrase }
            parameters { id value status }
            wouldPass { text { zh en } changes { fact operator value actual } }
          }
        }
        userErrors { code message { zh en } }
      }
    }
  `),
  // Who asks has done nothing for this team in another role; a preview cannot know.
  variables: { team: cast.formingTeam, asOf: '2025-03-03', facts: { 'actor.otherBodySteps': 0 } },
};

/** An act that a rule refuses. It is recorded, and changes nothing, however often it is sent. */
const refusal: Example = {
  title: 'Give a commissioner 30,000 yuan more: refused, with the rule that says so',
  persona: BUREAU,
  query: dedent(/* GraphQL */ `
    mutation GiveMore($input: FundingAllocateInput!) {
      fundingAllocate(input: $input) {
        fundingLine { id }
        decision {
          id
          outcome
          findings(outcomes: [FAIL]) {
            rule
            message { zh en }
            citation { document article phrase }
            facts
            wouldPass { text { zh en } }
          }
        }
        userErrors { code message { zh en } }
      }
    }
  `),
  variables: {
    input: {
      appointment: cast.appointment,
      payer: cast.bureau,
      payerLevel: 'prefecture',
      source: 'prefecture-st-budget',
      form: 'subsidy',
      year: 2024,
      amountFen: 3_000_000,
      on: '2024-06-03',
    },
  },
};

/** The three operations that a newcomer is shown: a read, a question, and a refusal. */
export const examples: readonly Example[] = [county, preview, refusal];
