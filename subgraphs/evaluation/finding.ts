import { addDays, daysBetween } from '../../policies/day.ts';
import type { Facts } from '../../policies/facts.ts';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { nestedPage } from '../nested.ts';
import { regionsOf } from '../place.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { OrganisationRef, RegionRef, TeamRef } from './external.ts';
import { InspectionRef } from './inspection.ts';
import { between, given, internalWhere, placedWhere, readsInternal } from './listing.ts';
import { Inspection, RecordedFinding } from './tables/inspection.ts';

/** What a rule may ask about any finding. */
export function findingFacts({
  kind,
  class: category,
  source,
}: Pick<RecordedFinding, 'kind' | 'class' | 'source'>): Facts {
  return { 'finding.kind': kind, 'finding.class': category ?? undefined, 'finding.source': source ?? undefined };
}

/** How it stood on a day, for it may have moved on since. */
function statusOn(finding: RecordedFinding, on: string): string {
  if (finding.verifiedOn && finding.verifiedOn <= on) return 'verified';
  if (finding.rectifiedOn && finding.rectifiedOn <= on) return 'rectified';
  return finding.dueOn ? 'ordered' : 'raised';
}

export const pastDue = ({ dueOn }: Pick<RecordedFinding, 'dueOn'>, on: string): number | undefined =>
  dueOn ? daysBetween(dueOn, on) : undefined;

export const FindingRef = builder.objectRef<RecordedFinding>('RecordedFinding').implement({
  description:
    'Something found wrong, and how it is put right: raised, ordered (with a day), rectified, verified. Read by the unit and by those who manage the place.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    region: t.field({ type: RegionRef, resolve: (finding) => ({ id: finding.regionId }) }),
    kind: t.exposeString('kind', { description: 'A code of the pack, such as governance.' }),
    class: t.exposeString('class', { nullable: true, description: 'A code of the pack, such as lax-supervision.' }),
    source: t.exposeString('source', { nullable: true, description: 'A code of the pack, such as special-audit.' }),
    inspection: t.field({
      type: InspectionRef,
      nullable: true,
      description: 'The inspection that it comes from.',
      resolve: (finding, _args, context) =>
        finding.inspectionId ? loadById(context, Inspection, finding.inspectionId) : null,
    }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The unit that it is about.',
      resolve: (finding) => (finding.organisationId ? { id: finding.organisationId } : null),
    }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      resolve: (finding) => (finding.teamId ? { id: finding.teamId } : null),
    }),
    description: t.exposeString('description', { nullable: true }),
    status: t.exposeString('status', { description: 'raised, ordered, rectified or verified.' }),
    foundOn: t.expose('foundOn', { type: 'Date' }),
    dueOn: t.expose('dueOn', { type: 'Date', nullable: true, description: 'By when it is to be put right.' }),
    action: t.exposeString('action', { nullable: true, description: 'What was done about it.' }),
    rectifiedOn: t.expose('rectifiedOn', { type: 'Date', nullable: true }),
    verifiedOn: t.expose('verifiedOn', { type: 'Date', nullable: true }),
    standing: t.field({
      type: types.DecisionRef,
      description: 'How it stands. Point: findingStanding. Not stored. Error: PACK_UNKNOWN.',
      args: standingArgs(t as never),
      resolve(finding, args, context) {
        const asOf = args.asOf ?? context.today;
        const facts = {
          ...findingFacts(finding),
          'finding.status': statusOn(finding, asOf),
          'finding.dueStated': Boolean(finding.dueOn),
          'finding.daysPastDue': pastDue(finding, asOf),
        };
        return decideStanding(context, 'findingStanding', regionsOf(finding), facts, args);
      },
    }),
  }),
});

builder.objectFields(InspectionRef, (t) => ({
  findings: t.connection({
    type: FindingRef,
    description: 'The findings that come from it.',
    resolve: (inspection, args, context) =>
      nestedPage(context, 'Inspection.findings', RecordedFinding, {
        by: 'inspectionId',
        parent: inspection.id,
        where: internalWhere(context),
        orderBy: [{ foundOn: 'asc' }, { id: 'asc' }],
        args,
      }),
  }),
}));

const FindingFilter = builder.inputType('FindingFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    within: t.id({ description: 'Of this region or one in it.' }),
    organisation: t.id(),
    team: t.id(),
    kinds: t.stringList(),
    statuses: t.stringList(),
    foundFrom: t.field({ type: 'Date' }),
    foundTo: t.field({ type: 'Date' }),
    overdueOn: t.field({ type: 'Date', description: 'Not rectified, and to be put right before this day.' }),
  }),
});

builder.queryFields((t) => ({
  finding: t.field({
    type: FindingRef,
    nullable: true,
    authenticated: true,
    description: 'Null when there is none, or when you may not read it.',
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const finding = await loadById(context, RecordedFinding, id);
      return finding && readsInternal(context, finding) ? finding : null;
    },
  }),
  findings: t.connection({
    type: FindingRef,
    authenticated: true,
    description: 'The findings that you may read, the latest first.',
    args: { filter: t.arg({ type: FindingFilter }) },
    resolve(_root, args, context) {
      const { organisation, team, kinds, statuses, foundFrom, foundTo, overdueOn, ...place } = args.filter ?? {};
      return page(context.em, RecordedFinding, {
        where: {
          $and: [
            ...placedWhere(place),
            ...given({ organisationId: organisation, teamId: team, kind: kinds, status: statuses }),
            ...between('foundOn', foundFrom, foundTo),
            ...(overdueOn ? [{ rectifiedOn: null }, ...between('dueOn', null, addDays(overdueOn, -1))] : []),
            internalWhere(context),
          ],
        },
        orderBy: [{ foundOn: 'desc' }, { id: 'desc' }],
        args,
      });
    },
  }),
}));
