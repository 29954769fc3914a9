import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { daysBetween } from '../../policies/day.ts';
import type { Facts } from '../../policies/facts.ts';
import { requireOrder } from '../act-order.ts';
import { rolesOn, type Subject } from '../actor.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { placeColumnsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { type About, requireAbout, sameSubject } from './assessed.ts';
import { AssessmentRef, seesAssessment } from './assessment.ts';
import { type builder, decided } from './builder.ts';
import { RecordReferenceInput, requireRecords } from './record-reference.ts';
import { requirePast, requireText, requireThings, requireYear, spoken, wrongState } from './required.ts';
import { Assessment } from './tables/assessment.ts';
import { leaderPosts, type Team, teamFacts } from './team.ts';
import { countTermTargets } from './team-target.ts';

type Row = Pick<Assessment, 'id' | 'kind' | 'subjectKind' | 'year' | 'date' | 'termTo' | 'assessorId' | 'unitIds'>;

/** Its organisations and leaders may act on it as far as the law gives them an assessment to make, such as a daily one. */
export const subjectOf = (row: Row, regions: readonly string[], team: Team | null): Subject => ({
  type: 'Assessment',
  id: row.id,
  regions,
  organisations: [row.assessorId, team?.receivingUnitId, ...row.unitIds].filter((id) => typeof id === 'string'),
  posts: team ? leaderPosts(team) : [],
});

/** Planning an assessment and making it are acts of one chain: who plans for one body does not make it for another. */
const assessmentProcess = (id: string): string => `assessment:${id}`;

/** What rules may ask at every act of an assessment. */
export function aboutFacts(row: Row, team: Team | null): Facts {
  return {
    'assessment.kind': row.kind,
    'assessment.subjectKind': row.subjectKind,
    'assessment.year': row.year,
    ...teamFacts(team),
  };
}

function dateFacts({ date, termTo }: Row): Facts {
  return {
    'assessment.date': date,
    'assessment.monthDay': Number(date.slice(5).replace('-', '')),
    'assessment.daysAfterTermEnd': termTo ? daysBetween(termTo, date) : undefined,
  };
}

/** The term targets of the team, which the result is measured by. */
async function targetFacts(tx: SqlEntityManager, team: Team | null, on: string): Promise<Facts> {
  return team ? { 'team.termTargetCount': await countTermTargets(tx, team, on) } : {};
}

/** Loads an assessment and holds its row. */
export async function lockAssessment(tx: SqlEntityManager, id: string, version: number): Promise<Assessment> {
  const assessment = await tx.findOne(Assessment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!assessment) throw notFound('assessment');
  expectVersion(assessment.version, version);
  return assessment;
}

const ABOUT =
  'NOT_FOUND (team, person, appointment, organisation, region), SUBJECT_REQUIRED (none of them is named), YEAR_INVALID';

const KIND = 'A code of the pack, such as daily, annual or term-end.';
const SUBJECT_KIND = 'What is assessed: a code of the pack, such as team or leader.';

type Fields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

/** The input fields that name what an assessment is about. */
const subjectFields = (t: Fields) => ({
  team: t.id(),
  appointment: t.id(),
  person: t.id({ description: 'With a team: the person in it, such as its leader.' }),
  organisation: t.id(),
  region: t.id({ description: 'Where the work of a region is assessed.' }),
});

function scheduled(said: { kind: string; subjectKind: string; year: number; date: string }, found: About) {
  return {
    id: uuid(),
    version: 1,
    ...placeColumnsOf(found.place),
    ...found.columns,
    ...said,
    termTo: found.termTo,
    unitIds: [...found.unitIds],
    status: 'scheduled',
    leadBody: null,
    participants: [],
    assessorId: null,
    basisIds: [],
    records: [],
    outcome: null,
    text: null,
    recordedOn: null,
    told: [],
    filedWith: null,
    filedOn: null,
    sites: [],
    published: false,
    publishedOn: null,
  };
}

decided('assessmentSchedule', {
  description: `Plans an assessment for a day, which may be to come. Errors: ${ABOUT}.`,
  thing: 'assessment',
  type: AssessmentRef,
  input: (t) => ({
    kind: t.string({ required: true, description: KIND }),
    subjectKind: t.string({ required: true, description: SUBJECT_KIND }),
    ...subjectFields(t),
    year: t.int({ required: true, description: 'The year that it covers; one that has begun.' }),
    date: t.field({ type: 'Date', required: true, description: 'The day that it is planned for.' }),
  }),
  plan: (input, context) => ({
    entity: Assessment,
    remote: (on) => requireAbout(context, input, on),
    async prepare(tx, on, found) {
      const { kind, subjectKind, year, date } = input;
      requireYear(year, on);
      const row = scheduled({ kind, subjectKind, year, date }, found);
      return {
        subject: { ...subjectOf(row, found.place.path, found.team), process: assessmentProcess(row.id) },
        facts: {
          ...aboutFacts(row, found.team),
          ...dateFacts(row),
          ...(await targetFacts(tx, found.team, on)),
        },
        current: null,
        change: () => tx.create(Assessment, { ...row, changedOn: on }),
      };
    },
  }),
});

/** What it is about: of an assessment that was scheduled, what was said then, and the team as it is now. */
async function aboutOf(
  context: Context,
  input: Parameters<typeof requireAbout>[1] & { readonly assessment?: string | null | undefined },
  on: string,
): Promise<About> {
  if (!input.assessment) return requireAbout(context, input, on);
  const known = await loadById(context, Assessment, input.assessment);
  if (!known) throw notFound('assessment');
  const { teamId: team, appointmentId: appointment, personId: person, organisationId: organisation } = known;
  const found = { team, appointment, person: team ? person : null, organisation, region: known.regionId };
  return requireAbout(context, found, on);
}

