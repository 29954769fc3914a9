import { UnderscoreNamingStrategy } from '@mikro-orm/core';
import { subgraphs } from '../subgraphs/index.ts';

/** A row of an entity's table as it is loaded: every column stated, absence as null. Versions begin at 1 by themselves. */
export type Row<Entity> = {
  readonly [Key in keyof Entity as Key extends string ? Exclude<Key, 'version'> : never]-?: Exclude<
    Entity[Key],
    undefined
  >;
};

type EntityClass<Entity> = new () => Entity;

interface Table {
  /** Quoted, with its schema. */
  readonly name: string;
  readonly columns: readonly (readonly [property: string, column: string])[];
}

const naming = new UnderscoreNamingStrategy();
const tables = new Map<unknown, Table>(
  subgraphs.flatMap((subgraph) =>
    subgraph.entities.map(({ meta }) => {
      const columns = Object.keys(meta.properties).map(
        (property) => [property, naming.propertyToColumnName(property)] as const,
      );
      return [meta.class, { name: `"${subgraph.tables}"."${meta.tableName}"`, columns }] as const;
    }),
  ),
);

function tableOf(entity: EntityClass<unknown>): Table {
  const table = tables.get(entity);
  if (!table) throw new Error(`${entity.name} is no table of a subgraph`);
  return table;
}

/** What stands in a table and ends when a batch is loaded: where its end is open and its columns are these. */
export interface Ending {
  /** Quoted, with its schema. */
  readonly name: string;
  readonly to: string;
  readonly where: Readonly<Record<string, string>>;
}

/** Rows of several tables that are loaded together. */
export class Batch {
  readonly #rows = new Map<EntityClass<unknown>, object[]>();
  readonly #endings: Ending[] = [];

  /** Ends what stands already, so that what is added in its place may begin. */
  end<Entity>(entity: EntityClass<Entity>, to: string, where: Partial<Record<keyof Entity & string, string>>): void {
    const { name, columns } = tableOf(entity);
    const column = new Map(columns);
    const found = Object.entries(where).map(([property, value]) => [column.get(property), value]);
    this.#endings.push({ name, to, where: Object.fromEntries(found) });
  }

  get endings(): readonly Ending[] {
    return this.#endings;
  }

  add<Entity>(entity: EntityClass<Entity>, ...rows: readonly Row<Entity>[]): void {
    const known = this.#rows.get(entity);
    if (known) known.push(...rows);
    else this.#rows.set(entity, [...rows]);
  }

  /** The rows of one table so far. */
  of<Entity>(entity: EntityClass<Entity>): readonly Row<Entity>[] {
    return (this.#rows.get(entity) ?? []) as unknown as Row<Entity>[];
  }

  get size(): number {
    return [...this.#rows.values()].reduce((sum, rows) => sum + rows.length, 0);
  }

  /** Each table by its quoted name, with its rows as JSON objects by column. */
  *tables(): Generator<{ name: string; rows: Record<string, unknown>[] }> {
    for (const [entity, rows] of this.#rows) {
      const { name, columns } = tableOf(entity);
      yield {
        name,
        rows: rows.map((row) => {
          const values = row as Record<string, unknown>;
          const columnsOf: Record<string, unknown> = {};
          for (const [property, column] of columns) {
            columnsOf[column] = property === 'version' ? 1 : values[property];
          }
          return columnsOf;
        }),
      };
    }
  }
}
