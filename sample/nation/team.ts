import { Demand, DemandItem } from '../../subgraphs/personnel/tables/demand.ts';
import { Team, TeamMember } from '../../subgraphs/personnel/tables/team.ts';
import type { Batch } from '../batch.ts';
import { officeHour } from '../day.ts';
import { numberedId } from '../id.ts';
import { plainMember, plainTeam } from '../plain.ts';
import { FIELDS, type Filled, KIND } from './county.ts';

const FORMED = '2023-04-03';
const SIZE = 6;

function addDemands(batch: Batch, { county, chance, receiving, place }: Filled): void {
  for (const [at, unit] of receiving.entries()) {
    const demandId = numberedId(KIND.demand, county.number, at);
    batch.add(Demand, {
      id: demandId,
      ...place,
      receivingUnitId: unit.id,
      contactPersonId: null,
      year: 2024,
      kind: null,
      selectionId: null,
      status: 'published',
      submittedOn: '2023-10-16',
      published: true,
      publishedOn: '2023-10-30',
      audience: [],
    });
    batch.add(DemandItem, {
      id: numberedId(KIND.need, county.number, at),
      demandId,
      countyId: county.id,
      no: 1,
      field: chance.pick(FIELDS),
      industry: 'local-speciality',
      stage: null,
      description: '提供技术指导（演示）',
      urgency: null,
      status: 'open',
    });
  }
}

/** What the receiving units of a county ask for, and the county's teams. */
export function addTeams(batch: Batch, filled: Filled, count: number): void {
  const { county, chance, center, persons } = filled;
  addDemands(batch, filled);
  for (let at = 0; at < count; at += 1) {
    const teamId = numberedId(KIND.team, county.number, at);
    batch.add(Team, {
      id: teamId,
      name: `${county.short}第${at + 1}服务团（演示）`,
      level: 'county',
      ...plainTeam,
      regionId: county.id,
      organisationId: center,
      field: chance.pick(FIELDS),
      chainStages: ['production'],
      industries: [],
      status: 'active',
      formedOn: FORMED,
      activatedOn: FORMED,
      endedOn: null,
      changedOn: FORMED,
      changedAt: officeHour(FORMED),
    });
    const first = (at * SIZE) % Math.max(1, persons.length);
    batch.add(
      TeamMember,
      ...persons.slice(first, first + SIZE).map((personId, no) => ({
        id: numberedId(KIND.member, county.number, at * SIZE + no),
        teamId,
        personId,
        from: FORMED,
        to: null,
        ...plainMember,
      })),
    );
  }
}
