import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { describeError } from './log.ts';
import { messages } from './messages.ts';

/** A code this gateway itself answers with; each has a message in both languages. */
export type GatewayCode = keyof typeof messages;

interface FailureOptions {
  /** HTTP status of the whole answer when the operation did not run at all. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
  readonly path?: readonly (string | number)[] | undefined;
  /** Further extensions. Shown to the caller as they are, so nothing secret goes here. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An error the caller may read in full: stable code, English message, `extensions.messageZh`. */
export function failure(code: GatewayCode, options: FailureOptions = {}): GraphQLError {
  const { en, zh } = messages[code];
  const { status, headers = {}, path, cause } = options;
  // Apollo takes the HTTP status of the answer from here, and takes the extension out again.
  const http = status === undefined ? {} : { http: { status, headers: new Map(Object.entries(headers)) } };
  const extensions: Record<string, unknown> = { ...options.details, code, messageZh: zh, ...http };
  const originalError = cause instanceof Error ? cause : null;
  return new GraphQLError(en, { path: path ?? null, extensions, originalError });
}

/** Codes of a subgraph that a caller may see. Everything else a subgraph reports is masked. */
export const subgraphCodes: readonly string[] = [
  'BAD_USER_INPUT',
  'CONFLICT',
  'CURSOR_INVALID',
  'DATABASE_UNAVAILABLE',
  'FORBIDDEN',
  'NOT_FOUND',
];

export interface ErrorMask {
  /** What may leave of an error reported by a subgraph; the rest is logged under a log id. */
  fromSubgraph(error: GraphQLFormattedError, subgraph: string): GraphQLFormattedError;
  /** Last stop of every error on its way out, whoever raised it. */
  format(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError;
}

// Raised by Apollo Server about the caller's own request: specific, and they quote only that request.
const aboutTheRequest = new Set<string>([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

// A subgraph that puts an allowed code on a raw error still must not show a stack, an address or a driver's message.
const internals = new RegExp(
  [
    String.raw`\n\s+at `,
    String.raw`\b[a-z]+:\/\/`,
    String.raw`\b\d{1,3}(\.\d{1,3}){3}\b`,
    String.raw`\b(ECONN\w+|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN|ENOENT|EACCES|SQLSTATE)\b`,
    String.raw`\b(from|into|join|update|relation|constraint)\s+"`,
  ].join('|'),
);

/** Decides what of an error is shown. `passCodes` are the subgraph codes that may be seen besides the common ones. */
export function createErrorMask(options: { logger: Logger; passCodes?: readonly string[] }): ErrorMask {
  const allowed = new Set([...subgraphCodes, ...(options.passCodes ?? [])]);

  function masked(error: unknown, path: GraphQLFormattedError['path'], subgraph?: string): GraphQLFormattedError {
    // A subgraph that masked the error itself logged more of it: its id finds both.
    const theirs = subgraph === undefined ? undefined : (error as GraphQLFormattedError).extensions?.logId;
    const logId = typeof theirs === 'string' && /^[0-9a-f-]{36}$/.test(theirs) ? theirs : randomUUID();
    options.logger.error({ logId, subgraph, err: describeError(error) }, 'an error was masked');
    const { en, zh } = messages.INTERNAL_ERROR;
    return { message: en, ...(path && { path }), extensions: { code: 'INTERNAL_ERROR', messageZh: zh, logId } };
  }

  return {
    fromSubgraph(error, subgraph) {
      const code = error.extensions?.code;
      const zh = error.extensions?.messageZh;
      const messageZh = typeof zh === 'string' ? zh : commonMessageZh(code);
      if (typeof code !== 'string' || !allowed.has(code) || internals.test(`${error.message} ${messageZh}`)) {
        return masked(error, error.path, subgraph);
      }
      return { message: error.message, ...(error.path && { path: error.path }), extensions: { code, messageZh } };
    },

    format(formatted, error) {
      const { code, http: _http, serviceName: _name, ...details } = formatted.extensions ?? {};
      if (typeof code !== 'string') return masked(error, formatted.path);
      const place = {
        ...(formatted.locations && { locations: formatted.locations }),
        ...(formatted.path && { path: formatted.path }),
      };
      if (typeof details.messageZh === 'string' && (Object.hasOwn(messages, code) || allowed.has(code))) {
        return { message: formatted.message, ...place, extensions: { code, ...details } };
      }
      if (!aboutTheRequest.has(code)) return masked(error, formatted.path);
      return { message: formatted.message, ...place, extensions: { code, messageZh: commonMessageZh(code) } };
    },
  };
}

function commonMessageZh(code: unknown): string {
  return typeof code === 'string' && Object.hasOwn(messages, code)
    ? messages[code as GatewayCode].zh
    : '请求未能完成，详情见英文说明。';
}
