import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../policies/canonical.ts';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { packsFolder, publish, riverland, riverlandChanged } from './testdata/riverland.ts';

const folder = packsFolder();
let graph: Graph;

beforeAll(async () => {
  publish(folder, riverland());
  publish(folder, riverlandChanged());
  publish(folder, riverland('1.2.0'));
  const withdrawals = [{ version: '1.2.0', on: '2022-05-31', reason: { zh: '数字有误', en: 'a wrong figure' } }];
  writeFileSync(join(folder, 'riverland/withdrawals.json'), JSON.stringify(withdrawals));
  graph = await startGraph({ today: '2022-06-01', packs: folder });
});
afterAll(async () => {
  await graph?.stop();
  rmSync(folder, { recursive: true });
});

const read = (query: string, variables = {}) => graph.get(anonymous, query, variables);

describe('packs', () => {
  it('answers the latest versions, one version, and every version, to anybody', async () => {
    const { packs, pack, packVersions, none } = await read(`{
      packs { id version latest }
      pack(id: "riverland", version: "1.0.0") {
        latest title { zh en } governs { regions status everywhere } effective { from to basis note { zh } }
        stewards vocabulary(codes: ["team"]) { code title { en } } digest release
      }
      packVersions(id: "riverland") { version state withdrawal { on reason { en } } }
      none: pack(id: "riverland", version: "9.9.9") { id }
    }`);
    expect(packs).toEqual([{ id: 'riverland', version: '1.1.0', latest: true }]);
    expect(packVersions).toEqual([
      { version: '1.2.0', state: 'WITHDRAWN', withdrawal: { on: '2022-05-31', reason: { en: 'a wrong figure' } } },
      { version: '1.1.0', state: 'PUBLISHED', withdrawal: null },
      { version: '1.0.0', state: 'SUPERSEDED', withdrawal: null },
    ]);
    expect(none).toBeNull();
    expect(pack).toMatchObject({
      latest: false,
      title: { zh: '河地办法', en: 'Riverland rules' },
      governs: { regions: ['cn-410800'], status: null, everywhere: false },
      effective: { from: '2021-01-01', to: '2025-12-31', basis: 'stated', note: null },
      stewards: ['Riverland office'],
      vocabulary: [{ code: 'team', title: { en: 'service party' } }],
    });
    const { digest, ...content } = pack.release;
    expect(digestOf(content)).toBe(pack.digest);
    expect(digest).toBe(pack.digest);
  });

  it('says which packs are law in a place on a day, by query and on the region', async () => {
    const { inside, above, late, nowhere, region } = await read(`{
      inside: packsGoverning(region: "cn-410821", asOf: "2022-06-01") { id version }
      above: packsGoverning(region: "cn-41", asOf: "2022-06-01") { id }
      late: packsGoverning(region: "cn-410821", asOf: "2026-01-01") { id }
      nowhere: packsGoverning(region: "cn-000000") { id }
      region(id: "cn-410821") { name packs { id } later: packs(asOf: "2026-01-01") { id } }
    }`);
    expect(inside).toEqual([{ id: 'riverland', version: '1.1.0' }]);
    expect(above).toEqual([]);
    expect(late).toEqual([]);
    expect(nowhere).toBeNull();
    expect(region).toEqual({ name: '修武县', packs: [{ id: 'riverland' }], later: [] });
  });

  it('shows roles, procedures, targets and duties with their words and citations', async () => {
    const { pack } = await read(`{
      pack(id: "riverland") {
        sources { id number issuedOn issuedBasis }
        roles { role level may { id } citation { article phrase } source { title { en } } }
        chains { id openList steps {
          key no level bodies { code title { en } } documents { en } opinions { code } source { id } } }
        indicators {
          id norm concept platformDefault scope comparator unit fact { id } responsible { code title { en } }
          reading { en } note { en } citation { article } content }
        obligations {
          id platformDefault owners { title { en } } recipients { code } recurrence windowFrom windowTo
          satisfiedBy { id } lateEffect reading { en } citation { article } source { id } pack { id } content }
      }
    }`);
    expect(pack.sources).toEqual([
      { id: 'riverland-1', number: '河发〔2021〕1号', issuedOn: '2021-01-01', issuedBasis: 'stated' },
    ]);
    expect(pack.roles[0]).toEqual({
      role: 'county-office',
      level: 'county',
      may: [{ id: 'teamCreate' }, { id: 'teamActivate' }],
      citation: { article: '5', phrase: '县办公室' },
      source: { title: { en: 'Riverland document' } },
    });
    expect(pack.chains[0].steps[0]).toEqual({
      key: 'propose',
      no: 1,
      level: 'county',
      bodies: [
        { code: 'county-office', title: { en: 'county office' } },
        { code: 'finance-office', title: null },
      ],
      documents: [{ en: 'yearly plan' }, { en: 'list of names' }],
      opinions: [{ code: 'team' }],
      source: { id: 'riverland-1' },
    });
    const { content: target, ...indicator } = pack.indicators[0];
    expect(indicator).toEqual({
      id: 'teams',
      norm: 'riverland.team.size',
      concept: 'team.size',
      platformDefault: false,
      scope: 'prefecture-team',
      comparator: 'at-least',
      unit: 'person',
      fact: { id: 'team.memberCount' },
      responsible: [{ code: 'prefecture-office', title: { en: 'prefecture office' } }],
      reading: { en: 'Counted team by team.' },
      note: null,
      citation: { article: '2' },
    });
    expect(target.value).toEqual({ parameter: 'team.size.min' });
    const { content: duty, ...obligation } = pack.obligations[0];
    expect(obligation).toEqual({
      id: 'report',
      platformDefault: true,
      owners: [{ title: { en: 'county office' } }],
      recipients: [{ code: 'prefecture-office' }],
      recurrence: 'yearly',
      windowFrom: '12-01',
      windowTo: '12-31',
      satisfiedBy: [{ id: 'teamActivate' }],
      lateEffect: 'flag',
      reading: null,
      citation: { article: '7' },
      source: { id: 'riverland-1' },
      pack: { id: 'riverland' },
    });
    expect(duty.window).toEqual({ from: '12-01', to: '12-31' });
  });
});

