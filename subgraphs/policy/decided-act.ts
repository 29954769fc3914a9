import type { Decision } from '../../policies/decision.ts';
import { refuse } from '../refuse.ts';
import { builder } from './builder.ts';
import { LoggedDecision } from './tables/decision-log.ts';

/** More acts than this in one answer would be a report of its own. */
const MOST = 20_000;

const DecidedAct = builder.objectRef<LoggedDecision>('DecidedAct').implement({
  description: 'An act that was allowed, as far as calendars ask about it.',
  fields: (t) => ({
    point: t.exposeID('point'),
    on: t.expose('asOf', { type: 'Date', description: 'The day of the act.' }),
    region: t.exposeID('region'),
    subject: t.exposeID('subjectId'),
    facts: t.field({
      type: 'JSON',
      description: 'The facts it was decided on, by id.',
      resolve: ({ record }) => (JSON.parse(record) as Decision).facts,
    }),
  }),
});

builder.queryField('decidedActs', (t) =>
  t.field({
    type: [DecidedAct],
    authenticated: true,
    description: `For subgraphs: what was allowed at these decision points in a region, with what lies in it, between two days, both included; the first ${MOST}, in the order of their days. Error: FORBIDDEN.`,
    args: {
      points: t.arg.idList({ required: true }),
      region: t.arg.id({ required: true }),
      from: t.arg({ type: 'Date', required: true }),
      to: t.arg({ type: 'Date', required: true }),
    },
    resolve(_root, { points, region, from, to }, { em, viewer }) {
      if (viewer.kind !== 'service') {
        refuse(
          'FORBIDDEN',
          'Only a subgraph asks for acts as such; see `decisions`.',
          '只有子图服务可以查询办理事项；请用 decisions。',
        );
      }
      return em.find(
        LoggedDecision,
        {
          point: { $in: points },
          regionPath: { $contains: [region] },
          outcome: 'allow',
          asOf: { $gte: from, $lte: to },
        },
        { orderBy: { asOf: 'asc', id: 'asc' }, limit: MOST },
      );
    },
  }),
);