/** Whether the account acts for the unit that receives the team; not known where none is stated. */
function actsForReceiver(context: Context, subject: Subject, row: Row, team: Team | null, behalf: unknown) {
  const receiver = team?.receivingUnitId;
  if (!receiver) return undefined;
  const recorded =
    Boolean(behalf) && row.assessorId === receiver && rolesOn(context.viewer, subject).includes('recorder');
  return recorded || context.viewer.roles.some(({ organisation }) => organisation === receiver);
}

type Assessed = Pick<Assessment, 'personId' | 'organisationId' | 'teamId' | 'appointmentId'>;

/** Whether the account is what is assessed: the person, or somebody of the very organisation. */
function assessesItself({ viewer }: Context, made: Assessed): boolean {
  const { personId, organisationId, teamId, appointmentId } = made;
  if (personId) return viewer.person === personId;
  if (teamId || appointmentId || !organisationId) return false;
  return viewer.roles.some(({ organisation }) => organisation === organisationId);
}

decided('assessmentRecord', {
  description: `Records the result of an assessment: of one that was scheduled, or with \`kind\`, \`subjectKind\`, \`year\` and what it is about, of a new one. Errors: ${ABOUT}, NOT_FOUND (assessment, assessor, basis, records), KIND_REQUIRED, SUBJECT_KIND_REQUIRED, YEAR_REQUIRED, STALE_VERSION, WRONG_STATE, DATE_IN_FUTURE, ON_BEFORE_LAST_ACT.`,
  thing: 'assessment',
  type: AssessmentRef,
  input: (t) => ({
    assessment: t.id({
      description: 'One that was scheduled; then the fields that say what it is about are not read.',
    }),
    version: t.int({ description: 'Of it.' }),
    kind: t.string({ description: KIND }),
    subjectKind: t.string({ description: SUBJECT_KIND }),
    ...subjectFields(t),
    year: t.int({ description: 'The year that it covers; one that has begun.' }),
    date: t.field({ type: 'Date', description: 'The day it was made; the day of the act if absent.' }),
    leadBody: t.string({ description: 'Who leads it: a role of the pack.' }),
    participants: t.stringList({ description: 'Who takes part beside the lead: roles of the pack.' }),
    assessor: t.id({ description: 'The organisation that made it.' }),
    basis: t.idList({ description: 'Earlier assessments that it rests on, such as daily ones.' }),
    records: t.field({ type: [RecordReferenceInput], description: 'Other records that it rests on.' }),
    outcome: t.string({ description: 'A code of the pack.' }),
    text: t.string(),
  }),
  plan: (input, context) => ({
    entity: Assessment,
    async remote(on) {
      await requireThings(context, 'organisation', [input.assessor], 'assessor', on);
      return aboutOf(context, input, on);
    },
    async prepare(tx, on, found) {
      const date = input.date ?? on;
      requirePast(date, on);
      const known = input.assessment ? await lockAssessment(tx, input.assessment, input.version ?? 0) : null;
      if (known && known.status !== 'scheduled') throw wrongState('assessment', known.status);
      if (known) requireOrder(known.changedOn, on);
      const row = known ?? scheduled({ ...requireSaid(input, on), date }, found);
      const basisIds = [...new Set(input.basis ?? [])];
      const basis = await tx.find(Assessment, { id: { $in: basisIds } });
      if (basis.length < basisIds.length) throw notFound('basis');
      const result = {
        date,
        termTo: found.termTo,
        unitIds: [...found.unitIds],
        assessorId: input.assessor ?? null,
        leadBody: input.leadBody?.trim() || null,
        participants: [...new Set(spoken(input.participants))],
        basisIds,
        records: await requireRecords(tx, input.records ?? [], 'records'),
        outcome: input.outcome?.trim() || null,
        text: input.text?.trim() || null,
        status: 'recorded',
        recordedOn: on,
        changedOn: on,
      };
      const made = { ...row, ...result, id: row.id };
      const subject = { ...subjectOf(made, found.place.path, found.team), process: assessmentProcess(made.id) };
      const earlier = await tx.find(Assessment, {
        ...sameSubject(made),
        id: { $ne: row.id },
        kind: made.kind,
        year: made.year,
        recordedOn: { $ne: null, $lte: on },
      });
      return {
        subject,
        facts: {
          ...aboutFacts(made, found.team),
          ...dateFacts(made),
          ...(await targetFacts(tx, found.team, on)),
          'assessment.byReceivingUnit': actsForReceiver(context, subject, made, found.team, input.onBehalfOf),
          'actor.isEvaluated': assessesItself(context, made),
          'assessment.leadBody': made.leadBody ?? undefined,
          'assessment.participants': made.participants,
          'assessment.dailyCount': basis.filter((one) => one.kind === 'daily').length,
          'assessment.outcome': made.outcome ?? undefined,
          'assessment.earlierLeadBodies': [...new Set(earlier.flatMap(({ leadBody }) => leadBody ?? []))].sort(),
        },
        current: known && seesAssessment(context, known) ? known : null,
        change: () => (known ? Object.assign(known, result) : tx.create(Assessment, { ...row, ...result })),
      };
    },
  }),
});

function requireSaid(
  input: { kind?: string | null; subjectKind?: string | null; year?: number | null },
  on: string,
): { kind: string; subjectKind: string; year: number } {
  const kind = requireText(input.kind ?? '', 'kind');
  const subjectKind = requireText(input.subjectKind ?? '', 'subjectKind');
  if (!input.year) throw new UserError('YEAR_REQUIRED', 'year', { zh: '请说明年度。', en: 'Say the year.' });
  requireYear(input.year, on);
  return { kind, subjectKind, year: input.year };
}
