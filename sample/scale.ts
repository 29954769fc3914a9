import { parseArgs } from 'node:util';
import { SettingError } from '../settings.ts';

/** How much to load: the demonstration prefecture, or a share of the nation. */
export type Scale = { readonly kind: 'demonstration' } | { readonly kind: 'nation'; readonly share: number };

/** The nation at share 1. */
export const NATION = { persons: 850_000, serviceRecords: 10_000_000 } as const;

/**
 * Reads `--scale <share>` (above 0, up to 1) from the command line.
 *
 * @throws SettingError for another value or an unknown option
 */
export function parseScale(args: readonly string[]): Scale {
  let scale: string | undefined;
  try {
    scale = parseArgs({ args: [...args], options: { scale: { type: 'string' }, empty: { type: 'boolean' } } }).values
      .scale;
  } catch (error) {
    throw new SettingError((error as Error).message);
  }
  if (scale === undefined) return { kind: 'demonstration' };
  const share = Number(scale);
  if (!(share > 0 && share <= 1)) throw new SettingError('--scale takes a share of the nation: above 0, up to 1.');
  return { kind: 'nation', share };
}
