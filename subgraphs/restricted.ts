import type { Decision, Finding } from '../policies/decision.ts';
import { loadCatalogue } from '../policies/load.ts';
import type { Text } from '../policies/pack.ts';
import type { Context } from './context.ts';

/** The facts that tell of a person, of what a body thinks, or of a result before its publication. */
const restricted: ReadonlySet<string> = new Set(
  Object.entries(loadCatalogue().facts).flatMap(([id, fact]) => (fact.restricted ? [id] : [])),
);

/** Decisions that whoever asked for them may see with all that is in them. Kept by the object: it lives as long as the request. */
const shownInFull = new WeakSet<Decision>();

/** Marks a decision for an answer to somebody who may see all that is in it. Answers the decision. */
export function showInFull<Kind extends Decision>(decision: Kind): Kind {
  shownInFull.add(decision);
  return decision;
}

/** As `showInFull`, for the answer to the account that acted: who may not do an act does not learn by trying it. */
export function showToActor<Kind extends Decision>(decision: Kind): Kind {
  return decision.facts['actor.permitted'] === true ? showInFull(decision) : decision;
}

/** Whether anything of a decision is not for everybody who may read that it was made. */
export function isRestricted({ facts, overrides }: Decision): boolean {
  return overrides.length > 0 || Object.keys(facts).some((id) => restricted.has(id));
}

const HIDDEN: Text = {
  zh: '涉及受限信息，不予显示。',
  en: 'This rests on restricted data and is not shown.',
};
const REASON_HIDDEN = '***';

const without = <Value>(facts: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(facts).filter(([id]) => !restricted.has(id)));

function masked(finding: Finding): Finding {
  const { overridden } = finding;
  const open = { ...finding, overridden: overridden && { ...overridden, reason: REASON_HIDDEN } };
  if (!finding.leaves.some(({ fact }) => restricted.has(fact))) return open;
  return {
    ...open,
    message: HIDDEN,
    wouldPass: null,
    facts: without(finding.facts),
    leaves: finding.leaves.filter(({ fact }) => !restricted.has(fact)),
  };
}

/**
 * A decision as a viewer may see it. In full for services of ours, with the scope `audit:read`, and where it was marked;
 * otherwise without restricted facts, what rules say of them, and the reasons of overrides. Who is not permitted the act
 * is not told how such rules come out either: trying other days would tell what they rest on.
 */
export function decisionFor({ viewer }: Context, decision: Decision): Decision {
  const sees = viewer.kind === 'service' || viewer.scopes.includes('audit:read') || shownInFull.has(decision);
  if (sees || !isRestricted(decision)) return decision;
  const isStranger = decision.facts['actor.permitted'] === false;
  const findings = decision.findings.filter(
    ({ leaves }) => !(isStranger && leaves.some(({ fact }) => restricted.has(fact))),
  );
  return { ...decision, facts: without(decision.facts), findings: findings.map(masked) };
}
