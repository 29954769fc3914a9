import { PaperError } from './error.ts';

/** What a caller of the graph sent with his request to this door. */
export interface Caller {
  /** Undefined for somebody who has not signed in. */
  readonly token: string | undefined;
  readonly requestId: string | undefined;
  readonly purpose: string | undefined;
}

interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly token?: string;
  readonly requestId?: string;
  readonly purpose?: string;
  readonly patienceMs?: number;
}

/** The graph's own door: the only way from here to any data. */
export type Execute = (question: Question) => Promise<{
  readonly status: number;
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?:
    | readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[]
    | undefined;
}>;

/** Asks the graph as the caller. @throws GraphRefusal when the graph answers an error */
export type Ask = <Data>(
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  patienceMs?: number,
) => Promise<Data>;

const STATUS: Readonly<Record<string, number>> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };
// A part of the graph that fails is told of in an answer of status 200, and so is a value that it does not take.
const NOT_THE_CALLERS = /^(INTERNAL_ERROR|INCOMPLETE_ANSWER)$|_(UNAVAILABLE|TIMEOUT|CLOSING)$/;

/** The graph's own refusal, handed on as it is. */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly text: { readonly zh: string; readonly en: string };
  /** Whose contract has not got what was asked for; empty for every other refusal. */
  readonly contract: string;
  constructor(status: number, message: string, extensions: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = String(extensions.code ?? 'INTERNAL_ERROR');
    const told = status >= 400 ? status : NOT_THE_CALLERS.test(this.code) ? 502 : 400;
    this.status = STATUS[this.code] ?? told;
    this.text = { zh: String(extensions.messageZh ?? message), en: message };
    this.contract = String(extensions.contract ?? '');
  }
}

/** The graph as one caller sees it: what he may not see or do there, he may not see or do on paper. */
export function askAs(execute: Execute, { token, requestId, purpose }: Caller): Ask {
  return async <Data>(query: string, variables: Readonly<Record<string, unknown>> = {}, patienceMs?: number) => {
    const answer = await execute({
      query,
      variables,
      ...(token === undefined ? {} : { token }),
      ...(requestId ? { requestId } : {}),
      ...(purpose ? { purpose } : {}),
      ...(patienceMs ? { patienceMs } : {}),
    });
    const [error] = answer.errors ?? [];
    if (error) throw new GraphRefusal(answer.status, error.message, error.extensions);
    if (!answer.data) throw new PaperError('GRAPH_REFUSED', { reason: String(answer.status) });
    return answer.data as Data;
  };
}

interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

// The graph's largest page.
const PAGE = 200;

/**
 * All rows of a list, as the pages come. The query takes `$first` and `$after`, and its one root field is the list. Subgraphs
 * have a pager of their own: the one folder that both may import knows no graph.
 */
export async function* pages<Node>(
  ask: Ask,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  size = PAGE,
): AsyncGenerator<Node> {
  for (let after: string | null = null; ; ) {
    const data: Record<string, Connection<Node>> = await ask(query, { ...variables, first: size, after });
    const [list] = Object.values(data);
    if (!list) return;
    for (const { node } of list.edges) yield node;
    if (!list.pageInfo.hasNextPage) return;
    after = list.pageInfo.endCursor;
  }
}
