import type { Case } from '../../policies/case.ts';
import { situationOf } from './case.ts';
import type { Answered } from './stage.ts';

/** Facts whose value in a case is a made-up name: in the graph it is an id of ours. */
const NAMES: readonly string[] = ['evaluation.dispatchingUnit'];

/**
 * Facts of a baseline that the graph does not know in a case, for the case makes something of it that they do not speak
 * of. Never one that the case itself names.
 */
const LEFT_OUT: readonly {
  readonly ids: readonly string[];
  readonly facts: readonly string[];
  readonly why: string;
}[] = [
  {
    ids: ['Z-8'],
    facts: ['demand.published'],
    why: 'a contact over no need: there is none that could be published',
  },
  {
    ids: ['J-X21-P', 'J-X21-F'],
    facts: ['selection.missingSteps', 'selection.missingOpinions'],
    why: 'the law has no chain for a round of the county',
  },
  {
    ids: ['J-GR-7', 'J-GR-8', 'J-X11-P', 'J-X11-F'],
    facts: ['evaluation.receivingCounty'],
    why: 'a team is graded, which several counties receive',
  },
];

const leftOutOf = (one: Case): readonly string[] =>
  LEFT_OUT.flatMap(({ ids, facts }) => (ids.includes(one.id) ? facts : [])).filter(
    (id) => !Object.hasOwn(one.facts, id),
  );

/** An enum value of the graph as the packs write it. */
const code = (value: string) => value.toLowerCase().replaceAll('_', '-');

/** Facts to compare: a list of codes is a set, and a name stands for any id. */
export const comparable = (facts: Readonly<Record<string, unknown>>, ids: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    ids.map((id) => {
      const value = facts[id];
      if (NAMES.includes(id) && typeof value === 'string') return [id, 'some id'];
      return [id, Array.isArray(value) ? [...value].sort() : value];
    }),
  );

const knownOf = (one: Case) => Object.keys(situationOf(one).facts).filter((id) => !leftOutOf(one).includes(id));
const unknownOf = (one: Case) => [...(one.without ?? []), ...leftOutOf(one)].sort();

/** What a case says of the decision: its outcome, the rules it names, its flags, and every fact of its situation. */
export const written = (one: Case) => ({
  decision: one.decision,
  outcome: one.outcome,
  flags: one.flags && [...one.flags].sort(),
  facts: comparable(situationOf(one).facts, knownOf(one)),
  unknown: unknownOf(one),
  // Only the law of the region speaks: the platform's own rules are kept in every scenario.
  refusedByPlatform: [],
});

/** The same of the decision that the graph answered. */
export function answered(one: Case, { outcome, facts, findings }: Answered) {
  const outcomes = new Map(findings.map((finding) => [finding.rule, code(finding.outcome)]));
  const failed = findings.filter((finding) => finding.outcome === 'FAIL');
  const shown = failed.filter(({ effect }) => effect === 'flag' || effect === 'inform').map(({ rule }) => rule);
  return {
    decision: code(outcome),
    outcome: Object.fromEntries(Object.keys(one.outcome).map((rule) => [rule, outcomes.get(rule) ?? 'not-applicable'])),
    flags: one.flags && shown.sort(),
    facts: comparable(facts, knownOf(one)),
    unknown: unknownOf(one).filter((id) => !Object.hasOwn(facts, id)),
    refusedByPlatform: failed.filter(({ rule, effect }) => rule.startsWith('platform.') && effect === 'deny'),
  };
}
