import type { GraphQLFormattedError } from 'graphql';
import { SignJWT } from 'jose';
import { Pool } from 'undici';
import type { GraphQuery } from './context.ts';
import { GraphError } from './graph-error.ts';

/**
 * How a subgraph in its own process asks the graph: over HTTP through the gateway, with a service token that it signs
 * for each minute.
 *
 * @throws GraphError when the graph answers an error, and undici's own when the gateway cannot be reached
 */
export function remoteGraph(
  name: string,
  gatewayUrl: string,
  internalKey: Uint8Array,
): { graph: GraphQuery; close(): Promise<void> } {
  const { origin } = new URL(gatewayUrl);
  const pool = new Pool(origin, { connections: 16, headersTimeout: 15_000, bodyTimeout: 15_000 });
  const viewer = { subject: `service:${name}`, kind: 'service', person: null, roles: [], scopes: [] };
  let token: { text: string; until: number } | null = null;

  async function serviceToken(): Promise<string> {
    const now = Date.now();
    if (token && token.until > now) return token.text;
    const text = await new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(viewer.subject)
      .setIssuer(`tepai-subgraph:${name}`)
      .setAudience('tepai-gateway')
      .setIssuedAt()
      .setExpirationTime('90s')
      .sign(internalKey);
    token = { text, until: now + 60_000 };
    return text;
  }

  return {
    async graph<Data>(query: string, variables: Record<string, unknown>, requestId?: string) {
      const response = await pool.request({
        path: '/graphql',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await serviceToken()}`,
          ...(requestId ? { 'x-request-id': requestId } : {}),
        },
        body: JSON.stringify({ query, variables }),
      });
      const result = (await response.body.json()) as { data?: Data; errors?: GraphQLFormattedError[] };
      if (result.errors?.length || !result.data) throw new GraphError(name, result.errors ?? []);
      return result.data;
    },
    close: () => pool.close(),
  };
}
