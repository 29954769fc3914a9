import { describe, expect, it } from '@jest/globals';
import type { Registry } from '../policies/registry.ts';
import { askStatuses, createStatusDirectory, type DatedStatus, type StatusPage } from './status-directory.ts';

const registry = (...statuses: string[]): Registry =>
  ({
    latest: () => [
      { pack: { governs: { everywhere: true } } },
      ...statuses.map((status) => ({ pack: { governs: { status } } })),
    ],
  }) as unknown as Registry;

const row = (path: string[], kind: string, more: Partial<DatedStatus> = {}): DatedStatus => ({
  path,
  kind,
  value: true,
  from: null,
  to: null,
  ...more,
});
const A1 = ['a1', 'a', 'cn'];

/** A keeper whose rows a test changes, a clock that it moves, and what was asked. */
function kept(first: DatedStatus[], ...kinds: string[]) {
  const state = { rows: first, revision: 1, time: 0, asked: [] as (string | null)[], broken: false };
  const directory = createStatusDirectory(
    registry(...kinds),
    async (_kinds, known): Promise<StatusPage> => {
      state.asked.push(known);
      if (state.broken) throw new Error('unreachable');
      const revision = String(state.revision);
      return { revision, rows: revision === known ? null : state.rows };
    },
    () => state.time,
  );
  const change = (rows: DatedStatus[]) => Object.assign(state, { rows, revision: state.revision + 1 });
  return { state, directory, change };
}

describe('the statuses of a place', () => {
  it('are its own, those of what contains it, and those of what it contains, but not its neighbours’', async () => {
    const { directory } = kept([row(A1, 'high'), row(['b', 'cn'], 'wet')], 'high', 'wet');
    await directory.fresh();
    expect(directory.of(A1, '2022-01-01')).toEqual(['high']);
    expect(directory.of(['a1x', ...A1], '2022-01-01')).toEqual(['high']);
    expect(directory.of(['a', 'cn'], '2022-01-01')).toEqual(['high']);
    expect(directory.of(['cn'], '2022-01-01')).toEqual(['high', 'wet']);
    expect(directory.of(['a2', 'a', 'cn'], '2022-01-01')).toEqual([]);
    expect(directory.of(['b9', 'b', 'cn'], '2022-01-01')).toEqual(['wet']);
    expect(directory.of([], '2022-01-01')).toEqual([]);
  });

  it('are those of the day: the first day included, the day of the end not, and the latest beginning counts', async () => {
    const { directory } = kept(
      [
        row(A1, 'high', { from: '2020-01-01', to: '2021-06-01' }),
        row(['a2', 'a', 'cn'], 'high', { from: '2019-01-01' }),
        row(['a2', 'a', 'cn'], 'high', { from: '2020-05-01', value: false }),
      ],
      'high',
    );
    await directory.fresh();
    const on = (day: string) => directory.of(A1, day).length;
    expect(directory.of(A1, null)).toEqual(['high']);
    expect([on('2019-12-31'), on('2020-01-01'), on('2021-05-31'), on('2021-06-01')]).toEqual([0, 1, 1, 0]);
    const other = (day: string) => directory.of(['a2', 'a', 'cn'], day).length;
    expect([other('2018-12-31'), other('2020-04-30'), other('2020-05-01')]).toEqual([0, 1, 0]);
    expect(directory.of(['a', 'cn'], '2020-04-30')).toEqual(['high']);
    expect(directory.of(['a', 'cn'], '2022-01-01')).toEqual([]);
    const { regions, above } = directory.holders('high', '2020-06-01');
    expect([[...regions], [...above]]).toEqual([['a1'], ['a', 'cn']]);
  });
});

describe('a directory of statuses', () => {
  it('asks nothing while no pack names a status', async () => {
    const { directory, state } = kept([row(A1, 'high')]);
    await directory.fresh();
    expect([directory.of(A1, '2022-01-01'), state.asked]).toEqual([[], []]);
  });

  it('asks once for those who wait together, then only whether anything changed, each two seconds', async () => {
    const { directory, state, change } = kept([row(A1, 'high')], 'high');
    await Promise.all([directory.fresh(), directory.fresh()]);
    state.time = 1_999;
    await directory.fresh();
    expect(state.asked).toEqual([null]);
    state.time = 2_000;
    await directory.fresh();
    expect(state.asked).toEqual([null, '1']);
    change([]);
    await directory.fresh();
    expect(directory.of(A1, '2022-01-01')).toEqual(['high']);
    state.time = 4_000;
    await directory.fresh();
    expect(directory.of(A1, '2022-01-01')).toEqual([]);
  });

  it('sees a change at once when it is told of it, even of one that overtook an answer', async () => {
    const { directory, state, change } = kept([], 'high');
    const first = directory.fresh();
    change([row(A1, 'high')]);
    directory.expire();
    await first;
    expect(directory.of(A1, '2022-01-01')).toEqual(['high']);
    change([]);
    directory.expire();
    await directory.fresh();
    expect(directory.of(A1, '2022-01-01')).toEqual([]);
    expect(state.asked).toHaveLength(3);
  });

  it('refuses to say what governs when it never heard, or has not heard for half a minute', async () => {
    const { directory, state } = kept([row(A1, 'high')], 'high');
    state.broken = true;
    await directory.fresh();
    expect(() => directory.of(A1, '2022-01-01')).toThrow(/not known which regions/);
    state.broken = false;
    await directory.fresh();
    expect(directory.of(A1, '2022-01-01')).toEqual(['high']);
    state.broken = true;
    state.time = 29_999;
    await directory.fresh();
    expect(directory.of(A1, '2022-01-01')).toEqual(['high']);
    state.time = 30_000;
    expect(() => directory.of(A1, '2022-01-01')).toThrow(/not known which regions/);
    expect(() => directory.holders('high', '2022-01-01')).toThrow(/not known which regions/);
  });

  it('reads through the graph where another keeps the statuses', async () => {
    const page = { revision: 'r', rows: [] };
    const asked: unknown[] = [];
    const read = askStatuses((async (document: string, variables: unknown) => {
      asked.push([document.includes('regionStatusDirectory'), variables]);
      return { regionStatusDirectory: page };
    }) as never);
    expect(await read(['high'], 'q')).toBe(page);
    expect(asked).toEqual([[true, { kinds: ['high'], known: 'q' }]]);
  });
});
