import { factsOf, leavesOf, parameterOf } from '../../policies/condition.ts';
import { isInForce, type Release, type Rule } from '../../policies/pack.ts';
import { builder, types } from './builder.ts';
import { DecisionPointRef } from './decision-point.ts';
import { FactRef, factOf, pointOf } from './fact.ts';
import { PackRef, published } from './pack.ts';
import { ParameterRef, parametersOf } from './parameter.ts';
import { SourceRef, sourceOf } from './source.ts';
import { TermRef, termOf } from './term.ts';

/** A rule and the version of the pack it stands in. */
export interface PackRule {
  readonly release: Release;
  readonly rule: Rule;
}

/** The rules of a release, as it orders them. */
export const rulesOf = (release: Release): PackRule[] => release.rules.map((rule) => ({ release, rule }));

const leavesIn = ({ appliesWhen, requires }: Rule) => [
  ...(appliesWhen ? leavesOf(appliesWhen) : []),
  ...leavesOf(requires),
];

/** Roles in the order of the rule, with their titles in the pack. */
function rolesThatOverride({ release, rule }: PackRule) {
  const titles = Object.fromEntries(release.roles.map(({ role, title }) => [role, title]));
  return (rule.override?.roles ?? []).map((role) => termOf(role, { ...release.pack.vocabulary, ...titles }));
}

export const RuleRef = builder.objectRef<PackRule>('Rule');
RuleRef.implement({
  description: 'One norm of a pack as data.',
  fields: (t) => ({
    id: t.id({
      description: 'One string names its file, its cases, its findings and its heading in the changelog.',
      resolve: ({ rule }) => rule.id,
    }),
    pack: t.field({ type: PackRef, resolve: ({ release }) => release }),
    norm: t.string({
      description: 'The clause it carries, the same for every rule of one clause.',
      resolve: ({ rule }) => rule.norm ?? rule.id,
    }),
    title: t.field({ type: types.Bilingual, resolve: ({ rule }) => rule.title }),
    concept: t.string({
      nullable: true,
      description: 'The key under which regions are compared, such as team.size.',
      resolve: ({ rule }) => rule.concept ?? null,
    }),
    force: t.string({
      description: 'hard, in-principle, priority, target or guidance: what the hedge word of the text says.',
      resolve: ({ rule }) => rule.force,
    }),
    effect: t.string({
      description: 'deny blocks; override stops until overridden with a reason; flag and inform show; rank orders.',
      resolve: ({ rule }) => rule.effect,
    }),
    on: t.idList({
      description: 'The ids of the decision points where it is asked, also of those that the catalogue no longer has.',
      resolve: ({ rule }) => [...rule.on],
    }),
    decisionPoints: t.field({
      type: [DecisionPointRef],
      resolve: ({ rule }) => rule.on.flatMap((id) => pointOf(id) ?? []),
    }),
    appliesWhen: t.field({
      type: 'JSON',
      nullable: true,
      description: 'json-rules-engine conditions; null: always.',
      resolve: ({ rule }) => rule.appliesWhen ?? null,
    }),
    requires: t.field({
      type: 'JSON',
      description: 'json-rules-engine conditions.',
      resolve: ({ rule }) => rule.requires,
    }),
    facts: t.field({
      type: [FactRef],
      description: 'The facts it compares.',
      resolve: ({ rule }) => [...new Set(leavesIn(rule).flatMap(factsOf))].sort().flatMap((id) => factOf(id) ?? []),
    }),
    parameters: t.field({
      type: [ParameterRef],
      description: 'The numbers of the law it compares with.',
      resolve({ release, rule }) {
        const used = new Set(leavesIn(rule).map(parameterOf));
        return parametersOf(release).filter(({ parameter }) => used.has(parameter.id));
      },
    }),
    overrideRoles: t.field({
      type: [TermRef],
      description: 'Who may override it, with a reason. Empty where nobody may.',
      resolve: rolesThatOverride,
    }),
    message: t.field({
      type: types.Bilingual,
      description: 'What is wrong when it fails; {fact} and {parameter} are filled in.',
      resolve: ({ rule }) => rule.message,
    }),
    remedy: t.field({ type: types.Bilingual, resolve: ({ rule }) => rule.remedy }),
    citation: t.field({ type: types.Citation, resolve: ({ rule }) => rule.citation }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      description: 'The document cited.',
      resolve: ({ release, rule }) => sourceOf(release, rule.citation),
    }),
    reading: t.field({
      type: types.Bilingual,
      nullable: true,
      description: 'How an unclear text is read here.',
      resolve: ({ rule }) => rule.reading ?? null,
    }),
    effectiveFrom: t.field({ type: 'Date', resolve: ({ rule }) => rule.effective.from }),
    effectiveTo: t.field({
      type: 'Date',
      nullable: true,
      description: 'The last day; null: still in force.',
      resolve: ({ rule }) => rule.effective.to ?? null,
    }),
  }),
});

builder.objectFields(PackRef, (t) => ({ rules: t.field({ type: [RuleRef], resolve: rulesOf }) }));
builder.objectFields(ParameterRef, (t) => ({
  rules: t.field({
    type: [RuleRef],
    description: 'The rules that compare with it.',
    resolve: ({ release, parameter }) =>
      rulesOf(release).filter(({ rule }) => leavesIn(rule).some((leaf) => parameterOf(leaf) === parameter.id)),
  }),
}));
builder.objectFields(DecisionPointRef, (t) => ({
  rules: t.field({
    type: [RuleRef],
    description: 'The rules asked here, in the latest version of every pack.',
    resolve: ({ id }, _args, { registry }) =>
      registry
        .latest()
        .flatMap(rulesOf)
        .filter(({ rule }) => rule.on.includes(id)),
  }),
}));

const RuleFilter = builder.inputType('RuleFilter', {
  fields: (t) => ({
    pack: t.id(),
    version: t.string({ description: 'Of `pack`; the latest if absent.' }),
    point: t.id({ description: 'Asked at this decision point.' }),
    kind: t.string({ description: 'Asked at decision points of this kind, such as mutation.' }),
    concept: t.string(),
    force: t.string(),
    effect: t.string(),
    asOf: t.field({ type: 'Date', description: 'In force on this day.' }),
  }),
});

builder.queryFields((t) => ({
  rules: t.field({
    type: [RuleRef],
    description: 'Rules of published packs, of the latest versions unless one is named, by pack and id.',
    args: { filter: t.arg({ type: RuleFilter }) },
    resolve(_root, args, { registry }) {
      const { pack, version, point, kind, concept, force, effect, asOf } = args.filter ?? {};
      const releases = pack ? [published(registry, pack, version) ?? []].flat() : registry.latest();
      return releases
        .flatMap(rulesOf)
        .filter(
          ({ rule }) =>
            (!point || rule.on.includes(point)) &&
            (!kind || rule.on.some((id) => pointOf(id)?.kind === kind)) &&
            (!concept || rule.concept === concept) &&
            (!force || rule.force === force) &&
            (!effect || rule.effect === effect) &&
            (!asOf || isInForce(rule.effective, asOf)),
        );
    },
  }),
  rule: t.field({
    type: RuleRef,
    nullable: true,
    args: {
      id: t.arg.id({ required: true }),
      version: t.arg.string({ description: 'Of its pack; the latest if absent.' }),
    },
    resolve(_root, { id, version }, { registry }) {
      // A pack's id has no dot, so what stands before the first one names the pack.
      const release = published(registry, id.split('.')[0] ?? '', version);
      return release ? (rulesOf(release).find(({ rule }) => rule.id === id) ?? null) : null;
    },
  }),
}));
