import { afterAll, beforeAll, expect } from '@jest/globals';
import { Application } from '../../subgraphs/personnel/tables/application.ts';
import { Appointment } from '../../subgraphs/personnel/tables/appointment.ts';
import { SelectionStep } from '../../subgraphs/personnel/tables/selection.ts';
import { SelectionNotice } from '../../subgraphs/personnel/tables/selection-notice.ts';
import {
  act,
  advance,
  advanceToMeeting,
  agreed,
  bureau,
  type Cast,
  COUNTY,
  cast,
  countyDept,
  filed,
  listedCandidate,
  OPINIONS,
  openRound,
  person,
  publishedNeed,
  versionOf,
} from '../../subgraphs/personnel/testdata/round.ts';
import { type Graph, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { allowed, losers, racing, together } from './race.ts';

const AT_ONCE = 12;


describeOnPostgres('the way of a commissioner, walked by many at once', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  let players: Cast;
  beforeAll(async () => {
    graph = await startGraph({ today: '2022-12-01', url: await server().database() });
    players = await cast(graph);
  });
  afterAll(() => graph.stop());
  const tables = () => {
    const personnel = graph.subgraphs.get('personnel');
    if (!personnel) throw new Error('no personnel subgraph');
    return personnel.orm.em.fork();
  };
  const TERM = { from: '2022-04-01', to: '2022-12-31', on: '2022-04-01' };

  race('appoints a person once for a category, year and county, from whichever candidacy', async () => {
    // County rounds without a chain: one candidacy of the same person in each of them.
    const candidacies: string[] = [];
    for (let batch = 1; batch <= AT_ONCE; batch += 1) {
      const selection = await openRound(graph, { region: COUNTY, level: 'county', category: 'county', batch });
      const { item } = await publishedNeed(graph, selection, players);
      const matching = await agreed(graph, item, players.lecturer, players);
      candidacies.push(await filed(graph, selection, players.lecturer, matching, players));
    }
    const payloads = await together(AT_ONCE, (at) =>
      act(graph, countyDept, 'appointmentCreate', { application: candidacies[at], ...TERM }, 'appointment { id }'),
    );
    expect(allowed(payloads)).toHaveLength(1);
    expect(losers(payloads)).toEqual(['DUPLICATE_APPOINTMENT']);
    const { lecturer: personId } = players;
    expect(await tables().count(Appointment, { personId, category: 'county', year: 2022, countyId: COUNTY })).toBe(1);
    expect(await tables().count(Application, { personId, status: 'appointed' })).toBe(1);
  });

  race('makes one appointment of one candidacy', async () => {
    const { application } = await listedCandidate(graph, players);
    const payloads = await together(AT_ONCE, () =>
      act(graph, bureau, 'appointmentCreate', { application, ...TERM }, 'appointment { id }'),
    );
    expect(allowed(payloads)).toHaveLength(1);
    expect(losers(payloads)).toEqual(['WRONG_STATE']);
    expect(await tables().count(Appointment, { applicationId: application })).toBe(1);
  });

  race('takes one form of a person for a need, and takes a step once', async () => {
    const selection = await openRound(graph, { batch: 2 });
    const { item } = await publishedNeed(graph, selection, players);
    const matching = await agreed(graph, item, players.lecturer, players);
    const form = { selection, person: players.lecturer, matching, form: { a: 1 }, sealed: true, on: '2022-02-20' };
    const forms = await together(AT_ONCE, () => act(graph, players.sender, 'applicationSubmit', form));
    expect(allowed(forms)).toHaveLength(1);
    expect(losers(forms)).toEqual(['DUPLICATE_APPLICATION']);
    const version = await versionOf(graph, selection);
    const step = { selection, version, on: '2022-02-21' };
    const steps = await together(AT_ONCE, () => act(graph, countyDept, 'selectionAdvance', step));
    expect(allowed(steps)).toHaveLength(1);
    expect(losers(steps)).toEqual(['STALE_VERSION']);
    expect(await tables().count(SelectionStep, { selectionId: selection })).toBe(1);
  });

  race('runs one notice, and takes no form that it does not show', async () => {
    const selection = await openRound(graph, { batch: 3 });
    const { item } = await publishedNeed(graph, selection, players);
    const first = await agreed(graph, item, players.lecturer, players);
    await filed(graph, selection, players.lecturer, first, players);
    await advanceToMeeting(graph, selection, players);
    await advance(graph, bureau, selection, '2022-03-10', { opinions: OPINIONS });
    const version = await versionOf(graph, selection);
    const notice = { selection, version, days: 5, fixedDays: 5, fixedBy: '公示办法', on: '2022-03-20' };
    const late = await person(graph, '迟到者', players.university);
    const form = { selection, person: late, form: { a: 1 }, sealed: true, on: '2022-03-20' };
    const [notices, forms] = await Promise.all([
      together(AT_ONCE, () => act(graph, bureau, 'selectionNoticeOpen', notice)),
      together(AT_ONCE, () => act(graph, players.sender, 'applicationSubmit', form)),
    ]);
    expect(allowed(notices)).toHaveLength(1);
    expect(losers(notices)).toEqual(['STALE_VERSION']);
    // Whoever came before the notice is in; whoever came after it was told so.
    expect(losers(forms).every((code) => ['ROUND_CLOSED', 'DUPLICATE_APPLICATION'].includes(code))).toBe(true);
    expect(await tables().count(Application, { selectionId: selection })).toBe(1 + allowed(forms).length);
    expect(await tables().count(SelectionNotice, { selectionId: selection })).toBe(1);
  });
});
