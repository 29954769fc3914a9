import { v7 as uuid } from 'uuid';
import { Agreement, Commitment } from '../../subgraphs/personnel/tables/agreement.ts';
import { Team, TeamMember, TeamPost } from '../../subgraphs/personnel/tables/team.ts';
import {
  type Act,
  type Arrange,
  bureau,
  CITY,
  COUNTIES,
  COUNTY,
  countyDept,
  organisation,
  person,
  placeOf,
  read,
  rowsOf,
  type Stage,
  times,
} from './stage.ts';

const SINCE = '2022-01-05';
const ofLevel = (level: string) =>
  level === 'county' ? { region: COUNTY, viewer: countyDept() } : { region: CITY, viewer: bureau };

export async function teamRow(stage: Stage, more: Partial<Team> = {}): Promise<{ id: string; unit: string }> {
  const [id, unit] = [uuid(), more.organisationId ?? (await organisation(stage))];
  await rowsOf(stage, 'personnel').insert(Team, {
    id,
    version: 1,
    name: `服务团 ${id}`,
    level: 'prefecture',
    regionId: CITY,
    organisationId: unit,
    field: 'yam',
    chainStages: ['planting'],
    industries: [],
    expertLevels: [],
    status: 'active',
    formedOn: SINCE,
    changedOn: SINCE,
    changedAt: new Date(),
    ...more,
  });
  return { id, unit };
}

export async function agreementRow(stage: Stage, teamId: string, county: string, more: Partial<Agreement> = {}) {
  const id = uuid();
  await rowsOf(stage, 'personnel').insert(Agreement, {
    id,
    version: 1,
    teamId,
    ...placeOf(county),
    countyId: county,
    signedOn: SINCE,
    keyMatters: [],
    changedAt: new Date(),
    ...more,
  });
  return id;
}

/** Commitments of an agreement that fell due in spring and are not settled. */
export async function openCommitments(stage: Stage, agreementId: string, count: number): Promise<void> {
  for (const no of times(count)) {
    await rowsOf(stage, 'personnel').insert(Commitment, {
      id: uuid(),
      agreementId,
      text: `事项${no}`,
      due: '2022-03-31',
    });
  }
}

export async function postRow(
  stage: Stage,
  teamId: string,
  post: Pick<TeamPost, 'personId' | 'role'> & Partial<TeamPost>,
): Promise<void> {
  await rowsOf(stage, 'personnel').insert(TeamPost, { id: uuid(), teamId, from: SINCE, ...post });
}

export const teamCreate: Arrange<Act> = async (stage, { facts }) => {
  const { text, is } = read(facts);
  const { region, viewer } = ofLevel(text('team.level'));
  return {
    viewer,
    input: {
      name: '服务团',
      level: text('team.level'),
      region,
      organisation: await organisation(stage),
      field: is('team.fieldStated') ? 'yam' : null,
      chainStages: is('team.chainStagesStated') ? ['planting'] : [],
    },
  };
};

export const teamActivate: Arrange<Act> = async (stage, { facts }) => {
  const { text, count, is } = read(facts);
  const { region, viewer } = ofLevel(text('team.level'));
  const { id, unit } = await teamRow(stage, {
    level: text('team.level'),
    regionId: region,
    status: text('team.status'),
    field: is('team.fieldStated') ? 'yam' : null,
    chainStages: is('team.chainStagesStated') ? ['planting'] : [],
  });
  for (const _ of times(count('team.memberCount'))) {
    const personId = await person(stage, unit);
    await rowsOf(stage, 'personnel').insert(TeamMember, { id: uuid(), teamId: id, personId, from: SINCE });
  }
  for (const _ of times(count('team.unitLeaderCount'))) {
    await postRow(stage, id, { personId: await person(stage, unit), role: 'leader', side: 'unit' });
  }
  const signed = COUNTIES.slice(0, count('team.signedAgreementCount'));
  for (const [at, countyId] of signed.entries()) {
    await agreementRow(stage, id, countyId);
    if (at >= count('team.signedCountiesWithoutLeader')) {
      await postRow(stage, id, { personId: await person(stage, unit), role: 'leader', side: 'county', countyId });
    }
    if (at >= count('team.signedCountiesWithoutLiaison')) {
      await postRow(stage, id, { personId: await person(stage, unit), role: 'liaison', countyId });
    }
  }
  return { viewer, input: { team: id, version: 1 } };
};
