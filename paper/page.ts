/** A part of an official page. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string; readonly isIndented?: boolean }
  | {
      readonly kind: 'table';
      readonly header: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** How wide the columns are, in proportion; alike if absent. */
      readonly widths?: readonly number[];
    }
  /** Lines on the right, such as who signs and when. */
  | { readonly kind: 'signature'; readonly lines: readonly string[] };

/** An official page, whatever file it becomes. */
export interface Page {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/**
 * The page of GB/T 9704-2012, in millimetres: A4, 37 above and 28 to the left of a type area of 156 by 225, in which 22
 * lines of 28 characters stand. Text is of size 三号 (16 pt), titles of 二号 (22 pt).
 */
export const sheet = {
  width: 210,
  height: 297,
  top: 37,
  left: 28,
  areaWidth: 156,
  areaHeight: 225,
  lines: 22,
  characters: 28,
  textPoints: 16,
  titlePoints: 22,
} as const;

/** The widths of a table's columns, as parts of the type area's width that sum to one. */
export function shares(columns: number, widths: readonly number[] = Array<number>(columns).fill(1)): number[] {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width) => width / whole);
}

/** A day as documents write it: 2022年3月1日. */
export function chineseDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** A sentence with its places filled. An absent value is left out with its place. */
export const fill = (template: string, values: Readonly<Record<string, string | number | null | undefined>>): string =>
  template.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''));
