import { Designation } from '../../subgraphs/personnel/tables/designation.ts';
import { GoverningBody, GoverningSeat } from '../../subgraphs/personnel/tables/governing-body.ts';
import type { Organisation } from '../../subgraphs/personnel/tables/organisation.ts';
import type { Row } from '../batch.ts';
import { officeHour } from '../day.ts';
import { idOf } from '../id.ts';
import { addStatus, division, placed } from '../region.ts';
import type { Register } from '../register.ts';
import { ADVISED, SHORT } from './place.ts';

type Unit = Row<Organisation>;

export interface Bodies {
  readonly administration: Unit;
  readonly association: Unit;
  readonly societies: readonly Unit[];
  readonly eastern: Unit;
  /** The revitalisation department and the science association of a province, prefecture or county. */
  readonly pair: (region: string) => readonly [Unit, Unit];
  readonly government: (county: string) => Unit;
}

const ESTABLISHED = '2021-06-15';
const SOCIETIES = ['全国作物科学学会', '全国林产加工学会', '全国农业工程学会', '全国蚕学研究会'];
const LEVELS = { 4: 'county', 3: 'prefecture', 2: 'province' } as Readonly<Record<number, string>>;

/** The regions of a county below the nation, itself first. */
const lineOf = (county: string): string[] => division(county).path.slice(1).toReversed();
const levelOf = (region: string): string => LEVELS[division(region).path.length] as string;

/** The bodies at every level above the counties, their mechanisms, and whom they named. */
export function addBodies(roll: Register): Bodies {
  const national = (name: string, type: string) => roll.organisation(name, type, 'national', 'cn');
  const administration = national('国家乡村振兴局', 'revitalisation-dept');
  const association = national('中国科协', 'science-association');
  const societies = SOCIETIES.map((name) => national(name, 'society'));
  const eastern = roll.organisation('广东省科协', 'science-association', 'province', 'cn-44');
  const regions = [...new Set(ADVISED.flatMap(({ id }) => lineOf(id)))];
  const pairs = new Map<string, readonly [Unit, Unit]>();
  for (const region of regions) {
    const { name } = division(region);
    const level = levelOf(region);
    const pair = [
      roll.organisation(`${name}乡村振兴局`, 'revitalisation-dept', level, region),
      roll.organisation(`${name}科学技术协会`, 'science-association', level, region),
    ] as const;
    pairs.set(region, pair);
    addMechanism(roll, region, pair);
    addLiaisons(roll, region, pair);
  }
  const governments = new Map<string, Unit>();
  for (const { id, paired } of ADVISED) {
    const { name } = division(id);
    const government = roll.organisation(`${name}政府（顾问组联系单位）`, 'government', 'county', id);
    governments.set(id, government);
    const convenor = roll.holder(`convenor ${id}`, government, 'county-leader');
    designate(roll, 'convenor', id, government, convenor.id, 'county-leader');
    const from = '2021-03-01';
    addStatus(roll.batch, { regionId: id, kind: 'poverty-lifted', value: true, from, source: '脱贫县名单' });
    const east = { regionId: id, kind: 'east-west-paired', value: paired > 0, from, source: '东西部协作结对关系' };
    addStatus(roll.batch, east);
  }
  return {
    administration,
    association,
    societies,
    eastern,
    pair: (region) => pairs.get(region) as readonly [Unit, Unit],
    government: (county) => governments.get(county) as Unit,
  };
}

function addMechanism({ batch }: Register, region: string, pair: readonly Unit[]): void {
  const governingBodyId = idOf(`mechanism ${region}`, ESTABLISHED);
  batch.add(GoverningBody, {
    id: governingBodyId,
    name: `${division(region).name}产业顾问组工作协调机制（演示）`,
    kind: 'coordination-mechanism',
    regionId: region,
    establishedOn: ESTABLISHED,
    changedOn: ESTABLISHED,
    changedAt: officeHour(ESTABLISHED),
  });
  const level = levelOf(region);
  batch.add(
    GoverningSeat,
    ...pair.map(({ id, type }, at) => ({
      id: idOf(`mechanism seat ${region} ${at}`, ESTABLISHED, at),
      governingBodyId,
      post: 'co-head',
      organisationId: id,
      role: `${level}-${type}`,
      personId: null,
      from: ESTABLISHED,
      to: null,
    })),
  );
}

function designate(roll: Register, kind: string, region: string, unit: Unit, personId: string, post: string | null) {
  roll.batch.add(Designation, {
    id: idOf(`${kind} ${unit.id}`, ESTABLISHED),
    kind,
    ...placed(region),
    teamId: null,
    organisationId: unit.id,
    bodyKind: unit.type,
    bodyRole: kind === 'convenor' ? 'county-leader' : `${levelOf(region)}-${unit.type}`,
    personId,
    post,
    from: ESTABLISHED,
    to: null,
    endReason: null,
  });
}

function addLiaisons(roll: Register, region: string, pair: readonly Unit[]): void {
  for (const unit of pair) {
    if (region === SHORT.noLiaison && unit.type === 'science-association') continue;
    const { id } = roll.holder(`liaison ${unit.name}`, unit, null);
    designate(roll, 'liaison', region, unit, id, null);
  }
}
