import { UserError } from './user-error.ts';

/**
 * A code as packs write them. The list is the pack's and may be open; the form is not.
 *
 * @throws UserError CODE_INVALID
 */
export function requireCode(text: string, field: string | readonly string[]): string {
  if (text.length <= 64 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) return text;
  throw new UserError('CODE_INVALID', field, {
    zh: `“${text}”不是代码：须为小写字母、数字和连字符，最长 64 位，如 work-subsidy。`,
    en: `"${text}" is not a code: lower-case letters, digits and hyphens, at most 64, such as work-subsidy.`,
  });
}

/**
 * Codes, each once and in order.
 *
 * @throws UserError CODE_INVALID
 */
export function requireCodes(texts: readonly string[] | null | undefined, field: string): string[] {
  return [...new Set((texts ?? []).map((text) => requireCode(text, field)))].sort();
}
