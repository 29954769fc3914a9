import type { Database } from '../subgraphs/database.ts';
import type { Ask } from './ask.ts';
import { loadNation } from './nation/load.ts';
import { loadPart, markDone, openProgress, partsDone } from './progress.ts';
import { type Regime, regimes } from './regimes.ts';
import type { Scale } from './scale.ts';
import { StoryEnds, Teller } from './teller.ts';

export interface LoadOptions {
  /** Migrated, with the regions in it. */
  readonly database: Database;
  /** Asks the graph on this database, which must be open. */
  readonly ask: Ask;
  readonly scale: Scale;
  readonly say: (text: string) => void;
}

const markOfStory = ({ part }: Regime): string => `${part} story`;

async function tell({ database, ask, say }: LoadOptions, regime: Regime): Promise<void> {
  try {
    await regime.tell(await Teller.begin(database.pool, ask, regime.story));
    await markDone(database.pool, markOfStory(regime), null);
    say(`${regime.title}: told through the graph`);
  } catch (error) {
    if (!(error instanceof StoryEnds)) throw error;
    // With other packs the law may be another; the data is worth looking at all the same.
    say(`${regime.title}: the story ends early: ${error.message}`);
  }
}

/**
 * Loads the demonstrations, what their personas did in them, and at a scale the rest of the nation. It goes on where an
 * earlier load stopped, even one that was killed, and knows what is there.
 *
 * @throws SettingError when another share of the nation is in the database
 */
export async function loadSample(options: LoadOptions): Promise<void> {
  const { database, scale, say } = options;
  const { pool } = database;
  await openProgress(pool);
  const done = await partsDone(pool, 'demonstration');
  const open = regimes.filter(({ part }) => !done.has(part));
  for (const { part, title, rows } of open) {
    const batch = rows();
    await loadPart(pool, part, batch);
    say(`${title}: ${batch.size.toLocaleString('en')} rows`);
  }
  if (open.length > 0) await pool.query('analyze');
  const untold = regimes.filter((regime) => !done.has(markOfStory(regime)));
  for (const regime of untold) await tell(options, regime);
  if (untold.length === 0) say('the demonstrations are loaded already');
  if (scale.kind === 'nation') await loadNation(database, scale.share, say);
}
