import { type Ask, pages } from '../ask.ts';
import type { Column } from '../cell.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const REGIONS = /* GraphQL */ `
  query PaperRegions($id: ID!, $first: Int!, $after: String) {
    region(id: $id) { id name children(first: $first, after: $after) { edges { node { id name } } } }
  }
`;

const PERSONS = /* GraphQL */ `
  query PaperPersons($filter: PersonFilter!, $first: Int!, $after: String) {
    persons(filter: $filter, first: $first, after: $after) {
      edges { node { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** A region and what lies in it, by name. */
export async function regionCodes(ask: Ask, id: string): Promise<ReadonlyMap<string, string>> {
  type Found = { region: (Named & { children: { edges: { node: Named }[] } }) | null };
  const { region } = await ask<Found>(REGIONS, { id, first: 200, after: null });
  const all = region ? [region, ...region.children.edges.map(({ node }) => node)] : [];
  return new Map(all.map(({ id: code, name }) => [name, code]));
}

/** The persons of a unit, as the first cells of rows that are begun for them. */
export async function* personsOf(ask: Ask, organisation: string): AsyncGenerator<Readonly<Record<string, string>>> {
  for await (const { id, name } of pages<Named>(ask, PERSONS, { filter: { organisation } })) yield { person: id, name };
}

/** The codes of a column, where the law lists any. */
export const codeColumn = (codes: ReadonlyMap<string, string> | undefined): Pick<Column, 'codes'> =>
  codes ? { codes } : {};
