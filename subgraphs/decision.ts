import type { Decision, Finding, LeafResult, ParameterUse } from '../policies/decision.ts';
import type { Builder } from './builder.ts';
import { replayStored } from './replay.ts';
import { decisionFor } from './restricted.ts';

/** A decision as stored: what the engine said, and the line in the append-only record. */
export interface StoredDecision {
  readonly id: string;
  readonly at: Date;
  /** Canonical JSON of `decision`; `digest` is its SHA-256. */
  readonly record: string;
  readonly digest: string;
  readonly decision: Decision;
}

/** A decision that was asked for and not stored: a standing or a preview. */
export type UnstoredDecision = Decision;

const described = { shareable: true } as const;

/** Adds the types that every subgraph answers decisions with. They are the same in all of them. */
export function addDecisionTypes(builder: Builder) {
  const Bilingual = builder.objectRef<{ zh: string; en: string }>('Bilingual').implement({
    ...described,
    description: 'A text in Chinese and English.',
    fields: (t) => ({ zh: t.exposeString('zh'), en: t.exposeString('en') }),
  });
  const Citation = builder.objectRef<Finding['citation']>('Citation').implement({
    ...described,
    description: 'Where the rule stands: document id in the pack, article, and the operative phrase.',
    fields: (t) => ({
      document: t.exposeString('document'),
      article: t.exposeString('article'),
      phrase: t.exposeString('phrase'),
    }),
  });
  const Change = builder
    .objectRef<{ fact: string; operator: string; value: unknown; actual: unknown }>('FactChange')
    .implement({
      ...described,
      description: 'One change of a fact: it must stand in `operator` to `value`; it is `actual` now.',
      fields: (t) => ({
        fact: t.exposeString('fact'),
        operator: t.exposeString('operator'),
        value: t.expose('value', { type: 'JSON', nullable: true }),
        actual: t.expose('actual', { type: 'JSON', nullable: true }),
      }),
    });
  const Leaf = builder.objectRef<LeafResult>('Comparison').implement({
    ...described,
    description: 'One comparison of a rule: what was asked of which fact, and the answer.',
    fields: (t) => ({
      part: t.exposeString('part', { description: 'appliesWhen or requires.' }),
      fact: t.exposeString('fact'),
      operator: t.exposeString('operator'),
      value: t.expose('value', { type: 'JSON', nullable: true }),
      actual: t.expose('actual', { type: 'JSON', nullable: true }),
      result: t.exposeBoolean('result', { nullable: true, description: 'Null: not known.' }),
    }),
  });
  const ParameterUseRef = builder.objectRef<ParameterUse & { id: string }>('ParameterUse').implement({
    ...described,
    description: 'A number of the law as it stood on the date of a decision.',
    fields: (t) => ({
      id: t.exposeString('id'),
      value: t.expose('value', { type: 'JSON', nullable: true, description: 'Null: the law gives none.' }),
      status: t.exposeString('status', { description: 'stated, unspecified, silent or unknown.' }),
      from: t.expose('from', { type: 'Date', nullable: true }),
      platformDefault: t.exposeBoolean('platformDefault', {
        description: "True: the platform's figure, not the law's.",
      }),
    }),
  });
  const WouldPass = builder.objectRef<NonNullable<Finding['wouldPass']>>('WouldPass').implement({
    ...described,
    description: 'What would make the rule pass: in words, and as the smallest changes of facts.',
    fields: (t) => ({
      text: t.field({ type: Bilingual, resolve: (parent) => parent.text }),
      changes: t.field({ type: [Change], resolve: (parent) => [...parent.changes] }),
    }),
  });
  const Override = builder.objectRef<{ reason: string; role: string; actor: string }>('AppliedOverride').implement({
    ...described,
    description: 'Who overrode the rule, in which role, and why.',
    fields: (t) => ({
      reason: t.exposeString('reason', { description: 'As `***` for who may not see the decision in full.' }),
      role: t.exposeString('role'),
      actor: t.exposeString('actor'),
    }),
  });
  const RuleOutcome = builder.enumType('RuleOutcome', {
    description: 'UNDETERMINED: a fact it needs is not known. NOT_APPLICABLE: it does not speak of this case.',
    values: {
      PASS: { value: 'pass' },
      FAIL: { value: 'fail' },
      NOT_APPLICABLE: { value: 'not-applicable' },
      UNDETERMINED: { value: 'undetermined' },
    },
  });
  const RuleFinding = builder.objectRef<Finding>('Finding').implement({
    ...described,
    description: 'What one rule of one pack says.',
    fields: (t) => ({
      rule: t.exposeString('rule', {
        description: 'The rule: the same string names its file, its cases and its heading.',
      }),
      pack: t.exposeString('pack'),
      title: t.field({ type: Bilingual, resolve: (finding) => finding.title }),
      concept: t.exposeString('concept', {
        nullable: true,
        description: 'The key under which regions are compared, such as team.size.',
      }),
      force: t.exposeString('force', { description: 'hard, in-principle, priority, target or guidance.' }),
      effect: t.exposeString('effect', {
        description: 'deny blocks; override stops until overridden with a reason; flag and inform show; rank orders.',
      }),
      outcome: t.field({ type: RuleOutcome, resolve: (finding) => finding.outcome }),
      overridden: t.field({ type: Override, nullable: true, resolve: (finding) => finding.overridden }),
      message: t.field({
        type: Bilingual,
        description: 'What is wrong when the rule fails.',
        resolve: (finding) => finding.message,
      }),
      citation: t.field({ type: Citation, resolve: (finding) => finding.citation }),
      reading: t.field({
        type: Bilingual,
        nullable: true,
        description: 'How an unclear text is read here.',
        resolve: (finding) => finding.reading,
      }),
      note: t.field({
        type: Bilingual,
        nullable: true,
        description: 'Why an override that was sent for this rule does not count.',
        resolve: (finding) => finding.note,
      }),
      facts: t.field({ type: 'JSON', description: 'The facts it used, by id.', resolve: (finding) => finding.facts }),
      parameters: t.field({
        type: [ParameterUseRef],
        description: 'The numbers of the law that it used, as they stood on the date.',
        resolve: (finding) => Object.entries(finding.parameters).map(([id, use]) => ({ id, ...use })),
      }),
      leaves: t.field({
        type: [Leaf],
        description: 'Every comparison it made.',
        resolve: (finding) => [...finding.leaves],
      }),
      missing: t.exposeStringList('missing', { description: 'The facts it needs and does not have.' }),
      wouldPass: t.field({ type: WouldPass, nullable: true, resolve: (finding) => finding.wouldPass }),
    }),
  });
  const PackVersion = builder.objectRef<{ id: string; version: string; digest: string }>('PackVersion').implement({
    ...described,
    description: 'A pack as published: its SHA-256 digest says exactly which text.',
    fields: (t) => ({
      id: t.exposeString('id'),
      version: t.exposeString('version'),
      digest: t.exposeString('digest'),
    }),
  });
  const DecisionOutcome = builder.enumType('DecisionOutcome', {
    description:
      'ALLOW; DENY: a rule forbids it; NEEDS_OVERRIDE: a rule stops it until somebody who may gives a reason; NEEDS_FACT: a fact is not known, so nobody can say.',
    values: {
      ALLOW: { value: 'allow' },
      DENY: { value: 'deny' },
      NEEDS_OVERRIDE: { value: 'needs-override' },
      NEEDS_FACT: { value: 'needs-fact' },
    },
  });
  const Replay = builder.objectRef<{ same: boolean; digest: string }>('Replay').implement({
    ...described,
    description: 'The decision made again from its stored facts under its stored pack versions.',
    fields: (t) => ({
      same: t.exposeBoolean('same', { description: 'True when every byte is the same.' }),
      digest: t.exposeString('digest', { description: 'SHA-256 of the answer made again.' }),
    }),
  });
  const DecisionRef = builder.objectRef<StoredDecision | UnstoredDecision>('Decision').implement({
    ...described,
    description: 'What the packs that govern a place on a date say of one act or state of affairs, rule by rule.',
    fields: (t) => {
      const inner = (parent: StoredDecision | UnstoredDecision): Decision =>
        'decision' in parent ? parent.decision : parent;
      const stored = (parent: StoredDecision | UnstoredDecision) => ('decision' in parent ? parent : null);
      return {
        id: t.id({
          nullable: true,
          description: 'Its line in the append-only record; null for a standing or a preview, which are not stored.',
          resolve: (parent) => stored(parent)?.id ?? null,
        }),
        decidedAt: t.field({ type: 'DateTime', nullable: true, resolve: (parent) => stored(parent)?.at ?? null }),
        digest: t.string({
          nullable: true,
          description: 'SHA-256 of the stored record.',
          resolve: (parent) => stored(parent)?.digest ?? null,
        }),
        point: t.string({
          description: 'The decision point: the name of the field that asked.',
          resolve: (parent) => inner(parent).point,
        }),
        outcome: t.field({ type: DecisionOutcome, resolve: (parent) => inner(parent).outcome }),
        asOf: t.field({
          type: 'Date',
          description: 'The date whose law was applied.',
          resolve: (parent) => inner(parent).asOf,
        }),
        packs: t.field({ type: [PackVersion], resolve: (parent) => [...inner(parent).packs] }),
        findings: t.field({
          type: [RuleFinding],
          args: {
            outcomes: t.arg({ type: [RuleOutcome], description: 'Only findings with one of these outcomes.' }),
          },
          resolve: (parent, { outcomes }, context) =>
            decisionFor(context, inner(parent)).findings.filter(
              (finding) => !outcomes || outcomes.includes(finding.outcome),
            ),
        }),
        missing: t.stringList({
          description: 'The facts without which nobody can say.',
          resolve: (parent) => [...inner(parent).missing],
        }),
        facts: t.field({
          type: 'JSON',
          description:
            'By id. Restricted ones (ages, insurance, opinions, grades before publication) only for who may do the act, on the place of a standing for its authorities, and with the scope audit:read.',
          resolve: (parent, _args, context) => decisionFor(context, inner(parent)).facts,
        }),
        rank: t.int({
          description: 'How many priority rules it meets.',
          resolve: (parent) => inner(parent).rank,
        }),
        replay: t.field({
          type: Replay,
          nullable: true,
          description: 'Decides again from the record. Null where nothing was stored. Error: RELEASE_UNKNOWN.',
          resolve(parent, _args, context) {
            const line = stored(parent);
            return line ? replayStored(line, context.registry) : null;
          },
        }),
      };
    },
  });
  const UserErrorRef = builder
    .objectRef<{ code: string; field: readonly string[]; text: { zh: string; en: string } }>('UserError')
    .implement({
      ...described,
      description: 'A mistake in what was sent. Nothing was changed.',
      fields: (t) => ({
        code: t.exposeString('code', { description: 'Stable; for programs.' }),
        field: t.stringList({ description: 'The input field, outermost first.', resolve: (error) => [...error.field] }),
        message: t.field({ type: Bilingual, resolve: (error) => error.text }),
      }),
    });
  const OverrideInput = builder.inputType('OverrideInput', {
    description: 'Overrides a rule that stops an act in principle. Refused unless the role may override it.',
    fields: (t) => ({
      rule: t.string({ required: true, description: 'The rule id from the finding.' }),
      role: t.string({ required: true, description: 'The role in which you override.' }),
      reason: t.string({ required: true, description: 'Why; stored with the decision. Not empty.' }),
    }),
  });
  return {
    Bilingual,
    Citation,
    DecisionOutcome,
    DecisionRef,
    OverrideInput,
    PackVersion,
    ParameterUse: ParameterUseRef,
    UserErrorRef,
  };
}

export type DecisionTypes = ReturnType<typeof addDecisionTypes>;
