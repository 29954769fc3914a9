import { it } from '@jest/globals';

/** The parts of a story build on each other: after one that failed the rest is not told, and says so. */
export function chapters(): (name: string, tell: () => Promise<void>) => void {
  let broken: string | null = null;
  return (name, tell) =>
    it(name, async () => {
      if (broken) throw new Error(`not told: "${broken}" failed`);
      broken = name;
      await tell();
      broken = null;
    });
}
