import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runBaselines, runCases } from './cases.ts';
import { loadCatalogue, loadPack, packsFolder } from './load.ts';
import type { Catalogue } from './pack.ts';
import { PackError, problem } from './problem.ts';
import { bundle, releaseText } from './release.ts';
import { verify } from './verify.ts';

const hasHeading = (folder: string, version: string): boolean => {
  const file = join(folder, 'CHANGELOG.md');
  return (
    existsSync(file) &&
    readFileSync(file, 'utf8')
      .split('\n')
      .some((line) => line.startsWith(`## ${version}`))
  );
};

/**
 * Freezes the working tree of a pack as its version says and returns the file written. Refuses, without writing, a pack
 * that has problems, cases that come out otherwise, mistakes, no entry in its changelog, or a version that exists.
 */
export const release = async (folder: string, catalogue: Catalogue = loadCatalogue()): Promise<string> => {
  const pack = loadPack(folder, catalogue);
  const { version } = pack.pack;
  const name = `releases/${version}.json`;
  const file = join(folder, name);
  if (existsSync(file)) throw new PackError([problem('RELEASE_EXISTS', name, '', version)]);
  const frozen = bundle(pack);
  const wrong = [...(await runBaselines(pack, frozen)), ...(await runCases(pack, frozen))].filter(
    ({ passed }) => !passed,
  );
  const refusals = [
    ...wrong.map(({ id, expected, actual }) => problem('CASE_DIFFERS', id, '', JSON.stringify({ expected, actual }))),
    ...verify(pack)
      .filter(({ isMistake }) => isMistake)
      .map(({ code, about, message }) => problem('WARNED', about, '', `${code} ${message.zh} ${message.en}`)),
    ...(hasHeading(folder, version) ? [] : [problem('CHANGELOG_SILENT', 'CHANGELOG.md', '', version)]),
  ];
  const [first, ...rest] = refusals;
  if (first) throw new PackError([first, ...rest]);
  mkdirSync(join(folder, 'releases'), { recursive: true });
  // Exclusive: of two releases at once, one fails instead of overwriting.
  writeFileSync(file, releaseText(frozen), { flag: 'wx' });
  return file;
};

if (import.meta.main) {
  const [name] = process.argv.slice(2);
  if (!name || basename(name) !== name) {
    console.error('npm run release <pack>');
    process.exitCode = 2;
  } else {
    try {
      console.log(await release(join(packsFolder, name)));
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      for (const { code, file, path, message } of error.problems)
        console.error(`${code} ${file}${path} ${message.zh} ${message.en}`);
      process.exitCode = 1;
    }
  }
}
