import type { Person } from '../../subgraphs/personnel/tables/person.ts';
import type { Row } from '../batch.ts';
import { type Chance, chanceOf, shuffled } from '../random.ts';
import { type Need, needs } from './need.ts';
import { receivingOf } from './organisation.ts';
import { experts } from './person.ts';
import { COUNTIES, WEN } from './place.ts';

export type Category = 'province' | 'prefecture' | 'county' | 'unit';

/** One expert sent to one county for one year. */
export interface Engagement {
  /** Names it for ever, such as `2024 prefecture 0`: year, category, number of the expert. */
  readonly key: string;
  readonly expert: Row<Person>;
  readonly category: Category;
  readonly year: number;
  readonly countyId: string;
  readonly receivingUnitId: string;
  /** What the expert was selected for; null where no round of the prefecture or a county selects. */
  readonly need: Need | null;
  readonly renewalOf: Engagement | null;
  /** The grade of the year, where the year has been evaluated. */
  readonly grade: string | null;
  /** The last day of service of those who left early. */
  readonly exitedOn: string | null;
}

const COUNT_2023: Readonly<Record<Category, number>> = { province: 30, prefecture: 72, county: 58, unit: 14 };
const RENEWED: Readonly<Record<Category, number>> = { province: 22, prefecture: 54, county: 44, unit: 11 };
const NEW_2024: Readonly<Record<Category, number>> = { province: 8, prefecture: 20, county: 14, unit: 3 };
const CATEGORIES = ['prefecture', 'county', 'unit', 'province'] as const;

/** Experts whom the story sends, so nobody else does. */
const isReserved = (number: number) => number >= 20 && number < 30;
/** What a round asks of a person: in service, and a title or a degree. */
const isEligible = ({ employmentStatus, titleLevel }: Row<Person>) =>
  employmentStatus === 'in-service' && titleLevel !== 'junior';

const eligible = experts.filter((expert, number) => isEligible(expert) && !isReserved(number));
const numberOf = new Map(experts.map((expert, number) => [expert.id, number]));

/** Takes team members from the end of each unit's list; answers ids. Nobody is taken twice. */
export function memberPicker() {
  const taken = new Set<string>();
  const pick = (unitId: string, count: number): readonly string[] => {
    const members = eligible
      .filter(({ id, organisationId }) => organisationId === unitId && !taken.has(id))
      .slice(-count)
      .map(({ id }) => id);
    for (const id of members) taken.add(id);
    return members;
  };
  return { pick, taken };
}

/** The queues from which each category takes new people. The first expert is first in the prefecture's. */
function queues(members: ReadonlySet<string>): Record<Category, Row<Person>[]> {
  const chance = chanceOf('queues');
  const [first, ...others] = eligible.filter(({ id }) => !members.has(id));
  const inTeams = shuffled(
    chance,
    eligible.filter(({ id }) => members.has(id)),
  );
  const free = shuffled(chance, others);
  const ofPrefecture = COUNT_2023.prefecture + NEW_2024.prefecture - 4;
  const ofCounty = ofPrefecture + COUNT_2023.county + NEW_2024.county;
  return {
    // Three get personal money although their team gets money too: the pack shows that.
    prefecture: [first as Row<Person>, ...free.slice(0, ofPrefecture), ...inTeams.slice(0, 3)],
    county: free.slice(ofPrefecture, ofCounty),
    unit: free.slice(ofCounty),
    province: inTeams.slice(3),
  };
}

/** The counties in turn, beginning with the one in which the personas work. */
const turn = [WEN, ...COUNTIES.map(({ id }) => id).filter((id) => id !== WEN)];

function placement(category: Category, year: number, place: number, open: Map<string, Need[]>) {
  const countyId = turn[place % turn.length] as string;
  const need = open.get(`${category} ${year} ${countyId}`)?.shift() ?? null;
  const units = receivingOf(countyId);
  return { countyId, need, receivingUnitId: need?.unitId ?? (units[place % units.length] as { id: string }).id };
}

/** Grades of one county's commissioners: at most 15 of 100 excellent, and in three counties one who failed. */
function graded(chance: Chance, rows: readonly Engagement[], withFailure: boolean): Engagement[] {
  const order = shuffled(chance, rows);
  const excellent = Math.floor((rows.length * 15) / 100);
  return order.map((row, at) => ({
    ...row,
    grade:
      at < excellent
        ? 'excellent'
        : withFailure && at === order.length - 1
          ? 'unqualified'
          : at < rows.length * 0.6
            ? 'good'
            : 'qualified',
  }));
}

const RANKS = ['excellent', 'good', 'qualified', 'unqualified'];
const rank = ({ grade }: Engagement) => RANKS.indexOf(grade ?? 'unqualified');

/** Everybody sent in 2023 and 2024. `members` are in teams: the province sends from among them. */
export function planEngagements(members: ReadonlySet<string>): Engagement[] {
  const chance = chanceOf('engagements');
  const queue = queues(members);
  const open = Map.groupBy(needs, ({ level, year, countyId }) => `${level} ${year} ${countyId}`);
  const begin = (category: Category, year: number, place: number): Engagement => {
    const expert = queue[category].shift() as Row<Person>;
    return {
      key: `${year} ${category} ${numberOf.get(expert.id)}`,
      expert,
      category,
      year,
      ...placement(category, year, place, open),
      renewalOf: null,
      grade: null,
      exitedOn: null,
    };
  };
  const of = (count: number) => Array.from({ length: count }, (_, place) => place);
  const sent = CATEGORIES.flatMap((category) => of(COUNT_2023[category]).map((at) => begin(category, 2023, at)));
  const byEvaluator = Map.groupBy(sent, ({ category, countyId }) => (category === 'unit' ? 'unit' : countyId));
  const first = [...byEvaluator].flatMap(([evaluator, rows]) => {
    // The first expert stays, whatever chance says: a persona is that person.
    const [kept, others] = [
      rows.filter(({ expert }) => expert === experts[0]),
      rows.filter(({ expert }) => expert !== experts[0]),
    ];
    const results = graded(chance, others, ['cn-410821', 'cn-410823', 'cn-410882'].includes(evaluator));
    return [...kept.map((row) => ({ ...row, grade: 'good' })), ...results];
  });
  const second = CATEGORIES.flatMap((category) => {
    const stays = first
      .filter((row) => row.category === category && row.grade !== 'unqualified')
      .sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1))
      .slice(0, RENEWED[category])
      .map((row) => ({
        ...row,
        key: row.key.replace('2023', '2024'),
        year: 2024,
        renewalOf: row,
        grade: null,
      }));
    return [...stays, ...of(NEW_2024[category]).map((at) => begin(category, 2024, at + 3))];
  });
  const exits = new Map([
    [20, '2024-06-28'],
    [70, '2024-08-30'],
    [120, '2024-09-13'],
  ]);
  return [...first, ...second.map((row, at) => ({ ...row, exitedOn: exits.get(at) ?? null }))];
}
