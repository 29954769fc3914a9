import { Agreement, Commitment } from '../../subgraphs/personnel/tables/agreement.ts';
import { Demand, DemandItem } from '../../subgraphs/personnel/tables/demand.ts';
import { ExpertPoolEntry } from '../../subgraphs/personnel/tables/expert-pool-entry.ts';
import { Letter } from '../../subgraphs/personnel/tables/letter.ts';
import { officeHour } from '../day.ts';
import { idOf } from '../id.ts';
import { plainAgreement } from '../plain.ts';
import { addProcedure, type Step } from '../procedure.ts';
import { division, placed, within } from '../region.ts';
import type { Register } from '../register.ts';
import { addTeam, type Member, teamIdOf } from '../team.ts';
import type { Bodies } from './body.ts';
import { ADVISED, type AdvisedCounty, SHORT } from './place.ts';

const KIND = 'industry-advisor-group';
const FORMED = '2021-10-18';
const ACTIVE = '2021-12-20';
const NATION = ['national-revitalisation-administration', 'national-science-association'];
const pairOf = (level: string) => [`${level}-revitalisation-dept`, `${level}-science-association`];
/** The steps from the needs of a county to the group that docks with it; the last is that of a group at work. */
const STEPS: readonly Omit<Step, 'document'>[] = [
  { key: 'need', on: '2021-07-05', bodies: ['county-revitalisation-dept'] },
  { key: 'application', on: '2021-07-12', bodies: ['county-government'] },
  { key: 'prefecture-receipt', on: '2021-07-20', bodies: pairOf('prefecture') },
  { key: 'province-review', on: '2021-08-10', bodies: pairOf('province') },
  { key: 'national-received', on: '2021-08-27', bodies: NATION },
  { key: 'county-list', on: '2021-09-15', bodies: NATION },
  { key: 'pool', on: '2021-09-28', bodies: ['national-science-association'] },
  { key: 'member-list', on: '2021-10-25', bodies: NATION },
  { key: 'recognition', on: '2021-11-08', bodies: NATION },
  { key: 'certificate', on: '2021-11-22', bodies: NATION },
  { key: 'docking', on: '2021-12-13', bodies: pairOf('province'), consents: ['county-government', 'advisor-group'] },
];

/** A group of the demonstration, with what others need of it. */
export interface Group {
  readonly id: string;
  readonly county: AdvisedCounty;
  readonly members: readonly (Member & { readonly unit: string })[];
  readonly unit: string;
}

export const groupId = (county: string): string => teamIdOf(`advisors ${county}`, FORMED);

function addExperts(roll: Register, bodies: Bodies, county: AdvisedCounty): Group['members'] {
  const [, provinceId] = division(county.id).path;
  const [, association] = bodies.pair(provinceId as string);
  return Array.from({ length: county.size }, (_, number) => {
    const isEastern = number < county.paired;
    const isLocal = number === county.size - 1;
    const society = bodies.societies[number % bodies.societies.length] as typeof association;
    const unit = isEastern ? bodies.eastern : isLocal ? association : society;
    const person = roll.expert(`advisor ${county.id} ${number}`, unit);
    roll.batch.add(ExpertPoolEntry, {
      id: idOf(`pool ${county.id} ${number}`, '2021-09-20', number),
      personId: person.id,
      source: isEastern ? 'east-west' : isLocal ? 'provincial-association' : 'national-society',
      field: county.industry,
      recommenderId: unit.id,
      recommenderName: null,
      pairedCountyId: isEastern ? county.id : null,
      ...placed(unit.regionId),
      addedOn: '2021-09-20',
      to: null,
      endReason: null,
    });
    return { id: person.id, unit: unit.id };
  });
}

