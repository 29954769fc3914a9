import { division } from '../region.ts';
import { organisationId, personIdOf } from '../register.ts';
import { groupId } from './group.ts';
import { LEISHAN, PINGJIANG } from './place.ts';

export const NAME = 'advisors';
/** The day on which everybody and everything of it was registered. */
export const REGISTERED = '2021-03-01';

const person = (key: string) => personIdOf(NAME, key, REGISTERED);

/** Whom and what the personas, the examples and the story speak of, by their ids. */
export const cast = {
  group: groupId(PINGJIANG),
  formingGroup: groupId(LEISHAN),
  advisor: person(`advisor ${PINGJIANG} 0`),
  /** Has no letter yet. */
  unlettered: person(`advisor ${LEISHAN} 4`),
  eastern: organisationId('广东省科协', REGISTERED),
  spare: person('spare'),
  department: (): string => organisationId(`${division(PINGJIANG).name}乡村振兴局`, REGISTERED),
} as const;
