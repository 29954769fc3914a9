import { type Ask, pages } from '../ask.ts';
import { codeColumn, personsOf, regionCodes } from './choices.ts';
import type { ImportKind } from './form.ts';

const TEAMS = /* GraphQL */ `
  query PaperTeams($filter: TeamFilter!, $first: Int!, $after: String) {
    teams(filter: $filter, first: $first, after: $after) {
      edges { node { id name status } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

interface Team {
  readonly id: string;
  readonly name: string;
  readonly status: string;
}

/** The teams of a region that have not ended, by name. Where two have one name, the id tells them apart. */
async function teamCodes(ask: Ask, region: string): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>();
  for await (const { id, name, status } of pages<Team>(ask, TEAMS, { filter: { within: region } })) {
    if (status !== 'ended') codes.set(codes.has(name) ? `${name}（${id}）` : name, id);
  }
  return codes;
}

/** Persons put forward as leaders or members (推荐人选): for a team, or as leader of a region that has none yet. */
export const nominations: ImportKind = {
  mutation: 'nominationSubmit',
  needs: ['region'],
  async form(words, ask, { region = '' }) {
    const parts = [
      ['leader', 'LEADER'],
      ['member', 'MEMBER'],
    ] as const;
    return {
      sheet: '推荐人选表',
      columns: [
        {
          key: 'person',
          title: '人员编号',
          type: 'id',
          isRequired: true,
          facts: [
            'actor.permitted',
            'member.alreadyMember',
            ...[
              'titleLevel',
              'degree',
              'education',
              'age',
              'employmentStatus',
              'serviceCategories',
              'adminPostHeld',
            ].map((fact) => `person.${fact}`),
            ...['kind', 'province', 'prefecture'].map((fact) => `unit.${fact}`),
          ],
        },
        { key: 'name', title: '姓名', type: 'text', isNote: true, width: 12 },
        {
          key: 'kind',
          title: '推荐为',
          type: 'code',
          isRequired: true,
          codes: new Map(parts.map(([word, code]) => [words.titleOr(word, code), code])),
          isClosed: true,
          facts: ['nomination.byLeader', 'team.leaderCount'],
        },
        {
          key: 'team',
          title: '团队',
          type: 'code',
          codes: await teamCodes(ask, region),
          isClosed: true,
          width: 36,
          facts: ['team.level', 'team.status'],
        },
        {
          key: 'region',
          title: '地区（尚无团队）',
          type: 'code',
          codes: await regionCodes(ask, region),
          isClosed: true,
          width: 20,
          facts: ['region.inTeamScope', 'region.deputyHeadPosted', 'region.level', 'region.province', 'regime.inForce'],
        },
        {
          key: 'teamKind',
          title: '团队类型（尚无团队）',
          type: 'code',
          codes: words.compared('team.kind'),
          width: 24,
        },
        {
          key: 'channel',
          title: '产生方式',
          type: 'code',
          ...codeColumn(words.listAbout('nomination.channel')),
          facts: ['nomination.channel'],
        },
        {
          key: 'sourceCategory',
          title: '人选来源',
          type: 'code',
          ...codeColumn(words.listAbout('member.source')),
          facts: ['member.sourceCategory'],
        },
        { key: 'plannedOn', title: '拟任日期', type: 'date', facts: ['nomination.ageOnPlannedDay'] },
        {
          key: 'organisingAttested',
          title: '组织能力有书面证明',
          type: 'boolean',
          width: 20,
          facts: ['nomination.organisingAttested'],
        },
      ],
    };
  },
  // The team of the address is that of every row which names neither a team nor a region.
  row: (values, { team }) => ({ ...(team && !values.team && !values.region ? { team } : {}), ...values }),
  async *begun(ask, { organisation }) {
    if (organisation) yield* personsOf(ask, organisation);
  },
};
