import { organisationId, personIdOf } from '../register.ts';
import { specialLine } from './money.ts';
import { listed, PINGJIANG, SHUANGPAI, YANLING } from './place.ts';
import { teamId } from './team.ts';

export const NAME = 'hunan';
/** The day on which everybody and everything of it was registered. */
export const REGISTERED = '2017-03-01';

const person = (key: string) => personIdOf(NAME, key, REGISTERED);
const organisation = (name: string) => organisationId(name, REGISTERED);

/** Whom and what the personas, the examples and the story speak of, by their ids. */
export const cast = {
  st: organisation('湖南省科技厅'),
  /** The unit of the one who is to lead the team of the story, and of the experts whom it engages. */
  sender: organisation('潇湘理工学院'),
  university: organisation('湘楚农林大学'),
  government: organisation('炎陵县人民政府'),
  department: organisation('炎陵县科技局'),
  candidate: person(`leader ${YANLING}`),
  spare: (number: number): string => person(`spare ${number}`),
  oldSpare: person('spare old'),
  /** Of a year that was not satisfactory. */
  team: teamId({ id: SHUANGPAI }),
  otherTeam: teamId({ id: PINGJIANG }),
  line: specialLine('cn-430426', 2019),
  industry: (): string => listed().find(({ id }) => id === YANLING)?.industry as string,
} as const;
