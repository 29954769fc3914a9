import { isCivilDate } from '../civil-date.ts';
import type { Bilingual } from '../user-error.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(
    ' ',
  ),
);

/**
 * What is wrong with a citizen identity number (GB 11643), or null. `birthDate`, when given, must be the one in the
 * number. Libraries for this accept 30 February and birthdays to come.
 */
export function identityNumberProblem(number: string, on: string, birthDate: string | null): Bilingual | null {
  if (!/^\d{17}[\dX]$/.test(number)) {
    return { zh: '身份证号须为17位数字加一位数字或大写X。', en: 'It must be 17 digits and a digit or capital X.' };
  }
  if (!PROVINCES.has(number.slice(0, 2))) {
    return { zh: '身份证号的地区代码不存在。', en: 'Its region code does not exist.' };
  }
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isCivilDate(born) || born > on) {
    return { zh: `身份证号中的出生日期 ${born} 不成立。`, en: `Its birthday ${born} is impossible.` };
  }
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  if (CHECK[sum % 11] !== number[17]) {
    return { zh: '身份证号校验码不符。', en: 'Its check character is wrong.' };
  }
  if (birthDate && birthDate !== born) {
    return { zh: '身份证号与出生日期不一致。', en: 'It does not agree with the birthday.' };
  }
  return null;
}
