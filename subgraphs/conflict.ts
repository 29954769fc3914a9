import { OptimisticLockError } from '@mikro-orm/postgresql';
import { UserError } from './user-error.ts';

interface Refusal {
  readonly code?: string;
  /** `Key (number)=(A-1) already exists.` The values are not for everybody to see. */
  readonly detail?: string;
}

const UNIQUE = '23505';
/** Serialization failure, deadlock, and a unique index that somebody else was first to use. */
const RETRYABLE = new Set(['40001', '40P01', UNIQUE]);
/** How often an act is tried before somebody is told that others are always first. */
const ATTEMPTS = 4;

const camel = (column: string) => column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Whether somebody else's act at the same time undid this one, so that it did nothing and may run again. */
function isOvertaken(error: unknown): boolean {
  return error instanceof OptimisticLockError || RETRYABLE.has((error as Refusal).code ?? '');
}

/**
 * Whether an act that failed in its `run`-th attempt (from 1) is to run again: it was overtaken by somebody else's, whose
 * rows the next attempt sees and can speak of.
 */
export const mayRunAgain = (error: unknown, run: number): boolean => run < ATTEMPTS && isOvertaken(error);

/**
 * What the caller is told whose act was overtaken every time, or null for any other failure: CONFLICT, with the columns of
 * the unique index that is violated still, or else without a field. Where an act knows what its index means it says so
 * itself, by a code of its own; this is the answer for what nobody foresaw.
 */
export function conflictOf(error: unknown): UserError | null {
  if (!isOvertaken(error)) return null;
  const { code, detail } = error as Refusal;
  if (code !== UNIQUE) {
    return new UserError('CONFLICT', [], {
      zh: '他人正在同时办理同一对象，请重新读取后再提交。',
      en: 'Others are acting on the same thing at the same time. Read it again and send it once more.',
    });
  }
  const columns = /^Key \(([^)]*)\)/.exec(detail ?? '')?.[1] ?? '';
  const fields = columns.split(', ').filter((column) => /^"?[a-z_]+"?$/.test(column));
  return new UserError(
    'CONFLICT',
    fields.map((column) => camel(column.replaceAll('"', ''))),
    {
      zh: '同一事项已有记录，不能重复登记。',
      en: 'This is on record already and cannot be recorded twice.',
    },
  );
}
