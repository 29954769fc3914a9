import type { Context } from '../context.ts';
import type { Placed } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { knownForm, readAppointment, readOrganisation, readTeam, teamsOf } from './from-graph.ts';
import { Platform } from './tables/platform.ts';
import { Project } from './tables/project.ts';
import { ProjectApplication, ProjectCall } from './tables/project-call.ts';

export const BENEFICIARY_KINDS = [
  'team',
  'appointment',
  'project',
  'county-project',
  'platform',
  'organisation',
] as const;
export type BeneficiaryKind = (typeof BENEFICIARY_KINDS)[number];

/** Whom or what money is for, as it stood on the day of the act. */
export interface Beneficiary {
  readonly kind: BeneficiaryKind;
  readonly id: string;
  /** A team's level, an appointment's category, a project's level and so on; undefined when nobody said. */
  readonly level: string | undefined;
  /** The one person it is for; null when it is for several or for none. */
  readonly person: string | null;
  /** The unit that sends the person or team, and keeps their books. */
  readonly unit: string | null;
  /** Teams that the person is a member of on the day. */
  readonly teams: readonly string[];
  readonly place: Placed;
  /** Its latest published grade, `none` when never graded; only for teams and appointments. */
  readonly grade: string | undefined;
  /** What the place calls a team; undefined for what is no team and where there is one kind only. */
  readonly teamKind?: string | undefined;
  /** The county project that it is, or that its application is about. */
  readonly project: Project | null;
}

async function ofApplication(context: Context, id: string): Promise<Beneficiary> {
  const application = await context.em.findOne(ProjectApplication, { id: knownForm(id, 'project') });
  if (!application) throw notFound('project');
  const call = await context.em.findOneOrFail(ProjectCall, { id: application.callId });
  return {
    kind: 'project',
    id,
    level: call.level,
    // The lead answers for a project; the money is not theirs.
    person: null,
    unit: application.unitId,
    teams: [],
    place: application,
    grade: undefined,
    project: application.projectId ? await context.em.findOneOrFail(Project, { id: application.projectId }) : null,
  };
}

async function ofCountyProject(context: Context, id: string): Promise<Beneficiary> {
  const project = await context.em.findOne(Project, { id: knownForm(id, 'countyProject') });
  if (!project) throw notFound('countyProject');
  return {
    kind: 'county-project',
    id,
    level: 'county',
    person: null,
    unit: project.implementerId ?? null,
    teams: [],
    place: project,
    grade: undefined,
    project,
  };
}

async function ofPlatform(context: Context, id: string): Promise<Beneficiary> {
  const platform = await context.em.findOne(Platform, { id: knownForm(id, 'platform') });
  if (!platform) throw notFound('platform');
  const { level, organisationId: unit } = platform;
  const nobody = { person: null, teams: [], grade: undefined, project: null };
  return { kind: 'platform', id, level: level ?? undefined, unit, place: platform, ...nobody };
}

/**
 * Asks the owner of a beneficiary what is known of it.
 *
 * @throws UserError NOT_FOUND on the field of that name
 */
export async function readBeneficiary(
  context: Context,
  kind: BeneficiaryKind,
  id: string,
  on: string,
): Promise<Beneficiary> {
  if (kind === 'project') return ofApplication(context, id);
  if (kind === 'county-project') return ofCountyProject(context, id);
  if (kind === 'platform') return ofPlatform(context, id);
  if (kind === 'team') {
    const { level, kind: teamKind, organisation, place, grade } = await readTeam(context, id, kind, { graded: true });
    return {
      kind,
      id,
      level,
      person: null,
      unit: organisation.id,
      teams: [],
      place,
      grade,
      teamKind: teamKind ?? undefined,
      project: null,
    };
  }
  if (kind === 'organisation') {
    const { level, place } = await readOrganisation(context, id, kind);
    return { kind, id, level, person: null, unit: id, teams: [], place, grade: undefined, project: null };
  }
  const appointment = await readAppointment(context, id, kind, { graded: true });
  const person = appointment.person.id;
  return {
    kind,
    id,
    level: appointment.category,
    person,
    unit: appointment.organisation.id,
    teams: await teamsOf(context, person, on),
    place: appointment.place,
    grade: appointment.grade,
    project: null,
  };
}

/** The kind as rules know it: to them a project is a project, applied for or of a county. */
export const ruleKind = (kind: string) => (kind === 'county-project' ? 'project' : kind);

/** The field of an input that carries a kind: `county-project` comes as `countyProject`. */
type Field<Kind extends string> = Kind extends `${infer First}-${infer Rest}` ? `${First}${Capitalize<Rest>}` : Kind;

const fieldOf = (kind: string) => kind.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());

/**
 * The one kind among several optional ids of an input that was filled in.
 *
 * @throws UserError ONE_BENEFICIARY when none or more than one was
 */
export function chosen<Kind extends BeneficiaryKind>(
  input: Readonly<Partial<Record<Field<Kind>, string | null | undefined>>>,
  kinds: readonly Kind[],
): { kind: Kind; id: string } {
  const filled = kinds.flatMap((kind) => {
    const id = input[fieldOf(kind) as Field<Kind>];
    return id ? [{ kind, id }] : [];
  });
  const [one, ...more] = filled;
  if (one && more.length === 0) return one;
  const fields = kinds.map(fieldOf);
  throw new UserError('ONE_BENEFICIARY', fields, {
    zh: `须且只须填写一个受益对象（${fields.join('、')} 之一）。`,
    en: `Give exactly one beneficiary: one of ${fields.join(', ')}.`,
  });
}

/**
 * The outcome of the last assessment of a team or an appointment that covers a year: a code, `none` when there is none.
 * What is neither is not assessed.
 */
export async function outcomeOf(
  context: Context,
  { kind, id }: Beneficiary,
  year: number,
  on: string,
): Promise<string> {
  if (kind !== 'team' && kind !== 'appointment') return 'none';
  const { assessed } = await context.graph<{ assessed: { assessmentOutcome: string | null } | null }>(
    `query AssessedOutcome($id: ID!, $year: Int!, $on: Date!) {
      assessed: ${kind}(id: $id) { assessmentOutcome(year: $year, asOf: $on) }
    }`,
    { id, year, on },
  );
  return assessed?.assessmentOutcome ?? 'none';
}
