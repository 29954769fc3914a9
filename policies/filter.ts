export type ColumnMapping = { column: string; type: string; nullable: boolean };
export const toFilter = (_: Record<string, unknown>): { sql: string; params: unknown[] } => ({
  sql: 'true',
  params: [],
});
