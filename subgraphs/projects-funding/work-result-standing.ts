import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { knownPlace, regionsOf } from '../place.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { RegionRef } from './external.ts';
import { poorVillagesOf } from './region-facts.ts';
import { WorkResult } from './tables/work-result.ts';
import { thereOn, WorkResultRef } from './work-result.ts';
import { resultFacts, resultPlaceFacts } from './work-result-facts.ts';

builder.objectFields(WorkResultRef, (t) => ({
  standing: t.field({
    type: types.DecisionRef,
    authenticated: true,
    description: 'Whether it is as the packs in force on a day want it. Point: workResultStanding.',
    args: standingArgs(t as never),
    async resolve(result, args, context) {
      const on = args.asOf ?? context.today;
      const facts = {
        ...resultFacts(result),
        ...(await resultPlaceFacts(context, result, result.villageId, on)),
      };
      return decideStanding(context, 'workResultStanding', regionsOf(result), facts, args);
    },
  }),
}));

/** How many of the villages lack things on a day: one query whatever their number. */
async function countVillages(context: Context, villages: readonly string[], on: string) {
  const rows = await context.em.find(
    WorkResult,
    { $and: [{ villageId: { $in: [...villages] } }, thereOn(on)] },
    { fields: ['villageId', 'kind'] },
  );
  const kinds = Map.groupBy(rows, ({ villageId }) => villageId);
  const has = (village: string, ...any: string[]) => (kinds.get(village) ?? []).some(({ kind }) => any.includes(kind));
  const without = (...any: string[]) => villages.filter((village) => !has(village, ...any)).length;
  return {
    'workCoverage.poorVillageCount': villages.length,
    'workCoverage.villagesWithoutServiceBoard': without('service-board'),
    'workCoverage.baseVillagesWithoutBoard': villages.filter(
      (village) => has(village, 'base-service', 'demo-base') && !has(village, 'base-board'),
    ).length,
    'workCoverage.villagesWithoutFacility': without('village-facility'),
    'workCoverage.villagesWithoutDemoHousehold': without('demo-household'),
    'workCoverage.villagesWithoutDemo': without('demo-site', 'demo-base', 'demo-household'),
  };
}

builder.objectFields(RegionRef, (t) => ({
  workResultCoverage: t.field({
    type: types.DecisionRef,
    authenticated: true,
    description:
      'Whether the poor villages of the region, or the village itself, have what the packs in force on a day ask of each. Point: workResultCoverage.',
    args: standingArgs(t as never),
    async resolve(region, args, context) {
      const place = await knownPlace(context.graph, region.id);
      if (!place) throw new GraphQLError(`There is no region ${region.id}.`);
      const on = args.asOf ?? context.today;
      const facts = await countVillages(context, await poorVillagesOf(context, region.id, on), on);
      return decideStanding(context, 'workResultCoverage', place.path, facts, args);
    },
  }),
}));
