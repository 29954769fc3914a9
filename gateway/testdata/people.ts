import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { TestContext } from './serve.ts';

const people = [
  { id: 'p1', name: '张三丰', phone: '13800001111' },
  { id: 'p2', name: 'Li Si', phone: '13800002222' },
];

export const peopleSdl = /* GraphQL */ `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key", "@authenticated", "@requiresScopes", "@policy"]
    )

  interface Node {
    id: ID!
  }

  type Person implements Node @key(fields: "id") {
    id: ID!
    name: String!
    phone: String! @policy(policies: [["see-phones"]])
  }

  type Vault implements Node @authenticated {
    id: ID!
    content: String!
  }

  union Found = Person | Vault

  type PersonPage {
    nodes: [Person!]!
  }

  type Query {
    person(id: ID!): Person
    people(first: Int): PersonPage!
    node(id: ID!): Node
    find(id: ID!): Found
    whoami: String! @authenticated
    salary: Int! @requiresScopes(scopes: [["salary:read", "finance"], ["auditor"]])
  }
`;

const resolvers = {
  Person: { __resolveReference: ({ id }: { id: string }) => people.find((person) => person.id === id) ?? null },
  Node: { __resolveType: ({ id }: { id: string }) => (id.startsWith('p') ? 'Person' : 'Vault') },
  Found: { __resolveType: ({ id }: { id: string }) => (id.startsWith('p') ? 'Person' : 'Vault') },
  Query: {
    person: (_: unknown, { id }: { id: string }) => people.find((person) => person.id === id) ?? null,
    people: () => ({ nodes: people }),
    node: (_: unknown, { id }: { id: string }) => people.find((person) => person.id === id) ?? { id, content: 'gold' },
    find: (_: unknown, { id }: { id: string }) => people.find((person) => person.id === id) ?? { id, content: 'gold' },
    whoami: (_: unknown, __: unknown, context: unknown) => JSON.stringify((context as TestContext).viewer),
    salary: () => 42,
  },
};

/** Who there is: the owner of `Person`. */
export const peopleSchema = buildSubgraphSchema({ typeDefs: parse(peopleSdl), resolvers });
