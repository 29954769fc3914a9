import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ClauseAccount, lawAccount, untriedRules } from './account.ts';
import { loadPack, packsFolder } from './load.ts';
import type { Pack } from './pack.ts';

const FAULTS = {
  homeless: '无着落 lives nowhere',
  'not-there': '所指文件不存在 no such file',
  'says-other-clause': '所指文件不载此条 the file carries another clause',
  untried: '案例缺一面 cases show one side only',
} as const;

const line = ({ id, article, lines, force, as, at, kept, broken, fault }: ClauseAccount): string =>
  [
    fault ? '✗' : ' ',
    id.padEnd(44),
    `${article}${lines ? ` L${lines}` : ''}`.padEnd(28),
    force.padEnd(12),
    (as ?? '-').padEnd(11),
    `${at ?? '-'}${kept === null ? '' : `  +${kept} −${broken}`}`,
    fault ? `  ${FAULTS[fault]}` : '',
  ].join(' ');

/** Prints where every clause of a pack's documents lives, document by document; returns how many faults there are. */
export const printLaw = (pack: Pack, print: (text: string) => void): number => {
  const accounts = lawAccount(pack);
  for (const { id, title, number } of pack.sources) {
    const own = accounts.filter(({ document }) => document === id);
    if (own.length === 0) continue;
    print(`\n${title.zh}${number ? ` ${number}` : ''} (${pack.pack.id}, ${own.length})`);
    for (const account of own) print(line(account));
    const by = Map.groupBy(own, ({ as }) => as ?? 'nowhere');
    print(`  ${[...by].map(([as, list]) => `${as} ${list.length}`).join(', ')}`);
  }
  const untried = untriedRules(pack);
  for (const id of untried) print(`✗ ${id}  ${FAULTS.untried}`);
  return accounts.filter(({ fault }) => fault).length + untried.length;
};

if (import.meta.main) {
  const packs = readdirSync(packsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => loadPack(join(packsFolder, name)))
    .filter(({ clauses }) => clauses.length > 0);
  const faults = packs.reduce((sum, pack) => sum + printLaw(pack, console.log), 0);
  const clauses = packs.reduce((sum, pack) => sum + pack.clauses.length, 0);
  console.log(`\n${clauses} clauses, ${faults} faults`);
  if (faults > 0) process.exitCode = 1;
}
