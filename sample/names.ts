import type { Chance } from './random.ts';

// Put together by chance from common parts: whoever bears such a name has nothing to do with this data.
const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
];
const GIVEN = [
  ...'明华建国文军平志伟红霞丽娟敏静秀英芳玉兰桂香春梅海燕晓东立新永强德才学林树森长河耕田广源润泽稼禾丰年瑞雪青松晨曦书怀远鸣谦',
];

/** A made-up personal name. */
export function personName(chance: Chance): string {
  const given = chance.happens(0.8) ? chance.pick(GIVEN) + chance.pick(GIVEN) : chance.pick(GIVEN);
  return chance.pick(SURNAMES) + given;
}

/** A phone number in a range that no operator has given out (prefix 100). */
export function phoneNumber(chance: Chance): string {
  return `100${String(chance.whole(0, 99_999_999)).padStart(8, '0')}`;
}

const STEMS = [
  '沃野',
  '金穗',
  '绿源',
  '丰谷',
  '怀山',
  '青垄',
  '禾润',
  '太行',
  '沁河',
  '百果',
  '云台',
  '四季',
  '惠民',
  '晨露',
  '田园',
];
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  cooperative: ['种植专业合作社', '养殖专业合作社', '农机专业合作社'],
  'family-farm': ['家庭农场', '生态农场'],
  'large-grower': ['种植大户', '养殖大户'],
  enterprise: ['农业科技有限公司', '食品有限公司'],
};

/** A made-up name of a receiving unit of a kind. */
export function unitName(chance: Chance, place: string, kind: string): string {
  const suffix = chance.pick(SUFFIXES[kind] ?? ['服务站']);
  return `${place}${chance.pick(STEMS)}${suffix}（演示）`;
}
