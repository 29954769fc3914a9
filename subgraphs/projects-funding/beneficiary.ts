import type { Context } from '../context.ts';
import type { Placed } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { knownForm, readAppointment, readOrganisation, readTeam, teamsOf } from './from-graph.ts';
import { Platform } from './tables/platform.ts';
import { ProjectApplication, ProjectCall } from './tables/project-call.ts';

export const BENEFICIARY_KINDS = ['team', 'appointment', 'project', 'platform', 'organisation'] as const;
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
}

async function ofProject(context: Context, id: string): Promise<Beneficiary> {
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
  };
}

async function ofPlatform(context: Context, id: string): Promise<Beneficiary> {
  const platform = await context.em.findOne(Platform, { id: knownForm(id, 'platform') });
  if (!platform) throw notFound('platform');
  const { level, organisationId: unit } = platform;
  const nobody = { person: null, teams: [], grade: undefined };
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
  if (kind === 'project') return ofProject(context, id);
  if (kind === 'platform') return ofPlatform(context, id);
  if (kind === 'team') {
    const { level, organisation, place, grade } = await readTeam(context, id, kind, { graded: true });
    return { kind, id, level, person: null, unit: organisation.id, teams: [], place, grade };
  }
  if (kind === 'organisation') {
    const { level, place } = await readOrganisation(context, id, kind);
    return { kind, id, level, person: null, unit: id, teams: [], place, grade: undefined };
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
  };
}

/**
 * The one kind among several optional ids of an input that was filled in.
 *
 * @throws UserError ONE_BENEFICIARY when none or more than one was
 */
export function chosen<Kind extends BeneficiaryKind>(
  input: Readonly<Partial<Record<Kind, string | null | undefined>>>,
  kinds: readonly Kind[],
): { kind: Kind; id: string } {
  const filled = kinds.flatMap((kind) => {
    const id = input[kind];
    return id ? [{ kind, id }] : [];
  });
  const [one, ...more] = filled;
  if (one && more.length === 0) return one;
  throw new UserError('ONE_BENEFICIARY', [...kinds], {
    zh: `须且只须填写一个受益对象（${kinds.join('、')} 之一）。`,
    en: `Give exactly one beneficiary: one of ${kinds.join(', ')}.`,
  });
}
