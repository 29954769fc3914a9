import { Certificate, Evaluation } from '../../subgraphs/evaluation/tables/evaluation.ts';
import { EvaluationBatch, Feedback } from '../../subgraphs/evaluation/tables/evaluation-batch.ts';
import type { Batch, Row } from '../batch.ts';
import { officeHour } from '../day.ts';
import { idOf } from '../id.ts';
import { type Chance, chanceOf } from '../random.ts';
import { appointmentId } from './appointment.ts';
import type { Engagement } from './engagement.ts';
import { bodiesOf, bureaus, dispatchingUnits } from './organisation.ts';
import { experts } from './person.ts';
import { COUNTIES, inCounty, inPrefecture, PREFECTURE, WEN } from './place.ts';
import { ACTIVE_TEAMS, teamId, teamUnit } from './team.ts';

const DIMENSIONS = [
  'organisation-leadership',
  'duty-performance',
  'service-effect',
  'object-satisfaction',
  'publicity',
];
const FLOOR: Readonly<Record<string, number>> = { excellent: 88, good: 76, qualified: 62, unqualified: 40 };

/** What one evaluator judges of one year. */
interface Round {
  readonly name: string;
  readonly subjectKind: 'team' | 'appointment' | 'region-work' | 'dispatching-unit';
  readonly evaluatorLevel: 'prefecture' | 'county' | 'unit';
  readonly evaluatorRegionId: string;
  readonly evaluatorOrganisationId: string;
  readonly place: {
    readonly provinceId: string;
    readonly prefectureId: string | null;
    readonly countyId: string | null;
  };
  readonly year: number;
}

interface Subject {
  readonly id: string;
  readonly level: string | null;
  readonly personId: string | null;
  readonly organisationId: string | null;
  readonly dispatchingUnitId: string | null;
  readonly place: {
    readonly provinceId: string;
    readonly prefectureId: string | null;
    readonly countyId: string | null;
  };
  /** Null while nobody has given one. */
  readonly grade: string | null;
  readonly scored: boolean;
}

const scoresOf = (chance: Chance, grade: string) =>
  Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, (FLOOR[grade] ?? 70) + chance.whole(0, 11)]));

/** The days of a finished evaluation; of an open one the first counts. */
const daysOf = (year: number) => ({
  opened: `${year}-11-06`,
  scored: `${year}-11-20`,
  graded: `${year}-12-04`,
  told: `${year}-12-11`,
  published: `${year}-12-18`,
  closed: `${year}-12-22`,
});

export const batchId = (name: string, year: number): string => idOf(`batch ${name} ${year}`, daysOf(year).opened);
export const evaluationId = (subjectId: string, year: number): string =>
  idOf(`evaluation ${subjectId} ${year}`, daysOf(year).opened);

function evaluation(round: Round, subject: Subject, isPublished: boolean): Row<Evaluation> {
  const { year } = round;
  const chance = chanceOf(`evaluation ${subject.id} ${year}`);
  const days = daysOf(year);
  const isGraded = subject.grade !== null;
  return {
    id: evaluationId(subject.id, year),
    batchId: batchId(round.name, year),
    subjectKind: round.subjectKind,
    year,
    evaluatorOrganisationId: round.evaluatorOrganisationId,
    subjectId: subject.id,
    subjectLevel: subject.level,
    personId: subject.personId,
    organisationId: subject.organisationId,
    dispatchingUnitId: subject.dispatchingUnitId,
    ...subject.place,
    scores: subject.scored ? scoresOf(chance, subject.grade ?? 'good') : {},
    scored: subject.scored,
    scoredOn: subject.scored ? days.scored : null,
    grade: subject.grade,
    gradedOn: isGraded ? days.graded : null,
    published: isPublished && isGraded,
    publishedOn: isPublished && isGraded ? days.published : null,
  };
}

function addBatch(batch: Batch, round: Round, subjects: readonly Subject[], isFinished: boolean): void {
  if (subjects.length === 0) return;
  const { year, evaluatorLevel, evaluatorRegionId, evaluatorOrganisationId, subjectKind } = round;
  const days = daysOf(year);
  const id = batchId(round.name, year);
  batch.add(EvaluationBatch, {
    id,
    subjectKind,
    evaluatorLevel,
    evaluatorRegionId,
    evaluatorOrganisationId,
    ...round.place,
    year,
    status: isFinished ? 'closed' : 'open',
    published: isFinished,
    sites: isFinished ? ['prefecture-st-network'] : [],
    openedOn: days.opened,
    publishedOn: isFinished ? days.published : null,
    closedOn: isFinished ? days.closed : null,
    changedOn: isFinished ? days.closed : days.graded,
    changedAt: officeHour(isFinished ? days.closed : days.graded),
  });
  batch.add(Evaluation, ...subjects.map((subject) => evaluation(round, subject, isFinished)));
  if (!isFinished) return;
  const units = new Set(subjects.flatMap(({ dispatchingUnitId }) => dispatchingUnitId ?? []));
  [...units].forEach((organisationId, at) => {
    batch.add(Feedback, {
      id: idOf(`feedback ${id} ${organisationId}`, days.told, at),
      batchId: id,
      organisationId,
      on: days.told,
      note: null,
    });
  });
}

