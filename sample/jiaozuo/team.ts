import { addDays } from '../../policies/day.ts';
import { Agreement, Commitment } from '../../subgraphs/personnel/tables/agreement.ts';
import { Team, TeamMember, TeamPost } from '../../subgraphs/personnel/tables/team.ts';
import type { Batch, Row } from '../batch.ts';
import { officeHour } from '../day.ts';
import { idOf } from '../id.ts';
import { plainAgreement, plainMember, plainTeam } from '../plain.ts';
import { type Chance, chanceOf } from '../random.ts';
import { dispatchingUnits } from './organisation.ts';
import { personId } from './person.ts';
import { inCounty, PREFECTURE } from './place.ts';

interface Plan {
  readonly title: string;
  readonly field: string;
  readonly stages: readonly string[];
  readonly industries: readonly string[];
  /** Which of the dispatching units it comes from. */
  readonly unit: number;
  readonly counties: readonly string[];
  readonly size: number;
}

const county = (...codes: readonly number[]) => codes.map((code) => `cn-${410_800 + code}`);
const plan = (
  title: string,
  field: string,
  stages: readonly string[],
  industries: readonly string[],
  unit: number,
  counties: readonly string[],
  size: number,
): Plan => ({ title, field, stages, industries, unit, counties, size });

/**
 * The teams. All but the last are at work; in one county two of them share a field, which the pack shows and does not
 * forbid. The last is still forming: it has four members where the pack wants five.
 */
const PLANS: readonly Plan[] = [
  plan('怀药产业', 'breeding', ['production', 'processing'], ['yam'], 7, county(25, 71), 8),
  plan('优质小麦', 'soil', ['production', 'testing'], ['wheat'], 5, county(23, 25, 82, 83), 9),
  plan('设施蔬菜', 'facility-agriculture', ['production', 'sale'], ['vegetable'], 0, county(4, 21), 7),
  plan('食用菌', 'processing-storage', ['production', 'processing'], ['mushroom'], 1, county(21, 22), 6),
  plan('畜牧养殖', 'livestock-aquatic', ['production'], ['pig', 'dairy'], 9, county(3, 82), 7),
  plan('林果花卉', 'forestry-flowers', ['production', 'sale'], ['flower'], 2, county(11, 21, 82), 6),
  plan('植物保护', 'disease-control', ['production'], ['chrysanthemum'], 6, county(22, 23), 5),
  plan('农产品加工', 'processing-storage', ['processing', 'sale'], ['food-processing'], 4, county(2, 11, 22), 7),
  plan('乡村旅游', 'rural-tourism', ['sale'], ['tourism'], 3, county(3, 4, 21), 5),
  plan('智慧农业', 'iot-equipment', ['production', 'distribution'], ['smart-farming'], 1, county(71, 83), 10),
  plan('节水灌溉', 'water-saving', ['production'], ['wheat'], 11, county(23), 4),
];

/** How many of the teams are at work. */
export const ACTIVE_TEAMS = PLANS.length - 1;

export const teamId = (number: number): string => idOf(`team ${number}`, '2022-04-11', number);
/** The team that is still forming. */
export const FORMING_TEAM = teamId(ACTIVE_TEAMS);
export const teamUnit = (number: number) => dispatchingUnits[(PLANS[number] as Plan).unit]?.unit as { id: string };

const PROMISES = [
  '每季度到县开展一次现场指导',
  '建立一个示范点',
  '培训一批乡土人才',
  '编写一份技术手册',
  '推广一项新品种或新技术',
];