function addNeeds({ batch }: Register, county: AdvisedCounty): void {
  const demandId = idOf(`demand ${county.id} 2021`, '2021-07-05');
  batch.add(Demand, {
    id: demandId,
    ...within(county.id),
    countyId: county.id,
    receivingUnitId: null,
    contactPersonId: null,
    kind: 'industry-need',
    year: 2021,
    selectionId: null,
    status: 'published',
    submittedOn: '2021-07-05',
    published: true,
    publishedOn: '2021-08-30',
    audience: ['kechuang-china'],
  });
  for (const [at, description] of [`${county.title}精深加工工艺`, `${county.title}产业数字化管理`].entries()) {
    batch.add(DemandItem, {
      id: idOf(`need ${county.id} ${at}`, '2021-07-05', at),
      demandId,
      countyId: county.id,
      no: at + 1,
      field: at === 0 ? 'processing-storage' : 'iot-equipment',
      industry: county.industry,
      stage: null,
      description,
      urgency: null,
      status: 'open',
    });
  }
}

function addLetters({ batch }: Register, { id, county, members }: Group): void {
  const lettered = county.isActive ? members : members.slice(0, -SHORT.withoutLetter);
  const of = [null, ...lettered.map((member) => member.id)];
  for (const [at, personId] of of.entries()) {
    batch.add(Letter, {
      id: idOf(`letter ${id} ${at}`, '2021-11-24', at),
      teamId: id,
      personId,
      number: `演示聘〔2021〕${county.id.slice(3)}-${at}`,
      issuers: NATION,
      issuedOn: '2021-11-24',
    });
  }
}

function addAgreement({ batch }: Register, { id, county, members }: Group): void {
  const agreementId = idOf(`agreement ${id}`, '2021-12-13');
  batch.add(Agreement, {
    id: agreementId,
    teamId: id,
    ...within(county.id),
    countyId: county.id,
    signedOn: '2021-12-13',
    until: '2024-12-31',
    industry: county.industry,
    teamSignatoryId: members[0]?.id ?? null,
    countySignatoryId: null,
    ...plainAgreement,
    kind: 'cooperation',
    deep: true,
    teamConsented: true,
    countyConsented: true,
    keyMatters: [`${county.title}精深加工`, '引进加工企业'],
    document: `合作协议（演示）〔2021〕${county.id.slice(3)}`,
    changedAt: officeHour('2021-12-13'),
  });
  batch.add(Commitment, {
    id: idOf(`commitment ${agreementId}`, '2021-12-13'),
    agreementId,
    text: '每年到县现场服务不少于两次',
    due: '2022-12-31',
    settledOn: '2022-11-30',
    evidence: '服务记录（演示）',
  });
}

/** The groups: two at work, and one whose letters are not all out. */
export function addGroups(roll: Register, bodies: Bodies): Group[] {
  roll.expert('spare', bodies.eastern);
  return ADVISED.map((county) => {
    const { id: countyId, title, isActive, industry } = county;
    addNeeds(roll, county);
    const members = addExperts(roll, bodies, county);
    const until = STEPS.findIndex(({ key }) => key === (isActive ? 'docking' : 'recognition'));
    const procedureId = addProcedure(roll.batch, {
      key: `advisors ${countyId}`,
      pack: { id: 'national', version: '1.0.0', chain: 'advisor-group' },
      place: placed(countyId),
      openedOn: '2021-07-01',
      steps: STEPS.slice(0, until + 1).map((step, at) => ({ ...step, document: `演示〔2021〕${at + 1}号` })),
      completed: isActive,
      declared: { voluntary: true, hasTeam: true, externalNeed: true },
    });
    const unit = bodies.societies[0]?.id as string;
    const id = addTeam(roll.batch, {
      key: `advisors ${countyId}`,
      row: {
        name: `${division(countyId).name}${title}产业顾问组（演示）`,
        level: 'national',
        kind: KIND,
        regionId: countyId,
        organisationId: unit,
        industries: [industry],
        procedureId,
      },
      formedOn: FORMED,
      activatedOn: isActive ? ACTIVE : null,
      members,
      leader: null,
      liaison: null,
      approvals: NATION,
    });
    const group = { id, county, members, unit };
    addLetters(roll, group);
    if (isActive) addAgreement(roll, group);
    return group;
  });
}
