import { randomUUID } from 'node:crypto';
import { ApolloServer, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, printSchema } from 'graphql';
import { createContractGate } from './contract.ts';
import { createErrorMask, failure } from './errors.ts';
import type { GatewayOptions } from './gateway.ts';
import { createGuard } from './guard.ts';
import { createTextCheck, type Limits } from './limits.ts';
import { createSubjectMark, type RequestRecord, requestScope, scrub } from './log.ts';
import { readSupergraph } from './supergraph.ts';
import { type GatewayContext, SupergraphGateway } from './supergraph-gateway.ts';
import { anonymous, bearerOf, createViewerSigner, secretOf, type Viewer } from './viewer.ts';

/** An operation asked for inside this process. `viewer` is taken at its word; `token` is verified as over HTTP. */
export interface ExecuteRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly token?: string;
  readonly viewer?: Viewer;
  readonly requestId?: string;
  /** What it is needed for, in words; over HTTP the header x-tepai-purpose. */
  readonly purpose?: string;
  /** Time for it and for each request to a subgraph, for work that is known to be long; `limits` say otherwise. */
  readonly patienceMs?: number;
}

export interface ExecuteResult {
  /** The HTTP status the same operation has over HTTP. */
  readonly status: number;
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
}

/** The one way an operation goes, whichever door it came in by: admit, check, authorize, plan, execute, mask, log. */
export interface Pipeline {
  /** The schema callers see. */
  readonly sdl: string;
  execute(request: ExecuteRequest): Promise<ExecuteResult>;
  answer(request: HTTPGraphQLRequest, requestId: string): Promise<HTTPGraphQLResponse>;
  /** A refusal before GraphQL begins, in the shape and with the log line of any other. */
  refuse(error: GraphQLError, requestId: string): ExecuteResult;
  /** Takes no more users; subgraphs still at work for one may go on asking. Resolves when nothing is at work. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

const PURPOSE = 200;

/** The purpose a caller states, decoded. */
function purposeOf(header: string | undefined): string | null {
  if (!header) return null;
  try {
    const purpose = decodeURIComponent(header).trim();
    if (purpose.length <= PURPOSE) return purpose || null;
  } catch {
    // Said below.
  }
  throw failure('PURPOSE_INVALID', { status: 400 });
}

/** Loads the supergraph. Throws when it cannot be served as it is, or a policy in it would go unanswered. */
export async function createPipeline(options: GatewayOptions, limits: Limits): Promise<Pipeline> {
  const supergraph = readSupergraph(options.supergraphSdl);
  const usesPolicies = [...supergraph.requirements.values()].some(({ policies }) => policies);
  if (usesPolicies && !options.policies) {
    throw Object.assign(new Error('the supergraph uses @policy and nothing answers it'), {
      code: 'POLICY_ANSWER_MISSING',
    });
  }
  const logger = options.logger;
  const quiet = {
    debug: (message?: unknown) => logger.debug(scrub(String(message))),
    info: (message?: unknown) => logger.debug(scrub(String(message))),
    warn: (message?: unknown) => logger.warn(scrub(String(message))),
    error: (message?: unknown) => logger.error(scrub(String(message))),
  };
  const gate = createContractGate();
  const mask = createErrorMask({ logger, passCodes: options.passCodes ?? [] });
  const gateway = new SupergraphGateway({
    supergraphSdl: supergraph.plannable,
    transports: options.transports,
    executor: options.executor,
    logger: quiet,
    mask,
  });
  const server = new ApolloServer<GatewayContext>({
    gateway,
    logger: quiet,
    introspection: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => format(formatted, error),
    plugins: [
      createGuard(supergraph, options.policies, limits, gate),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();

  const checkText = createTextCheck(limits);
  const sign = createViewerSigner(options.internalKey);
  const markOf = createSubjectMark(secretOf(options.internalKey));
  const atWork = new Set<Promise<unknown>>();
  let door: 'open' | 'draining' | 'closed' = 'open';

  function format(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
    const shown = mask.format(formatted, error);
    requestScope.getStore()?.codes.push(String(shown.extensions?.code));
    return shown;
  }

  async function admit(
    query: unknown,
    viewerOf: () => Promise<Viewer>,
    record: RequestRecord,
    purpose: string | null,
    patienceMs?: number,
  ): Promise<GatewayContext> {
    const viewer = await viewerOf();
    record.viewer = viewer.kind === 'anonymous' ? 'anonymous' : markOf(viewer.subject);
    if (door === 'closed' || (door === 'draining' && viewer.kind !== 'service'))
      throw failure('GATEWAY_CLOSING', { status: 503 });
    const tooMuch = typeof query === 'string' ? checkText(query) : undefined;
    if (tooMuch) throw tooMuch;
    const contract = (viewer.kind === 'user' && (await options.contracts?.of(viewer))) || null;
    const foreign = contract && typeof query === 'string' ? gate.refusal(contract, query) : null;
    if (foreign) throw foreign;
    let signed: Promise<string> | undefined;
    return {
      viewer,
      requestId: record.requestId,
      purpose,
      contract,
      deadline: performance.now() + (patienceMs ?? limits.operationMs),
      subgraphMs: patienceMs ?? limits.subgraphMs,
      signedViewer: () => (signed ??= sign(viewer)),
    };
  }

  async function recorded<T extends { status?: number }>(
    requestId: string,
    work: (record: RequestRecord) => Promise<T>,
  ): Promise<T> {
    const record: RequestRecord = { requestId, codes: [] };
    const started = performance.now();
    return requestScope.run(record, async () => {
      const job = work(record);
      atWork.add(job);
      try {
        const result = await job;
        const { requestId: _id, ...rest } = record;
        logger.info({ ...rest, status: result.status ?? 200, ms: Math.round(performance.now() - started) }, 'request');
        return result;
      } finally {
        atWork.delete(job);
      }
    });
  }

  function shape(error: unknown): ExecuteResult {
    const known = error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
    const { status } = (known.extensions.http ?? {}) as { status?: number };
    return { status: status ?? 500, errors: [format(known.toJSON(), error)] };
  }

  return {
    sdl: printSchema(gateway.schema as NonNullable<typeof gateway.schema>),

    execute({ query, variables, operationName, token, viewer, requestId = randomUUID(), purpose, patienceMs }) {
      return recorded(requestId, async (record) => {
        const viewerOf = async () => viewer ?? (token === undefined ? anonymous : options.verify(token));
        try {
          const contextValue = await admit(query, viewerOf, record, purpose?.slice(0, PURPOSE) ?? null, patienceMs);
          const request = {
            query,
            ...(variables && { variables: { ...variables } }),
            ...(operationName && { operationName }),
          };
          const { body, http } = await server.executeOperation(request, { contextValue });
          if (body.kind !== 'single') throw new Error('an answer in parts was not asked for');
          return { status: http.status ?? 200, data: body.singleResult.data, errors: body.singleResult.errors };
        } catch (error) {
          return shape(error);
        }
      });
    },

    answer(httpGraphQLRequest, requestId) {
      return recorded(requestId, (record) => {
        const { headers, body, search, method } = httpGraphQLRequest;
        const query =
          method === 'GET'
            ? new URLSearchParams(search).get('query')
            : (body as { query?: unknown } | undefined)?.query;
        const viewerOf = async () => {
          const token = bearerOf(headers.get('authorization'));
          return token === undefined ? anonymous : options.verify(token);
        };
        return server.executeHTTPGraphQLRequest({
          httpGraphQLRequest,
          context: async () => admit(query, viewerOf, record, purposeOf(headers.get('x-tepai-purpose'))),
        });
      });
    },

    refuse(error, requestId) {
      const record: RequestRecord = { requestId, codes: [] };
      const result = requestScope.run(record, () => shape(error));
      logger.info({ requestId, codes: record.codes, status: result.status }, 'request');
      return result;
    },

    async drain() {
      door = 'draining';
      while (atWork.size > 0) await Promise.allSettled(atWork);
    },

    async stop() {
      door = 'closed';
      await server.stop();
    },
  };
}
