import { dedent } from '../dedent.ts';
import type { Example } from '../example.ts';
import { cast } from './cast.ts';
import { PINGJIANG } from './place.ts';

/** A county that its province and the nation govern at once. */
const twice: Example = {
  title: 'A county under two regimes: whose rule each finding is, and a project from notice to library',
  persona: 'demo:advisors-county',
  query: dedent(/* GraphQL */ `
    query TwoRegimes($county: ID!, $asOf: Date!) {
      region(id: $county) {
        name
        packs(asOf: $asOf) { id version title { zh en } }
        coverage(asOf: $asOf) {
          decision { outcome findings(outcomes: [FAIL]) { pack rule message { zh en } citation { document article phrase } } }
        }
      }
      projects(filter: { region: $county }, first: 3) {
        edges {
          node {
            title
            status
            notices { level postedOn fullDays(asOf: $asOf) }
            standing(asOf: $asOf) { outcome findings(outcomes: [FAIL]) { pack rule } }
          }
        }
      }
    }
  `),
  variables: { county: PINGJIANG, asOf: '2022-12-31' },
};

/** A question that changes nothing. */
const preview: Example = {
  title: 'May a group whose letters are not all out begin? The rules that say no',
  persona: 'demo:advisors-nation',
  query: dedent(/* GraphQL */ `
    query MayItBegin($team: ID!, $asOf: Date!, $facts: JSON!) {
      decisionPreview(input: { point: "teamActivate", subject: $team, asOf: $asOf, facts: $facts }) {
        decision {
          outcome
          packs { id version }
          findings(outcomes: [FAIL, UNDETERMINED]) { rule message { zh en } facts }
        }
        userErrors { code message { zh en } }
      }
    }
  `),
  variables: { team: cast.formingGroup, asOf: '2021-12-20', facts: { 'actor.otherBodySteps': 0 } },
};

/** What only the nation’s groups have. */
export const examples: readonly Example[] = [twice, preview];
