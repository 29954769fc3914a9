import type { Act, Teller } from '../../teller.ts';
import { cast } from '../cast.ts';
import { PREFECTURE } from '../place.ts';

const BUREAU = 'demo:prefecture-st-bureau';
const BOAI = 'cn-410822';

/** A team is formed, signs with a county, is refused with four members, and goes to work with five. */
export async function formTeam(teller: Teller): Promise<void> {
  const created = await teller.act({
    as: BUREAU,
    mutation: 'teamCreate',
    thing: 'team { id version }',
    on: '2025-03-03',
    input: {
      name: '焦作市生姜产业科技特派员服务团（演示）',
      level: 'prefecture',
      region: PREFECTURE,
      organisation: cast.dispatchingUnit,
      field: 'loss-reduction',
      chainStages: ['production', 'processing'],
      industries: ['ginger'],
    },
  });
  const team = created.thing.id as string;
  let version = created.thing.version as number;
  const change = async (on: string, mutation: string, input: Record<string, unknown>, more: Partial<Act> = {}) => {
    const thing = mutation === 'agreementSign' ? 'agreement { id team { version } }' : 'team { id version }';
    const told = await teller.act({ as: BUREAU, mutation, thing, on, input: { team, version, ...input }, ...more });
    version = told.thing?.team?.version ?? told.thing?.version ?? version;
  };
  for (const number of [20, 21, 22, 23]) await change('2025-03-04', 'teamMemberAdd', { person: cast.spare(number) });
  await change('2025-03-05', 'teamLeaderAppoint', { person: cast.unitLeader, side: 'unit' });
  await change('2025-03-06', 'agreementSign', {
    county: BOAI,
    industry: 'ginger',
    until: '2025-12-31',
    commitments: [
      { text: '每季度到县开展一次现场指导', due: '2025-11-30' },
      { text: '建立一个生姜贮藏示范点', due: '2025-10-31' },
    ],
    teamSignatory: cast.spare(20),
    countySignatory: cast.leaderOf(BOAI),
  });
  await change('2025-03-07', 'teamLeaderAppoint', { person: cast.leaderOf(BOAI), side: 'county', county: BOAI });
  await change('2025-03-07', 'teamLiaisonAppoint', { person: cast.headOf(BOAI), county: BOAI });
  await change('2025-03-10', 'teamActivate', {}, { expect: 'DENY' });
  await change('2025-03-11', 'teamMemberAdd', { person: cast.spare(24) });
  await change('2025-03-12', 'teamActivate', {});
  const leaving = { person: cast.spare(23), reason: '工作调动' };
  await change('2025-04-01', 'teamMemberRemove', leaving, { expect: 'DENY' });
}
