/** The prefecture that the demonstration plays in, and the province above it. */
export const PROVINCE = 'cn-41';
export const PREFECTURE = 'cn-410800';

export interface County {
  readonly id: string;
  readonly short: string;
  /** The industries that the demonstration takes for characteristic. */
  readonly industries: readonly string[];
}

export const COUNTIES: readonly County[] = [
  { id: 'cn-410802', short: '解放区', industries: ['food-processing'] },
  { id: 'cn-410803', short: '中站区', industries: ['pig'] },
  { id: 'cn-410804', short: '马村区', industries: ['vegetable'] },
  { id: 'cn-410811', short: '山阳区', industries: ['flower'] },
  { id: 'cn-410821', short: '修武县', industries: ['mushroom', 'tourism'] },
  { id: 'cn-410822', short: '博爱县', industries: ['ginger', 'mushroom'] },
  { id: 'cn-410823', short: '武陟县', industries: ['wheat', 'chrysanthemum'] },
  { id: 'cn-410825', short: '温县', industries: ['yam', 'wheat'] },
  { id: 'cn-410871', short: '示范区', industries: ['smart-farming'] },
  { id: 'cn-410882', short: '沁阳市', industries: ['wheat', 'dairy'] },
  { id: 'cn-410883', short: '孟州市', industries: ['wheat', 'goat'] },
];

/** The county in which the personas work, and in which a batch of evaluations is left open. */
export const WEN = 'cn-410825';
/** The county that has no brigade. */
export const MACUN = 'cn-410804';

/** The columns of a row that lies in a county of the prefecture. */
export const inCounty = (countyId: string) => ({ provinceId: PROVINCE, prefectureId: PREFECTURE, countyId });
/** The columns of a row that lies in the prefecture and in no one county. */
export const inPrefecture = { provinceId: PROVINCE, prefectureId: PREFECTURE, countyId: null };
