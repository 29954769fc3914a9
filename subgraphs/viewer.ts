import { jwtVerify } from 'jose';

/** One role that a viewer holds: what, where, and for which organisation (null: for the region itself). */
export interface HeldRole {
  readonly role: string;
  readonly region: string;
  readonly organisation: string | null;
}

/** Who asks, as the gateway vouches for it. Subgraphs know nothing else about the caller. */
export interface Viewer {
  /** The token's subject: an account, not a person's name. */
  readonly subject: string;
  readonly kind: 'user' | 'service' | 'anonymous';
  /** The person in the graph whom the account belongs to, if any. */
  readonly person: string | null;
  readonly roles: readonly HeldRole[];
  readonly scopes: readonly string[];
}

/** A request that did not come through the gateway. */
export class NotFromGateway extends Error {
  readonly code = 'NOT_FROM_GATEWAY';
  constructor(cause?: unknown) {
    super('This subgraph answers the gateway only.', { cause });
  }
}

/**
 * Reads the viewer from the header that the gateway signs on every request.
 *
 * @throws NotFromGateway when the header is absent, forged, expired or meant for somebody else
 */
export async function verifyViewer(header: string | undefined, internalKey: Uint8Array): Promise<Viewer> {
  if (!header) throw new NotFromGateway();
  try {
    const { payload } = await jwtVerify(header, internalKey, {
      algorithms: ['HS256'],
      issuer: 'tepai-gateway',
      audience: 'tepai-subgraph',
    });
    return payload.viewer as Viewer;
  } catch (error) {
    throw new NotFromGateway(error);
  }
}
