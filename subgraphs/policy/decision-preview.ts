import { compile } from '../../policies/compile.ts';
import { decide } from '../../policies/decide.ts';
import type { Decision } from '../../policies/decision.ts';
import type { Facts } from '../../policies/facts.ts';
import type { Release } from '../../policies/pack.ts';
import { actingOn } from '../actor.ts';
import type { Context } from '../context.ts';
import { lawOf } from '../law.ts';
import { showInFull } from '../restricted.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, types } from './builder.ts';
import { DecisionPointRef } from './decision-point.ts';
import { type CataloguePoint, pointOf } from './fact.ts';
import { published } from './pack.ts';
import { supposed } from './preview-facts.ts';
import { type RealSubject, readSubject, readsSubjects } from './preview-subject.ts';

interface Preview {
  readonly decision: Decision | null;
  readonly unknownFacts: readonly string[];
  readonly wrongTypes: readonly string[];
  readonly userErrors: readonly UserError[];
}

const PackInput = builder.inputType('PackVersionInput', {
  fields: (t) => ({
    id: t.id({ required: true }),
    version: t.string({ description: 'The latest if absent.' }),
  }),
});

const PreviewInput = builder.inputType('DecisionPreviewInput', {
  description:
    'What to suppose. Which packs apply: those of `packs`, else of `region`, else of where the subject lies.',
  fields: (t) => ({
    point: t.id({ required: true, description: 'Any decision point.' }),
    region: t.id({ description: 'The packs that are law here decide.' }),
    packs: t.field({ type: [PackInput], description: 'These decide together, wherever they are law.' }),
    asOf: t.field({ type: 'Date', description: 'The day whose law and facts count, today if absent; may be to come.' }),
    facts: t.field({
      type: 'JSON',
      description:
        'Facts by id. They stand over those of the subject; null supposes that one is not known. For an act this includes who acts (actor.*), unless a subject is given.',
    }),
    subject: t.id({
      description:
        'A real subject: its facts are read from the graph, as far as its standing knows them, and who acts is you. Only where `DecisionPoint.readsSubjects` is true, and only one that you have a role on (or all, with the scope audit:read).',
    }),
    overrides: t.field({ type: [types.OverrideInput], description: 'Supposed: you need not hold the roles.' }),
  }),
});
type Input = typeof PreviewInput.$inferInput;

builder.objectFields(DecisionPointRef, (t) => ({
  readsSubjects: t.boolean({
    description: 'Whether decisionPreview can read the facts of a real subject for this point.',
    resolve: readsSubjects,
  }),
}));

function named(packs: NonNullable<Input['packs']>, context: Context): Release[] {
  const releases = packs.map(({ id, version }) => {
    const release = published(context.registry, id, version);
    if (release) return release;
    const name = `${id} ${version ?? ''}`.trim();
    throw new UserError('PACK_UNKNOWN', 'packs', {
      zh: `没有已发布的政策包 ${name}。`,
      en: `There is no published pack ${name}.`,
    });
  });
  if (new Set(releases.map(({ pack }) => pack.id)).size < releases.length) {
    throw new UserError('PACK_TWICE', 'packs', {
      zh: '同一政策包只能列出一个版本。',
      en: 'A pack can decide in one version only.',
    });
  }
  return releases;
}

async function lawFor(input: Input, real: RealSubject | null, asOf: string, context: Context): Promise<Release[]> {
  if (input.region && input.packs) {
    throw new UserError('PLACE_AMBIGUOUS', 'region', {
      zh: 'region 与 packs 只能给出一个。',
      en: 'Give region or packs, not both.',
    });
  }
  if (input.packs) return named(input.packs, context);
  const path = input.region ? await context.regionPath(input.region) : (real?.subject.regions ?? null);
  if (!path) {
    throw new UserError('PLACE_REQUIRED', 'region', {
      zh: '请给出 region、packs 或 subject。',
      en: 'Give a region, packs or a subject.',
    });
  }
  if (path.length === 0) throw notFound('region');
  return lawOf(context.registry, path, asOf);
}

/** What is so whatever is supposed, as far as rules at the point may ask it. */
function realFacts(
  point: CataloguePoint,
  real: RealSubject | null,
  releases: readonly Release[],
  context: Context,
): Facts {
  const facts: Facts = {
    ...real?.facts,
    ...(real ? actingOn(context.viewer, real.subject, point.id, releases, { onBehalfOf: null }).facts : {}),
    'regime.inForce': releases.some(({ pack }) => !('everywhere' in pack.governs)),
  };
  return Object.fromEntries(Object.entries(facts).filter(([id]) => point.facts.includes(id)));
}

async function preview(input: Input, context: Context): Promise<Preview> {
  const asOf = input.asOf ?? context.today;
  const point = pointOf(input.point);
  if (!point) {
    throw new UserError('POINT_UNKNOWN', 'point', {
      zh: `没有决策点“${input.point}”。`,
      en: `There is no decision point ${input.point}.`,
    });
  }
  const real = input.subject ? await readSubject(context, point, input.subject, asOf) : null;
  const releases = await lawFor(input, real, asOf, context);
  const { facts, unknown, wrongTypes, errors } = supposed(input.facts ?? {}, point, releases);
  const mistakes = { unknownFacts: unknown, wrongTypes, userErrors: errors };
  if (errors.length > 0) return { decision: null, ...mistakes };
  // What is supposed is the caller's own; a real subject is read for who has a role on it.
  const decision = await decide({
    packs: releases.map((release) => compile(release)),
    point: point.id,
    asOf,
    facts: { ...realFacts(point, real, releases, context), ...facts },
    overrides: (input.overrides ?? []).map((override) => ({ ...override, actor: context.viewer.subject })),
  });
  return { decision: showInFull(decision), ...mistakes };
}

const PreviewRef = builder.objectRef<Preview>('DecisionPreview').implement({
  description: 'What would be decided.',
  fields: (t) => ({
    decision: t.field({
      type: types.DecisionRef,
      nullable: true,
      description: 'Not stored. Null when a user error came first.',
      resolve: ({ decision }) => decision,
    }),
    unknownFacts: t.stringList({
      description: 'Fact ids that the catalogue does not have.',
      resolve: ({ unknownFacts }) => [...unknownFacts],
    }),
    wrongTypes: t.stringList({
      description: 'Fact ids whose value is not of their type.',
      resolve: (parent) => [...parent.wrongTypes],
    }),
    userErrors: t.field({
      type: [types.UserErrorRef],
      // Not the errors themselves: GraphQL takes an Error in a list for a failure to answer.
      resolve: ({ userErrors }) => userErrors.map(({ code, field, text }) => ({ code, field, text })),
    }),
  }),
});

builder.queryField('decisionPreview', (t) =>
  t.field({
    type: PreviewRef,
    description:
      'Decides any decision point on supposed facts and stores nothing; both engines decide, as for an act. Errors: POINT_UNKNOWN, PLACE_REQUIRED, PLACE_AMBIGUOUS, PACK_UNKNOWN, PACK_TWICE, NOT_FOUND (region, subject), SUBJECT_UNSUPPORTED, FACTS_INVALID, FACT_UNKNOWN, FACT_TYPE, FACT_CODE, FACT_NOT_OFFERED.',
    args: { input: t.arg({ type: PreviewInput, required: true }) },
    async resolve(_root, { input }, context) {
      try {
        return await preview(input, context);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { decision: null, unknownFacts: [], wrongTypes: [], userErrors: [error] };
      }
    },
  }),
);
