import { held, persona, type SamplePersona } from '../persona.ts';
import { cast } from './cast.ts';
import { LEISHAN, PINGJIANG } from './place.ts';

/** The accounts of the nation’s advisor groups. */
export const personas: readonly SamplePersona[] = [
  persona('advisors-nation', '中国科协经办人', 'Officer of the national association for science', {
    roles: [held('national-science-association', 'cn')],
  }),
  persona('advisors-province', '湖南省科协经办人', 'Officer of the science association of Hunan', {
    roles: [held('province-science-association', 'cn-43')],
  }),
  persona('advisors-county', '平江县乡村振兴局经办人', 'Officer of Pingjiang county, which is under two regimes', {
    roles: [held('county-revitalisation-dept', PINGJIANG)],
  }),
  persona('advisors-leishan', '雷山县科协经办人', 'Officer of Leishan county, whose group has not begun', {
    roles: [held('county-science-association', LEISHAN)],
  }),
  persona('advisors-expert', '产业顾问', 'An advisor', { person: cast.advisor }),
];
