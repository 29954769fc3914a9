/** A text in the two languages of every message. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/**
 * A mistake of the caller's that a mutation answers as data (`userErrors`) after undoing everything it did.
 * Not for refusals by a rule (those are decisions) and not for failures of ours (those throw).
 */
export class UserError extends Error {
  readonly code: string;
  readonly field: readonly string[];
  readonly text: Bilingual;
  constructor(code: string, field: string | readonly string[], text: Bilingual) {
    super(text.en);
    this.code = code;
    this.field = typeof field === 'string' ? [field] : field;
    this.text = text;
  }
}

/** The id leads nowhere, or to something that the caller may not see: both sound the same on purpose. */
export function notFound(field: string): UserError {
  return new UserError('NOT_FOUND', field, { zh: '未找到该对象。', en: 'There is no such object.' });
}

/** @throws UserError STALE_VERSION when somebody else has changed the object since the caller read it */
export function expectVersion(current: number, expected: number): void {
  if (current !== expected) {
    throw new UserError('STALE_VERSION', 'version', {
      zh: `该对象已被他人修改（当前版本 ${current}，提交版本 ${expected}），请重新读取后再提交。`,
      en: `Somebody changed this object: it is at version ${current}, you sent ${expected}. Read it again first.`,
    });
  }
}
