import { v7 as uuid } from 'uuid';
import { TeamMember } from '../../subgraphs/personnel/tables/team.ts';
import { ProjectApplication, ProjectCall } from '../../subgraphs/projects-funding/tables/project-call.ts';
import { engagement } from './appointment.ts';
import { publishedGrade } from './evaluation.ts';
import {
  type Act,
  type Arrange,
  type ArrangeRanking,
  bureau,
  CITY,
  DECISION,
  organisation,
  placeOf,
  read,
  rowsOf,
  type Stage,
} from './stage.ts';
import { teamRow } from './team.ts';

async function callRow(stage: Stage, level: string, quotaPerUnit: number | null): Promise<string> {
  const id = uuid();
  await rowsOf(stage, 'projects-funding').insert(ProjectCall, {
    id,
    version: 1,
    title: '重点研发',
    level,
    organisationId: await organisation(stage, { level, regionId: CITY }),
    quotaPerUnit,
    matchingRequired: false,
    opensOn: '2022-05-01',
    closesOn: '2022-06-30',
    regionId: CITY,
    ...placeOf(CITY),
  });
  return id;
}

async function applicationRow(stage: Stage, callId: string, unitId: string, more: Partial<ProjectApplication> = {}) {
  const id = uuid();
  await rowsOf(stage, 'projects-funding').insert(ProjectApplication, {
    id,
    version: 1,
    callId,
    title: '项目',
    leadId: uuid(),
    unitId,
    leadGrade: 'none',
    leadTeamGrade: 'none',
    takesPlace: true,
    beneficiaryKind: 'other',
    partnerIds: [],
    matchingFen: 0,
    inPoorVillage: false,
    submittedOn: '2022-05-10',
    regionId: CITY,
    ...placeOf(CITY),
    ...more,
  });
  return id;
}

export const projectApplicationSubmit: Arrange<Act> = async (stage, { facts }) => {
  const { text, is } = read(facts);
  const lead = await engagement(stage);
  await publishedGrade(stage, 'appointment', lead.id, text('projectApplication.leadLatestGrade'));
  const team = await teamRow(stage, { organisationId: lead.unit });
  const member = { teamId: team.id, personId: lead.person, from: '2022-01-05' };
  await rowsOf(stage, 'personnel').insert(TeamMember, { id: uuid(), ...member });
  await publishedGrade(stage, 'team', team.id, text('projectApplication.leadTeamLatestGrade'));
  const call = await callRow(stage, text('projectCall.level'), is('projectCall.limited') ? 1 : null);
  if (is('projectCall.quotaFull')) await applicationRow(stage, call, lead.unit);
  return {
    viewer: lead.unitAccount,
    input: { call, title: '山药连作障碍', lead: lead.person, leadAppointment: lead.id, leadTeam: team.id },
  };
};

type Ranked = { application: { id: string }; decision: { facts: Record<string, unknown> } };

export const projectApplicationRanking: ArrangeRanking = async (stage, candidates) => {
  const rows = new Map<string, string>();
  const [first] = candidates;
  if (!first) throw new Error('nobody is ranked');
  const call = await callRow(stage, read(first.facts).text('projectCall.level'), null);
  for (const { id, facts } of candidates) {
    const { text } = read(facts);
    const leadGrade = text('projectApplication.leadLatestGrade');
    const leadTeamGrade = text('projectApplication.leadTeamLatestGrade');
    rows.set(id, await applicationRow(stage, call, uuid(), { leadGrade, leadTeamGrade }));
  }
  return {
    viewer: bureau,
    query: `query ($call: ID!, $on: Date!) {
      projectApplicationRanking(call: $call, asOf: $on) { application { id } decision { ${DECISION} } }
    }`,
    variables: { call, on: first.on },
    rows,
    order: (data) =>
      data.projectApplicationRanking.map(({ application, decision }: Ranked) => ({
        row: application.id,
        facts: decision.facts,
      })),
  };
};
