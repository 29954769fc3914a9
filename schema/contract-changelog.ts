import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type Change, ChangeType, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const digestOf = (sdl: string) => createHash('sha256').update(sdl).digest('hex');

/** The entity tag of a contract: what its address answers as `ETag`, without the quotes. */
export const etagOf = (sdl: string): string => digestOf(sdl).slice(0, 32);

const heading = /^## ([0-9]+) · ([0-9a-f]{32})$/m;

/** Whether a changelog's newest entry is about this text. */
export const namesDigest = (changelog: string | null, sdl: string): boolean =>
  heading.exec(changelog ?? '')?.[2] === etagOf(sdl);

const LEVELS = [
  [CriticalityLevel.Breaking, '不兼容 Breaking'],
  [CriticalityLevel.Dangerous, '须留意 Dangerous'],
  [CriticalityLevel.NonBreaking, '兼容 Compatible'],
] as const;

/** Changes that a frontend can meet: not those of descriptions, nor again what is in a type or field that is new as a whole. */
function telling(changes: readonly Change[]): Change[] {
  const isNew = new Set<string>([ChangeType.TypeAdded, ChangeType.FieldAdded]);
  const added = new Set(changes.flatMap(({ type, path }) => (isNew.has(type) && path ? [path] : [])));
  return changes.filter(({ type, path }) => {
    const parts = path?.split('.') ?? [];
    const holders = parts.map((_part, at) => parts.slice(0, at).join('.'));
    return !type.includes('DESCRIPTION') && !holders.some((holder) => added.has(holder));
  });
}

/** What changed from one text to the next, the worst first; the first text is only announced. */
async function entry(number: number, before: string | null, after: string): Promise<string> {
  const title = `## ${number} · ${etagOf(after)}`;
  if (before === null) return `${title}\n\n首次发布。 First version.\n`;
  const changes = telling(await diff(buildSchema(before), buildSchema(after)));
  const parts = LEVELS.flatMap(([level, name]) => {
    const lines = changes.filter(({ criticality }) => criticality.level === level).map(({ message }) => `- ${message}`);
    return lines.length === 0 ? [] : [`### ${name}\n\n${lines.sort().join('\n')}\n`];
  });
  return `${title}\n\n${parts.length === 0 ? '仅说明文字有改动。 Descriptions only.\n' : parts.join('\n')}`;
}

/** The changelog of a contract with an entry for its new text on top. */
export async function changelogWith(
  file: string,
  changelog: string | null,
  before: string | null,
  after: string,
): Promise<string> {
  const number = Number(heading.exec(changelog ?? '')?.[1] ?? 0) + 1;
  const title = `# ${basename(file, '.md')}\n`;
  const rest = changelog?.startsWith(title) ? changelog.slice(title.length) : '';
  return `${title}\n${await entry(number, before, after)}${rest}`;
}
