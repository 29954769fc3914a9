import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { Contract } from './contract.ts';
import { type ErrorMask, failure } from './errors.ts';
import { type SubgraphTransport, TransportError } from './transport.ts';
import type { Viewer } from './viewer.ts';

/** What the gateway knows of a request while it runs. */
export interface GatewayContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** What the caller says it needs the answer for; it stands beside what was shown to it. */
  readonly purpose: string | null;
  /** The part of the graph that the caller sees; null: all of it. */
  readonly contract: Contract | null;
  /** When the time of the whole operation is over (milliseconds, monotonic). */
  readonly deadline: number;
  /** The most that one request to a subgraph may take of it. */
  readonly subgraphMs: number;
  /** The viewer as subgraphs get it: signed once for a request, however many of them are asked. */
  readonly signedViewer: () => Promise<string>;
}

type RequestContext = Parameters<ApolloGateway['executor']>[0];
type ExecutionResult = Awaited<ReturnType<ApolloGateway['executor']>>;

/** Carries out a planned and admitted operation. `stock` is Apollo's own way of doing so. */
export type Executor = (
  context: RequestContext,
  stock: (context: RequestContext) => Promise<ExecutionResult>,
) => Promise<ExecutionResult>;

interface SupergraphGatewayOptions {
  readonly supergraphSdl: string;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  readonly mask: ErrorMask;
  readonly logger: {
    debug(m?: unknown): void;
    info(m?: unknown): void;
    warn(m?: unknown): void;
    error(m?: unknown): void;
  };
  readonly executor?: Executor | undefined;
}

/** Apollo's loading, validation and planning; our way to the subgraphs, and an executor that can be replaced. */
export class SupergraphGateway extends ApolloGateway {
  constructor(options: SupergraphGatewayOptions) {
    // Read by the constructor below: without it Apollo is sent usage numbers.
    process.env.APOLLO_TELEMETRY_DISABLED = 'true';
    super({
      supergraphSdl: options.supergraphSdl,
      buildService: ({ name }) => createDataSource(name, options),
      logger: options.logger,
      __exposeQueryPlanExperimental: false,
    });
    const stock = this.executor;
    const { executor } = options;
    this.executor = async (context) => completed(executor ? await executor(context, stock) : await stock(context));
  }
}

// Apollo reports a null where the schema allows none as a note beside the data. A caller who reads no notes
// would take a hole for an answer, so it becomes an error.
function completed(result: ExecutionResult): ExecutionResult {
  const { valueCompletion, ...extensions } = result.extensions ?? {};
  if (!Array.isArray(valueCompletion) || valueCompletion.length === 0) return result;
  const errors = valueCompletion.map(({ path }: { path?: readonly (string | number)[] }) =>
    failure('INCOMPLETE_ANSWER', { path }),
  );
  return { ...result, errors: [...(result.errors ?? []), ...errors], extensions };
}

function createDataSource(subgraph: string, options: SupergraphGatewayOptions): GraphQLDataSource {
  const transport = options.transports[subgraph];
  if (!transport) throw Object.assign(new Error(`no transport leads to ${subgraph}`), { code: 'TRANSPORT_MISSING' });

  return {
    async process({ request, context, ...rest }) {
      const { viewer: _viewer, requestId, purpose, deadline, subgraphMs, signedViewer } = context as GatewayContext;
      const left = Math.min(subgraphMs, deadline - performance.now());
      const query = request.query ?? '';
      const incoming = 'incomingRequestContext' in rest ? rest.incomingRequestContext.operation.operation : 'mutation';
      try {
        const answer = await transport.send({
          subgraph,
          // Entities fetched after a mutation are plain queries; only the planner's own mutation changes anything.
          kind: incoming === 'query' || /^(query\b|\{)/.test(query) ? 'query' : 'mutation',
          query,
          variables: request.variables ?? {},
          operationName: request.operationName,
          headers: {
            'x-tepai-viewer': await signedViewer(),
            'x-request-id': requestId,
            ...(purpose ? { 'x-tepai-purpose': encodeURIComponent(purpose) } : {}),
          },
          signal: AbortSignal.timeout(Math.max(1, Math.ceil(left))),
        });
        const errors = answer.errors?.map((error) => options.mask.fromSubgraph(error, subgraph));
        return { data: answer.data ?? null, ...(errors && { errors }) };
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        throw failure(error.code, { cause: error, details: { subgraph } });
      }
    },
  };
}
