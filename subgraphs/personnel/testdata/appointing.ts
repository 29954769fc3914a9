import { afterAll, beforeAll } from '@jest/globals';
import { type Graph, startGraph } from '../../../tests/harness.ts';
import { act, agreed, bureau, type Cast, cast, decidedRound, person, TERM } from './round.ts';

const THING = `appointment { id version status category year published from to activatedOn unitSupports
  person { id } organisation { id } receivingUnit { id } county { id path } contactPerson { id } selection { id }
  insurance { id kind } }`;

/**
 * Starts the graph of a test file with a decided round in it: `size` listed candidates, one for each test that asks, and
 * one who was not chosen; and the acts that make somebody of a candidate.
 */
export function appointing(size: number) {
  let graph: Graph;
  let players: Cast;
  let round: string;
  let rejected: string;
  const pool: { who: string; application: string }[] = [];

  beforeAll(async () => {
    graph = await startGraph({ today: '2022-12-01' });
    players = await cast(graph);
    const { selection, people } = await decidedRound(graph, players, size + 1, size);
    round = selection;
    rejected = people.at(-1)?.application as string;
    pool.push(...people.slice(0, size));
  }, 60_000);
  afterAll(() => graph.stop());

  type More = Record<string, unknown>;
  const create = (application: string, more: More = {}, viewer = bureau) =>
    act(
      graph,
      viewer,
      'appointmentCreate',
      { application, serviceType: 'public-service', sector: 'primary', ...TERM, on: '2022-03-29', ...more },
      THING,
    );
  const insure = (appointment: string, more: More = {}, viewer = players.sender) =>
    act(
      graph,
      viewer,
      'insuranceRecord',
      { appointment, kind: 'personal-accident', ...TERM, payer: 'dispatching-unit', on: '2022-03-30', ...more },
      'insurance { id kind from to payer }',
    );
  const activate = (appointment: string, more: More = {}, viewer = bureau) =>
    act(
      graph,
      viewer,
      'appointmentActivate',
      {
        appointment,
        version: 1,
        contactPerson: players.contact,
        unitSupports: ['time', 'logistics', 'technical'],
        on: '2022-04-01',
        ...more,
      },
      THING,
    );
  function listed(): { who: string; application: string } {
    const one = pool.pop();
    if (!one) throw new Error('more tests than candidates: raise the size of the pool');
    return one;
  }
  async function newcomer(item: string) {
    const who = await person(graph, '李老师', players.university);
    return { who, matching: await agreed(graph, item, who, players) };
  }
  return {
    graph: () => graph,
    players: () => players,
    round: () => round,
    rejected: () => rejected,
    listed,
    newcomer,
    create,
    insure,
    activate,
  };
}
