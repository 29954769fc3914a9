import { lineId } from '../money.ts';
import { appointmentId } from './appointment.ts';
import { evaluationId } from './evaluation.ts';
import { bodiesOf, bureaus, dispatchingUnits, receivingOf } from './organisation.ts';
import { personId } from './person.ts';
import { WEN } from './place.ts';
import { FORMING_TEAM, teamId, teamUnit } from './team.ts';

const present = { key: '2024 prefecture 0', year: 2024 };
const dispatchingUnit = dispatchingUnits[0]?.unit.id as string;

/** Whom and what the personas, the examples and the story speak of, by their ids. */
export const cast = {
  bureau: bureaus.st.id,
  countyDept: bodiesOf(WEN).st.id,
  /** The unit that employs the commissioner, and ten experts whom only the story sends. */
  dispatchingUnit,
  receivingUnit: receivingOf(WEN)[0]?.id as string,
  unitLeader: personId(`unit leader ${dispatchingUnit}`),
  commissioner: personId('expert 0'),
  /** The commissioner's engagement of 2024, its money, and its evaluation in the batch that is open. */
  appointment: appointmentId(present),
  line: lineId(present.key, present.year),
  evaluation: evaluationId(appointmentId(present), present.year),
  /** A team at work, with the person who leads it for its unit. */
  team: teamId(0),
  teamLeader: personId(`unit leader ${teamUnit(0).id}`),
  /** A team that has too few members to be put to work. */
  formingTeam: FORMING_TEAM,
  /** An expert whom nobody has sent yet: 20 to 29; number 27 has a junior title and no higher degree. */
  spare: (number: number): string => personId(`expert ${number}`),
  juniorSpare: personId('expert 27'),
  leaderOf: (countyId: string): string => personId(`leader ${countyId}`),
  headOf: (countyId: string): string => personId(`head ${countyId}`),
} as const;
