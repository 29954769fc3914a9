import { SettingError } from '../../settings.ts';
import type { Database } from '../../subgraphs/database.ts';
import { Batch } from '../batch.ts';
import { PREFECTURE } from '../jiaozuo/place.ts';
import { loadPart, markDone, partsDone } from '../progress.ts';
import { addCounty } from './county.ts';
import { countiesAtOnce, countiesOutside, totalsAt } from './plan.ts';

const BEGUN = 'nation';
const COMPLETE = 'nation complete';
const PART = 'nation/';

/** How many parts a database server takes in side by side; the embedded engine has one session. */
const SIDE_BY_SIDE = 2;
const REPORT_MS = 5_000;

/** @throws SettingError when another share of the nation is in the database, whole or begun */
function requireShare(marks: ReadonlyMap<string, unknown>, share: number): void {
  const begun = marks.get(BEGUN) as { share: number } | undefined;
  if (!begun || begun.share === share) return;
  throw new SettingError(
    `This database holds the nation at --scale ${begun.share}. Use that, or another directory (TEPAI_DATA) or database.`,
  );
}

/** Says at most every few seconds how far a load is, how fast, and how long it will still take. */
function reporter(say: (text: string) => void, parts: number, already: number) {
  const started = Date.now();
  let [last, done, rows] = [started, already, 0];
  return (added: number) => {
    done += 1;
    rows += added;
    const now = Date.now();
    if (now - last < REPORT_MS && done < parts) return;
    last = now;
    const seconds = Math.max(0.001, (now - started) / 1_000);
    const left = Math.round(((parts - done) * seconds) / (done - already));
    const speed = Math.round(rows / seconds).toLocaleString('en');
    const percent = ((100 * done) / parts).toFixed(1);
    say(`nation ${percent}%: ${rows.toLocaleString('en')} rows, ${speed} rows/s, about ${left} s left`);
  };
}

/**
 * Loads a share of the nation beside the demonstration prefecture. It goes on where an earlier load of the same share
 * stopped, and knows a finished one at once.
 *
 * @throws SettingError when another share is in the database
 */
export async function loadNation(database: Database, share: number, say: (text: string) => void): Promise<void> {
  const { pool, kind } = database;
  const marks = await partsDone(pool, BEGUN);
  requireShare(marks, share);
  if (marks.has(COMPLETE)) {
    say(`the nation at ${share} is loaded already`);
    return;
  }
  const totals = totalsAt(share);
  const counties = await countiesOutside(pool, PREFECTURE);
  const size = countiesAtOnce(totals, counties.length);
  const parts = Math.ceil(counties.length / size);
  const name = (part: number) => `${PART}${String(part).padStart(5, '0')}`;
  const open = Array.from({ length: parts }, (_, part) => part).filter((part) => !marks.has(name(part)));
  if (!marks.has(BEGUN)) await markDone(pool, BEGUN, { share });
  else say(`going on with the nation at ${share}: ${parts - open.length} of ${parts} parts are there`);
  const report = reporter(say, parts, parts - open.length);
  const next = open.values();
  const work = async () => {
    for (const part of next) {
      const batch = new Batch();
      for (const county of counties.slice(part * size, (part + 1) * size)) {
        addCounty(batch, county, counties.length, totals);
      }
      report(await loadPart(pool, name(part), batch));
    }
  };
  await Promise.all(Array.from({ length: kind === 'embedded' ? 1 : SIDE_BY_SIDE }, work));
  await pool.query('analyze');
  await markDone(pool, COMPLETE, { share });
}
