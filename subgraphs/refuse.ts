import { GraphQLError } from 'graphql';

/** Ends a field with an error that a caller may read in both languages. */
export function refuse(code: string, en: string, zh: string): never {
  throw new GraphQLError(en, { extensions: { code, messageZh: zh } });
}
