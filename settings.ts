import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A setting of the environment that is missing or wrong. Its message says how to mend it. */
export class SettingError extends Error {
  readonly code = 'SETTING_INVALID';
}

/** The text of a setting. @throws SettingError when it is absent and has no default */
export function setting(name: string, fallback?: string): string {
  const value = process.env[name] ?? fallback;
  if (value === undefined || value === '') throw new SettingError(`Set ${name}: see README, "Settings".`);
  return value;
}

/** A port number. @throws SettingError */
export function portSetting(name: string, fallback: number): number {
  const port = Number(process.env[name] ?? fallback);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SettingError(`${name} must be a port, 0 to 65535.`);
  return port;
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The composed schema as committed. */
export const supergraphSdl = (): string => read('schema/supergraph.graphql');

/** Where the contracts of the packs are, as committed. */
export const contractsFolder: string = join(import.meta.dirname, 'schema/contracts');

/** The codes of subgraph errors that callers may see. */
export const errorCodes = (): string[] => JSON.parse(read('schema/error-codes.json'));