describe('rules', () => {
  it('finds them by pack, version, point, kind of point, concept, force and effect', async () => {
    const ids = async (filter: string) => {
      const { rules } = await read(`{ rules(filter: {${filter}}) { id } }`);
      return rules.map(({ id }: { id: string }) => id.replace('riverland.team.', ''));
    };
    expect(await ids('pack: "riverland"')).toEqual(['field', 'size', 'stages']);
    expect(await ids('pack: "riverland", version: "1.0.0"')).toEqual(['field', 'open', 'size']);
    expect(await ids('pack: "riverland", version: "9.9.9"')).toEqual([]);
    expect(await ids('point: "teamCreate"')).toEqual(['field', 'stages']);
    expect(await ids('kind: "standing"')).toEqual(['size']);
    expect(await ids('concept: "team.size"')).toEqual(['size']);
    expect(await ids('force: "in-principle"')).toEqual(['field']);
    expect(await ids('effect: "deny"')).toEqual(['size']);
    expect(await ids('asOf: "2020-12-31"')).toEqual([]);
  });

  it('answers one rule of a version whole, with its law and its words', async () => {
    const query = `query ($version: String) {
      rule(id: "riverland.team.size", version: $version) {
        norm concept force effect message { en } remedy { en } reading { en } effectiveFrom effectiveTo
        citation { document article phrase } source { id } pack { version }
        on decisionPoints { id kind } facts { id type unit } requires appliesWhen overrideRoles { code }
        parameters { id on(date: "2023-01-01") { value from platformDefault } rules { id } }
      }
      other: rule(id: "riverland.team.field") { overrideRoles { code title { en } } appliesWhen }
      none: rule(id: "riverland.team.none") { id }
      nowhere: rule(id: "nowhere.team.size") { id }
    }`;
    const { rule, other, none, nowhere } = await read(query, { version: '1.0.0' });
    expect(rule).toEqual({
      norm: 'riverland.team.size',
      concept: 'team.size',
      force: 'hard',
      effect: 'deny',
      message: { en: 'It has {team.memberCount}, fewer than {team.size.min}.' },
      remedy: { en: 'Add members.' },
      reading: { en: 'Leaders are not counted.' },
      effectiveFrom: '2021-01-01',
      effectiveTo: '2025-12-31',
      citation: { document: 'riverland-1', article: '2', phrase: '不少于五人' },
      source: { id: 'riverland-1' },
      pack: { version: '1.0.0' },
      on: ['teamActivate', 'teamStanding'],
      decisionPoints: [
        { id: 'teamActivate', kind: 'mutation' },
        { id: 'teamStanding', kind: 'standing' },
      ],
      facts: [{ id: 'team.memberCount', type: 'integer', unit: 'person' }],
      requires: { fact: 'team.memberCount', operator: 'greaterThanInclusive', value: { parameter: 'team.size.min' } },
      appliesWhen: null,
      overrideRoles: [],
      parameters: [
        {
          id: 'team.size.min',
          on: { value: 6, from: '2023-01-01', platformDefault: false },
          rules: [{ id: 'riverland.team.size' }],
        },
      ],
    });
    expect(other.overrideRoles).toEqual([{ code: 'prefecture-office', title: { en: 'prefecture office' } }]);
    expect(other.appliesWhen).toEqual({ not: { fact: 'team.level', operator: 'equal', value: 'unit' } });
    expect([none, nowhere]).toEqual([null, null]);
    expect((await read(query)).rule.message.en).toBe('Too few.');
  });
});

