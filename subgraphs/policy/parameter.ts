import type { Parameter, Release } from '../../policies/pack.ts';
import { parameterOn } from '../../policies/parameter.ts';
import { builder, types } from './builder.ts';
import { PackRef, published } from './pack.ts';
import { SourceRef, sourceOf } from './source.ts';

/** A parameter and the version of the pack it stands in. */
export interface PackParameter {
  readonly release: Release;
  readonly parameter: Parameter;
}

interface PackParameterValue {
  readonly release: Release;
  readonly entry: Parameter['values'][number];
}

const ParameterValue = builder.objectRef<PackParameterValue>('ParameterValue').implement({
  description: 'What a number of the law is from a day on, until the next entry.',
  fields: (t) => ({
    from: t.field({ type: 'Date', resolve: ({ entry }) => entry.from }),
    value: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Null: from then on the law gives none.',
      resolve: ({ entry }) => entry.value,
    }),
    citation: t.field({ type: types.Citation, resolve: ({ entry }) => entry.citation }),
    source: t.field({
      type: SourceRef,
      nullable: true,
      resolve: ({ release, entry }) => sourceOf(release, entry.citation),
    }),
  }),
});

const PlatformDefault = builder.objectRef<NonNullable<Parameter['platformDefault']>>('PlatformDefault').implement({
  description: "The platform's own figure where the law gives none. It is not law and is marked wherever it is used.",
  fields: (t) => ({
    value: t.field({ type: 'JSON', resolve: ({ value }) => value }),
    note: t.field({ type: types.Bilingual, resolve: ({ note }) => note }),
  }),
});

export const ParameterRef = builder.objectRef<PackParameter>('Parameter');
ParameterRef.implement({
  description: 'A number or list that the law sets, with its whole history.',
  fields: (t) => ({
    id: t.id({ description: 'Unique in its pack.', resolve: ({ parameter }) => parameter.id }),
    pack: t.field({ type: PackRef, resolve: ({ release }) => release }),
    title: t.field({ type: types.Bilingual, resolve: ({ parameter }) => parameter.title }),
    type: t.string({
      description: 'boolean, integer, decimal, fen, date, code, text or codes.',
      resolve: ({ parameter }) => parameter.type,
    }),
    unit: t.string({
      nullable: true,
      description: 'What is counted; money is in fen.',
      resolve: ({ parameter }) => parameter.unit ?? (parameter.type === 'fen' ? 'fen' : null),
    }),
    status: t.string({
      description:
        'stated: the law gives a value; unspecified: it speaks of it and gives none; silent: it does not speak of it; unknown: the text at hand is incomplete.',
      resolve: ({ parameter }) => parameter.status,
    }),
    values: t.field({
      type: [ParameterValue],
      description: 'Every value, the earliest first.',
      resolve: ({ release, parameter }) => parameter.values.map((entry) => ({ release, entry })),
    }),
    platformDefault: t.field({
      type: PlatformDefault,
      nullable: true,
      resolve: ({ parameter }) => parameter.platformDefault ?? null,
    }),
    concept: t.string({
      nullable: true,
      description: 'The key under which regions are compared.',
      resolve: ({ parameter }) => parameter.concept ?? null,
    }),
    on: t.field({
      type: types.ParameterUse,
      description: 'What a rule finds on a day.',
      args: { date: t.arg({ type: 'Date', required: true }) },
      resolve: ({ parameter }, { date }) => ({ id: parameter.id, ...parameterOn(parameter, date) }),
    }),
  }),
});

/** The parameters of a release. */
export const parametersOf = (release: Release): PackParameter[] =>
  release.parameters.map((parameter) => ({ release, parameter }));

builder.objectFields(PackRef, (t) => ({
  parameters: t.field({ type: [ParameterRef], resolve: parametersOf }),
}));

const ParameterFilter = builder.inputType('ParameterFilter', {
  fields: (t) => ({
    pack: t.id(),
    concept: t.string(),
    status: t.string({ description: 'stated, unspecified, silent or unknown.' }),
  }),
});

builder.queryFields((t) => ({
  parameter: t.field({
    type: ParameterRef,
    nullable: true,
    description: 'A number of the law. Two packs may use one id for their own numbers, so the pack is named too.',
    args: {
      pack: t.arg.id({ required: true }),
      id: t.arg.id({ required: true }),
      version: t.arg.string({ description: 'Of the pack; its latest if absent.' }),
    },
    resolve(_root, { pack, id, version }, { registry }) {
      const release = published(registry, pack, version);
      return release ? (parametersOf(release).find(({ parameter }) => parameter.id === id) ?? null) : null;
    },
  }),
  parameters: t.field({
    type: [ParameterRef],
    description: 'Parameters of the latest versions, by pack and id.',
    args: { filter: t.arg({ type: ParameterFilter }) },
    resolve(_root, { filter }, { registry }) {
      const { pack, concept, status } = filter ?? {};
      return registry
        .latest()
        .filter((release) => !pack || release.pack.id === pack)
        .flatMap(parametersOf)
        .filter(({ parameter }) => !concept || parameter.concept === concept)
        .filter(({ parameter }) => !status || parameter.status === status);
    },
  }),
}));
