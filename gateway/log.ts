import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac } from 'node:crypto';
import { type DestinationStream, type Logger, pino } from 'pino';

/** What one request leaves in the log. Filled in as the request goes; written once, when it ends. */
export interface RequestRecord {
  readonly requestId: string;
  operation?: string | undefined;
  operationName?: string | undefined;
  operationHash?: string | undefined;
  viewer?: string | undefined;
  readonly codes: string[];
}

/** The request that is being worked on, wherever in the gateway one stands. */
export const requestScope = new AsyncLocalStorage<RequestRecord>();

// The second net: nothing below logs these, and if something ever does they do not come out.
const secrets = [
  '.authorization',
  '.body',
  '.cookie',
  '.email',
  '.name',
  '.person',
  '.phone',
  '.query',
  '.subject',
  '.token',
  '.variables',
  '["x-tepai-viewer"]',
];
const paths = secrets.flatMap((key) => [key.replace(/^\./, ''), `*${key}`, `*.*${key}`]);

/** JSON lines on `destination` (standard output when not given). Every line carries the request id. */
export function createLogger(options: { level?: string; destination?: DestinationStream } = {}): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[redacted]' },
    serializers: { err: describeError, error: describeError },
    formatters: { log: withoutValues },
    mixin: () => {
      const requestId = requestScope.getStore()?.requestId;
      return requestId ? { requestId } : {};
    },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

// Whoever logs an error by its parts, and not as `err`, logs no more of it.
function withoutValues(fields: Record<string, unknown>): Record<string, unknown> {
  const { message, stack } = fields;
  return {
    ...fields,
    ...(typeof message === 'string' && { message: scrub(message) }),
    ...(typeof stack === 'string' && { stack: framesOf(stack) }),
  };
}

/**
 * What may be logged of an error: its kind, code, scrubbed message and stack frames.
 * Messages of drivers and of data carry people's names and numbers, so quoted values, Chinese text and long digits go.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return { type: typeof error, message: scrub(String(error)) };
  const { name, message, stack, code, extensions, originalError, cause } = error as Record<string, unknown>;
  if (typeof error === 'object' && 'frames' in error && 'type' in error) return error as Record<string, unknown>;
  const inner = originalError ?? cause;
  const stated = code ?? (extensions as Record<string, unknown> | undefined)?.code;
  return {
    type: typeof name === 'string' ? name : 'Error',
    ...(typeof stated === 'string' && { code: stated }),
    message: scrub(String(message ?? '')),
    frames: framesOf(stack),
    ...(inner instanceof Error && inner !== error && { cause: describeError(inner) }),
  };
}

/** Text without the values in it: quoted parts, tokens, addresses of people, long numbers, Chinese characters. */
export function scrub(text: string): string {
  return text
    .slice(0, 1000)
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]')
    .replace(/"[^"]*"|'[^']*'|`[^`]*`|=\([^)]*\)/g, '[value]')
    .replace(/[^\s@]+@[^\s@]+/g, '[address]')
    .replace(/\d{5,}[\dXx]*/g, '[number]')
    .replace(/[\p{Script=Han}·]+/gu, '[text]');
}

function framesOf(stack: unknown): string[] {
  if (typeof stack !== 'string') return [];
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());
}

/** A viewer in the log: the same subject gives the same mark, and without the key the mark gives no subject back. */
export function createSubjectMark(key: Uint8Array): (subject: string) => string {
  return (subject) => createHmac('sha256', key).update(subject).digest('base64url').slice(0, 16);
}
