import { Worker } from 'node:worker_threads';
import { GraphQLError } from 'graphql';
import { loadCatalogue } from '../../policies/load.ts';
import { type CheckResult, refusal } from './check-result.ts';
import type { CheckTask } from './check-worker.ts';

/** What one check may use, and how many may run at once in this process. */
export interface CheckLimits {
  readonly ms: number;
  readonly megabytes: number;
  readonly atOnce: number;
  readonly problems: number;
}

// Less than the gateway waits for a subgraph, so that the author hears why.
export const checkLimits: CheckLimits = { ms: 8_000, megabytes: 512, atOnce: 2, problems: 500 };

let running = 0;

const tooCostly = refusal('CHECK_TOO_COSTLY', '', {
  zh: '检查该规则包所需的时间或内存超过上限，请缩小条件或减少案例。',
  en: 'Checking this pack takes more time or memory than is given; make its conditions smaller or its cases fewer.',
});

/**
 * Checks an author's pack in a thread of its own, with a limit of time and memory: the texts may be hostile, and the
 * event loop and heap of this process are everybody's.
 *
 * @throws GraphQLError PACK_CHECK_BUSY when as many checks as may run at once are running
 */
export async function checkInThread(
  files: Readonly<Record<string, string>>,
  limits: CheckLimits = checkLimits,
): Promise<CheckResult> {
  if (running >= limits.atOnce) {
    throw new GraphQLError('Other packs are being checked; try again in some seconds.', {
      extensions: { code: 'PACK_CHECK_BUSY', messageZh: '正在检查其他规则包，请数秒后重试。' },
    });
  }
  running += 1;
  const workerData: CheckTask = { files, catalogue: loadCatalogue(), mostProblems: limits.problems };
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), {
    workerData,
    // A pack's own words must not reach this process's output.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
  });
  const { promise, resolve, reject } = Promise.withResolvers<CheckResult>();
  const timer = setTimeout(() => resolve(tooCostly), limits.ms);
  worker.once('message', resolve);
  worker.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(tooCostly);
    else reject(error);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    running -= 1;
    await worker.terminate();
  }
}