/** One certificate is still to be issued: the last one. */
function addCertificates(batch: Batch): void {
  const excellent = batch.of(Evaluation).filter(({ grade, published }) => grade === 'excellent' && published);
  excellent.slice(0, -1).forEach((row, at) => {
    batch.add(Certificate, {
      id: idOf(`certificate ${row.id}`, daysOf(row.year).closed, at),
      evaluationId: row.id,
      batchId: row.batchId,
      year: row.year,
      number: `演示${row.year}-${String(at + 1).padStart(3, '0')}`,
      issuedOn: daysOf(row.year).closed,
    });
  });
}

const ofEngagement = (one: Engagement): Subject => ({
  id: appointmentId(one),
  level: one.category,
  personId: one.expert.id,
  organisationId: null,
  dispatchingUnitId: one.expert.organisationId,
  place: inCounty(one.countyId),
  grade: one.grade,
  scored: true,
});

const byBureau = (name: string, subjectKind: Round['subjectKind'], year: number): Round => ({
  name,
  subjectKind,
  evaluatorLevel: 'prefecture',
  evaluatorRegionId: PREFECTURE,
  evaluatorOrganisationId: bureaus.st.id,
  place: inPrefecture,
  year,
});

const byCounty = (countyId: string, year: number): Round => ({
  name: `county ${countyId}`,
  subjectKind: 'appointment',
  evaluatorLevel: 'county',
  evaluatorRegionId: countyId,
  evaluatorOrganisationId: bodiesOf(countyId).st.id,
  place: inCounty(countyId),
  year,
});

/** Grades for a list in order: one in seven excellent at most, the next half good. */
const gradeAt = (at: number, count: number) =>
  at < Math.floor((count * 15) / 100) ? 'excellent' : at < count * 0.6 ? 'good' : 'qualified';

/** In the open batch as many are excellent as may be; one is not scored yet, and most have no grade. */
function halfDone(subjects: readonly Subject[]): Subject[] {
  const scored = subjects.length - 1;
  const excellent = Math.floor((scored * 15) / 100);
  return subjects.map((subject, at) => ({
    ...subject,
    scored: at < scored,
    grade: at > 0 && at <= excellent ? 'excellent' : at > excellent && at <= excellent + 3 ? 'good' : null,
  }));
}

/** The evaluations of 2023, all published; and those of one county for 2024, left open. */
export function addEvaluations(batch: Batch, engagements: readonly Engagement[]): void {
  const evaluated = engagements.filter(({ year }) => year === 2023);
  for (const { id } of COUNTIES) {
    const own = evaluated.filter(({ countyId, category }) => countyId === id && category !== 'unit');
    addBatch(batch, byCounty(id, 2023), own.map(ofEngagement), true);
  }
  for (const { unit } of dispatchingUnits) {
    const own = evaluated.filter(({ expert, category }) => category === 'unit' && expert.organisationId === unit.id);
    const place = { provinceId: 'cn-41', prefectureId: unit.regionId, countyId: null };
    const round: Round = {
      name: `unit ${unit.id}`,
      subjectKind: 'appointment',
      evaluatorLevel: 'unit',
      evaluatorRegionId: unit.regionId,
      evaluatorOrganisationId: unit.id,
      place,
      year: 2023,
    };
    addBatch(batch, round, own.map(ofEngagement), true);
  }
  const whole = { level: null, personId: null, organisationId: null, dispatchingUnitId: null, scored: true };
  const teams = Array.from({ length: ACTIVE_TEAMS }, (_, number) => ({
    ...whole,
    id: teamId(number),
    level: 'prefecture',
    dispatchingUnitId: teamUnit(number).id,
    place: inPrefecture,
    grade: gradeAt(number, ACTIVE_TEAMS),
  }));
  addBatch(batch, byBureau('teams', 'team', 2023), teams, true);
  const counties = COUNTIES.map(({ id }, at) => ({
    ...whole,
    id,
    place: inCounty(id),
    grade: gradeAt(at, COUNTIES.length),
  }));
  addBatch(batch, byBureau('counties', 'region-work', 2023), counties, true);
  const units = dispatchingUnits.map(({ unit }, at) => ({
    ...whole,
    id: unit.id,
    organisationId: unit.id,
    dispatchingUnitId: unit.id,
    place: { provinceId: 'cn-41', prefectureId: unit.regionId, countyId: null },
    grade: gradeAt(at, dispatchingUnits.length),
  }));
  addBatch(batch, byBureau('units', 'dispatching-unit', 2023), units, true);
  addCertificates(batch);
  const present = engagements.filter(
    ({ year, countyId, category, exitedOn }) => year === 2024 && countyId === WEN && category !== 'unit' && !exitedOn,
  );
  // The first expert, a persona, is one of those without a grade.
  present.sort((a, b) => Number(b.expert === experts[0]) - Number(a.expert === experts[0]));
  addBatch(batch, byCounty(WEN, 2024), halfDone(present.map(ofEngagement)), false);
}
