/** An operation to paste, and as whom. */
export interface Example {
  readonly title: string;
  readonly persona: string;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}
