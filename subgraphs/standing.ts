import type { InputFieldRef, SchemaTypes } from '@pothos/core';
import { GraphQLError } from 'graphql';
import { compile } from '../policies/compile.ts';
import type { Decision } from '../policies/decision.ts';
import { evaluate } from '../policies/evaluate.ts';
import type { Facts } from '../policies/facts.ts';
import type { Release } from '../policies/pack.ts';
import type { Context } from './context.ts';
import { lawOf } from './law.ts';

/** Which law a standing is decided under. */
export interface StandingArgs {
  readonly asOf?: string | null | undefined;
  readonly pack?: string | null | undefined;
  readonly version?: string | null | undefined;
}

/** The packs that govern a place on a day, or with `pack` the named one instead of the region's own. */
export function packsFor(context: Context, regions: readonly string[], args: StandingArgs): readonly Release[] {
  const asOf = args.asOf ?? context.today;
  if (!args.pack) return lawOf(context.registry, regions, asOf);
  const { registry } = context;
  const named = args.version ? registry.named(args.pack, args.version) : registry.newest(args.pack);
  if (!named) {
    throw new GraphQLError(`There is no published pack ${args.pack} ${args.version ?? ''}`.trim(), {
      extensions: { code: 'PACK_UNKNOWN', messageZh: `没有已发布的政策包 ${args.pack} ${args.version ?? ''}`.trim() },
    });
  }
  return [named];
}

/**
 * Decides a state of affairs without storing anything: what `standing` fields answer.
 *
 * @throws GraphQLError PACK_UNKNOWN
 */
export function decideStanding(
  context: Context,
  point: string,
  regions: readonly string[],
  facts: Facts,
  args: StandingArgs,
): Decision {
  const asOf = args.asOf ?? context.today;
  return evaluate({ packs: packsFor(context, regions, args).map((release) => compile(release)), point, asOf, facts });
}

interface Args<Types extends SchemaTypes> {
  arg(options: { type: 'Date' | 'String'; description: string }): InputFieldRef<Types, string | null | undefined>;
}

/** The arguments of every standing field. */
export function standingArgs<Types extends SchemaTypes>(t: Args<Types>) {
  return {
    asOf: t.arg({ type: 'Date', description: 'The day whose law and facts count, today if absent.' }),
    pack: t.arg({
      type: 'String',
      description: 'Decide under this pack instead of those in force there. Error: PACK_UNKNOWN.',
    }),
    version: t.arg({ type: 'String', description: 'Of the pack; its latest if absent.' }),
  };
}
