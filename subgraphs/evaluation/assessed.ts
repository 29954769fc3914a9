import type { Context } from '../context.ts';
import type { Place } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { appointments } from './appointment.ts';
import { organisationPlaceOf } from './organisation-place.ts';
import { personUnitOf } from './person-unit.ts';
import { requirePlace, requireThings } from './required.ts';
import type { Assessment } from './tables/assessment.ts';
import { requireTeam, type Team } from './team.ts';

/** What an assessment is about, as the caller names it. */
export interface AboutInput {
  readonly team?: string | null | undefined;
  readonly appointment?: string | null | undefined;
  readonly person?: string | null | undefined;
  readonly organisation?: string | null | undefined;
  readonly region?: string | null | undefined;
}

/** What an assessment is about, as the graph knows it. */
export interface About {
  readonly team: Team | null;
  readonly place: Place;
  /** The last day of its term; null: not stated, or it has none. */
  readonly termTo: string | null;
  /** The units that send it: its result is theirs to know. */
  readonly unitIds: readonly string[];
  readonly columns: {
    readonly teamId: string | null;
    readonly appointmentId: string | null;
    readonly personId: string | null;
    readonly organisationId: string | null;
    readonly dispatchingUnitId: string | null;
    readonly receivingUnitId: string | null;
  };
}

/** The unit of a person. @throws UserError NOT_FOUND */
async function personUnit(context: Context, person: string): Promise<string> {
  const unit = await personUnitOf(context, person);
  if (!unit) throw notFound('person');
  return unit;
}

/**
 * Finds what an assessment is about: a team, a person in a team, an appointment, an organisation, or a region's work.
 *
 * @throws UserError NOT_FOUND, SUBJECT_REQUIRED when nothing is named
 */
export async function requireAbout(context: Context, input: AboutInput, on: string): Promise<About> {
  const { team: teamId, appointment: appointmentId, organisation: organisationId, region } = input;
  await requireThings(context, 'person', [input.person], 'person', on);
  const personUnits = input.person ? [await personUnit(context, input.person)] : [];
  const columns = {
    teamId: teamId ?? null,
    appointmentId: appointmentId ?? null,
    personId: input.person ?? null,
    organisationId: organisationId ?? null,
    dispatchingUnitId: null,
    receivingUnitId: null,
  };
  if (teamId) {
    const team = await requireTeam(context, teamId, on);
    const unitIds = input.person ? personUnits : team.unitIds;
    const { organisationId: dispatchingUnitId, receivingUnitId, place, termTo } = team;
    return { team, place, termTo, unitIds, columns: { ...columns, dispatchingUnitId, receivingUnitId } };
  }
  if (appointmentId) {
    const found = (await appointments(context.graph, [appointmentId])).get(appointmentId);
    if (!found) throw notFound('appointment');
    const { place, personId, dispatchingUnitId, receivingUnitId, to: termTo } = found;
    const units = { personId, dispatchingUnitId, receivingUnitId };
    return { team: null, place, termTo, unitIds: [dispatchingUnitId], columns: { ...columns, ...units } };
  }
  if (organisationId) {
    const place = await organisationPlaceOf(context, organisationId);
    if (!place) throw notFound('organisation');
    return { team: null, place, termTo: null, unitIds: [organisationId], columns };
  }
  if (region) {
    return {
      team: null,
      place: await requirePlace(context.graph, region),
      termTo: null,
      unitIds: personUnits,
      columns,
    };
  }
  throw new UserError('SUBJECT_REQUIRED', 'team', {
    zh: '请说明考核谁：团队、选派、单位或地区。',
    en: 'Say what it is about: a team, an appointment, an organisation or a region.',
  });
}

/** The rows of assessments that are about the same. */
export const sameSubject = (
  row: Pick<Assessment, 'subjectKind' | 'teamId' | 'appointmentId' | 'personId' | 'organisationId' | 'regionId'>,
) => ({
  subjectKind: row.subjectKind,
  teamId: row.teamId ?? null,
  appointmentId: row.appointmentId ?? null,
  personId: row.personId ?? null,
  organisationId: row.organisationId ?? null,
  regionId: row.regionId,
});
