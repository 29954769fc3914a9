import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);
const PROGRAMS = ['initdb', 'postgres'] as const;
const DEBIAN = '/usr/lib/postgresql';
/** The server refuses to run as root, so it runs as nobody when the tests do. */
const NOBODY = 65_534;

/** A throw-away PostgreSQL server. */
export interface PostgresServer {
  /** Makes an empty database and answers its URL. */
  database(): Promise<string>;
  /** Stops the server and keeps its files, as when it is restarted or its machine goes down. */
  pause(): Promise<void>;
  /** Starts it again, at the same address with what was committed. */
  resume(): Promise<void>;
  stop(): Promise<void>;
}

type Programs = Record<(typeof PROGRAMS)[number], string>;

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Finds the server's programs on the PATH or where Debian puts them, the newest version first; or says which are missing. */
export function findPostgres(path: string = process.env.PATH ?? '', debian: string = DEBIAN): Programs | string[] {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...path.split(delimiter).filter(Boolean),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  const found = PROGRAMS.map(
    (program) => [program, folders.map((folder) => join(folder, program)).find(isExecutable)] as const,
  );
  const missing = found.filter(([, file]) => !file).map(([program]) => program);
  return missing.length > 0 ? missing : (Object.fromEntries(found) as Programs);
}

/** What to install when `findPostgres` says that programs are missing. */
export const missingPostgres = (missing: readonly string[]): string =>
  `PostgreSQL's ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} neither on the PATH nor under ${DEBIAN}/<version>/bin: install Debian's postgresql-15.`;

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end().catch(() => {});
  }
}

async function untilReady(url: string, server: ChildProcess, said: () => string): Promise<void> {
  for (const deadline = Date.now() + 30_000; ; ) {
    try {
      return await ask(url, 'select 1');
    } catch (error) {
      if (server.exitCode !== null || Date.now() > deadline)
        throw new Error(`PostgreSQL did not start: ${String(error)}\n${said()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Starts a server on a free port with its files in a new folder under the system's temporary one. */
export async function startPostgres(programs: Programs): Promise<PostgresServer> {
  const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : null;
  const folder = mkdtempSync(join(tmpdir(), 'tepai-postgres-'));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const options = { ...owner, cwd: folder, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', TZ: 'UTC' } };
  await run(
    programs.initdb,
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    options,
  );
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, fsync: 'off' };
  let said = '';
  const urlOf = (name: string) => `postgres://postgres@127.0.0.1:${port}/${name}`;
  let server: ChildProcess | null = null;
  let databases = 0;
  const resume = async () => {
    server = spawn(
      programs.postgres,
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    server.stderr?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4_000);
    });
    await untilReady(urlOf('postgres'), server, () => said);
  };
  const pause = async () => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    // SIGINT is PostgreSQL's fast shutdown: it ends sessions instead of waiting for them.
    server.kill('SIGINT');
    await gone;
  };
  const stop = async () => {
    await pause();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await resume();
  } catch (error) {
    (server as ChildProcess | null)?.kill('SIGKILL');
    await stop();
    throw error;
  }
  return {
    async database() {
      databases += 1;
      const name = `test_${databases}`;
      await ask(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    pause,
    resume,
    stop,
  };
}
