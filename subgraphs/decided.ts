import type { InputFieldMap, InputShapeFromFields, ObjectRef, SchemaTypes } from '@pothos/core';
import type { Builder } from './builder.ts';
import type { Context } from './context.ts';
import type { DecisionTypes } from './decision.ts';
import { type ImportInput, importRows } from './import.ts';
import { addImportTypes } from './import-types.ts';
import { type CommonInput, mutate, type Payload, type Plan } from './mutate.ts';

type Types = Builder extends PothosSchemaTypes.SchemaBuilder<infer T extends SchemaTypes> ? T : never;

/** How a noun declares one mutation. */
export interface DecidedMutation<Fields extends InputFieldMap, Thing, Remote> {
  /** Meaning, limits and refusals: the manual. */
  readonly description: string;
  /** The payload field that carries the thing, such as `team`. */
  readonly thing: string;
  readonly type: ObjectRef<Types, Thing>;
  readonly input: (t: PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>) => Fields;
  /** Set for what comes in by the hundred on paper: adds `<name>Import`, the same act for many rows. */
  readonly isImported?: boolean;
  readonly plan: (
    input: InputShapeFromFields<Fields> & CommonInput,
    context: Context,
  ) => Omit<Plan<Thing & { id: string }, Remote>, 'point'>;
}

const upper = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/**
 * Adds the mutation `name` with one input and one payload `{ <thing>, decision, userErrors }`. The name is also the
 * decision point. Only a signed-in caller gets as far as the decision.
 */
export function addDecided(builder: Builder, types: DecisionTypes) {
  let ImportResult: ReturnType<typeof addImportTypes> | undefined;

  /** What every act takes besides its own fields, one thing or many. */
  const common = (t: PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>) => ({
    on: t.field({
      type: 'Date',
      description: 'The day of the act, today if absent; not in the future. Its law applies. Error: ON_IN_FUTURE.',
    }),
    onBehalfOf: t.string({ description: 'The role for which a recorder enters this.' }),
    overrides: t.field({ type: [types.OverrideInput], description: 'Overrides of rules that stop in principle.' }),
  });

  function addImport<Fields extends InputFieldMap, Thing, Remote>(
    name: string,
    mutation: DecidedMutation<Fields, Thing, Remote>,
  ): void {
    ImportResult ??= addImportTypes(builder, types);
    const RowRef = builder.inputType(`${upper(name)}Row`, {
      description: `One ${name} of an import.`,
      fields: (t) => mutation.input(t as never),
    });
    const InputRef = builder.inputType(`${upper(name)}ImportInput`, {
      fields: (t) => ({
        rows: t.field({ type: [RowRef], required: true, description: '1 to 100,000. Error: ROWS_INVALID.' }),
        dryRun: t.boolean({ description: 'Only say what would become of it: nothing is written, nothing recorded.' }),
        ...common(t as never),
      }),
    });
    builder.mutationField(`${name}Import`, (t) =>
      t.field({
        type: ImportResult as NonNullable<typeof ImportResult>,
        description: `${name} for many rows: all are written in one transaction or, if one of them is refused, none. Point: ${name}. A row that the same account imported before is left as it is.`,
        authenticated: true,
        args: { input: t.arg({ type: InputRef, required: true }) },
        resolve(_root, args, context) {
          const input = (args as unknown as { input: ImportInput<InputShapeFromFields<Fields> & CommonInput> }).input;
          return importRows(context, name, input, mutation.plan as never);
        },
      }),
    );
  }

  return <Fields extends InputFieldMap, Thing, Remote = void>(
    name: string,
    mutation: DecidedMutation<Fields, Thing, Remote>,
  ): void => {
    const InputRef = builder.inputType(`${upper(name)}Input`, {
      fields: (t) => ({
        ...mutation.input(t as never),
        idempotencyKey: t.string({
          description: 'Sent again with the same key and content, the act is done once and answered alike.',
        }),
        ...common(t as never),
      }),
    });
    if (mutation.isImported) addImport(name, mutation);
    const PayloadRef = builder.objectRef<Payload<Thing>>(`${upper(name)}Payload`).implement({
      description: `The answer of ${name}.`,
      fields: (t) => ({
        [mutation.thing]: t.field({
          type: mutation.type,
          nullable: true,
          description:
            'As it stands after the act; unchanged when the act was refused, null if it does not exist or you may not do the act.',
          resolve: (payload: Payload<Thing>) => payload.thing as never,
        }),
        decision: t.field({
          type: types.DecisionRef,
          nullable: true,
          description: 'Null when a user error came first.',
          resolve: (payload) => payload.decision,
        }),
        userErrors: t.field({
          type: [types.UserErrorRef],
          // Copied: an Error in a result would be taken for a failure of the field.
          resolve: (payload) => payload.userErrors.map(({ code, field, text }) => ({ code, field, text })),
        }),
      }),
    });
    builder.mutationField(name, (t) =>
      t.field({
        type: PayloadRef,
        description: mutation.description,
        authenticated: true,
        args: { input: t.arg({ type: InputRef, required: true }) },
        resolve(_root, args, context) {
          // Pothos cannot infer through a generic field map; the input type above is what arrives.
          const input = (args as unknown as { input: InputShapeFromFields<Fields> & CommonInput }).input;
          return mutate(context, input, { ...mutation.plan(input, context), point: name }) as Promise<never>;
        },
      }),
    );
  };
}
