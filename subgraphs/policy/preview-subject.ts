import type { Facts } from '../../policies/facts.ts';
import { rolesOn, type Subject } from '../actor.ts';
import type { Context } from '../context.ts';
import { notFound, UserError } from '../user-error.ts';
import type { CataloguePoint } from './fact.ts';

/** A subject as the graph knows it on a day: enough to choose its packs, to say who may look, and to decide. */
export interface RealSubject {
  readonly subject: Subject;
  readonly facts: Facts;
}

interface WithId {
  readonly id: string;
}
interface Standing {
  readonly facts: Facts;
}
type Place = { readonly path: readonly string[] };

/** How a subject is read: `document` takes `$id`, `$asOf` and perhaps its `$year`, and answers one member `subject`. */
interface Reading<Answer> {
  readonly document: string;
  read(answer: Answer): Omit<Subject, 'type' | 'id'> & Standing;
}

const team: Reading<{
  readonly region: Place;
  readonly organisation: WithId;
  readonly leaders: readonly { readonly person: WithId }[];
  readonly standing: Standing;
}> = {
  document: /* GraphQL */ `
    query TeamForPreview($id: ID!, $asOf: Date!) {
      subject: team(id: $id) {
        region { path }
        organisation { id }
        leaders { person { id } }
        standing(asOf: $asOf) { facts }
      }
    }
  `,
  read: ({ region, organisation, leaders, standing }) => ({
    regions: region.path,
    organisations: [organisation.id],
    posts: leaders.map(({ person }) => ({ person: person.id, role: 'team-leader' })),
    facts: standing.facts,
  }),
};

interface Engagement {
  readonly county: Place;
  readonly organisation: WithId;
  readonly receivingUnit: WithId | null;
  readonly person: WithId;
}

const ofEngagement = ({ county, organisation, receivingUnit, person }: Engagement) => ({
  regions: county.path,
  organisations: [organisation, receivingUnit].flatMap((unit) => unit?.id ?? []),
  persons: [person.id],
});

const appointment: Reading<Engagement & { readonly standing: Standing }> = {
  document: /* GraphQL */ `
    query AppointmentForPreview($id: ID!, $asOf: Date!) {
      subject: appointment(id: $id) {
        county { path }
        organisation { id }
        receivingUnit { id }
        person { id }
        standing(asOf: $asOf) { facts }
      }
    }
  `,
  read: ({ standing, ...engagement }) => ({ ...ofEngagement(engagement), facts: standing.facts }),
};

const serviceProgress: Reading<Engagement & { readonly serviceProgress: { readonly decision: Standing } | null }> = {
  document: /* GraphQL */ `
    query ServiceProgressForPreview($id: ID!, $asOf: Date!, $year: Int!) {
      subject: appointment(id: $id) {
        county { path }
        organisation { id }
        receivingUnit { id }
        person { id }
        serviceProgress(year: $year, asOf: $asOf) { decision { facts } }
      }
    }
  `,
  read: ({ serviceProgress: progress, ...engagement }) => ({
    ...ofEngagement(engagement),
    facts: progress?.decision.facts ?? {},
  }),
};

const governingBody: Reading<{ readonly region: Place; readonly standing: Standing }> = {
  document: /* GraphQL */ `
    query GoverningBodyForPreview($id: ID!, $asOf: Date!) {
      subject: governingBody(id: $id) {
        region { path }
        standing(asOf: $asOf) { facts }
      }
    }
  `,
  read: ({ region, standing }) => ({ regions: region.path, facts: standing.facts }),
};

const region: Reading<
  Place & {
    readonly coverage: { readonly decision: Standing };
    readonly industryCoverage: { readonly decision: Standing };
  }
> = {
  document: /* GraphQL */ `
    query RegionForPreview($id: ID!, $asOf: Date!) {
      subject: region(id: $id) {
        path
        coverage(asOf: $asOf) { decision { facts } }
        industryCoverage(asOf: $asOf) { decision { facts } }
      }
    }
  `,
  read: ({ path, coverage, industryCoverage }) => ({
    regions: path,
    facts: { ...coverage.decision.facts, ...industryCoverage.decision.facts },
  }),
};

/** By the point, where it has a reading of its own; else by the type of subject, whose standing its owner answers. */
export const readings: Readonly<Record<string, Reading<never>>> = {
  serviceProgress,
  Appointment: appointment,
  GoverningBody: governingBody,
  Region: region,
  Team: team,
};

function readingFor({ id, subject }: CataloguePoint): Reading<never> | undefined {
  return [id, subject].flatMap((key) => (Object.hasOwn(readings, key) ? (readings[key] ?? []) : []))[0];
}

/** Whether the facts of a real subject can be read for this point. */
export const readsSubjects = (point: CataloguePoint): boolean => readingFor(point) !== undefined;

/**
 * Reads a real subject for a viewer who has some role on it, or may read everything (`audit:read`).
 *
 * @throws UserError SUBJECT_UNSUPPORTED for a type without a standing; NOT_FOUND when there is no such subject, or none
 * that the viewer has to do with
 */
export async function readSubject(
  context: Context,
  point: CataloguePoint,
  id: string,
  asOf: string,
): Promise<RealSubject> {
  const reading = readingFor(point);
  if (!reading) {
    const known = Object.keys(readings)
      .filter((key) => /^[A-Z]/.test(key))
      .join(', ');
    throw new UserError('SUBJECT_UNSUPPORTED', 'subject', {
      zh: `“${point.subject}”的事实不能从图谱读取，请在 facts 中给出。可读取的类型：${known}。`,
      en: `The facts of a ${point.subject} cannot be read from the graph; give them as facts. These can: ${known}.`,
    });
  }
  const { viewer } = context;
  if (viewer.kind === 'anonymous') throw notFound('subject');
  const answer = await context.graph<{ subject: never }>(reading.document, {
    id,
    asOf,
    year: Number(asOf.slice(0, 4)),
  });
  if (!answer.subject) throw notFound('subject');
  const { facts, ...rest } = reading.read(answer.subject);
  const subject: Subject = { type: point.subject, id, ...rest };
  // Asked as a service, the graph hides nothing: whoever asks through us must have a part in the subject.
  if (!viewer.scopes.includes('audit:read') && rolesOn(viewer, subject).length === 0) throw notFound('subject');
  return { subject, facts };
}
