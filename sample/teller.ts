import type pg from 'pg';
import type { Ask } from './ask.ts';
import { markDone, partsDone } from './progress.ts';

/** What a mutation of the story answered, as it is kept. */
export interface Told {
  /** The thing of the payload, with the fields that were asked for; null when there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: each act asks for other fields
  readonly thing: any;
  readonly outcome: string;
}

export interface Act {
  /** The account that acts. */
  readonly as: string;
  readonly mutation: string;
  /** The field of the payload, with what to read of it: `team { id version }`. */
  readonly thing: string;
  readonly on: string;
  readonly input: Record<string, unknown>;
  /** What the law says of it; ALLOW if absent. */
  readonly expect?: 'DENY' | 'NEEDS_OVERRIDE' | 'NEEDS_FACT';
}

/** The story came out differently: the law, or what was loaded, is another than it was written for. */
export class StoryEnds extends Error {
  readonly code = 'STORY_ENDS';
}

const upper = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

interface Payload {
  readonly decision: { readonly outcome: string; readonly findings: { rule: string }[] } | null;
  readonly userErrors: { readonly code: string; readonly message: { readonly en: string } }[];
  readonly [thing: string]: unknown;
}

/**
 * Tells a story through the graph, one act after the other. Each act has an idempotency key, and its answer is kept once
 * it is known: a story that was broken off goes on, and no act is done twice.
 */
export class Teller {
  readonly #pool: pg.Pool;
  readonly #ask: Ask;
  readonly #told: Map<string, unknown>;
  readonly #prefix: string;
  #count = 0;

  private constructor(pool: pg.Pool, ask: Ask, told: Map<string, unknown>, prefix: string) {
    this.#pool = pool;
    this.#ask = ask;
    this.#told = told;
    this.#prefix = prefix;
  }

  /** The acts of a story are marked by its prefix and their number in it. */
  static async begin(pool: pg.Pool, ask: Ask, prefix: string): Promise<Teller> {
    return new Teller(pool, ask, await partsDone(pool, prefix), prefix);
  }

  /** @throws StoryEnds when the graph does not answer as the story has it */
  async act({ as, mutation, thing, on, input, expect: refusal }: Act): Promise<Told> {
    const expect = refusal ?? 'ALLOW';
    this.#count += 1;
    const part = `${this.#prefix}${String(this.#count).padStart(3, '0')} ${mutation}`;
    const kept = this.#told.get(part) as Told | undefined;
    if (kept) return kept;
    const { data, errors } = await this.#ask(
      as,
      `mutation Story($input: ${upper(mutation)}Input!) {
        ${mutation}(input: $input) { ${thing} decision { outcome findings(outcomes: [FAIL, UNDETERMINED]) { rule } } userErrors { code message { en } } }
      }`,
      { input: { ...input, on, idempotencyKey: `sample ${part}` } },
    );
    if (errors?.length) throw new StoryEnds(`${part}: ${errors.map(({ message }) => message).join('; ')}`);
    const payload = (data as Record<string, Payload>)[mutation] as Payload;
    const outcome = payload.decision?.outcome ?? payload.userErrors.map(({ code }) => code).join(', ');
    if (outcome !== expect) {
      const rules = payload.decision?.findings.map(({ rule }) => rule).join(', ') ?? '';
      throw new StoryEnds(`${part}: ${outcome} where the story has ${expect} ${rules}`.trim());
    }
    const told = { thing: payload[thing.split(/[ {]/)[0] as string] ?? null, outcome };
    await markDone(this.#pool, part, told);
    return told;
  }
}
