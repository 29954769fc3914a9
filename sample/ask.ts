import type { Gateway } from '../gateway/gateway.ts';
import { personaOf } from './personas.ts';

export interface Asked {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[] | undefined;
}

/** Asks the graph as a persona, given by its account. */
export type Ask = (subject: string, query: string, variables: Record<string, unknown>) => Promise<Asked>;

/** Asks a gateway in this process. It takes the persona at its word. */
export function askInProcess(gateway: Gateway): Ask {
  return (subject, query, variables) => {
    const { person, roles, scopes } = personaOf(subject);
    return gateway.execute({ query, variables, viewer: { subject, kind: 'user', person, roles, scopes } });
  };
}

/** Asks a gateway at an address, with the personas' tokens. */
export function askOverHttp(gatewayUrl: string, tokens: ReadonlyMap<string, string>): Ask {
  return async (subject, query, variables) => {
    const response = await fetch(`${gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.get(subject)}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Asked;
  };
}
