import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { FundingYear } from './tables/funding-line.ts';

/**
 * Holds, until the transaction ends, everything that is counted for these beneficiaries in a year: `person:<id>`,
 * `team:<id>` and so on. Two allocations that a rule counts together come one after the other.
 *
 * A row and not an advisory lock: what is counted are lines that do not exist yet, so there is nothing else to hold; the
 * row is named by exactly what it stands for, where an advisory lock's number may be shared by strangers; and a row is
 * held wherever its table lives, where an advisory lock is known to one server only.
 */
export async function holdYear(tx: SqlEntityManager, beneficiaries: readonly string[], year: number): Promise<void> {
  // In one order for all, so that two transactions never wait for each other.
  for (const beneficiary of [...new Set(beneficiaries)].sort()) {
    await tx.execute('insert into ?? ("beneficiary", "year") values (?, ?) on conflict do nothing', [
      `${tx.config.get('schema')}.funding_year`,
      beneficiary,
      year,
    ]);
    await tx.findOneOrFail(FundingYear, { beneficiary, year }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }
}
