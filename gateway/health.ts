export interface Health {
  /** Ready only when every part says so and the gateway is not closing. Says which part is not. */
  check(): Promise<{
    status: 200 | 503;
    body: { status: 'ready' | 'not-ready' | 'closing'; parts: Record<string, 'ok' | 'down'> };
  }>;
  /** From now on not ready. */
  drain(): void;
  readonly closing: boolean;
}

/** Asks each part anew on every check; checks that come while one is under way share its answer. */
export function createHealth(parts: Readonly<Record<string, () => Promise<boolean>>>, patienceMs = 3_000): Health {
  let closing = false;
  let underWay: Promise<Record<string, 'ok' | 'down'>> | undefined;

  async function ask(): Promise<Record<string, 'ok' | 'down'>> {
    const answers = await Promise.all(
      Object.entries(parts).map(
        async ([name, ready]) => [name, (await inTime(ready, patienceMs)) ? 'ok' : 'down'] as const,
      ),
    );
    underWay = undefined;
    return Object.fromEntries(answers);
  }

  return {
    async check() {
      underWay ??= ask();
      const answers = await underWay;
      const ready = Object.values(answers).every((answer) => answer === 'ok');
      const status = closing ? 'closing' : ready ? 'ready' : 'not-ready';
      return { status: status === 'ready' ? 200 : 503, body: { status, parts: answers } };
    },
    drain() {
      closing = true;
    },
    get closing() {
      return closing;
    },
  };
}

async function inTime(ready: () => Promise<boolean>, patienceMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), patienceMs);
  try {
    return await Promise.race([ready(), promise]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
