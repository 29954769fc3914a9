import { describe, expect, it } from '@jest/globals';
import { OptimisticLockError } from '@mikro-orm/postgresql';
import { conflictOf, mayRunAgain } from './conflict.ts';

const refusal = (code: string, detail?: string) => Object.assign(new Error('refused'), { code, detail });

describe('an act that others overtook', () => {
  it.each(['40001', '40P01', '23505'])('runs again, four times in all, after %s', (code) => {
    expect([1, 2, 3, 4].map((run) => mayRunAgain(refusal(code), run))).toEqual([true, true, true, false]);
  });

  it('runs again after a version that is no longer the one read', () => {
    expect(mayRunAgain(new OptimisticLockError('stale'), 1)).toBe(true);
    expect(conflictOf(new OptimisticLockError('stale'))).toMatchObject({ code: 'CONFLICT', field: [] });
  });

  it('is told what is on record already, without its value', () => {
    const mistake = conflictOf(refusal('23505', 'Key (region_id, id_number)=(cn-1, 4108) already exists.'));
    expect(mistake).toMatchObject({ code: 'CONFLICT', field: ['regionId', 'idNumber'] });
    expect(JSON.stringify(mistake)).not.toContain('4108');
  });

  it('leaves every other failure a failure', () => {
    expect(mayRunAgain(refusal('42P01'), 1)).toBe(false);
    expect(conflictOf(refusal('42P01'))).toBeNull();
  });
});
