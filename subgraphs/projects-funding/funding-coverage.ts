import type { Context } from '../context.ts';
import { knownPlace, type Place, rowsWithin } from '../place.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { regionUnknown } from './expense-category.ts';
import { RegionRef } from './external.ts';
import { plausibleYears } from './input.ts';
import { readRegionCounts } from './region-facts.ts';
import { FundingLine } from './tables/funding-line.ts';

/** The purpose of money for the place that a body helps by itself. */
const CONTACT_POINT = 'contact-point';
/** Sources that are funds set up for this work alone. */
const isSpecial = (source: string) => /(^|-)special(-|$)/.test(source);

/** The lines of a year in a region, counted by who pays them, for whom and out of what. */
async function countLines(context: Context, place: Place, year: number) {
  const lines = await context.em.find(
    FundingLine,
    { $and: [{ year }, rowsWithin(place.regionId)] },
    { fields: ['payerLevel', 'beneficiaryKind', 'source', 'purpose'] },
  );
  const level = place.level === 'country' ? 'national' : place.level;
  const own = lines.filter(({ payerLevel }) => payerLevel === level);
  const isService = (kind: string) => kind === 'team' || kind === 'appointment';
  return {
    'fundingCoverage.lineCount': own.length,
    'fundingCoverage.teamLineCount': own.filter(({ beneficiaryKind }) => beneficiaryKind === 'team').length,
    'fundingCoverage.specialLineCount': own.filter(({ source }) => isSpecial(source)).length,
    'fundingCoverage.serviceLines': lines.filter((line) => isService(line.beneficiaryKind)).length,
    'fundingCoverage.contactPointLines': lines.filter(({ purpose }) => purpose === CONTACT_POINT).length,
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
      if (!place) throw regionUnknown(region.id);
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
