import type { Context } from '../context.ts';
import { type TallyAnswer, type TallyQuestion, tally } from '../tally.ts';
import { evaluationKinds } from './tally-kinds.ts';

/** Who else keeps which kinds of records: the field of the graph that measures them. */
const ELSEWHERE = {
  personnelTallies: [
    'team',
    'team-member',
    'team-post',
    'appointment',
    'assignment',
    'posting',
    'village-expert',
    'agreement',
    'designation',
    'expert-pool',
  ],
  projectsTallies: ['work-result', 'platform', 'service-object', 'project', 'funding-line'],
} as const;
type Field = keyof typeof ELSEWHERE;

const fieldOf = (of: string): Field | undefined =>
  (Object.keys(ELSEWHERE) as Field[]).find((field) => (ELSEWHERE[field] as readonly string[]).includes(of));

// The gateway takes so many root fields; one field takes many questions.
const documentOf = (field: Field) =>
  `query EvaluationTallies($questions: [TallyQuestion!]!) { ${field}(questions: $questions) { unknown rows { unit value on } } }`;

/** Has every question measured by who keeps the records: each owner is asked once, for all units at once. */
export async function tallies(context: Context, questions: readonly TallyQuestion[]): Promise<TallyAnswer[]> {
  const answers = new Map<TallyQuestion, TallyAnswer>();
  for (const [field, part] of Map.groupBy(questions, ({ of }) => fieldOf(of))) {
    if (field) {
      const found = await context.graph<Record<string, TallyAnswer[]>>(documentOf(field), { questions: part });
      part.forEach((question, at) => {
        answers.set(question, found[field]?.[at] as TallyAnswer);
      });
    } else {
      for (const question of part) answers.set(question, await tally(context.em, evaluationKinds, question));
    }
  }
  return questions.map((question) => answers.get(question) as TallyAnswer);
}
