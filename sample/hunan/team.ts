import { Target } from '../../subgraphs/evaluation/tables/target.ts';
import { Designation } from '../../subgraphs/personnel/tables/designation.ts';
import { RegionIndustry } from '../../subgraphs/personnel/tables/region-industry.ts';
import { idOf } from '../id.ts';
import { placed } from '../region.ts';
import type { Register } from '../register.ts';
import { addEngagements, addTeam, type Member, type Term, teamIdOf } from '../team.ts';
import type { Bodies } from './body.ts';
import { CHALING, type County, PILOTS, PINGJIANG, SHORT, YANLING } from './place.ts';
import type { Leader } from './selection.ts';

export const APPROVALS = ['county-government', 'county-party-committee'];

/** The kinds of work, and what each is told as. */
export const WORKS = [
  ['bottleneck-research', '会同企业攻关采后保鲜等关键技术'],
  ['results-promotion', '现场推介新品种新技术'],
  ['training', '在田间地头讲解管护要点'],
  ['academician-visit', '陪同专家到基地会诊'],
  ['park-upgrade', '为农业科技园区提质出方案'],
  ['enterprise-support', '帮助加工企业改进工艺'],
  ['rural-information-service', '在线解答农户提问'],
  ['entrepreneurship', '指导返乡人员创办种养基地'],
  ['commissioner-coverage', '组织特派员对接村组'],
  ['local-talent-training', '带教本土技术员'],
  ['industry-research', '调研县域主导产业，提出建议'],
] as const;

/** A team of the demonstration, with what others need of it. */
export interface ExpertTeam {
  readonly id: string;
  readonly county: County;
  readonly leader: Leader;
  readonly members: readonly (Member & { readonly unit: string })[];
  /** The first and the last term that it worked in. */
  readonly terms: readonly Term[];
}

const formedOn = ({ id }: Pick<County, 'id'>) => (PILOTS.includes(id) ? '2017-10-16' : '2018-04-16');
export const teamId = (county: Pick<County, 'id'>): string => teamIdOf(`hunan ${county.id}`, formedOn(county));

const FIRST = { from: '2018-07-01', to: '2020-06-30' };
const PILOT = { from: '2017-12-01', to: '2019-11-30' };

function termsOf({ id }: County): readonly Term[] {
  if (id === PINGJIANG) {
    return [FIRST, { from: '2020-07-01', to: '2022-06-30' }, { from: '2022-07-01', to: '2024-06-30' }];
  }
  const pilot = PILOTS.indexOf(id);
  if (pilot < 0) return [FIRST];
  const extended = { on: '2019-11-18', to: '2020-11-30', reason: '示范基地跨年建设，续至项目验收' };
  return pilot === 0 ? [{ ...PILOT, extended }] : [PILOT, { from: '2019-12-01', to: '2021-11-30' }];
}

/** Ten to twelve, of whom five or six are practical experts of the county’s own station. */
function addMembers(roll: Register, bodies: Bodies, county: County): ExpertTeam['members'] {
  const { id, at } = county;
  const size = id === CHALING ? 9 : 10 + (at % 3);
  const { station } = bodies.county(id);
  return Array.from({ length: size }, (_, number) => {
    const isLocal = number < 5 + (at % 2);
    const unit = isLocal ? station : (bodies.senders[(at + number) % bodies.senders.length] as typeof station);
    const isOld = id === SHORT.memberTooOld && number === size - 1;
    const person = roll.expert(`member ${id} ${number}`, unit, isOld ? { birthDate: '1958-09-14' } : {});
    const hasLeft = id === SHORT.fourPracticalExperts && number === 0;
    return {
      id: person.id,
      unit: unit.id,
      source: isLocal ? 'local-technician' : unit.type === 'university' ? 'university-staff' : 'institute-staff',
      practical: isLocal,
      ...(hasLeft ? { left: { on: '2019-09-02', reason: '调往外县' } } : {}),
    };
  });
}

