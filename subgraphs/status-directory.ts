import { GraphQLError } from 'graphql';
import type { Registry } from '../policies/registry.ts';
import type { GraphQuery } from './context.ts';

/** A dated status of a region. `from` null: since before anything is recorded; `to` is the first day it no longer stands. */
export interface DatedStatus {
  /** The region and those that contain it, its own id first. */
  readonly path: readonly string[];
  readonly kind: string;
  readonly value: boolean;
  readonly from: string | null;
  readonly to: string | null;
}

/** The statuses of some kinds, with a mark that changes when any of them does; no rows when the mark is the one known. */
export interface StatusPage {
  readonly revision: string;
  readonly rows: readonly DatedStatus[] | null;
}
export type ReadStatuses = (kinds: readonly string[], known: string | null) => Promise<StatusPage>;

/** The regions that have a status on a day, and those that contain one. */
export interface Holders {
  readonly regions: ReadonlySet<string>;
  readonly above: ReadonlySet<string>;
}

/** What one process knows of the statuses by which packs govern, so that a transaction can ask without waiting. */
export interface StatusDirectory {
  /** Makes sure that what is held was confirmed less than two seconds ago. Never throws: `of` says what is not known. */
  fresh(): Promise<void>;
  /** Something changed: the next `fresh` asks. */
  expire(): void;
  /**
   * The statuses on a day of a place given with its ancestors, smallest first: its own, those of what contains it, and
   * those of what it contains itself, for the bodies of a province act in what concerns one of its counties. Without a
   * day, those that stood on any.
   *
   * @throws GraphQLError LAW_UNREADABLE when they are not known, or not confirmed for half a minute
   */
  of(regions: readonly string[], asOf: string | null): readonly string[];
  /** @throws GraphQLError LAW_UNREADABLE */
  holders(kind: string, asOf: string): Holders;
}

const CONFIRMED_MS = 2_000;
const TRUSTED_MS = 30_000;
/** An answer that was overtaken by a change is asked for once more; after that the next request goes on. */
const ROUNDS = 2;

const DIRECTORY = /* GraphQL */ `
  query StatusDirectory($kinds: [String!]!, $known: String) {
    regionStatusDirectory(kinds: $kinds, known: $known) {
      revision
      rows {
        path
        kind
        value
        from
        to
      }
    }
  }
`;

/** Reads the statuses from whoever keeps them, through the graph. */
export const askStatuses =
  (graph: GraphQuery): ReadStatuses =>
  async (kinds, known) =>
    (await graph<{ regionStatusDirectory: StatusPage }>(DIRECTORY, { kinds, known })).regionStatusDirectory;

/** The statuses that published packs name. */
const namedBy = (registry: Registry): string[] =>
  [...new Set(registry.latest().flatMap(({ pack }) => ('status' in pack.governs ? [pack.governs.status] : [])))].sort();

/** What is known: for each kind the periods of each region, and the kinds held inside each region. */
interface Known {
  readonly kinds: string;
  readonly revision: string;
  readonly periods: ReadonlyMap<string, ReadonlyMap<string, readonly DatedStatus[]>>;
  readonly inside: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

const index = (kinds: string, revision: string, rows: readonly DatedStatus[]): Known => {
  const periods = new Map<string, Map<string, DatedStatus[]>>();
  const inside = new Map<string, Map<string, string[]>>();
  for (const [kind, ofKind] of Map.groupBy(rows, (row) => row.kind)) {
    // The latest beginning first: it is the one that counts.
    const latest = [...ofKind].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1));
    periods.set(
      kind,
      Map.groupBy(latest, ({ path }) => path[0] ?? ''),
    );
    const containers = new Map<string, string[]>();
    for (const [region, [row]] of periods.get(kind) ?? [])
      for (const container of row?.path.slice(1) ?? [])
        containers.set(container, [...(containers.get(container) ?? []), region]);
    inside.set(kind, containers);
  }
  return { kinds, revision, periods, inside };
};

const stands = (periods: readonly DatedStatus[] | undefined, asOf: string | null): boolean =>
  asOf === null
    ? (periods ?? []).some(({ value }) => value)
    : periods?.find(({ from, to }) => (from === null || from <= asOf) && (to === null || asOf < to))?.value === true;

/**
 * Keeps the statuses that the registry's packs name, read by `read`: nothing at all while they name none. `elapsed` is a
 * clock of milliseconds that only goes forward.
 */
export function createStatusDirectory(
  registry: Registry,
  read: ReadStatuses,
  elapsed: () => number = () => performance.now(),
): StatusDirectory {
  let known: Known | null = null;
  /** When the question was asked that was answered last. */
  let confirmed = Number.NEGATIVE_INFINITY;
  let expiries = 0;
  let confirmedExpiries = 0;
  let cause: Error | null = null;
  let asking: Promise<void> | null = null;

  const isOf = (kinds: readonly string[]) => known?.kinds === kinds.join('\n');
  const isFresh = (kinds: readonly string[]) =>
    isOf(kinds) && confirmedExpiries === expiries && elapsed() - confirmed < CONFIRMED_MS;

  async function ask(kinds: readonly string[]): Promise<void> {
    const [asked, before] = [elapsed(), expiries];
    try {
      const page = await read(kinds, isOf(kinds) && known ? known.revision : null);
      if (page.rows) known = index(kinds.join('\n'), page.revision, page.rows);
      confirmed = asked;
      // What changed while the answer was on its way is asked for again.
      confirmedExpiries = before;
      cause = null;
    } catch (error) {
      cause = error as Error;
    }
  }

  const trusted = (kinds: readonly string[]): Known => {
    if (known && isOf(kinds) && elapsed() - confirmed < TRUSTED_MS) return known;
    throw new GraphQLError('It is not known which regions have the statuses by which packs govern; try again later.', {
      originalError: cause,
      extensions: { code: 'LAW_UNREADABLE', messageZh: '暂时无法得知哪些地区具有政策包所依据的状态，请稍后重试。' },
    });
  };

  return {
    async fresh() {
      const kinds = namedBy(registry);
      for (let rounds = 0; rounds < ROUNDS && kinds.length > 0 && !isFresh(kinds); rounds += 1) {
        asking ??= ask(kinds).finally(() => {
          asking = null;
        });
        await asking;
      }
    },
    expire() {
      expiries += 1;
    },
    of(regions, asOf) {
      const kinds = namedBy(registry);
      if (kinds.length === 0) return [];
      const { periods, inside } = trusted(kinds);
      return kinds.filter((kind) => {
        const ofKind = periods.get(kind);
        const within = inside.get(kind)?.get(regions[0] ?? '') ?? [];
        return [...regions, ...within].some((region) => stands(ofKind?.get(region), asOf));
      });
    },
    holders(kind, asOf) {
      const standing = [...(trusted(namedBy(registry)).periods.get(kind) ?? [])].filter(([, periods]) =>
        stands(periods, asOf),
      );
      return {
        regions: new Set(standing.map(([region]) => region)),
        above: new Set(standing.flatMap(([, [row]]) => row?.path.slice(1) ?? [])),
      };
    },
  };
}
