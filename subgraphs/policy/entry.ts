import type { Entry, Indicator, Obligation, Release } from '../../policies/pack.ts';
import { builder, types } from './builder.ts';
import { DecisionPointRef } from './decision-point.ts';
import { FactRef, factOf, pointOf } from './fact.ts';
import { PackRef } from './pack.ts';
import { SourceRef, sourceOf } from './source.ts';
import { type Term, TermRef, termOf } from './term.ts';

interface InPack<Kind extends Entry> {
  readonly release: Release;
  readonly entry: Kind;
}

/** What targets and calendar entries have in common. */
function addEntry<Kind extends Entry>(name: 'PackIndicator' | 'PackObligation', description: string) {
  return builder.objectRef<InPack<Kind>>(name).implement({
    description,
    fields: (t) => ({
      id: t.id({ resolve: ({ entry }) => entry.id }),
      pack: t.field({ type: PackRef, resolve: ({ release }) => release }),
      title: t.field({ type: types.Bilingual, resolve: ({ entry }) => entry.title }),
      norm: t.string({
        nullable: true,
        description: 'The clause it carries.',
        resolve: ({ entry }) => entry.norm ?? null,
      }),
      concept: t.string({
        nullable: true,
        description: 'The key under which regions are compared.',
        resolve: ({ entry }) => entry.concept ?? null,
      }),
      platformDefault: t.boolean({
        description: "True: its dates or figures are the platform's and not the law's.",
        resolve: ({ entry }) => entry.platformDefault ?? false,
      }),
      reading: t.field({
        type: types.Bilingual,
        nullable: true,
        description: 'How an unclear text is read here.',
        resolve: ({ entry }) => entry.reading ?? null,
      }),
      note: t.field({ type: types.Bilingual, nullable: true, resolve: ({ entry }) => entry.note ?? null }),
      citation: t.field({ type: types.Citation, resolve: ({ entry }) => entry.citation }),
      source: t.field({
        type: SourceRef,
        nullable: true,
        resolve: ({ release, entry }) => sourceOf(release, entry.citation),
      }),
      content: t.field({
        type: 'JSON',
        description: 'All that the pack says of it.',
        resolve: ({ entry }) => entry,
      }),
    }),
  });
}

/** Roles by their titles in the pack. */
function rolesNamed(release: Release, codes: readonly string[] = []): Term[] {
  const titles = Object.fromEntries(release.roles.map(({ role, title }) => [role, title]));
  return codes.map((code) => termOf(code, { ...release.pack.vocabulary, ...titles }));
}

const PackIndicator = addEntry<Indicator>(
  'PackIndicator',
  'A target of a pack: what is counted, how much of it, by when, by whom.',
);
builder.objectFields(PackIndicator, (t) => ({
  scope: t.string({ description: 'For what it is set.', resolve: ({ entry }) => entry.scope }),
  comparator: t.string({
    description: 'equal, at-least, at-most, between or about.',
    resolve: ({ entry }) => entry.comparator,
  }),
  unit: t.string({ resolve: ({ entry }) => entry.unit }),
  fact: t.field({
    type: FactRef,
    nullable: true,
    description: 'What is compared; null where the platform cannot count it.',
    resolve: ({ entry }) => (entry.fact ? factOf(entry.fact) : null),
  }),
  responsible: t.field({
    type: [TermRef],
    description: 'The bodies that answer for it.',
    resolve: ({ release, entry }) => rolesNamed(release, entry.responsible),
  }),
}));

const PackObligation = addEntry<Obligation>(
  'PackObligation',
  'A duty in the calendar of a pack: who owes what to whom, and when.',
);
builder.objectFields(PackObligation, (t) => ({
  owners: t.field({
    type: [TermRef],
    description: 'Who owes it.',
    resolve: ({ release, entry }) => rolesNamed(release, entry.owner),
  }),
  recipients: t.field({
    type: [TermRef],
    resolve: ({ release, entry }) => rolesNamed(release, entry.recipient),
  }),
  recurrence: t.string({
    description:
      'once, monthly, quarterly, half-yearly, yearly, per-selection, per-engagement, per-project, per-assessment, irregular or unspecified.',
    resolve: ({ entry }) => entry.recurrence,
  }),
  windowFrom: t.string({
    nullable: true,
    description: 'MM-DD, YYYY-MM-DD, or an event.',
    resolve: ({ entry }) => entry.window?.from ?? null,
  }),
  windowTo: t.string({
    nullable: true,
    description: 'The last day, or an event and the days after it.',
    resolve: ({ entry }) => entry.window?.to ?? null,
  }),
  satisfiedBy: t.field({
    type: [DecisionPointRef],
    description: 'The acts that satisfy it.',
    resolve: ({ entry }) => entry.satisfiedBy.flatMap((id) => pointOf(id) ?? []),
  }),
  lateEffect: t.string({
    description: 'flag, schedule, deny-early, deny-next or none.',
    resolve: ({ entry }) => entry.lateEffect,
  }),
}));

builder.objectFields(PackRef, (t) => ({
  indicators: t.field({
    type: [PackIndicator],
    resolve: (release) => release.indicators.map((entry) => ({ release, entry })),
  }),
  obligations: t.field({
    type: [PackObligation],
    resolve: (release) => release.obligations.map((entry) => ({ release, entry })),
  }),
}));
