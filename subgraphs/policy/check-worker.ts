import { parentPort, workerData } from 'node:worker_threads';
import { runBaselines, runCases } from '../../policies/cases.ts';
import { checkPack } from '../../policies/load.ts';
import type { Catalogue, Pack } from '../../policies/pack.ts';
import { bundle } from '../../policies/release.ts';
import { verify } from '../../policies/verify.ts';
import type { CheckResult } from './check-result.ts';

/** What is checked: the texts of a pack by file name, against a catalogue. */
export interface CheckTask {
  readonly files: Readonly<Record<string, string>>;
  readonly catalogue: Catalogue;
  readonly mostProblems: number;
}

function untried(pack: Pack): string[] {
  const tried = new Set(pack.cases.flatMap(({ outcome }) => Object.keys(outcome)));
  return pack.rules.map(({ id }) => id).filter((id) => !tried.has(id));
}

async function check({ files, catalogue, mostProblems }: CheckTask): Promise<CheckResult> {
  const { pack, problems } = checkPack(files, catalogue);
  if (!pack) {
    return { problems: problems.slice(0, mostProblems), problemCount: problems.length, sound: null };
  }
  const release = bundle(pack);
  const cases = [...(await runBaselines(pack, release)), ...(await runCases(pack, release))];
  return {
    problems: [],
    problemCount: 0,
    sound: { release, cases, rulesWithoutCases: untried(pack), warnings: verify(pack) },
  };
}

parentPort?.postMessage(await check(workerData as CheckTask));
