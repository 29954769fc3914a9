import { describe, expect, it } from '@jest/globals';
import { toFilter } from './filter.ts';
import { ask, compiled } from './testdata/arden.ts';
import { type Columns, UntranslatableCondition } from './where.ts';

const columns: Columns = {
  'team.published': { column: 'published', type: 'boolean', nullable: false },
  'team.level': { column: 'level', type: 'code', nullable: true },
  'team.fields': { column: 'fields', type: 'codes', nullable: true },
  'viewer.roles': {
    exists: { table: 'personnel.grant', on: { team_id: 'id' }, value: 'role' },
    type: 'codes',
    nullable: false,
  },
};
const filter = (known: Record<string, never> | object, asked: Columns = columns, point = 'team') =>
  toFilter({ packs: [compiled], point, asOf: ask(point).asOf, known: known as never, columns: asked, alias: 't' });

describe('a row filter', () => {
  it('folds what is known into the condition', () => {
    expect(filter({ 'viewer.roles': ['office'] })).toEqual({ sql: 'true', params: [] });
    expect(filter({ 'viewer.roles': ['guest'] })).toEqual({ sql: 't."published" = ?', params: [true] });
    expect(filter({ 'viewer.roles': ['guest'], 'team.published': false })).toEqual({ sql: 'false', params: [] });
  });

  it('shows no row for what is known to be unknown', () => {
    expect(filter({ 'viewer.roles': undefined })).toEqual({ sql: 't."published" = ?', params: [true] });
    expect(filter({ 'viewer.roles': undefined, 'team.published': undefined })).toEqual({ sql: 'false', params: [] });
  });

  it('asks another table for a set of codes, and binds every value', () => {
    expect(filter({ 'team.published': false })).toEqual({
      sql: 'exists (select 1 from "personnel"."grant" as c0 where c0."team_id" = t."id" and c0."role" = any(array[?, ?]::text[]))',
      params: ['office', 'steward'],
    });
  });

  it('throws for a fact that is neither known nor a column, rather than leave its rule out', () => {
    expect(() => filter({}, {})).toThrow(UntranslatableCondition);
    expect(() => filter({ 'team.published': false }, {})).toThrow(/viewer.roles is neither known nor a column/);
  });

  it('throws when a column is of another type than its fact', () => {
    const wrong: Columns = { ...columns, 'team.published': { column: 'published', type: 'text', nullable: false } };
    expect(() => filter({}, wrong)).toThrow(/team.published is boolean, its column text/);
  });

  it('is everything where no rule stands', () => {
    expect(filter({}, {}, 'teamRanking')).toEqual({ sql: 'true', params: [] });
  });

  it('quotes names, so that none can end its quotation', () => {
    const odd: Columns = { ...columns, 'team.published': { column: 'a"b', type: 'boolean', nullable: false } };
    expect(filter({ 'viewer.roles': [] }, odd).sql).toBe('t."a""b" = ?');
  });
});
