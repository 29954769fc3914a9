import { randomUUID } from 'node:crypto';
import { type ExecutionResult, type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { Log } from './serve.ts';

/**
 * What the driver says when the database cannot be reached or went away in the middle, and what the graph and the way
 * to it say when facts of another subgraph cannot be had: for who asked it is the same, and to ask again is right.
 */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '08001',
  'DATABASE_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_UNAVAILABLE',
  'GATEWAY_CLOSING',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);

function unreachable(error: unknown): boolean {
  for (let cause = error as { code?: string; message?: string; cause?: unknown } | undefined; cause; ) {
    if (UNREACHABLE.has(cause.code ?? '')) return true;
    if (/Connection terminated|timeout exceeded when trying to connect/i.test(cause.message ?? '')) return true;
    cause = cause.cause as typeof cause;
  }
  return false;
}

/** PostgreSQL was given a text for an id. In a filter it cannot be answered as "nothing": the whole field fails. */
function noSuchId(error: GraphQLError): GraphQLError {
  return new GraphQLError('An id in the arguments is none of ours.', {
    nodes: error.nodes,
    path: error.path,
    extensions: { code: 'ID_INVALID', messageZh: '参数中的标识不是有效的标识。' },
  });
}

/**
 * Lets errors with a code of ours pass and replaces everything else by one safe error with a log id, so that no SQL,
 * path or row leaves the process.
 */
export function maskErrors(result: ExecutionResult, log: Log, requestId = ''): FormattedExecutionResult {
  if (!result.errors) return result as FormattedExecutionResult;
  const errors = result.errors.map((error) => {
    // graphql-js gives an error without an original one for bad documents and variables: those are the caller's.
    if (!error.originalError || error.extensions.code) return error.toJSON();
    if ((error.originalError as { code?: string }).code === '22P02') return noSuchId(error).toJSON();
    const logId = randomUUID();
    const gone = unreachable(error.originalError);
    const code = gone ? 'DATABASE_UNAVAILABLE' : 'INTERNAL_ERROR';
    // As `err`, so that the log's serializer takes the values out of it: drivers quote the row they choked on.
    log.error({ logId, requestId, code, path: error.path?.join('.'), err: error.originalError }, 'resolver failed');
    return new GraphQLError(gone ? 'The database cannot be reached; try again later.' : 'Internal error.', {
      nodes: error.nodes,
      path: error.path,
      extensions: { code, logId, messageZh: gone ? '数据库暂时无法访问，请稍后重试。' : '系统内部错误。' },
    }).toJSON();
  });
  return { ...result, errors };
}
