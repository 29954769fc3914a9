import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  parse,
  validate,
} from 'graphql';
import { type Ask, GraphRefusal } from './ask.ts';

/** The graph refuses because the caller's contract has not got what was asked for. */
export const isForeign = (error: unknown): error is GraphRefusal =>
  error instanceof GraphRefusal && error.code === 'NOT_IN_CONTRACT';

/**
 * Which of several operations the caller may ask, once the graph has refused them all together. An argument that a
 * contract has not got is never dropped: without it a list would be a longer one.
 */
export type InContract = <One>(
  ask: Ask,
  refusal: GraphRefusal,
  all: readonly One[],
  queryOf: (one: One) => string,
) => Promise<readonly One[]>;

/** Knows contracts by what they say of themselves, each asked for once: a process reads its contracts when it starts. */
export function createInContract(): InContract {
  const schemas = new Map<string, Promise<GraphQLSchema>>();

  function schemaOf(ask: Ask, contract: string): Promise<GraphQLSchema> {
    const known = schemas.get(contract);
    if (known) return known;
    const asked = ask<IntrospectionQuery>(getIntrospectionQuery()).then((answer) =>
      buildClientSchema(answer, { assumeValid: true }),
    );
    schemas.set(contract, asked);
    asked.catch(() => schemas.delete(contract));
    return asked;
  }

  return async (ask, refusal, all, queryOf) => {
    const schema = await schemaOf(ask, refusal.contract);
    return all.filter((one) => validate(schema, parse(queryOf(one))).length === 0);
  };
}
