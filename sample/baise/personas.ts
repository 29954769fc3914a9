import { held, persona, type SamplePersona } from '../persona.ts';
import { cast } from './cast.ts';
import { CITY, DEBAO } from './place.ts';

/** The accounts of the prefecture under a plan of tasks. */
export const personas: readonly SamplePersona[] = [
  persona('baise-st-bureau', '百色市科技局经办人', 'Officer of the S&T bureau of the prefecture', {
    roles: [held('prefecture-st-bureau', CITY)],
  }),
  persona('baise-office', '领导小组办公室', 'Office of the leading group', {
    roles: [held('leading-group-office', CITY)],
  }),
  persona('baise-county-st-dept', '德保县科技部门经办人', 'Officer of the S&T department of Debao county', {
    roles: [held('county-st-dept', DEBAO)],
  }),
  persona('baise-responsible-unit', '责任单位（农村科技科）', 'A division that answers for tasks', {
    roles: [held('responsible-unit', CITY, cast.unit)],
  }),
  persona('baise-commissioner', '贫困村科技特派员', 'Commissioner of a poor village', { person: cast.commissioner }),
];
