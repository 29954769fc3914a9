import { GoverningBody, GoverningSeat } from '../../subgraphs/personnel/tables/governing-body.ts';
import { LocalMeasure } from '../../subgraphs/personnel/tables/local-measure.ts';
import type { Organisation } from '../../subgraphs/personnel/tables/organisation.ts';
import type { Row } from '../batch.ts';
import { officeHour } from '../day.ts';
import { idOf } from '../id.ts';
import { within } from '../region.ts';
import type { Register } from '../register.ts';
import { CITY, COUNTIES } from './place.ts';

type Unit = Row<Organisation>;

/** A unit of the bureau that answers for tasks, with the person in it who does. */
export interface Responsible {
  readonly unit: Unit;
  readonly person: string;
}

export interface Bodies {
  readonly bureau: Unit;
  readonly units: readonly Responsible[];
  readonly counties: ReadonlyMap<string, { readonly st: Unit; readonly station: Unit }>;
  readonly senders: readonly Unit[];
}

const UNITS = [
  ['农村科技科', 'bureau-division'],
  ['资源配置科', 'bureau-division'],
  ['知识产权科', 'bureau-division'],
  ['办公室', 'bureau-division'],
  ['科技情报研究所', 'affiliated-unit'],
  ['生产力促进中心', 'affiliated-unit'],
] as const;
const UNIVERSITIES = ['右江民族师范学院', '桂西农业职业学院', '红水河理工学院'];
const INSTITUTES = ['桂西亚热带作物研究所', '右江蚕业研究所', '桂西畜牧研究所', '岜来茶叶研究所'];
const ESTABLISHED = '2019-02-26';

/** The bureau with its divisions, the departments of the counties, and who sends commissioners. */
export function addBodies(roll: Register): Bodies {
  const bureau = roll.organisation('百色市科学技术和知识产权局', 'st-dept', 'prefecture', CITY);
  const units = UNITS.map(([name]) => {
    const unit = roll.organisation(`百色市科技局${name}`, 'st-dept', 'prefecture', CITY);
    return { unit, person: roll.holder(`responsible ${name}`, unit, null).id };
  });
  const counties = new Map(
    COUNTIES.map(({ id, short }) => {
      const st = roll.organisation(`百色${short}科技和工业信息化局`, 'st-dept', 'county', id);
      return [
        id,
        { st, station: roll.organisation(`百色${short}农业技术推广站`, 'extension-institution', 'county', id) },
      ];
    }),
  );
  const senders = [
    ...UNIVERSITIES.map((name) => roll.organisation(name, 'university', 'prefecture', CITY)),
    ...INSTITUTES.map((name) => roll.organisation(name, 'institute', 'province', CITY)),
  ];
  addLeadingGroup(roll, bureau, units);
  roll.batch.add(LocalMeasure, {
    id: idOf('baise measure', ESTABLISHED),
    title: '百色市科技特派员管理细则（演示）',
    number: '演示〔2019〕3号',
    regionId: CITY,
    ...within(CITY),
    issuerId: bureau.id,
    issuerLevel: 'prefecture',
    kinds: ['management'],
    from: ESTABLISHED,
    to: null,
    url: null,
  });
  return { bureau, units, counties, senders };
}

function addLeadingGroup(roll: Register, bureau: Unit, units: readonly Responsible[]): void {
  const governingBodyId = idOf('baise leading group', ESTABLISHED);
  const director = roll.holder('director', bureau, 'prefecture-st-bureau-director').id;
  const deputy = roll.holder('deputy director', bureau, 'bureau-leader-in-charge').id;
  roll.batch.add(GoverningBody, {
    id: governingBodyId,
    name: '百色市科技支撑脱贫攻坚战三年行动工作领导小组（演示）',
    kind: 'leading-group',
    regionId: CITY,
    establishedOn: ESTABLISHED,
    changedOn: ESTABLISHED,
    changedAt: officeHour(ESTABLISHED),
  });
  const seats = [
    ['co-head', bureau, 'prefecture-st-bureau-director', director],
    ['deputy', bureau, 'bureau-leader-in-charge', deputy],
    ['office', (units[0] as Responsible).unit, 'leading-group-office', (units[0] as Responsible).person],
    ...UNITS.map(([, role], at) => ['member', units[at]?.unit as Unit, role, units[at]?.person ?? null] as const),
  ] as const;
  roll.batch.add(
    GoverningSeat,
    ...seats.map(([post, unit, role, personId], at) => ({
      id: idOf(`baise seat ${at}`, ESTABLISHED, at),
      governingBodyId,
      post,
      organisationId: unit.id,
      role,
      personId,
      from: ESTABLISHED,
      to: null,
    })),
  );
}
