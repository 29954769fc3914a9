import { parseArgs } from 'node:util';
import { createDemoIssuer } from '../gateway/issuer.ts';
import { SettingError } from '../settings.ts';
import { examples } from './examples.ts';
import { personas } from './personas.ts';
import type { Scale } from './scale.ts';

/** How long a token of a persona is good for. */
export const TOKEN_SECONDS = 30 * 86_400;

/** What the command line asks for: to start with so much data, or only to print something. */
export type Command =
  | { readonly kind: 'start'; readonly scale: Scale }
  | { readonly kind: 'token'; readonly persona: string }
  | { readonly kind: 'examples' };

const OPTIONS = {
  scale: { type: 'string' },
  token: { type: 'string' },
  examples: { type: 'boolean' },
  empty: { type: 'boolean' },
} as const;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new SettingError((error as Error).message);
  }
}

/**
 * Reads `--scale <share>` (above 0, up to 1), `--token <persona>` or `--examples` from the command line.
 *
 * @throws SettingError for another value or an unknown option
 */
export function parseCommand(args: readonly string[]): Command {
  const { scale, token, examples: wanted } = parsed(args);
  if (wanted) return { kind: 'examples' };
  if (token !== undefined) return { kind: 'token', persona: token.startsWith('demo:') ? token : `demo:${token}` };
  if (scale === undefined) return { kind: 'start', scale: { kind: 'demonstration' } };
  const share = Number(scale);
  if (!(share > 0 && share <= 1)) throw new SettingError('--scale takes a share of the nation: above 0, up to 1.');
  return { kind: 'start', scale: { kind: 'nation', share } };
}

/**
 * Prints what was asked for instead of a start: a token, signed with the key that is kept with the data, or the operations.
 *
 * @throws Error PERSONA_UNKNOWN
 */
export async function print(command: Exclude<Command, { kind: 'start' }>, dataDir: string): Promise<void> {
  if (command.kind === 'token') {
    const issuer = await createDemoIssuer({ dataDir, personas });
    console.log(await issuer.mint(command.persona, { expiresInSeconds: TOKEN_SECONDS }));
    return;
  }
  for (const { title, persona, query, variables } of examples) {
    console.log(
      `# ${title}\n# as ${persona}${variables ? `, variables: ${JSON.stringify(variables)}` : ''}\n${query}\n`,
    );
  }
}
