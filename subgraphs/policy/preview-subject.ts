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

type Reader = (context: Context, id: string, asOf: string) => Promise<RealSubject | null>;

interface WithId {
  readonly id: string;
}

const TEAM = /* GraphQL */ `
  query TeamForPreview($id: ID!, $asOf: Date!) {
    team(id: $id) {
      region { path }
      organisation { id }
      leaders { person { id } }
      standing(asOf: $asOf) { facts }
    }
  }
`;

interface TeamAnswer {
  readonly team: {
    readonly region: { readonly path: string[] };
    readonly organisation: WithId;
    readonly leaders: { readonly person: WithId }[];
    readonly standing: { readonly facts: Facts };
  } | null;
}

const readTeam: Reader = async (context, id, asOf) => {
  const { team } = await context.graph<TeamAnswer>(TEAM, { id, asOf });
  return (
    team && {
      subject: {
        type: 'Team',
        id,
        regions: team.region.path,
        organisations: [team.organisation.id],
        posts: team.leaders.map(({ person }) => ({ person: person.id, role: 'team-leader' })),
      },
      facts: team.standing.facts,
    }
  );
};

/** The types of subject whose facts can be read: by the standing that the graph answers for them. */
const readers: Readonly<Record<string, Reader>> = { Team: readTeam };

/** Whether the facts of a real subject can be read for this point. */
export const readsSubjects = (point: CataloguePoint): boolean => Object.hasOwn(readers, point.subject);

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
  const read = Object.hasOwn(readers, point.subject) ? readers[point.subject] : undefined;
  if (!read) {
    const known = Object.keys(readers).join(', ');
    throw new UserError('SUBJECT_UNSUPPORTED', 'subject', {
      zh: `“${point.subject}”的事实不能从图谱读取，请在 facts 中给出。可读取的类型：${known}。`,
      en: `The facts of a ${point.subject} cannot be read from the graph; give them as facts. These can: ${known}.`,
    });
  }
  const { viewer } = context;
  // Asked as a service, the graph hides nothing: whoever asks through us must have a part in the subject.
  const real = viewer.kind === 'anonymous' ? null : await read(context, id, asOf);
  if (!real || (!viewer.scopes.includes('audit:read') && rolesOn(viewer, real.subject).length === 0)) {
    throw notFound('subject');
  }
  return real;
}
