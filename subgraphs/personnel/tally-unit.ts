import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { UnitQuestion } from '../tally.ts';
import { requireService } from '../tally-field.ts';
import { builder } from './builder.ts';

interface Sql {
  readonly sql: string;
  readonly params: readonly unknown[];
}

const LEVELS = ['village', 'township', 'county', 'prefecture', 'province'];

/** The regions that have a status on a day. */
const having = (status: string, on: string, is: boolean): Sql => ({
  sql: `${is ? '' : 'not '}exists (select 1 from {schema}."region_status" s where s."region_id" = g."id" and s."kind" = ? and s."value"
    and (s."from" is null or s."from" <= ?::date) and (s."to" is null or s."to" > ?::date))`,
  params: [status, on, on],
});

const joined = (parts: readonly Sql[]): Sql => ({
  sql: parts.map(({ sql }) => `(${sql})`).join(' and '),
  params: parts.flatMap(({ params }) => params),
});

/** Whether a path of regions leads through the one that is asked about, or through what gave way to it alone. */
const leadsThrough = (path: string, within: string): Sql => ({
  sql: `${path} && array(with recursive same("id") as (
      select ?::text union
      select p."id" from same join {schema}."region" g on g."id" = same."id"
        join {schema}."region" p on p."id" = any(g."predecessors") and cardinality(p."successors") = 1
    ) select "id" from same)`,
  params: [within],
});

function regions({ unit, within, status, without, on }: UnitQuestion): Sql {
  const conditions = joined([
    { sql: 'g."level" = ?', params: [unit] },
    leadsThrough('g."path"', within),
    { sql: '(g."valid_from" is null or g."valid_from" <= ?::date)', params: [on] },
    { sql: '(g."valid_to" is null or g."valid_to" > ?::date)', params: [on] },
    ...(status ? [having(status, on, true)] : []),
    ...(without ? [having(without, on, false)] : []),
  ]);
  return { ...conditions, sql: `select g."id" from {schema}."region" g where ${conditions.sql}` };
}

function teams({ sort, within, on }: UnitQuestion): Sql {
  const conditions = joined([
    leadsThrough('g."path"', within),
    { sql: 'r."formed_on" <= ?::date and (r."ended_on" is null or r."ended_on" > ?::date)', params: [on, on] },
    ...(sort ? [{ sql: 'r."level" = ? or r."kind" = ?', params: [sort, sort] }] : []),
  ]);
  const from = '{schema}."team" r join {schema}."region" g on g."id" = r."region_id"';
  return { ...conditions, sql: `select r."id" from ${from} where ${conditions.sql}` };
}

function appointments({ sort, within, year }: UnitQuestion): Sql {
  const conditions = joined([
    { sql: `r."status" <> 'listed' and r."year" = ?`, params: [year] },
    ...(within === 'cn'
      ? []
      : [leadsThrough('array[r."county_id", r."prefecture_id", r."province_id"]::text[]', within)]),
    ...(sort ? [{ sql: 'r."category" = ? or r."kind" = ?', params: [sort, sort] }] : []),
  ]);
  return { ...conditions, sql: `select r."id" from {schema}."appointment" r where ${conditions.sql}` };
}

/** The ids of all units that a question is about; null for a kind of unit that is not known. */
async function unitIds(em: SqlEntityManager, question: UnitQuestion): Promise<string[] | null> {
  const { unit } = question;
  const asked = LEVELS.includes(unit)
    ? regions(question)
    : unit === 'team'
      ? teams(question)
      : unit === 'appointment'
        ? appointments(question)
        : null;
  if (!asked) return null;
  const sql = asked.sql.replaceAll('{schema}', `"${em.config.get('schema')}"`);
  const rows: { id: string }[] = await em.execute(`${sql} order by 1`, [...asked.params]);
  return rows.map(({ id }) => id);
}

const UnitQuestionInput = builder.inputType('UnitQuestion', {
  fields: (t) => ({
    unit: t.string({ required: true, description: 'A level of region, team or appointment.' }),
    sort: t.string({ description: 'Of a team its level or kind, of an appointment its category or kind.' }),
    within: t.string({ required: true }),
    status: t.string({ description: 'Only regions with this status.' }),
    without: t.string({ description: 'Only regions without this one.' }),
    year: t.int({ required: true, description: 'Of appointments.' }),
    on: t.field({ type: 'Date', required: true, description: 'Of regions and teams.' }),
  }),
});

const UnitAnswer = builder.objectRef<{ ids: string[] | null }>('UnitAnswer').implement({
  description: 'The units of a question.',
  fields: (t) => ({
    ids: t.stringList({
      nullable: true,
      description: 'Null: such units are not known here.',
      resolve: ({ ids }) => ids,
    }),
  }),
});

builder.queryField('personnelUnits', (t) =>
  t.field({
    type: [UnitAnswer],
    authenticated: true,
    description:
      'The units that indicators are about, one answer for each question. For services of the platform only.',
    args: { questions: t.arg({ type: [UnitQuestionInput], required: true }) },
    async resolve(_root, { questions }, context) {
      requireService(context);
      const answers: { ids: string[] | null }[] = [];
      for (const { sort, status, without, ...question } of questions) {
        const asked = { ...question, sort: sort ?? null, status: status ?? null, without: without ?? null };
        answers.push({ ids: await unitIds(context.em, asked) });
      }
      return answers;
    },
  }),
);
