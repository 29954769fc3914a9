import type { Context } from '../context.ts';
import { UserError } from '../user-error.ts';
import { engagementsOf, readAppointment, readPerson, readTeam, teamsOf } from './from-graph.ts';
import { inService } from './receipt-facts.ts';

/** What somebody is who is engaged where there is one kind of engagement only. */
const COMMISSIONER = 'stp';

/** What a person is on a day: the kind of the engagement that is at work then, `none` without one. */
async function leadCategory(context: Context, person: string, on: string): Promise<string> {
  const engaged = (await engagementsOf(context, person)).find((engagement) => inService(engagement, on));
  return engaged ? (engaged.kind ?? COMMISSIONER) : 'none';
}

/** Who leads, as the graph says it; a cited appointment or team must be the lead's. */
export async function readLead(
  context: Context,
  asked: { lead: string; leadAppointment?: string | null | undefined; leadTeam?: string | null | undefined },
  on: string,
) {
  const lead = await readPerson(context, asked.lead, 'lead');
  const appointment = asked.leadAppointment
    ? await readAppointment(context, asked.leadAppointment, 'leadAppointment', { graded: true })
    : null;
  if (appointment && appointment.person.id !== lead.id) {
    throw new UserError('NOT_OF_LEAD', 'leadAppointment', {
      zh: '该选派不是牵头人本人的。',
      en: 'This appointment is not one of the lead.',
    });
  }
  const team = asked.leadTeam ? await readTeam(context, asked.leadTeam, 'leadTeam', { graded: true }) : null;
  if (team && !team.leaders.includes(lead.id) && !(await teamsOf(context, lead.id, on)).includes(team.id)) {
    throw new UserError('NOT_OF_LEAD', 'leadTeam', {
      zh: '牵头人既不是该团队的团长也不是其成员。',
      en: 'The lead neither leads this team nor is a member of it.',
    });
  }
  return { lead, appointment, team, category: await leadCategory(context, lead.id, on) };
}