/** Who is named for a team beside its members: the official in contact with it, and the body that serves it. */
function designate(roll: Register, bodies: Bodies, county: County, team: string, on: string): void {
  const { government, st } = bodies.county(county.id);
  const official = roll.holder(`official ${county.id}`, government, 'county-leader');
  const common = { ...placed(county.id), teamId: team, from: on, to: null, endReason: null };
  if (county.id !== SHORT.noDirectContact) {
    roll.batch.add(Designation, {
      id: idOf(`direct contact ${county.id}`, on, county.at),
      kind: 'direct-contact',
      ...common,
      organisationId: government.id,
      bodyKind: 'government',
      bodyRole: 'county-government',
      personId: official.id,
      post: 'county-leader',
    });
  }
  roll.batch.add(Designation, {
    id: idOf(`service body ${county.id}`, on, 100 + county.at),
    kind: 'service-body',
    ...common,
    organisationId: st.id,
    bodyKind: 'st-dept',
    bodyRole: 'county-st-dept',
    personId: null,
    post: null,
  });
}

function addTargets({ batch }: Register, county: County, team: string, term: Term, count: number): void {
  WORKS.slice(0, count).forEach(([taskType, measure], at) => {
    const setOn = term.from;
    batch.add(Target, {
      id: idOf(`target ${team} ${term.from} ${at}`, setOn, at),
      subjectKind: 'team',
      subjectId: team,
      ...placed(county.id),
      kind: 'term',
      year: null,
      due: term.to,
      taskType,
      industry: county.industry,
      measure,
      quantity: 2 + (at % 3),
      unit: '项',
      setOn,
    });
  });
}

/** Experts whom nobody has engaged yet: the story does. The last is past the age that the law has in general. */
function addSpares(roll: Register, bodies: Bodies): void {
  const [unit] = bodies.senders;
  for (const number of [0, 1]) roll.expert(`spare ${number}`, unit as NonNullable<typeof unit>);
  roll.expert('spare old', unit as NonNullable<typeof unit>, { birthDate: '1957-05-20' });
}

/** The teams: one of a listed county, and those of three counties that are yet to come. */
export function addTeams(roll: Register, bodies: Bodies, leaders: ReadonlyMap<string, Leader>): ExpertTeam[] {
  const teams: ExpertTeam[] = [];
  addSpares(roll, bodies);
  for (const county of bodies.counties) {
    const { id, name, industry } = county;
    roll.batch.add(RegionIndustry, {
      id: idOf(`industry ${id}`, '2017-06-01', county.at),
      ...placed(id),
      countyId: id,
      industry,
      from: '2017-06-01',
      to: null,
      source: '县域主导产业名录（演示）',
    });
    const head = roll.holder(`head ${id}`, bodies.county(id).st, 'county-st-dept-head');
    const leader = leaders.get(id);
    if (!leader || id === YANLING) continue;
    const members = addMembers(roll, bodies, county);
    const terms = termsOf(county);
    const [first, last] = [terms[0] as Term, terms.at(-1) as Term];
    const isForming = id === CHALING;
    const present = id === PINGJIANG ? first : last;
    const team = addTeam(roll.batch, {
      key: `hunan ${id}`,
      row: {
        name: `${name}科技扶贫专家服务团（演示）`,
        level: 'county',
        kind: 'expert-team',
        regionId: id,
        organisationId: leader.unit,
        industries: [industry],
        termFrom: present.from,
        termTo: present.extended?.to ?? present.to,
        receivingUnitId: bodies.county(id).government.id,
        accountableId: leader.id,
        namedLeaderId: leader.id,
      },
      formedOn: formedOn(county),
      activatedOn: isForming ? null : first.from,
      members,
      leader: { id: leader.id, post: 'st-deputy-head' },
      liaison: { id: head.id, post: 'county-st-dept-head' },
      approvals: APPROVALS,
    });
    for (const term of terms) addEngagements(roll.batch, team, members, term, APPROVALS);
    designate(roll, bodies, county, team, formedOn(county));
    addTargets(roll, county, team, present, terms.length > 1 && id !== PINGJIANG ? WORKS.length : 4);
    if (!isForming) teams.push({ id: team, county, leader, members, terms });
  }
  return teams;
}
