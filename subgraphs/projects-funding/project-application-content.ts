import type { Context } from '../context.ts';
import type { Place } from '../place.ts';
import { notFound } from '../user-error.ts';
import { knownForm, readOrganisation, readPlace } from './from-graph.ts';
import { servedByTeam } from './project-library.ts';
import { readRegionRecord, regionFacts } from './region-facts.ts';
import { Project } from './tables/project.ts';

/** Where an application is to be carried out, of which project it is, and who takes part in it. */
export async function readContent(
  context: Context,
  asked: {
    project?: string | null | undefined;
    carriedOut?: string | null | undefined;
    partners?: readonly string[] | null | undefined;
  },
  on: string,
) {
  const project = asked.project ? await context.em.findOne(Project, { id: knownForm(asked.project, 'project') }) : null;
  if (asked.project && !project) throw notFound('project');
  const place = asked.carriedOut ? await readPlace(context, asked.carriedOut, 'carriedOut') : project;
  const village = asked.carriedOut ? (place as Place).level === 'village' : Boolean(project?.villageId);
  const partners = await Promise.all(
    [...new Set(asked.partners ?? [])].map((id) => readOrganisation(context, id, 'partners')),
  );
  const scopes = await Promise.all(partners.map((partner) => regionFacts(context, partner.place, on)));
  return {
    project,
    place,
    partners,
    joint: scopes.some((facts) => facts['region.inTeamScope'] === true),
    served: project ? await servedByTeam(context, project, on) : undefined,
    region: place ? await regionFacts(context, place, on) : {},
    inPoorVillage: place && village ? (await readRegionRecord(context, place.regionId)).hadBy('poor', on) : false,
  };
}
