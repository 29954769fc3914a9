import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Decision } from '../../policies/decision.ts';
import type { Context } from '../context.ts';
import { liesIn } from '../place.ts';
import { decideStanding, type StandingArgs, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { existing, RegionRef } from './region.ts';
import { servingOn } from './serving.ts';
import { Appointment } from './tables/appointment.ts';
import { Brigade, BrigadeMember } from './tables/brigade.ts';
import { LocalMeasure } from './tables/local-measure.ts';
import { Region } from './tables/region.ts';
import { Workstation } from './tables/workstation.ts';
import { teamCoverage } from './team-coverage.ts';
import { inForceOn } from './team-facts.ts';
import { villageCoverage } from './village-coverage.ts';

interface Counts {
  readonly counties: Region[];
  readonly withoutBrigade: Region[];
  readonly withoutWorkstation: Region[];
  readonly withoutLocalMeasures: Region[];
  readonly outsideBrigade: number;
  readonly withoutContact: number;
}

interface RegionCoverage extends Counts {
  readonly asOf: string;
  readonly decision: Decision;
}

/**
 * What the counties of a region have and lack on a day, in six queries however many counties there are. Counties are
 * those that exist on the day, areas outside the national code included; a county is its own only county.
 */
async function countCoverage(em: SqlEntityManager, region: Region, on: string): Promise<Counts> {
  const here = liesIn(region);
  const counties = await em.find(
    Region,
    { level: 'county', path: { $contains: [region.id] }, ...existing(on) },
    { orderBy: { id: 'asc' } },
  );
  const without = (rows: readonly { countyId?: string | null }[]) => {
    const have = new Set(rows.map(({ countyId }) => countyId));
    return counties.filter(({ id }) => !have.has(id));
  };
  const brigades = await em.find(Brigade, { ...here, createdOn: { $lte: on } }, { fields: ['countyId'] });
  const workstations = await em.find(Workstation, { ...here, openedOn: { $lte: on } }, { fields: ['countyId'] });
  // A measure of the prefecture is none of the county's own, even where it is made for that county.
  const measures = await em.find(
    LocalMeasure,
    { ...here, issuerLevel: 'county', ...inForceOn(on) },
    { fields: ['countyId'] },
  );
  const joined = em
    .createQueryBuilder(BrigadeMember, 'member')
    .select('appointmentId')
    .where({ from: { $lte: on } });
  const serving = { ...here, ...servingOn(on) };
  return {
    counties,
    withoutBrigade: without(brigades),
    withoutWorkstation: without(workstations),
    withoutLocalMeasures: without(measures),
    outsideBrigade: await em
      .createQueryBuilder(Appointment, 'appointment')
      .where({ ...serving, id: { $nin: joined.getNativeQuery() } } as never)
      .getCount(),
    withoutContact: await em.count(Appointment, { ...serving, contactPersonId: null }),
  };
}

const RegionCoverageRef = builder.objectRef<RegionCoverage>('RegionCoverage').implement({
  description: 'How far the counties of a region have what the packs ask of each. A county counts as one.',
  fields: (t) => ({
    asOf: t.expose('asOf', { type: 'Date' }),
    countyCount: t.int({
      description: 'County-level regions on the day, areas outside the national code included.',
      resolve: ({ counties }) => counties.length,
    }),
    countiesWithoutBrigade: t.field({ type: [RegionRef], resolve: ({ withoutBrigade }) => withoutBrigade }),
    countiesWithoutWorkstation: t.field({ type: [RegionRef], resolve: ({ withoutWorkstation }) => withoutWorkstation }),
    countiesWithoutLocalMeasures: t.field({
      type: [RegionRef],
      description: 'Counties without a measure of their own in force.',
      resolve: ({ withoutLocalMeasures }) => withoutLocalMeasures,
    }),
    appointmentsOutsideBrigade: t.exposeInt('outsideBrigade', { description: 'Serving and in no brigade.' }),
    appointmentsWithoutContact: t.exposeInt('withoutContact', {
      description: 'Serving, and the receiving place has named nobody.',
    }),
    decision: t.field({ type: types.DecisionRef, resolve: ({ decision }) => decision }),
  }),
});

/** Counts what a region's counties have on a day, and decides whether that is what the packs ask. */
async function coverageOf(context: Context, region: Region, args: StandingArgs): Promise<RegionCoverage> {
  const asOf = args.asOf ?? context.today;
  const counts = await countCoverage(context.em, region, asOf);
  const facts = {
    'region.countyCount': counts.counties.length,
    'region.countiesWithoutBrigade': counts.withoutBrigade.length,
    'region.countiesWithoutWorkstation': counts.withoutWorkstation.length,
    'region.countiesWithoutLocalMeasures': counts.withoutLocalMeasures.length,
    'region.appointmentsOutsideBrigade': counts.outsideBrigade,
    'region.appointmentsWithoutContact': counts.withoutContact,
    ...(await teamCoverage(context.em, region, asOf)),
    ...(await villageCoverage(context.em, region, asOf)),
  };
  return { ...counts, asOf, decision: decideStanding(context, 'regionCoverage', region.path, facts, args) };
}

builder.objectFields(RegionRef, (t) => ({
  coverage: t.field({
    type: RegionCoverageRef,
    description: 'Whether its counties have what the packs in force on a day ask of each. Point: regionCoverage.',
    args: standingArgs(t as never),
    resolve: (region, args, context) => coverageOf(context, region, args),
  }),
  compliance: t.field({
    type: types.DecisionRef,
    description:
      'What the packs in force on a day, or a named one, say of what its counties have: the decision of `coverage`.',
    args: standingArgs(t as never),
    resolve: async (region, args, context) => (await coverageOf(context, region, args)).decision,
  }),
}));
