import { isParameterReference, leavesOf } from '../../policies/condition.ts';
import { isInForce, type Release, type Text } from '../../policies/pack.ts';
import { parameterOn } from '../../policies/parameter.ts';
import { regionUnknown } from '../place.ts';
import { packsFor, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';

interface ListedCategory {
  readonly code: string;
  readonly title: Text | null;
  readonly pack: string;
  readonly rule: string;
}

const ExpenseCategoryRef = builder.objectRef<ListedCategory>('ExpenseCategory').implement({
  description: 'A category of expense that a rule names.',
  fields: (t) => ({
    code: t.exposeString('code'),
    title: t.field({
      type: types.Bilingual,
      nullable: true,
      description: "What the pack's vocabulary calls it; null if it gives no word.",
      resolve: (category) => category.title,
    }),
    pack: t.exposeString('pack'),
    rule: t.exposeString('rule', { description: 'The rule that lists it; its effect says what becomes of others.' }),
  }),
});

/** The categories that the rules about expenses of one release list on a day, in the order of the law. */
export function listedCategories(release: Release, asOf: string): ListedCategory[] {
  const rules = release.rules.filter((rule) => rule.on.includes('expenseSubmit') && isInForce(rule.effective, asOf));
  return rules.flatMap((rule) =>
    [...leavesOf(rule.requires)].flatMap((leaf) => {
      if (leaf.fact !== 'expense.category' || leaf.operator !== 'in') return [];
      const { value } = leaf;
      const parameter = isParameterReference(value)
        ? release.parameters.find(({ id }) => id === value.parameter)
        : undefined;
      const list = parameter ? parameterOn(parameter, asOf).value : value;
      return (Array.isArray(list) ? list : []).map((code) => ({
        code: String(code),
        title: release.pack.vocabulary[String(code)] ?? null,
        pack: release.pack.id,
        rule: rule.id,
      }));
    }),
  );
}

builder.queryField('expenseCategories', (t) =>
  t.field({
    type: [ExpenseCategoryRef],
    description:
      'The categories that the packs governing a region name for expenses. The list may be open: expenseSubmit takes any code and lets the rules say what follows. Error: REGION_UNKNOWN.',
    args: { region: t.arg.id({ required: true }), ...standingArgs(t as never) },
    async resolve(_root, { region, ...args }, context) {
      const regions = await context.regionPath(region);
      if (regions.length === 0) regionUnknown(region);
      return packsFor(context, regions, args).flatMap((release) =>
        listedCategories(release, args.asOf ?? context.today),
      );
    },
  }),
);
