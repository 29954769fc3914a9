import { GraphQLError } from 'graphql';
import { createRemoteJWKSet, decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { failure } from './errors.ts';

/** A role as held: where, and for which organisation (null = for the region itself). */
export interface RoleGrant {
  readonly role: string;
  readonly region: string;
  readonly organisation: string | null;
}

/** Who asks. What a subgraph gets to know of a caller, and all a policy may ask about one. */
export interface Viewer {
  readonly subject: string;
  readonly kind: 'user' | 'service' | 'anonymous';
  readonly person: string | null;
  readonly roles: readonly RoleGrant[];
  readonly scopes: readonly string[];
}

/** Turns a token into the viewer it stands for, or throws UNAUTHENTICATED with a `reason`. */
export type Verify = (token: string) => Promise<Viewer>;

/** Someone without a token. May ask what is public. */
export const anonymous: Viewer = { subject: 'anonymous', kind: 'anonymous', person: null, roles: [], scopes: [] };

export interface VerifierOptions {
  /** The one issuer whose users are let in, as its tokens spell it. */
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
  readonly algorithms?: readonly string[];
  /** Lets in subgraphs that sign their own service token with this key. */
  readonly internalKey?: string | Uint8Array;
  /** Subgraphs that may do so. */
  readonly services?: readonly string[];
  readonly clockToleranceSeconds?: number;
}

// Of what can go wrong on the way to a key, these are the token's doing; the rest is the issuer's.
const aboutTheToken = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
const servicePrefix = 'tepai-subgraph:';

/**
 * Verifies by the issuer's published keys. The reason of a refusal is TOKEN_EXPIRED, TOKEN_FOREIGN (another issuer
 * or audience) or TOKEN_INVALID (anything else). Keys that cannot be fetched are ISSUER_UNAVAILABLE, not the token's fault.
 */
export function createVerifier(options: VerifierOptions): Verify {
  const published = createRemoteJWKSet(new URL(options.jwksUri), { timeoutDuration: 3_000, cooldownDuration: 10_000 });
  const keys: JWTVerifyGetKey = (header, token) =>
    published(header, token).catch((error: unknown) => {
      throw aboutTheToken.some((kind) => error instanceof kind)
        ? error
        : failure('ISSUER_UNAVAILABLE', { status: 503 });
    });
  const internalKey = options.internalKey === undefined ? undefined : secretOf(options.internalKey);
  const services = new Map((options.services ?? []).map((name) => [servicePrefix + name, name]));
  const clockTolerance = options.clockToleranceSeconds ?? 5;
  const algorithms = [...(options.algorithms ?? ['ES256', 'RS256', 'PS256', 'EdDSA'])];

  return async (token) => {
    try {
      // Unverified, and used for nothing but to choose which key has to vouch for it.
      const issuer = decodeJwt(token).iss;
      const required = ['sub', 'exp'];
      if (issuer === options.issuer) {
        const { audience } = options;
        const checks = { issuer, audience, algorithms, clockTolerance, requiredClaims: required };
        return userOf((await jwtVerify(token, keys, checks)).payload);
      }
      if (internalKey && issuer !== undefined && services.has(issuer)) {
        const checks = {
          issuer,
          audience: 'tepai-gateway',
          algorithms: ['HS256'],
          clockTolerance,
          requiredClaims: ['exp'],
        };
        return serviceOf((await jwtVerify(token, internalKey, checks)).payload);
      }
    } catch (error) {
      throw refusal(error);
    }
    throw unauthenticated('TOKEN_FOREIGN');
  };
}

/** Signs a viewer for one subgraph request: short-lived, and of no use at the gateway's own door. */
export function createViewerSigner(internalKey: string | Uint8Array): (viewer: Viewer) => Promise<string> {
  const key = secretOf(internalKey);
  return (viewer) =>
    new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('tepai-gateway')
      .setAudience('tepai-subgraph')
      .setIssuedAt()
      .setExpirationTime('60s')
      .sign(key);
}

/** The bearer token of an Authorization header; undefined when there is none. Another scheme is refused, not ignored. */
export function bearerOf(header: string | undefined): string | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const token = /^Bearer +(\S+)$/i.exec(header.trim())?.[1];
  if (!token) throw unauthenticated('TOKEN_INVALID');
  return token;
}

/** The key as bytes (UTF-8 of the text). Shorter than 32 bytes is not a key for HS256. */
export function secretOf(key: string | Uint8Array): Uint8Array {
  const bytes = typeof key === 'string' ? new TextEncoder().encode(key) : key;
  if (bytes.length < 32)
    throw Object.assign(new Error('the internal key has fewer than 32 bytes'), { code: 'INTERNAL_KEY_WEAK' });
  return bytes;
}

function unauthenticated(reason: 'TOKEN_EXPIRED' | 'TOKEN_FOREIGN' | 'TOKEN_INVALID') {
  const headers = { 'www-authenticate': 'Bearer error="invalid_token"' };
  return failure('UNAUTHENTICATED', { status: 401, headers, details: { reason } });
}

function refusal(error: unknown) {
  if (error instanceof errors.JWTExpired) return unauthenticated('TOKEN_EXPIRED');
  if (error instanceof errors.JWTClaimValidationFailed && (error.claim === 'aud' || error.claim === 'iss')) {
    return unauthenticated('TOKEN_FOREIGN');
  }
  return error instanceof GraphQLError ? error : unauthenticated('TOKEN_INVALID');
}

function userOf(payload: JWTPayload): Viewer {
  const scopes = typeof payload.scope === 'string' ? payload.scope.split(' ').filter(Boolean) : [];
  return viewerOf({
    subject: payload.sub,
    kind: 'user',
    person: payload.person ?? null,
    roles: payload.roles ?? [],
    scopes,
  });
}

function serviceOf(payload: JWTPayload): Viewer {
  const viewer = viewerOf(payload.viewer);
  if (viewer.kind !== 'service') throw new errors.JWTInvalid('a service token is for a service');
  return viewer;
}

// Claims of the wrong shape are refused whole: a role half understood is a right wrongly given.
function viewerOf(value: unknown): Viewer {
  const { subject, kind, person, roles, scopes } = (value ?? {}) as Record<string, unknown>;
  const text = (item: unknown): item is string => typeof item === 'string' && item !== '';
  const grant = (item: unknown): item is RoleGrant => {
    const { role, region, organisation } = (item ?? {}) as Record<string, unknown>;
    return text(role) && text(region) && (organisation === null || text(organisation));
  };
  if (
    !text(subject) ||
    (kind !== 'user' && kind !== 'service') ||
    !(person === null || text(person)) ||
    !Array.isArray(roles) ||
    !roles.every(grant) ||
    !Array.isArray(scopes) ||
    !scopes.every(text)
  ) {
    throw new errors.JWTInvalid('claims of the wrong shape');
  }
  const plain = roles.map(({ role, region, organisation }) => ({ role, region, organisation }));
  return { subject, kind, person, roles: plain, scopes };
}
