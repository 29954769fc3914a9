import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

/** Another live process holds the embedded database's directory. Two writers would lose each other's rows silently. */
export class DataDirectoryInUse extends Error {
  readonly code = 'DATA_DIRECTORY_IN_USE';
  constructor(dataDir: string, pid: number) {
    super(`${dataDir} is in use by process ${pid}. Stop it first, or choose another directory with TEPAI_DATA.`);
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Takes the lock beside an embedded database's directory and returns how to give it back. The embedded engine has no
 * lock of its own. A lock whose holder is dead (kill -9) is taken over.
 *
 * @throws DataDirectoryInUse while its holder is alive
 */
export function lockDataDirectory(dataDir: string): () => void {
  const file = `${dataDir}.lock`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const descriptor = openSync(file, 'wx');
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(file, 'utf8'));
      // An own pid in the file is a container's earlier life: pid 1 is always pid 1.
      if (attempt > 0 || (holder !== process.pid && alive(holder))) throw new DataDirectoryInUse(dataDir, holder);
      rmSync(file, { force: true });
    }
  }
}