describe('parameters', () => {
  it('answers the whole history, and marks what is not law', async () => {
    const { parameter, visits, parameters, none } = await read(`{
      parameter(pack: "riverland", id: "team.size.min", version: "1.0.0") {
        status unit values { from value citation { article phrase } source { id } } platformDefault { value }
        before: on(date: "2020-12-31") { value from }
      }
      visits: parameter(pack: "riverland", id: "visits") {
        status values { from } platformDefault { value note { en } } on(date: "2022-01-01") { value platformDefault }
      }
      parameters(filter: { status: "unspecified" }) { id pack { id } }
      none: parameter(pack: "elsewhere", id: "team.size.min") { id }
    }`);
    expect(parameter).toEqual({
      status: 'stated',
      unit: 'person',
      values: [
        {
          from: '2021-01-01',
          value: 5,
          citation: { article: '2', phrase: '不少于五人' },
          source: { id: 'riverland-1' },
        },
        { from: '2023-01-01', value: 6, citation: { article: '2', phrase: '增至六人' }, source: { id: 'riverland-1' } },
      ],
      platformDefault: null,
      before: { value: null, from: null },
    });
    expect(visits).toEqual({
      status: 'unspecified',
      values: [],
      platformDefault: { value: 4, note: { en: 'the platform takes four' } },
      on: { value: 4, platformDefault: true },
    });
    expect(parameters).toEqual([{ id: 'visits', pack: { id: 'riverland' } }]);
    expect(none).toBeNull();
  });
});

describe('the catalogue', () => {
  it('answers points with the facts that rules there may ask, and facts with their points', async () => {
    const { decisionPoint, decisionPoints, facts, typed, none } = await read(`{
      decisionPoint(id: "teamActivate") {
        kind subject owner title { zh en } facts { id } rules { id } readsSubjects
      }
      decisionPoints(filter: { kind: "mask" }) { id kind readsSubjects }
      facts(filter: { ids: ["team.level"] }) { id type owner path values decisionPoints { id } title { en } }
      typed: facts(filter: { owner: "personnel", type: "date", point: "appointmentStanding" }) { id }
      none: decisionPoint(id: "toString") { id }
    }`);
    expect(decisionPoint).toMatchObject({ kind: 'mutation', subject: 'Team', owner: 'personnel', readsSubjects: true });
    expect(decisionPoint.facts).toContainEqual({ id: 'team.memberCount' });
    expect(decisionPoint.rules).toEqual([{ id: 'riverland.team.field' }, { id: 'riverland.team.size' }]);
    expect(decisionPoints.map(({ id }: { id: string }) => id)).toEqual(['personContactRead', 'personIdentityRead']);
    expect(decisionPoints[0].readsSubjects).toBe(false);
    expect(facts).toHaveLength(1);
    expect(facts[0].decisionPoints).toContainEqual({ id: 'teamStanding' });
    expect(facts[0].values).toContain('county');
    expect(typed.length).toBeGreaterThan(1);
    expect(none).toBeNull();
  });
});

describe('packDiff', () => {
  it('says which rules and parameters were added, removed and changed, with both values', async () => {
    const { packDiff, same, none } = await read(`{
      packDiff(pack: "riverland", from: "1.0.0", to: "1.1.0") {
        from { version } to { version }
        changes(kinds: ["rule", "parameter"]) { kind id change fields { path from to } }
      }
      same: packDiff(pack: "riverland", from: "1.1.0", to: "1.1.0") { changes { id } }
      none: packDiff(pack: "riverland", from: "1.0.0", to: "9.9.9") { changes { id } }
    }`);
    const changes = packDiff.changes.map(
      ({ kind, id, change, fields }: { kind: string; id: string; change: string; fields: { path: string }[] }) =>
        `${kind} ${id} ${change} ${fields.length > 1 ? '...' : fields[0]?.path}`,
    );
    expect(changes).toEqual([
      'rule riverland.team.open REMOVED ...',
      'rule riverland.team.size CHANGED message',
      'rule riverland.team.stages ADDED ...',
      'parameter team.size.min CHANGED values',
    ]);
    expect(packDiff.changes[1].fields[0]).toMatchObject({ to: { en: 'Too few.' } });
    expect(packDiff.changes[1].fields[0].from.en).toContain('fewer than');
    expect(packDiff.changes[3].fields[0].from.map(({ value }: { value: number }) => value)).toEqual([5, 6]);
    expect(packDiff.changes[3].fields[0].to.map(({ value }: { value: number }) => value)).toEqual([7]);
    expect(same.changes).toEqual([]);
    expect(none).toBeNull();
  });
});
