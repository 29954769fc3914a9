import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { findRegions, isValidOn, loadGeography, loadRegionStatuses, type RegionRow } from './geography.ts';

const regions = loadGeography();
const byId = new Map(regions.map((it) => [it.id, it]));
const region = (id: string): RegionRow => {
  const found = byId.get(id);
  if (!found) throw new Error(`no region ${id}`);
  return found;
};
const idsOf = (rows: readonly RegionRow[]) => rows.map((it) => it.id).sort();
const named = (name: string, asOf: string, within?: string) =>
  idsOf(findRegions(regions, name, { asOf, ...(within && { within }) }));
const childrenOf = (parentId: string, asOf: string) =>
  regions.filter((it) => it.parentId === parentId && isValidOn(it, asOf));

describe('the divisions', () => {
  // The Ministry of Civil Affairs' totals for the end of 2023: nothing in the files states them, so they check the whole.
  it('add up to the official totals of every type', () => {
    const totals: Record<string, number> = {};
    for (const it of regions) {
      if (!it.standard || !isValidOn(it, '2023-12-31')) continue;
      const key = `${it.level} ${it.divisionType}`;
      totals[key] = (totals[key] ?? 0) + 1;
    }
    expect(totals).toEqual({
      'country country': 1,
      'province province': 23,
      'province autonomous-region': 5,
      'province municipality': 4,
      'province special-administrative-region': 2,
      'prefecture prefecture-level-city': 293,
      'prefecture autonomous-prefecture': 30,
      'prefecture prefecture': 7,
      'prefecture league': 3,
      'county district': 977,
      'county county-level-city': 397,
      'county county': 1299,
      'county autonomous-county': 117,
      'county banner': 49,
      'county autonomous-banner': 3,
      'county special-district': 1,
      'county forest-district': 1,
    });
  });

  it('have unique ids and codes', () => {
    expect(byId.size).toBe(regions.length);
    for (const key of ['gbCode', 'statisticalCode'] as const) {
      const codes = regions.map((it) => it[key]).filter((code) => code !== null);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });

  it('list every parent before its children, one level or more above, and so have no cycles', () => {
    const rank = { country: 0, province: 1, prefecture: 2, county: 3 };
    const seen = new Set<string>();
    for (const it of regions) {
      if (it.parentId === null) {
        expect(it.id).toBe('cn');
        expect(it.path).toEqual(['cn']);
      } else {
        expect(seen).toContain(it.parentId);
        const parent = region(it.parentId);
        expect(rank[parent.level]).toBeLessThan(rank[it.level]);
        expect(it.path).toEqual([...parent.path, it.id]);
      }
      seen.add(it.id);
    }
  });

  it('take their ids from their codes', () => {
    for (const it of regions.filter(({ level }) => level !== 'country')) {
      const code = it.gbCode ?? it.statisticalCode;
      expect(it.id).toBe(it.level === 'province' ? `cn-${code?.slice(0, 2)}` : `cn-${code}`);
    }
  });

  it('hang counties that no prefecture administers under the province', () => {
    expect(region('cn-419001')).toMatchObject({
      name: '济源市',
      parentId: 'cn-41',
      path: ['cn', 'cn-41', 'cn-419001'],
    });
    expect(region('cn-110101')).toMatchObject({ name: '东城区', parentId: 'cn-11' });
    expect(byId.has('cn-419000')).toBe(false);
  });

  it('hold a city without counties once', () => {
    expect(region('cn-441900')).toMatchObject({ name: '东莞市', level: 'prefecture' });
    expect(childrenOf('cn-441900', '2024-01-01')).toEqual([]);
  });

  it('hold the three provinces that the statistics do not cover, without anything below them', () => {
    for (const id of ['cn-71', 'cn-81', 'cn-82']) {
      expect(region(id)).toMatchObject({ gbCode: `${id.slice(3)}0000`, statisticalCode: null, standard: true });
      expect(regions.filter((it) => it.parentId === id)).toEqual([]);
    }
  });
});

describe('areas that are no divisions', () => {
  const areas = regions.filter((it) => !it.standard);

  it('have a statistical code and no other', () => {
    expect(areas).toHaveLength(124 + 9);
    for (const it of areas) {
      expect(it).toMatchObject({ gbCode: null, level: 'county', divisionType: 'management-district' });
      expect(it.statisticalCode).toMatch(/^\d{6}$/);
    }
    expect(regions.filter((it) => it.gbCode === null && it.level !== 'country')).toEqual(areas);
  });

  it('are told apart from divisions of nearly the same name', () => {
    expect(region('cn-431271')).toMatchObject({ name: '洪江区', gbCode: null, statisticalCode: '431271' });
    expect(region('cn-431281')).toMatchObject({ name: '洪江市', gbCode: '431281', standard: true });
  });
});

describe('names', () => {
  it('say so when they are ambiguous', () => {
    expect(named('洪江', '2018-01-01')).toEqual(['cn-431271', 'cn-431281']);
    expect(named('洪江区', '2018-01-01')).toEqual(['cn-431271']);
    expect(named('洪江市', '2018-01-01')).toEqual(['cn-431281']);
    expect(named('永定区', '2018-01-01')).toEqual(['cn-350803', 'cn-430802']);
    expect(named('永定区', '2018-01-01', 'cn-43')).toEqual(['cn-430802']);
    expect(named('邵阳', '2018-01-01')).toEqual(['cn-430500', 'cn-430523']);
  });

  it('include what people say', () => {
    expect(named('示范区', '2022-01-01', 'cn-410800')).toEqual(['cn-410871']);
    expect(named('怀化市洪江管理区', '2022-01-01')).toEqual(['cn-431271']);
    expect(named('湘西', '2022-01-01')).toEqual(['cn-433100']);
    expect(named('没有这个地方', '2022-01-01')).toEqual([]);
  });

  it.each([
    ['cn-45', '广西'],
    ['cn-15', '内蒙古'],
    ['cn-430529', '城步'],
    ['cn-654022', '察布查尔'],
    ['cn-410825', '温县'],
    ['cn-441803', '清新'],
    ['cn-310115', '浦东'],
    ['cn-130107', '井陉矿区'],
    ['cn-429021', '神农架'],
    ['cn-150421', '阿鲁科尔沁旗'],
    ['cn-622926', '东乡'],
  ])('are shortened as people do: %s %s', (id, shortName) => {
    expect(region(id).shortName).toBe(shortName);
  });
});

describe('changes', () => {
  const former = regions.filter((it) => it.validTo !== null);

  it('are known for the three provinces and lead both ways', () => {
    expect(former).toHaveLength(18);
    for (const it of former) {
      expect(it.successors).toHaveLength(1);
      for (const id of it.successors) {
        const successor = region(id);
        expect(successor.predecessors).toContain(it.id);
        expect(successor.validFrom).toBe(it.validTo);
        expect(successor.parentId).toBe(it.parentId);
      }
    }
    for (const it of regions) for (const id of it.predecessors) expect(region(id).successors).toContain(it.id);
  });

  it.each([
    ['田阳', 'cn-451021', 'cn-451003', '2019-06-26', '2019-06-27'],
    ['平果', 'cn-451023', 'cn-451082', '2019-11-19', '2019-11-20'],
    ['祁阳', 'cn-431121', 'cn-431181', '2021-01-19', '2021-01-20'],
    ['靖西', 'cn-451025', 'cn-451081', '2015-07-31', '2015-08-01'],
  ])('of %s take effect on the day', (name, before, after, eve, day) => {
    expect(named(name, eve)).toEqual([before]);
    expect(named(name, day)).toEqual([after]);
    expect(named(region(before).name, eve)).toEqual([before]);
    expect(named(region(before).name, day)).toEqual([after]);
    expect(named(region(after).name, eve)).toEqual([]);
  });

  it('merge several into one', () => {
    expect(region('cn-410308').predecessors).toEqual(['cn-410322', 'cn-410306']);
    expect(named('吉利区', '2021-03-18')).toEqual(['cn-410308']);
  });

  it('never change how many counties a prefecture has where one replaced one', () => {
    for (const day of ['2015-07-31', '2019-02-25', '2019-06-27', '2019-11-20', '2024-01-01']) {
      expect(childrenOf('cn-451000', day)).toHaveLength(12);
    }
  });

  it('add divisions established later', () => {
    expect(isValidOn(region('cn-653228'), '2024-12-26')).toBe(false);
    expect(isValidOn(region('cn-653228'), '2024-12-27')).toBe(true);
    expect(region('cn-451103')).toMatchObject({ validFrom: '2016-06-08', predecessors: [] });
  });
});

describe('reporting units', () => {
  it('of cn-410800 are ten divisions and one area', () => {
    const units = childrenOf('cn-410800', '2022-01-01');
    expect(units).toHaveLength(11);
    expect(units.filter((it) => !it.standard).map((it) => it.id)).toEqual(['cn-410871']);
  });
});

describe('statuses', () => {
  const statuses = loadRegionStatuses();
  const of = (kind: string, value: boolean) => statuses.filter((it) => it.kind === kind && it.value === value);

  it('cover the 51 counties of the annex, each in its prefecture', () => {
    const counties = of('in-team-scope', true).map((it) => region(it.regionId));
    expect(new Set(counties).size).toBe(51);
    const totals: Record<string, number> = {};
    for (const it of counties) {
      const prefecture = region(it.parentId ?? '');
      expect(prefecture).toMatchObject({ level: 'prefecture', parentId: 'cn-43' });
      totals[prefecture.shortName] = (totals[prefecture.shortName] ?? 0) + 1;
    }
    // The annex prints these numbers beside its prefectures.
    expect(totals).toEqual({
      株洲: 2,
      衡阳: 1,
      邵阳: 8,
      岳阳: 1,
      常德: 1,
      益阳: 1,
      郴州: 4,
      张家界: 4,
      娄底: 3,
      怀化: 13,
      永州: 5,
      湘西: 8,
    });
  });

  it('say of each of them whether a deputy head is posted, and of two that they were delisted', () => {
    const posted = idsOf(of('deputy-head-posted', true).map((it) => region(it.regionId)));
    const unposted = idsOf(of('deputy-head-posted', false).map((it) => region(it.regionId)));
    expect([posted.length, unposted.length]).toEqual([18, 33]);
    expect([...posted, ...unposted].sort()).toEqual(idsOf(of('in-team-scope', true).map((it) => region(it.regionId))));
    expect(posted).toContain('cn-430802');
    expect(of('delisted', true).map((it) => region(it.regionId).name)).toEqual(['武陵源区', '洪江区']);
    expect(statuses).toHaveLength(51 + 51 + 2);
  });

  it('are written beside the name of the region they mean', () => {
    const { rows } = JSON.parse(readFileSync(new URL('status.json', import.meta.url), 'utf8'));
    for (const [id, name] of rows) expect(region(id).name).toBe(name);
  });

  it('hold from a day, and say where they are from', () => {
    for (const it of statuses) {
      expect(isValidOn(region(it.regionId), it.from)).toBe(true);
      expect(it.from).toMatch(/^201[67]-\d\d-\d\d$/);
      expect(it.source).toMatch(/annex.*(row \d+|note 1).*the annex/);
    }
  });
});
