import { operators } from './condition.ts';
import { type FactDeclaration, type FactValue, requireType } from './facts.ts';
import { factsOfGates, type Gate, type Judge } from './generate.ts';
import { rightValue } from './remedy.ts';
import { type NormalTree, normal } from './tree.ts';

type Certain = (facts: Readonly<Record<string, FactValue | undefined>>) => boolean;

/** "Certainly true" as nested functions. */
const certainly = (tree: NormalTree): Certain => {
  if ('all' in tree) {
    const parts = tree.all.map(certainly);
    return (facts) => {
      for (const part of parts) if (!part(facts)) return false;
      return true;
    };
  }
  if ('any' in tree) {
    const parts = tree.any.map(certainly);
    return (facts) => {
      for (const part of parts) if (part(facts)) return true;
      return false;
    };
  }
  const { fact, right } = tree;
  const { test } = operators[tree.operator];
  if (right.kind === 'absent') return () => false;
  return (facts) => {
    const left = facts[fact];
    if (left === undefined) return false;
    const value = rightValue(right, facts);
    return value !== undefined && test(left, value);
  };
};

/** The same judge as `generate` makes, without making code: for places that forbid it. */
export const closures = (gates: readonly Gate[], facts: Readonly<Record<string, FactDeclaration>>): Judge => {
  const read = factsOfGates(gates).flatMap((id) => {
    const type = facts[id]?.type;
    return type ? [{ id, type }] : [];
  });
  const judged = gates.map(({ effect, applies, requires }) => ({
    isDeny: effect === 'deny',
    applies: applies && certainly(normal(applies)),
    isExempt: applies && certainly(normal(applies, true)),
    passes: certainly(normal(requires)),
    fails: certainly(normal(requires, true)),
  }));
  return (given, isOverridden) => {
    const known = given as Readonly<Record<string, FactValue | undefined>>;
    for (const { id, type } of read) requireType(id, type, known[id]);
    let worst = 0;
    for (const [at, gate] of judged.entries()) {
      if (gate.applies && !gate.applies(known)) {
        if (!gate.isExempt?.(known)) worst = 2;
      } else if (!gate.passes(known)) {
        if (!gate.fails(known)) worst = 2;
        else if (gate.isDeny) return 3;
        else if (worst < 1 && !isOverridden(at)) worst = 1;
      }
    }
    return worst;
  };
};
