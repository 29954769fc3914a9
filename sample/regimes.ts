import { personas as advisorsPersonas } from './advisors/personas.ts';
import { advisors } from './advisors/rows.ts';
import { tellAdvisors } from './advisors/story.ts';
import { personas as baisePersonas } from './baise/personas.ts';
import { baise } from './baise/rows.ts';
import { tellBaise } from './baise/story.ts';
import type { Batch } from './batch.ts';
import { personas as hunanPersonas } from './hunan/personas.ts';
import { hunan } from './hunan/rows.ts';
import { tellHunan } from './hunan/story.ts';
import { personas as jiaozuoPersonas } from './jiaozuo/personas.ts';
import { jiaozuo } from './jiaozuo/rows.ts';
import { holdRound } from './jiaozuo/story/round.ts';
import { formTeam } from './jiaozuo/story/team.ts';
import { liveYear } from './jiaozuo/story/year.ts';
import type { SamplePersona } from './persona.ts';
import type { Teller } from './teller.ts';

/** A demonstration of one regime: its rows, and what its personas do through the graph. */
export interface Regime {
  /** Names it in the marks of a load, for ever. */
  readonly part: string;
  readonly title: string;
  readonly personas: readonly SamplePersona[];
  readonly rows: () => Batch;
  /** Prefix of the marks of its acts, and the acts in their order. */
  readonly story: string;
  readonly tell: (teller: Teller) => Promise<void>;
}

export const regimes: readonly Regime[] = [
  {
    part: 'demonstration',
    personas: jiaozuoPersonas,
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
    personas: hunanPersonas,
    title: 'Hunan',
    rows: hunan,
    story: 'story hunan/',
    tell: tellHunan,
  },
  {
    part: 'demonstration baise',
    personas: baisePersonas,
    title: 'Baise',
    rows: baise,
    story: 'story baise/',
    tell: tellBaise,
  },
  {
    part: 'demonstration advisors',
    personas: advisorsPersonas,
    title: 'Advisor groups of the nation',
    rows: advisors,
    story: 'story advisors/',
    tell: tellAdvisors,
  },
];
