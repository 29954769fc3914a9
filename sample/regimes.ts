import { examples as advisorsExamples } from './advisors/examples.ts';
import { personas as advisorsPersonas } from './advisors/personas.ts';
import { advisors } from './advisors/rows.ts';
import { tellAdvisors } from './advisors/story.ts';
import { examples as baiseExamples } from './baise/examples.ts';
import { personas as baisePersonas } from './baise/personas.ts';
import { baise } from './baise/rows.ts';
import { tellBaise } from './baise/story.ts';
import type { Batch } from './batch.ts';
import type { Example } from './example.ts';
import { examples as hunanExamples } from './hunan/examples.ts';
import { personas as hunanPersonas } from './hunan/personas.ts';
import { hunan } from './hunan/rows.ts';
import { tellHunan } from './hunan/story.ts';
import { examples as jiaozuoExamples } from './jiaozuo/examples.ts';
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
  /** What it is, as of when, and of which days its acts are. */
  readonly stands: string;
  readonly personas: readonly SamplePersona[];
  readonly examples: readonly Example[];
  readonly rows: () => Batch;
  /** Prefix of the marks of its acts, and the acts in their order. */
  readonly story: string;
  readonly tell: (teller: Teller) => Promise<void>;
}

export const regimes: readonly Regime[] = [
  {
    part: 'demonstration',
    personas: jiaozuoPersonas,
    examples: jiaozuoExamples,
    title: 'Jiaozuo',
    stands: 'a prefecture and its counties early in 2025; acts are dated 2021 to 2025',
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
    examples: hunanExamples,
    title: 'Hunan',
    stands: '51 listed counties and their expert teams at the end of 2019; acts are dated from 2017',
    rows: hunan,
    story: 'story hunan/',
    tell: tellHunan,
  },
  {
    part: 'demonstration baise',
    personas: baisePersonas,
    examples: baiseExamples,
    title: 'Baise',
    stands: 'a prefecture after the first year of its plan, 2019; acts are dated 2019-02-25 to 2020-12-31',
    rows: baise,
    story: 'story baise/',
    tell: tellBaise,
  },
  {
    part: 'demonstration advisors',
    personas: advisorsPersonas,
    examples: advisorsExamples,
    title: 'Advisor groups of the nation',
    stands: 'three counties at the end of 2022, one of them in Hunan; acts are dated from 2021-02-25',
    rows: advisors,
    story: 'story advisors/',
    tell: tellAdvisors,
  },
];
