/** What the graph answered instead of what a subgraph asked it. */
export class GraphError extends Error {
  /** The code of the first error, so that a caller is told the cause and not that something went wrong. */
  readonly code: string;
  constructor(asker: string, errors: readonly { message: string; extensions?: Record<string, unknown> | undefined }[]) {
    super(`the graph answered ${asker}: ${errors.map(({ message }) => message).join('; ') || 'nothing'}`);
    this.code = String(errors[0]?.extensions?.code ?? '');
  }
}
