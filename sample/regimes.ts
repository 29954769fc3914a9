import { baise } from './baise/rows.ts';
import type { Batch } from './batch.ts';
import { hunan } from './hunan/rows.ts';
import { jiaozuo } from './jiaozuo/rows.ts';
import { holdRound } from './jiaozuo/story/round.ts';
import { formTeam } from './jiaozuo/story/team.ts';
import { liveYear } from './jiaozuo/story/year.ts';
import type { Teller } from './teller.ts';

/** A demonstration of one regime: its rows, and what its personas do through the graph. */
export interface Regime {
  /** Names it in the marks of a load, for ever. */
  readonly part: string;
  readonly title: string;
  readonly rows: () => Batch;
  /** Prefix of the marks of its acts, and the acts in their order. */
  readonly story: string;
  readonly tell: (teller: Teller) => Promise<void>;
}

export const regimes: readonly Regime[] = [
  {
    part: 'demonstration',
    title: 'Jiaozuo',
    rows: jiaozuo,
    story: 'story/',
    async tell(teller) {
      await formTeam(teller);
      await holdRound(teller);
      await liveYear(teller);
    },
  },
  {
    part: 'demonstration hunan',
    title: 'Hunan',
    rows: hunan,
    story: 'story hunan/',
    async tell() {},
  },
  {
    part: 'demonstration baise',
    title: 'Baise',
    rows: baise,
    story: 'story baise/',
    async tell() {},
  },
];
