import { builder } from './builder.ts';
import { RegionRef } from './region.ts';
import { regionFacts, statusOf } from './region-status-facts.ts';
import { activeTeamKinds, activeTeams, countiesInScope } from './team-coverage.ts';
import { oncePoor } from './village-coverage.ts';

builder.objectFields(RegionRef, (t) => {
  const args = { asOf: t.arg({ type: 'Date', description: 'Today if absent.' }) };
  return {
    inTeamScope: t.boolean({
      nullable: true,
      description:
        'Whether it is in the scope of teams on a day: false when it is not on the list of its province, null when the province has none.',
      args,
      resolve: async (region, { asOf }, context) =>
        ((await regionFacts(context.em, region, asOf ?? context.today))['region.inTeamScope'] as boolean) ?? null,
    }),
    povertyLifted: t.boolean({
      nullable: true,
      description: 'The status poverty-lifted on a day; null when none is recorded.',
      args,
      resolve: async (region, { asOf }, context) =>
        (await statusOf(context.em, region.id, 'poverty-lifted', asOf ?? context.today)) ?? null,
    }),
    teamScopeCountyCount: t.int({
      description: 'County-level units in it that are in the scope of teams on a day; 0 or 1 for a county.',
      args,
      resolve: async (region, { asOf }, context) =>
        (await countiesInScope(context.em, region, asOf ?? context.today)).length,
    }),
    activeTeamCount: t.int({
      description: 'Teams at work on a day that serve it or a region within it.',
      args,
      resolve: async (region, { asOf }, context) =>
        (await activeTeams(context.em, region, asOf ?? context.today)).length,
    }),
    activeTeamKinds: t.stringList({
      description: 'Kinds of the teams at work on a day that serve it, as their own region or by agreement, each once.',
      args,
      resolve: (region, { asOf }, context) => activeTeamKinds(context.em, region, asOf ?? context.today),
    }),
    poorVillageIds: t.idList({
      description: 'Villages in it, or itself, that are poor on a day or once were.',
      args,
      resolve: (region, { asOf }, context) => oncePoor(context.em, region, asOf ?? context.today),
    }),
  };
});
