import type { Database } from '../subgraphs/database.ts';
import type { Ask } from './ask.ts';
import { demonstration } from './jiaozuo/rows.ts';
import { loadNation } from './nation/load.ts';
import { loadPart, markDone, openProgress, partsDone } from './progress.ts';
import type { Scale } from './scale.ts';
import { holdRound } from './jiaozuo/story/round.ts';
import { formTeam } from './jiaozuo/story/team.ts';
import { StoryEnds, Teller } from './teller.ts';
import { liveYear } from './jiaozuo/story/year.ts';

export interface LoadOptions {
  /** Migrated, with the regions in it. */
  readonly database: Database;
  /** Asks the graph on this database, which must be open. */
  readonly ask: Ask;
  readonly scale: Scale;
  readonly say: (text: string) => void;
}

const DEMONSTRATION = 'demonstration';
const STORY = 'demonstration story';

async function tell({ database, ask, say }: LoadOptions): Promise<void> {
  const teller = await Teller.begin(database.pool, ask);
  try {
    await formTeam(teller);
    await holdRound(teller);
    await liveYear(teller);
    await markDone(database.pool, STORY, null);
  } catch (error) {
    if (!(error instanceof StoryEnds)) throw error;
    // With other packs the law may be another; the data is worth looking at all the same.
    say(`the story of the demonstration ends early: ${error.message}`);
  }
}

/**
 * Loads the demonstration prefecture, what its personas did in it, and at a scale the rest of the nation. It goes on
 * where an earlier load stopped, even one that was killed, and knows what is there.
 *
 * @throws SettingError when another share of the nation is in the database
 */
export async function loadSample(options: LoadOptions): Promise<void> {
  const { database, scale, say } = options;
  const { pool } = database;
  await openProgress(pool);
  const done = await partsDone(pool, DEMONSTRATION);
  if (done.has(STORY)) say('the demonstration is loaded already');
  if (!done.has(DEMONSTRATION)) {
    const batch = demonstration();
    await loadPart(pool, DEMONSTRATION, batch);
    await pool.query('analyze');
    say(`demonstration: ${batch.size.toLocaleString('en')} rows`);
  }
  if (!done.has(STORY)) {
    await tell(options);
    say('demonstration: told through the graph');
  }
  if (scale.kind === 'nation') await loadNation(database, scale.share, say);
}
