import type { Context } from '../context.ts';
import { knownPlace, type Place, regionUnknown, rowsWithin } from '../place.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { RegionRef } from './external.ts';
import { plausibleYears } from './input.ts';
import { readRegionCounts } from './region-facts.ts';
import { FundingLine } from './tables/funding-line.ts';

/** The purpose of money for the place that a body helps by itself. */
const CONTACT_POINT = 'contact-point';
/** A source that is a fund set up for this work alone, as codes of sources name it. */
const SPECIAL = '(^|-)special(-|$)';

type Counts = Record<'own' | 'teams' | 'special' | 'service' | 'contact', string>;

/** The lines of a year in a region, counted by who pays them, for whom and out of what. */
async function countLines(context: Context, place: Place, year: number) {
  const lines = context.em
    .createQueryBuilder(FundingLine, 'line')
    .select(['payerLevel', 'beneficiaryKind', 'source', 'purpose'])
    .where({ $and: [{ year }, rowsWithin(place.regionId)] } as never);
  const level = place.level === 'country' ? 'national' : place.level;
  const [row] = await context.em.execute<[Counts]>(
    `with seen as (${lines.getQuery()}), own as (select * from seen where payer_level = ?)
     select (select count(*) from own) as own,
            (select count(*) from own where beneficiary_kind = 'team') as teams,
            (select count(*) from own where source ~ ?) as special,
            (select count(*) from seen where beneficiary_kind in ('team', 'appointment')) as service,
            (select count(*) from seen where purpose = ?) as contact`,
    [...lines.getParams(), level, SPECIAL, CONTACT_POINT],
  );
  return {
    'fundingCoverage.lineCount': Number(row.own),
    'fundingCoverage.teamLineCount': Number(row.teams),
    'fundingCoverage.specialLineCount': Number(row.special),
    'fundingCoverage.serviceLines': Number(row.service),
    'fundingCoverage.contactPointLines': Number(row.contact),
  };
}

builder.objectFields(RegionRef, (t) => ({
  fundingCoverage: t.field({
    type: types.DecisionRef,
    authenticated: true,
    description:
      'Whether a region has set aside for a year what the packs in force ask of it. Point: fundingCoverage. Errors: YEAR_INVALID, PACK_UNKNOWN.',
    args: {
      year: t.arg.int({ description: 'The year asked for; that of `asOf` if absent.' }),
      ...standingArgs(t as never),
    },
    async resolve(region, { year: asked, ...args }, context) {
      const asOf = args.asOf ?? context.today;
      const [year] = plausibleYears(asked ?? Number(asOf.slice(0, 4)), asked ?? Number(asOf.slice(0, 4)));
      const place = await knownPlace(context.graph, region.id);
      if (!place) regionUnknown(region.id);
      const facts = {
        ...(await readRegionCounts(context, place, asOf)),
        ...(await countLines(context, place, year)),
        'fundingCoverage.year': year,
        'fundingCoverage.yearEnded': asOf >= `${year}-12-31`,
      };
      return decideStanding(context, 'fundingCoverage', place.path, facts, args);
    },
  }),
}));
