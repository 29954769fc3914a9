import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { type CompiledPack, compile } from '../policies/compile.ts';
import { decide } from '../policies/decide.ts';
import type { Decision } from '../policies/decision.ts';
import type { Facts } from '../policies/facts.ts';
import type { Release } from '../policies/pack.ts';
import { actingOn, type Subject } from './actor.ts';
import type { Context } from './context.ts';
import { lawOf } from './law.ts';
import { type CommonInput, earlierRoles, heldOverrides, otherBodySteps, type Prepared } from './mutate.ts';
import { showToActor } from './restricted.ts';
import { storeDecision } from './stored-decision.ts';

/** Rows that the law judges alike, with the decision they share. */
export interface RowsDecision {
  /** Of its record. */
  readonly id: string;
  readonly decision: Decision;
  readonly subject: Subject;
  readonly actedAs: readonly string[];
  readonly rows: readonly number[];
}

interface Law {
  readonly releases: readonly Release[];
  readonly packs: readonly CompiledPack[];
  readonly inForce: boolean;
  /** The facts that a rule in force compares or speaks of: no other can make two rows differ before the law. */
  readonly heard: readonly string[];
}

function lawFor(context: Context, regions: readonly string[], point: string, on: string): Law {
  const releases = lawOf(context.registry, regions, on);
  const packs = releases.map((release) => compile(release));
  const spoken = JSON.stringify(
    releases.flatMap(({ rules }) =>
      rules.filter((rule) => rule.on.includes(point)).map((rule) => [rule.message, rule.remedy]),
    ),
  );
  const named = [...spoken.matchAll(/\{([a-zA-Z]+\.[a-zA-Z]+)\}/g)].map((match) => match[1] as string);
  const compared = packs.flatMap((pack) => pack.at(point, on).facts.map(({ id }) => id));
  return {
    releases,
    packs,
    inForce: releases.some((release) => !('everywhere' in release.pack.governs)),
    heard: [...new Set([...compared, ...named])].sort(),
  };
}

/**
 * Judges rows one after another. A decision follows from the law, the day and the facts alone, so rows that agree in them
 * are decided once: by both evaluators, as any change is.
 */
export function rowJudge(tx: SqlEntityManager, context: Context, point: string, input: CommonInput, on: string) {
  const laws = new Map<string, Law>();
  const earlier = new Map<string, Promise<readonly (readonly string[])[]>>();
  const decided = new Map<string, Promise<RowsDecision & { readonly rows: number[] }>>();
  const kept: (RowsDecision & { readonly rows: number[] })[] = [];
  let refused = false;

  async function decideOnce(law: Law, subject: Subject, facts: Facts, actedAs: readonly string[]) {
    const overrides = heldOverrides(context, subject, input);
    const decision = showToActor(await decide({ packs: law.packs, point, asOf: on, facts, overrides }));
    refused ||= decision.outcome !== 'allow';
    const group = { id: uuid(), decision, subject, actedAs, rows: [] as number[] };
    kept.push(group);
    return group;
  }

  /** The roles of earlier acts of a row's chain, those of rows before it included. */
  async function earlierActs({ process }: Subject): Promise<readonly (readonly string[])[]> {
    if (!process) return [];
    const stored = earlier.get(process) ?? earlierRoles(tx, context, process);
    earlier.set(process, stored);
    const here = kept.filter(({ subject, decision }) => subject.process === process && decision.outcome === 'allow');
    return [...(await stored), ...here.flatMap(({ actedAs, rows }) => rows.map(() => actedAs))];
  }

  return {
    /** @throws UserError as a single act would, such as for an override in a role that is not held */
    async judge(row: number, prepared: Prepared<unknown>): Promise<RowsDecision> {
      const { subject } = prepared;
      const place = subject.regions.join(' ');
      const law = laws.get(place) ?? lawFor(context, subject.regions, point, on);
      laws.set(place, law);
      const acting = actingOn(context.viewer, subject, point, law.releases, {
        onBehalfOf: input.onBehalfOf ?? null,
        stepBodies: prepared.stepBodies,
      });
      const steps = otherBodySteps(subject, acting, await earlierActs(subject));
      const all: Facts = { ...steps, ...prepared.facts, ...acting.facts, 'regime.inForce': law.inForce };
      const facts = Object.fromEntries(law.heard.filter((id) => all[id] !== undefined).map((id) => [id, all[id]]));
      const key = `${place}|${subject.type}|${subject.process ?? ''}|${acting.actedAs.join(' ')}|${JSON.stringify(facts)}`;
      const group = decided.get(key) ?? decideOnce(law, subject, facts, acting.actedAs);
      decided.set(key, group);
      const found = await group;
      found.rows.push(row);
      return found;
    },
    /** Whether any row is not allowed. */
    refuses: () => refused,
    /** What was decided, in the order of the first row of each. */
    judged: (): readonly RowsDecision[] => kept,
  };
}

/** Writes the decisions of an import down: each stands for all its rows, which name it in their submissions. */
export function storeDecisions(
  tx: SqlEntityManager,
  context: Context,
  importId: string,
  decisions: readonly RowsDecision[],
): void {
  for (const { id, decision, subject, actedAs } of decisions) {
    const imported = { ...subject, type: `${subject.type}Import`, id: importId };
    storeDecision(tx, context, { id, subject: imported, actedAs }, decision);
  }
}
