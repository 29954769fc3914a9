import type { ApolloServerPlugin } from '@apollo/server';
import { type AnswerPolicies, authorize, collectRequirements } from './authorize.ts';
import type { ContractGate } from './contract.ts';
import { failure } from './errors.ts';
import { checkCost, type Limits } from './limits.ts';
import { requestScope } from './log.ts';
import { holdsNul, writesNul } from './nul.ts';
import type { Requirement, Supergraph } from './supergraph.ts';
import type { GatewayContext } from './supergraph-gateway.ts';

/** Decides on an operation once it is parsed, valid and chosen, and before it is planned. */
export function createGuard(
  supergraph: Supergraph,
  policies: AnswerPolicies | undefined,
  limits: Limits,
  gate: ContractGate,
): ApolloServerPlugin<GatewayContext> {
  const collected = new Map<string, readonly Requirement[]>();
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, document, schema, queryHash, request, contextValue }) => {
        // Apollo's two halves read an empty operation name differently: one finds no operation, the other runs it.
        if (!operation) throw failure('OPERATION_RESOLUTION_FAILURE', { status: 400 });
        const operationName = operation.name?.value ?? null;
        const record = requestScope.getStore();
        if (record) {
          record.operation = operation.operation;
          record.operationName = operationName?.slice(0, 80);
          record.operationHash = queryHash.slice(0, 16);
        }
        if (operation.operation === 'subscription') throw failure('OPERATION_UNSUPPORTED', { status: 400 });
        const key = `${queryHash} ${operationName}`;
        let requirements = collected.get(key);
        if (!requirements) {
          if (writesNul(document)) throw failure('TEXT_INVALID', { status: 400 });
          requirements = collectRequirements(supergraph, schema, document, operation);
          if (collected.size >= 2_000) collected.delete(collected.keys().next().value ?? '');
          collected.set(key, requirements);
        }
        if (holdsNul(request.variables)) throw failure('TEXT_INVALID', { status: 400 });
        const refused =
          (await authorize(requirements, contextValue.viewer, operationName, policies)) ??
          checkCost(schema, document, operation, request.variables ?? {}, limits);
        if (refused) throw refused;
        // Refused here, where a refusal is one: below it would be a fault of ours.
        if (contextValue.contract) gate.asksOfSchema(document, operation);
      },
      // Who sees a part of the graph is told of that part only; Apollo would tell of the whole.
      responseForOperation: async ({ operation, document, request, contextValue: { contract }, response }) => {
        if (!contract || !gate.asksOfSchema(document, operation)) return null;
        const answer = gate.introspection(contract, document, operation, request.variables ?? {});
        return { http: response.http, body: { kind: 'single', singleResult: answer as never } };
      },
    }),
  };
}
