import { organisationId, personIdOf } from '../register.ts';
import { appointmentId } from './sent.ts';

export const NAME = 'baise';
/** The day on which everybody and everything of it was registered. */
export const REGISTERED = '2018-01-15';

const person = (key: string) => personIdOf(NAME, key, REGISTERED);
/** In the county of the persona of a county. */
const NUMBER = 51;

/** Whom and what the personas, the examples and the story speak of, by their ids. */
export const cast = {
  bureau: organisationId('百色市科学技术和知识产权局', REGISTERED),
  unit: organisationId('百色市科技局农村科技科', REGISTERED),
  responsible: person('responsible 农村科技科'),
  fourth: person('responsible 办公室'),
  commissioner: person(`poor-village-commissioner ${NUMBER}`),
  appointment: appointmentId('poor-village-commissioner', NUMBER),
  leaving: appointmentId('poor-village-commissioner', NUMBER + 12),
  spare: person('spare'),
} as const;
