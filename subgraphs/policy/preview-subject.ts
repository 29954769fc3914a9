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

/** How a type of subject is read: `document` takes `$id` and `$asOf` and answers one member `subject`. */
interface Reading<Answer> {
  readonly document: string;
  read(answer: Answer): Omit<Subject, 'type' | 'id'> & { readonly facts: Facts };
}

const team: Reading<{
  readonly region: { readonly path: string[] };
  readonly organisation: WithId;
  readonly leaders: { readonly person: WithId }[];
  readonly standing: { readonly facts: Facts };
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

/** By the type of subject. Whatever its point, a subject is read by the standing that its owner answers for it. */
export const readings: Readonly<Record<string, Reading<never>>> = { Team: team };

const readingFor = ({ subject }: CataloguePoint) => (Object.hasOwn(readings, subject) ? readings[subject] : undefined);

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
    const known = Object.keys(readings).join(', ');
    throw new UserError('SUBJECT_UNSUPPORTED', 'subject', {
      zh: `“${point.subject}”的事实不能从图谱读取，请在 facts 中给出。可读取的类型：${known}。`,
      en: `The facts of a ${point.subject} cannot be read from the graph; give them as facts. These can: ${known}.`,
    });
  }
  const { viewer } = context;
  if (viewer.kind === 'anonymous') throw notFound('subject');
  const answer = await context.graph<{ subject: never }>(reading.document, { id, asOf });
  if (!answer.subject) throw notFound('subject');
  const { facts, ...rest } = reading.read(answer.subject);
  const subject: Subject = { type: point.subject, id, ...rest };
  // Asked as a service, the graph hides nothing: whoever asks through us must have a part in the subject.
  if (!viewer.scopes.includes('audit:read') && rolesOn(viewer, subject).length === 0) throw notFound('subject');
  return { subject, facts };
}
