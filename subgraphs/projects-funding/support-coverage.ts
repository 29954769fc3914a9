import type { Context } from '../context.ts';
import { knownPlace, regionUnknown, rowsWithin } from '../place.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { RegionRef } from './external.ts';
import { isPortal } from './project-facts.ts';
import { readTeamKinds, regionFacts } from './region-facts.ts';
import { Project, ProjectDisclosure, ProjectTracking } from './tables/project.ts';
import { WorkResult } from './tables/work-result.ts';
import { thereOn } from './work-result.ts';

/** The kind of work result that says what a county provides for those who come to work in it. */
const PROVISION = 'logistics-provision';

/** What a county provides and how its projects that are served stand on a day. */
async function countSupport(context: Context, region: string, on: string) {
  const provisions = await context.em.find(
    WorkResult,
    { $and: [{ kind: PROVISION }, rowsWithin(region), thereOn(on)] },
    { fields: ['features'] },
  );
  const projects = await context.em.find(Project, { $and: [{ registeredOn: { $lte: on } }, rowsWithin(region)] });
  const ids = projects.map(({ id }) => id);
  const upTo = (rows: readonly { projectId: string }[]) => new Set(rows.map(({ projectId }) => projectId));
  const tracked = upTo(
    await context.em.find(
      ProjectTracking,
      { projectId: { $in: ids }, trackedOn: { $lte: on } },
      { fields: ['projectId'] },
    ),
  );
  const disclosures = await context.em.find(ProjectDisclosure, {
    projectId: { $in: ids },
    disclosedOn: { $lte: on },
    url: { $ne: null },
  });
  const disclosed = upTo(disclosures.filter(({ site }) => isPortal(site)));
  const served = projects.filter(({ teamId, closedOn }) => teamId !== null && !(closedOn && closedOn <= on));
  return {
    'support.logisticsItems': [...new Set(provisions.flatMap(({ features }) => features))].sort(),
    'support.implementerLinks': new Set(served.flatMap(({ implementerId }) => implementerId ?? [])).size,
    'support.projectsUndisclosed': projects.filter(
      ({ id, libraryEnteredOn }) => libraryEnteredOn && libraryEnteredOn <= on && !disclosed.has(id),
    ).length,
    'support.projectsUntracked': served.filter(({ id }) => !tracked.has(id)).length,
  };
}

builder.objectFields(RegionRef, (t) => ({
  supportCoverage: t.field({
    type: types.DecisionRef,
    authenticated: true,
    description:
      'Whether a county gives those who serve it what the packs in force on a day ask, and looks after its projects. Point: supportCoverage. Error: PACK_UNKNOWN.',
    args: standingArgs(t as never),
    async resolve(region, args, context) {
      const place = await knownPlace(context.graph, region.id);
      if (!place) regionUnknown(region.id);
      const on = args.asOf ?? context.today;
      const { 'region.povertyLifted': povertyLifted } = await regionFacts(context, place, on);
      const facts = {
        ...(await countSupport(context, region.id, on)),
        'support.teamKinds': await readTeamKinds(context, place, on),
        'region.povertyLifted': povertyLifted,
      };
      return decideStanding(context, 'supportCoverage', place.path, facts, args);
    },
  }),
}));
