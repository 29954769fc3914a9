import { setTimeout as wait } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import type { TestContext } from './serve.ts';

export const teamsSdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes"])

  type Team @key(fields: "id") {
    id: ID!
    title: String!
    active: Boolean!
    leader: Person!
  }

  type Person @key(fields: "id", resolvable: false) {
    id: ID!
  }

  type Query {
    teams: [Team!]!
    teamOfNobody: Team
    slow(ms: Int!): String
    broken(how: String!): String
    must(how: String!): String!
  }

  type Mutation {
    teamActivate(id: ID!): Team! @requiresScopes(scopes: [["team:write"]])
    teamRename(id: ID!, title: String!): Team!
  }
`;

const team = (leader: string) => ({ id: 't1', title: 'Tea', active: true, leader: { id: leader } });

/** Ways a resolver goes wrong, by name. */
const breakages: Record<string, () => unknown> = {
  sql: () => {
    throw new Error('select "id_card" from "person" where "name" = \'张三丰\' - relation "person" does not exist');
  },
  known: () => {
    throw new GraphQLError('There is no such team.', {
      extensions: { code: 'NOT_FOUND', messageZh: '没有这个团队。' },
    });
  },
  own: () => {
    throw new GraphQLError('Teams are full.', { extensions: { code: 'TEAM_FULL', messageZh: '团队已满。' } });
  },
  unlisted: () => {
    throw new GraphQLError('secret-of-the-house', {
      extensions: { code: 'DB_DEADLOCK', detail: 'secret-of-the-house' },
    });
  },
  leaking: () => {
    throw new GraphQLError('connect ECONNREFUSED 10.1.2.3:5432', { extensions: { code: 'NOT_FOUND' } });
  },
  posing: () => {
    throw new GraphQLError('go away', { extensions: { code: 'UNAUTHENTICATED', http: { status: 418 } } });
  },
  null: () => null,
};

const resolvers = {
  Team: { __resolveReference: () => team('p1') },
  Query: {
    teams: () => [team('p1'), { ...team('p2'), id: 't2' }],
    teamOfNobody: () => team('nobody'),
    slow: (_: unknown, { ms }: { ms: number }) => wait(ms, 'done', { ref: false }),
    broken: (_: unknown, { how }: { how: string }) => breakages[how]?.(),
    must: (_: unknown, { how }: { how: string }) => breakages[how]?.(),
  },
  Mutation: {
    teamActivate: (_: unknown, __: unknown, context: unknown) => {
      (context as TestContext).counts.mutations += 1;
      return team('p1');
    },
    teamRename: (_: unknown, { title }: { title: string }, context: unknown) => {
      (context as TestContext).counts.mutations += 1;
      return { ...team('p1'), title };
    },
  },
};

/** Teams, each led by a person of the other subgraph. */
export const teamsSchema = buildSubgraphSchema({ typeDefs: parse(teamsSdl), resolvers });
