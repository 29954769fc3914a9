/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The value that this share of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] as number;
}

/** Milliseconds that some work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const started = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - started) / 1e6;
}

/**
 * Times pieces of work in turn (A B C, A B C ...), so that a machine whose speed drifts slows all alike, and returns the
 * median milliseconds of each after one round that does not count.
 */
export async function inTurn<Name extends string>(
  rounds: number,
  work: Readonly<Record<Name, () => unknown>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(work) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const took = await timed(work[name]);
      if (round > 0) times[name].push(took);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
}

/**
 * Median milliseconds of two ways of asking the same, and the median of one divided by the other. What has just run
 * leaves the processor's caches and predictors to what comes next, which is half of what a short query takes: hence call
 * by call, each way first every other time, after calls that do not count.
 */
export async function sideBySide(
  one: () => unknown,
  other: () => unknown,
  { least = 10, most = 1_000, forMs = 8_000, uncounted = 10 } = {},
): Promise<{ readonly one: number; readonly other: number; readonly ratio: number }> {
  const pairs: { one: number; other: number }[] = [];
  const took = async (isOneFirst: boolean) => {
    const first = await timed(isOneFirst ? one : other);
    const second = await timed(isOneFirst ? other : one);
    return isOneFirst ? { one: first, other: second } : { one: second, other: first };
  };
  const started = Date.now();
  for (let at = 0; at < uncounted && Date.now() - started < forMs / 8; at += 1) await took(at % 2 === 0);
  const until = Date.now() + forMs;
  for (let at = 0; at < least || (at < most && Date.now() < until); at += 1) pairs.push(await took(at % 2 === 0));
  return {
    one: median(pairs.map((pair) => pair.one)),
    other: median(pairs.map((pair) => pair.other)),
    ratio: median(pairs.map((pair) => pair.one / pair.other)),
  };
}

/** Stops the bench when two ways of doing one thing do not give the same: a ratio of different answers says nothing. */
export function mustEqual(what: string, one: unknown, other: unknown): void {
  const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
  if (a !== b) throw new Error(`${what}: the answers differ\n${a?.slice(0, 400)}\n${b?.slice(0, 400)}`);
}
