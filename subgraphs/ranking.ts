import type { ObjectRef, SchemaTypes } from '@pothos/core';
import type { Decision } from '../policies/decision.ts';
import type { Builder } from './builder.ts';
import type { DecisionTypes } from './decision.ts';

type Types = Builder extends PothosSchemaTypes.SchemaBuilder<infer T extends SchemaTypes> ? T : never;

/** A thing, and what the priority rules say of it. */
export interface Judged<Thing> {
  readonly thing: Thing;
  readonly decision: Decision;
}

/** A thing and its position in the order of the priority rules, from 1. */
export interface Ranked<Thing> extends Judged<Thing> {
  readonly position: number;
}

/**
 * Puts things into the order of the priority rules: who meets more of them comes first, and among equals who came first.
 * Equals share a position, for the law does not order them, and the next one counts them all: 1, 1, 3.
 */
export function ranking<Thing>(judged: readonly Judged<Thing>[]): Ranked<Thing>[] {
  const ordered = judged.toSorted((one, other) => other.decision.rank - one.decision.rank);
  const first = new Map<number, number>();
  ordered.forEach(({ decision }, at) => {
    if (!first.has(decision.rank)) first.set(decision.rank, at + 1);
  });
  return ordered.map((one) => ({ ...one, position: first.get(one.decision.rank) as number }));
}

/** Adds the type of a place in an order: `position`, the thing under the name of `field`, and `decision`. */
export function addRanked<Thing>(
  builder: Builder,
  types: DecisionTypes,
  ranked: {
    readonly name: string;
    readonly description: string;
    /** What the thing is called, such as `team`. */
    readonly field: string;
    readonly type: ObjectRef<Types, Thing>;
  },
) {
  const { name, description, field, type } = ranked;
  return builder.objectRef<Ranked<Thing>>(name).implement({
    description,
    fields: (t) => ({
      position: t.exposeInt('position', {
        description: '1 for those that meet most priority rules. Equals share a position: the law does not order them.',
      }),
      [field]: t.field({ type, resolve: ({ thing }) => thing as never }),
      decision: t.field({
        type: types.DecisionRef,
        description: 'Its rank, and the priority rules behind it, each with its finding.',
        resolve: ({ decision }) => decision,
      }),
    }),
  });
}
