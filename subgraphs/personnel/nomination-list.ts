import { rolesOn } from '../actor.ts';
import type { Context } from '../context.ts';
import { builder } from './builder.ts';
import { NominationRef, TeamPart } from './nomination.ts';
import { RegionRef } from './region.ts';
import { Nomination } from './tables/nomination.ts';
import type { Region } from './tables/region.ts';
import type { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { teamSubject } from './team-row.ts';

/** Whether the viewer acts for a team, or in a region, in whatever role: to others those put forward are nobody's business. */
export async function actsFor(context: Context, of: { team: Team } | { region: Region }): Promise<boolean> {
  if (context.viewer.kind === 'service') return true;
  const subject =
    'team' in of
      ? await teamSubject(context.em, of.team, context.today)
      : { type: 'Region', id: of.region.id, regions: of.region.path };
  return rolesOn(context.viewer, subject).length > 0;
}

/** Those put forward that the viewer may see: all for who acts there, else those that are about the viewer. */
async function visible(context: Context, of: { team: Team } | { region: Region }, kind: string | null | undefined) {
  const where = 'team' in of ? { teamId: of.team.id } : { regionId: of.region.id, teamId: null };
  const all = await actsFor(context, of);
  const { person } = context.viewer;
  if (!all && !person) return [];
  return context.em.find(
    Nomination,
    { ...where, ...(all || !person ? {} : { personId: person }), ...(kind ? { kind } : {}) },
    { orderBy: { id: 'asc' } },
  );
}

const description =
  'All of them for who acts there, your own otherwise, those that were withdrawn included. The oldest first.';

builder.objectField(TeamRef, 'nominations', (t) =>
  t.field({
    type: [NominationRef],
    authenticated: true,
    description: `Persons put forward for it. ${description}`,
    args: { kind: t.arg({ type: TeamPart }) },
    resolve: (team, { kind }, context) => visible(context, { team }, kind),
  }),
);

builder.objectField(RegionRef, 'nominations', (t) =>
  t.field({
    type: [NominationRef],
    authenticated: true,
    description: `Persons put forward for it before there is a team. ${description}`,
    args: { kind: t.arg({ type: TeamPart }) },
    resolve: (region, { kind }, context) => visible(context, { region }, kind),
  }),
);
