import { builder, types } from './builder.ts';
import { allPoints, type CataloguePoint, FactRef, factOf, pointOf } from './fact.ts';

export const DecisionPointRef = builder.objectRef<CataloguePoint>('DecisionPoint').implement({
  description: 'A place in the graph where packs have a say. Its id is the name of the field or mutation that asks.',
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.exposeString('kind', {
      description:
        'mutation: whether an act may be done; standing: whether a state of affairs is in order; ranking: who goes first; visibility: who sees a row; mask: who sees a field.',
    }),
    subject: t.exposeString('subject', { description: 'The type of what is decided about.' }),
    owner: t.exposeString('owner', { description: 'The subgraph that asks.' }),
    title: t.field({ type: types.Bilingual, resolve: ({ title }) => title }),
    facts: t.field({
      type: [FactRef],
      description: 'Everything that a rule here may ask.',
      resolve: (point) => point.facts.flatMap((id) => factOf(id) ?? []),
    }),
  }),
});

builder.objectFields(FactRef, (t) => ({
  decisionPoints: t.field({
    type: [DecisionPointRef],
    description: 'Where rules may ask it.',
    resolve: ({ id }) => allPoints().filter(({ facts }) => facts.includes(id)),
  }),
}));

const DecisionPointFilter = builder.inputType('DecisionPointFilter', {
  fields: (t) => ({ kind: t.string(), owner: t.string(), subject: t.string() }),
});

builder.queryFields((t) => ({
  decisionPoints: t.field({
    type: [DecisionPointRef],
    args: { filter: t.arg({ type: DecisionPointFilter }) },
    resolve(_root, { filter }) {
      const { kind, owner, subject } = filter ?? {};
      return allPoints().filter(
        (point) =>
          (!kind || point.kind === kind) &&
          (!owner || point.owner === owner) &&
          (!subject || point.subject === subject),
      );
    },
  }),
  decisionPoint: t.field({
    type: DecisionPointRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }) => pointOf(id),
  }),
}));
