import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import FederationPlugin from '@pothos/plugin-federation';
import RelayPlugin from '@pothos/plugin-relay';
import { Kind, type ValueNode } from 'graphql';
import { isCivilDate } from './civil-date.ts';
import type { Context } from './context.ts';
import { refuse } from './refuse.ts';

export interface GraphTypes {
  Context: Context;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    Date: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Fen: { Input: number; Output: number };
    JSON: { Input: unknown; Output: unknown };
  };
}

function parseDate(value: unknown): string {
  if (typeof value === 'string' && isCivilDate(value)) return value;
  return refuse(
    'DATE_INVALID',
    `${JSON.stringify(value)} is not a civil date that exists, such as 2024-02-29.`,
    `${JSON.stringify(value)} 不是存在的日期（例如 2024-02-29）。`,
  );
}

function parseFen(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  return refuse(
    'FEN_INVALID',
    `${JSON.stringify(value)} is not an amount in fen: a whole number, not negative. 1 yuan is 100 fen.`,
    `${JSON.stringify(value)} 不是以分为单位的金额：须为不小于零的整数，1 元为 100 分。`,
  );
}

function literal(node: ValueNode): unknown {
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return Number(node.value);
  if (node.kind === Kind.STRING) return node.value;
  return null;
}

/**
 * A Pothos builder with what every subgraph shares: federation, Relay connections, non-null by default, and the scalars
 * Date, DateTime, Fen and JSON. A subgraph makes one and hands it to its nouns.
 */
export function createBuilder() {
  const builder = new SchemaBuilder<GraphTypes>({
    plugins: [DirectivesPlugin, FederationPlugin, RelayPlugin],
    defaultFieldNullability: false,
    relay: {
      nodeQueryOptions: false,
      nodesQueryOptions: false,
      cursorType: 'String',
      edgesFieldOptions: { nullable: { list: false, items: false } },
      nodeFieldOptions: { nullable: false },
      pageInfoTypeOptions: { shareable: true },
    },
  });
  builder.queryType({});
  builder.globalConnectionField('totalCount', (t) =>
    t.int({
      description: 'How many there are on all pages; counted only when it is asked for.',
      resolve: (connection) => (connection as unknown as { totalCount(): Promise<number> }).totalCount(),
    }),
  );
  builder.scalarType('Date', {
    description: 'A civil date in Asia/Shanghai, YYYY-MM-DD. Not an instant. Error: DATE_INVALID.',
    serialize: (value) => value,
    parseValue: parseDate,
    parseLiteral: (node) => parseDate(literal(node)),
  });
  builder.scalarType('DateTime', {
    description: 'An instant, ISO 8601 with time zone. Error: DATE_TIME_INVALID.',
    serialize: (value) => (value instanceof Date ? value : new Date(value)).toISOString(),
    parseValue(value) {
      const instant = new Date(String(value));
      return Number.isNaN(instant.getTime())
        ? refuse(
            'DATE_TIME_INVALID',
            `${JSON.stringify(value)} is not an instant.`,
            `${JSON.stringify(value)} 不是时刻。`,
          )
        : instant;
    },
  });
  builder.scalarType('Fen', {
    description: 'Money in fen (1/100 yuan): a whole number, not negative, up to 2^53-1. Error: FEN_INVALID.',
    serialize: (value) => value,
    parseValue: parseFen,
    parseLiteral: (node) => parseFen(literal(node)),
  });
  builder.scalarType('JSON', {
    description: 'Any JSON value.',
    serialize: (value) => value,
    parseValue: (value) => value,
  });
  return builder;
}

export type Builder = ReturnType<typeof createBuilder>;
