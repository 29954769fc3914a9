import type { FilterQuery } from '@mikro-orm/postgresql';
import { validate as isUuid } from 'uuid';
import type { Decision } from '../../policies/decision.ts';
import { actingOn } from '../actor.ts';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import type { StoredDecision } from '../decision.ts';
import { lawOf } from '../law.ts';
import { decisionFor, showInFull, showToActor } from '../restricted.ts';
import type { Viewer } from '../viewer.ts';
import { builder, types } from './builder.ts';
import { DecisionPointRef } from './decision-point.ts';
import { pointOf } from './fact.ts';
import { RegionRef } from './region.ts';
import { LoggedDecision } from './tables/decision-log.ts';

/**
 * The lines of the log that a viewer may read: one's own, those of the regions one holds a role for, and all with the
 * scope `audit:read`. A role held for an organisation gives none: the log does not know whom an organisation acts for.
 */
export function readableBy(viewer: Viewer): FilterQuery<LoggedDecision> {
  if (viewer.kind === 'anonymous') return { id: { $in: [] } };
  if (viewer.scopes.includes('audit:read')) return {};
  const regions = viewer.roles.filter(({ organisation }) => organisation === null).map(({ region }) => region);
  return { $or: [{ actor: viewer.subject }, { regionPath: { $overlap: regions } }] };
}

/** The line with an id, if there is one and the viewer may read it: both absences look the same on purpose. */
export async function findReadable(context: Context, id: string): Promise<LoggedDecision | null> {
  if (!isUuid(id)) return null;
  return context.em.findOne(LoggedDecision, { $and: [{ id }, readableBy(context.viewer)] });
}

/** Whether a viewer who may read a line may do such an act there, now: who does it sees on what it was decided. */
function mayDo({ viewer, registry, today }: Context, { point, regionPath }: LoggedDecision): boolean {
  const subject = { type: '', id: '', regions: regionPath };
  const { facts } = actingOn(viewer, subject, point, lawOf(registry, regionPath, today), { onBehalfOf: null });
  return facts['actor.permitted'] === true;
}

/** A line of the log as the stored decision that it is: in full for who acted, or may do such an act there. */
function storedOf(context: Context, line: LoggedDecision): StoredDecision {
  const { id, at, record, digest } = line;
  const decision = JSON.parse(record) as Decision;
  if (mayDo(context, line)) showInFull(decision);
  else if (line.actor === context.viewer.subject) showToActor(decision);
  return { id, at, record, digest, decision };
}

/** Whether a viewer may see all that a line holds. */
export function seesAll(context: Context, line: LoggedDecision): boolean {
  const { decision } = storedOf(context, line);
  return decisionFor(context, decision) === decision;
}

const LoggedDecisionRef = builder.objectRef<LoggedDecision>('LoggedDecision').implement({
  description: 'A line of the national decision log. It is never changed.',
  fields: (t) => ({
    id: t.exposeID('id'),
    subgraph: t.exposeString('subgraph', { description: 'Which subgraph decided.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was decided.' }),
    receivedAt: t.expose('receivedAt', { type: 'DateTime', description: 'When the log took it in.' }),
    actor: t.exposeString('actor', { description: 'The account that acted.' }),
    point: t.exposeString('point'),
    decisionPoint: t.field({
      type: DecisionPointRef,
      nullable: true,
      description: 'Null when the catalogue no longer has it.',
      resolve: ({ point }) => pointOf(point),
    }),
    subjectType: t.exposeString('subjectType'),
    subjectId: t.exposeID('subjectId'),
    region: t.field({
      type: RegionRef,
      nullable: true,
      description: 'Where the subject lies. Null when it lies nowhere in particular.',
      resolve: ({ region }) => (region === '' ? null : { id: region }),
    }),
    outcome: t.field({ type: types.DecisionOutcome, resolve: ({ outcome }) => outcome as Decision['outcome'] }),
    asOf: t.expose('asOf', { type: 'Date', description: 'The day whose law was applied.' }),
    digest: t.exposeString('digest', { description: 'SHA-256 of `record`.' }),
    record: t.string({
      nullable: true,
      description: 'The decision as canonical JSON, to the byte. Null for who may not see all that is in it.',
      resolve: (line, _args, context) => (seesAll(context, line) ? line.record : null),
    }),
    decision: t.field({ type: types.DecisionRef, resolve: (line, _args, context) => storedOf(context, line) }),
  }),
});

const DecisionFilter = builder.inputType('DecisionFilter', {
  fields: (t) => ({
    point: t.id(),
    subject: t.id(),
    region: t.id({ description: 'In this region or below it.' }),
    outcome: t.field({ type: types.DecisionOutcome }),
    actor: t.string(),
    from: t.field({ type: 'Date', description: 'Decided on this day or later.' }),
    to: t.field({ type: 'Date', description: 'Decided on this day or earlier.' }),
  }),
});

// China has one time zone and no summer time.
const startOf = (day: string) => new Date(`${day}T00:00:00+08:00`);
const endOf = (day: string) => new Date(startOf(day).getTime() + 86_400_000);

builder.queryFields((t) => ({
  decision: t.field({
    type: LoggedDecisionRef,
    nullable: true,
    authenticated: true,
    description:
      'A decision in the national log. Null when there is none, or none that you may read: your own, those of regions you hold a role for, all with the scope audit:read.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => findReadable(context, id),
  }),
  decisions: t.connection({
    type: LoggedDecisionRef,
    authenticated: true,
    description: 'The decisions that you may read (see `decision`), the latest first.',
    args: { filter: t.arg({ type: DecisionFilter }) },
    resolve(_root, args, { em, viewer }) {
      const { point, subject, region, outcome, actor, from, to } = args.filter ?? {};
      return page(em, LoggedDecision, {
        where: {
          $and: [
            readableBy(viewer),
            {
              ...(point ? { point } : {}),
              ...(subject ? { subjectId: subject } : {}),
              ...(region ? { regionPath: { $contains: [region] } } : {}),
              ...(outcome ? { outcome } : {}),
              ...(actor ? { actor } : {}),
              ...(from || to
                ? { at: { ...(from ? { $gte: startOf(from) } : {}), ...(to ? { $lt: endOf(to) } : {}) } }
                : {}),
            },
          ],
        },
        // A decision's id is made in the order of time.
        orderBy: { id: 'desc' },
        args,
      });
    },
  }),
}));