/** What the team promises a county, in the order in which it was agreed. Two promises of the first team are overdue. */
function commitments(chance: Chance, agreement: Row<Agreement>, number: number): Row<Commitment>[] {
  return PROMISES.slice(0, chance.whole(2, 4)).map((text, at) => {
    const due = number < ACTIVE_TEAMS ? `${2023 + (at % 2)}-${at % 2 === 0 ? '11-30' : '10-31'}` : '2025-11-30';
    const isOverdue = number === 0 && at === 1;
    const isSettled = number < ACTIVE_TEAMS && !isOverdue;
    return {
      id: idOf(`commitment ${agreement.id} ${at}`, agreement.signedOn, at),
      agreementId: agreement.id,
      text,
      due,
      settledOn: isSettled ? addDays(due, -chance.whole(3, 60)) : null,
      evidence: isSettled ? `服务记录汇编 第${at + 1}册（演示）` : null,
    };
  });
}

function addAgreement(batch: Batch, chance: Chance, number: number, countyId: string, at: number, members: string[]) {
  const { industries } = PLANS[number] as Plan;
  const signedOn = number < ACTIVE_TEAMS ? addDays('2022-05-09', number + at) : '2025-02-20';
  const agreement: Row<Agreement> = {
    id: idOf(`agreement ${number} ${countyId}`, signedOn, at),
    teamId: teamId(number),
    ...inCounty(countyId),
    signedOn,
    until: '2025-12-31',
    industry: industries[0] ?? null,
    teamSignatoryId: members[0] ?? null,
    countySignatoryId: personId(`leader ${countyId}`),
    changedAt: officeHour(signedOn),
    ...plainAgreement,
  };
  batch.add(Agreement, agreement);
  batch.add(Commitment, ...commitments(chance, agreement, number));
  const post = { teamId: teamId(number), countyId, from: addDays(signedOn, 1), to: null };
  batch.add(
    TeamPost,
    {
      id: idOf(`county leader ${number} ${countyId}`, post.from, at),
      ...post,
      personId: personId(`leader ${countyId}`),
      role: 'leader',
      side: 'county',
      post: 'county-leader',
    },
    {
      id: idOf(`liaison ${number} ${countyId}`, post.from, 100 + at),
      ...post,
      personId: personId(`head ${countyId}`),
      role: 'liaison',
      side: null,
      post: 'county-st-dept-head',
    },
  );
}

/**
 * The teams with members, leaders, liaisons and agreements. `candidates` are the experts who may be members, those of a
 * unit by its id; each is taken once.
 */
export function addTeams(batch: Batch, candidates: (unitId: string, count: number) => readonly string[]): void {
  PLANS.forEach((team, number) => {
    const chance = chanceOf(`team ${number}`);
    const isActive = number < ACTIVE_TEAMS;
    const formedOn = isActive ? '2022-04-11' : '2025-02-10';
    const unit = teamUnit(number);
    const members = [...candidates(unit.id, team.size)];
    batch.add(Team, {
      id: teamId(number),
      name: `焦作市${team.title}科技特派员服务团（演示）`,
      level: 'prefecture',
      ...plainTeam,
      regionId: PREFECTURE,
      organisationId: unit.id,
      field: team.field,
      chainStages: [...team.stages],
      industries: [...team.industries],
      status: isActive ? 'active' : 'forming',
      formedOn,
      activatedOn: isActive ? '2022-06-01' : null,
      endedOn: null,
      changedOn: isActive ? '2022-06-01' : '2025-02-21',
      changedAt: officeHour(isActive ? '2022-06-01' : '2025-02-21'),
    });
    batch.add(
      TeamMember,
      ...members.map((member, at) => ({
        id: idOf(`member ${number} ${at}`, addDays(formedOn, 3), at),
        teamId: teamId(number),
        personId: member,
        from: addDays(formedOn, 3),
        to: null,
        ...plainMember,
      })),
    );
    batch.add(TeamPost, {
      id: idOf(`unit leader ${number}`, addDays(formedOn, 4)),
      teamId: teamId(number),
      personId: personId(`unit leader ${unit.id}`),
      role: 'leader',
      side: 'unit',
      post: 'unit-leader-in-charge',
      countyId: null,
      from: addDays(formedOn, 4),
      to: null,
    });
    team.counties.forEach((countyId, at) => {
      addAgreement(batch, chance, number, countyId, at, members);
    });
  });
}
