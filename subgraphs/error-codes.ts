/**
 * The codes of errors that subgraphs throw for callers to see, besides those of GraphQL itself. Mistakes that a mutation
 * answers as `userErrors` are not among them. The gateway masks every other code.
 */
export const errorCodes = [
  'CURSOR_INVALID',
  'DATABASE_UNAVAILABLE',
  'DATE_INVALID',
  'DATE_TIME_INVALID',
  'FEN_INVALID',
  'FORBIDDEN',
  'INTERNAL_ERROR',
  'PACK_UNKNOWN',
  'PAGE_SIZE_INVALID',
  'RELEASE_UNKNOWN',
] as const;
