import { DEBAO } from '../baise/place.ts';
import { PINGJIANG } from '../hunan/place.ts';

export { DEBAO, PINGJIANG };
/** The county whose group is recognised and has not begun. */
export const LEISHAN = 'cn-522634';

/** A county lifted out of poverty that asked for advisors. */
export interface AdvisedCounty {
  readonly id: string;
  readonly industry: string;
  readonly title: string;
  readonly size: number;
  /** Of an eastern province, where there is a pairing: how many of the members. */
  readonly paired: number;
  /** Whether its group is at work. */
  readonly isActive: boolean;
}

/** One lies in a province, and one in a prefecture, that has a programme of its own. */
export const ADVISED: readonly AdvisedCounty[] = [
  { id: PINGJIANG, industry: 'oil-tea', title: '油茶', size: 6, paired: 0, isActive: true },
  { id: DEBAO, industry: 'silkworm', title: '桑蚕', size: 5, paired: 2, isActive: true },
  { id: LEISHAN, industry: 'tea', title: '茶', size: 5, paired: 1, isActive: false },
];

/** What is wrong on purpose. */
export const SHORT = {
  /** Its group met once in the year. */
  oneConsultation: DEBAO,
  /** The portal does not show the second of its projects. */
  undisclosed: DEBAO,
  /** Its science association has named no liaison. */
  noLiaison: PINGJIANG,
  /** So many of its members have no letter yet. */
  withoutLetter: 2,
} as const;
