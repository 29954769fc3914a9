import { GoverningBody, GoverningSeat } from '../../subgraphs/personnel/tables/governing-body.ts';
import type { Organisation } from '../../subgraphs/personnel/tables/organisation.ts';
import type { Row } from '../batch.ts';
import { officeHour } from '../day.ts';
import { idOf } from '../id.ts';
import { division } from '../region.ts';
import type { Register } from '../register.ts';
import { type County, listed, PROVINCE, SHORT } from './place.ts';

type Unit = Row<Organisation>;

interface CountyBodies {
  readonly government: Unit;
  readonly st: Unit;
  readonly station: Unit;
}

export interface Bodies {
  readonly counties: readonly County[];
  readonly prefectures: readonly string[];
  readonly st: Unit;
  readonly rural: Unit;
  readonly organisation: Unit;
  readonly bureaus: ReadonlyMap<string, Unit>;
  readonly county: (id: string) => CountyBodies;
  /** The universities and institutes that send experts. */
  readonly senders: readonly Unit[];
}

const UNIVERSITIES = ['湘楚农林大学', '潇湘理工学院', '洞庭师范学院', '沅澧职业农学院', '武陵民族学院'];
const INSTITUTES = ['湘楚农业科学研究院', '湘楚林业科学研究所', '洞庭水产研究所', '武陵茶叶研究所', '潇湘中药材研究所'];
const ESTABLISHED = '2017-06-12';

/** The bodies of the province, of its prefectures and of the listed counties, and the units that send experts. */
export function addBodies(roll: Register): Bodies {
  const counties = listed();
  const prefectures = [...new Set(counties.map(({ prefecture }) => prefecture))];
  const office = (name: string, type: string) => roll.organisation(name, type, 'province', PROVINCE);
  const [st, organisation] = [office('湖南省科技厅', 'st-dept'), office('湖南省委组织部', 'org-dept')];
  const [finance, poverty] = [office('湖南省财政厅', 'finance-dept'), office('湖南省扶贫办', 'revitalisation-dept')];
  const rural = office('湖南省科技厅农村处', 'st-dept');
  const bureaus = new Map(
    prefectures.map((id) => [id, roll.organisation(`${division(id).name}科技局`, 'st-dept', 'prefecture', id)]),
  );
  const own = new Map(
    counties.map(({ id, name }) => {
      const body = (what: string, type: string) => roll.organisation(`${name}${what}`, type, 'county', id);
      const bodies = {
        government: body('人民政府', 'government'),
        st: body('科技局', 'st-dept'),
        station: body('农业技术推广中心', 'extension-institution'),
      };
      return [id, bodies];
    }),
  );
  const senders = [
    ...UNIVERSITIES.map((name) => roll.organisation(name, 'university', 'unit', 'cn-430100')),
    ...INSTITUTES.map((name) => roll.organisation(name, 'institute', 'unit', 'cn-430100')),
  ];
  const director = roll.holder('director', st, 'province-st-dept-director');
  const seats = [
    ['head', st, 'province-st-dept', director.id],
    ['office', rural, 'province-st-dept-rural-division', null],
    ['member', organisation, 'province-org-dept', null],
    ['member', finance, 'province-finance-dept', null],
    ['member', poverty, 'province-poverty-office', null],
  ] as const;
  for (const [kind, name] of [
    ['team-coordination-group', '湖南省科技扶贫专家服务团工作协调领导小组'],
    ['plan-coordination-group', '湖南省科技扶贫工作协调指导小组'],
  ] as const) {
    addGoverningBody(roll, PROVINCE, name, kind, seats);
  }
  for (const [id, bureau] of bureaus) {
    if (id === SHORT.noBody) continue;
    const name = `${division(id).name}科技扶贫专家服务团工作协调小组`;
    addGoverningBody(roll, id, name, null, [['head', bureau, 'prefecture-st-bureau', null]]);
  }
  return {
    counties,
    prefectures,
    st,
    rural,
    organisation,
    bureaus,
    senders,
    county: (id) => own.get(id) as CountyBodies,
  };
}

type Seat = readonly [post: string, unit: Unit, role: string, person: string | null];

function addGoverningBody(roll: Register, regionId: string, name: string, kind: string | null, seats: readonly Seat[]) {
  const governingBodyId = idOf(`governing body ${regionId} ${kind}`, ESTABLISHED);
  roll.batch.add(GoverningBody, {
    id: governingBodyId,
    name: `${name}（演示）`,
    kind,
    regionId,
    establishedOn: ESTABLISHED,
    changedOn: ESTABLISHED,
    changedAt: officeHour(ESTABLISHED),
  });
  roll.batch.add(
    GoverningSeat,
    ...seats.map(([post, unit, role, personId], at) => ({
      id: idOf(`seat ${governingBodyId} ${at}`, ESTABLISHED, at),
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
