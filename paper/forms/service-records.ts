import { type Ask, pages } from '../ask.ts';
import { isForeign } from '../contract.ts';
import { codeColumn, regionCodes } from './choices.ts';
import type { Asked, ImportKind } from './form.ts';

const APPOINTMENTS = /* GraphQL */ `
  query PaperAppointments($filter: AppointmentFilter!, $first: Int!, $after: String) {
    appointments(filter: $filter, first: $first, after: $after) {
      edges { node { id person { name } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const TEAMS = /* GraphQL */ `
  query PaperTeamMembers($filter: TeamFilter!, $first: Int!, $after: String) {
    teams(filter: $filter, first: $first, after: $after) {
      edges { node { id leaders { person { id name } } members(first: 200) { edges { node { person { id name } } } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

interface Holder {
  readonly person: { readonly id: string; readonly name: string };
}
interface Team {
  readonly id: string;
  readonly leaders: readonly Holder[];
  readonly members: { readonly edges: readonly { readonly node: Holder }[] };
}

type Begun = AsyncGenerator<Readonly<Record<string, string>>>;

async function* appointed(ask: Ask, { region, year }: Asked): Begun {
  const filter = { region, status: 'active', ...(year ? { year: Number(year) } : {}) };
  for await (const { id, person } of pages<{ id: string } & Holder>(ask, APPOINTMENTS, { filter })) {
    yield { appointment: id, name: person.name };
  }
}

/** Those who serve in the name of a team, its leaders among them. */
async function* inTeams(ask: Ask, { region }: Asked): Begun {
  // A team may have 200 members, and an answer is bounded.
  for await (const team of pages<Team>(ask, TEAMS, { filter: { within: region, status: 'active' } }, 20)) {
    const all = [...team.leaders, ...team.members.edges.map(({ node }) => node)];
    for (const [id, name] of new Map(all.map(({ person }) => [person.id, person.name])))
      yield { team: team.id, person: id, name };
  }
}

/** Services that were given (服务台账). */
export const serviceRecords: ImportKind = {
  mutation: 'serviceRecordLog',
  needs: ['region'],
  async form(words, ask, { region = '' }) {
    const modes = ['on-site', 'remote'].map((code) => [words.titleOr(code, code), code] as const);
    return {
      sheet: '服务台账',
      columns: [
        { key: 'appointment', title: '选派编号', type: 'id', facts: ['appointment.category', 'actor.permitted'] },
        { key: 'name', title: '姓名', type: 'text', isNote: true, width: 12 },
        {
          key: 'date',
          title: '开始日期',
          type: 'date',
          isRequired: true,
          facts: ['service.future', 'service.withinEngagement'],
        },
        { key: 'days', title: '天数', type: 'integer' },
        {
          key: 'mode',
          title: '服务方式',
          type: 'code',
          isRequired: true,
          codes: new Map(modes),
          isClosed: true,
          facts: ['service.mode'],
        },
        {
          key: 'taskType',
          title: '服务任务',
          type: 'code',
          ...codeColumn(words.list('service.tasks')),
          facts: ['service.taskType'],
        },
        {
          key: 'field',
          title: '技术领域',
          type: 'code',
          ...codeColumn(words.list('service.fields')),
          facts: ['service.field'],
        },
        { key: 'object', title: '服务对象编号', type: 'id', facts: ['service.objectKind'] },
        { key: 'objectAcknowledged', title: '对象已确认', type: 'boolean', facts: ['service.objectAcknowledged'] },
        { key: 'county', title: '服务县', type: 'code', codes: await regionCodes(ask, region) },
        { key: 'summary', title: '服务内容', type: 'text', isRequired: true, width: 44 },
        { key: 'attendance', title: '参加人数', type: 'integer' },
        // Of whom has no appointment.
        { key: 'team', title: '团队编号', type: 'id', facts: ['team.kind', 'team.level'] },
        { key: 'person', title: '人员编号', type: 'id' },
      ],
    };
  },
  row: (values) => ({ ...values }),
  async *begun(ask, asked) {
    try {
      yield* appointed(ask, asked);
    } catch (error) {
      if (!isForeign(error)) throw error;
      yield* inTeams(ask, asked);
    }
  },
};
