import { RecordedFinding } from '../../subgraphs/evaluation/tables/inspection.ts';
import { addAssessment } from '../assessment.ts';
import { addCaseStudy } from '../case-study.ts';
import { idOf } from '../id.ts';
import { placed } from '../region.ts';
import type { Register } from '../register.ts';
import type { Bodies } from './body.ts';
import { PILOTS, SHORT } from './place.ts';
import type { ExpertTeam } from './team.ts';

const OUTCOMES = ['good', 'satisfactory', 'excellent', 'good', 'good', 'satisfactory', 'good'];

/** What a year found of a team: good in most counties, and unsatisfactory in one year of one of them. */
const outcomeOf = ({ county }: ExpertTeam, year: number): string =>
  county.id === SHORT.notRectified && year === 2018
    ? 'unsatisfactory'
    : (OUTCOMES[(county.at + year) % OUTCOMES.length] as string);

function addYear({ batch }: Register, bodies: Bodies, team: ExpertTeam, year: number): void {
  const { id, county, leader } = team;
  const { government } = bodies.county(county.id);
  const place = placed(county.id);
  const receivingUnitId = government.id;
  const units = [...new Set(team.members.map(({ unit }) => unit))].filter((unit) => unit !== government.id).sort();
  const about = { place, subjectKind: 'team', teamId: id, receivingUnitId, dispatchingUnitId: leader.unit };
  const daily = addAssessment(batch, {
    key: `daily ${id} ${year}`,
    on: `${year}-10-15`,
    ...about,
    kind: 'daily',
    leadBody: 'receiving-unit',
    assessorId: government.id,
    text: '按月记录服务情况',
  });
  const outcome = outcomeOf(team, year);
  const annual = addAssessment(batch, {
    key: `annual ${id} ${year}`,
    on: `${year}-12-21`,
    ...about,
    kind: 'annual',
    leadBody: 'receiving-unit',
    assessorId: government.id,
    basisIds: [daily],
    outcome,
    unitIds: units,
    told: units.map((unit) => ({ unit, on: `${year}-12-28` })),
    published: true,
    publishedOn: `${year}-12-28`,
  });
  if (outcome === 'excellent') {
    addCaseStudy(batch, `${id} ${year}`, `${year}-12-30`, place, {
      candidateKind: 'team',
      candidateId: id,
      organisationId: leader.unit,
      title: `${county.name}科技扶贫典型（演示）`,
      outstanding: true,
    });
  }
  if (outcome === 'unsatisfactory') addRectification({ batch }, team, annual);
  const isFiled = county.id !== SHORT.leaderNotFiled || year === 2018;
  addAssessment(batch, {
    key: `leader ${id} ${year}`,
    on: `${year}-12-24`,
    ...about,
    kind: 'annual',
    subjectKind: 'leader',
    personId: leader.id,
    leadBody: 'prefecture-st-bureau',
    participants: ['prefecture-org-dept', 'dispatching-unit'],
    assessorId: bodies.bureaus.get(county.prefecture)?.id ?? null,
    basisIds: [daily],
    outcome: outcome === 'unsatisfactory' ? 'satisfactory' : outcome,
    ...(isFiled ? { filedWith: 'province-org-dept', filedOn: `${year}-12-30` } : {}),
  });
}

/** What followed from the one result that bars next year’s money: put right, and not yet verified. */
function addRectification(
  { batch }: Pick<Register, 'batch'>,
  { id, county, leader }: ExpertTeam,
  assessmentId: string,
) {
  batch.add(RecordedFinding, {
    id: idOf(`finding ${assessmentId}`, '2019-01-14'),
    ...placed(county.id),
    kind: 'annual',
    class: null,
    source: null,
    inspectionId: null,
    assessmentId,
    teamId: id,
    organisationId: leader.unit,
    description: '任期目标中的示范基地未按期建成（演示）',
    status: 'rectified',
    foundOn: '2019-01-14',
    dueOn: '2019-06-30',
    action: '已补建基地，申请复核（演示）',
    rectifiedOn: '2019-06-20',
    rectifiedBy: 'demo:paper',
    verifiedOn: null,
  });
}

/** The assessments of two years, and at the end of the first terms. */
export function addAssessments(roll: Register, bodies: Bodies, team: ExpertTeam): void {
  addYear(roll, bodies, team, 2018);
  addYear(roll, bodies, team, 2019);
  const { id, county, leader } = team;
  if (!PILOTS.includes(county.id)) return;
  addAssessment(roll.batch, {
    key: `term-end ${id}`,
    on: '2019-12-24',
    place: placed(county.id),
    kind: 'term-end',
    subjectKind: 'team',
    teamId: id,
    receivingUnitId: bodies.county(county.id).government.id,
    dispatchingUnitId: leader.unit,
    termTo: '2019-11-30',
    leadBody: 'province-st-dept',
    assessorId: bodies.st.id,
    basisIds: [idOf(`assessment daily ${id} 2019`, '2019-10-15')],
    outcome: county.at % 2 === 0 ? 'excellent' : 'good',
  });
}
