import { UserError } from '../user-error.ts';

/**
 * The text without the blanks around it.
 *
 * @throws UserError TEXT_REQUIRED when nothing is left
 */
export function requireText(text: string | null | undefined, field: string | readonly string[]): string {
  const trimmed = text?.trim();
  if (trimmed) return trimmed;
  throw new UserError('TEXT_REQUIRED', field, { zh: '该项不能为空。', en: 'This must not be empty.' });
}
