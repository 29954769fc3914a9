import { afterAll, beforeAll, expect } from '@jest/globals';
import { Application } from '../../subgraphs/personnel/tables/application.ts';
import { Appointment } from '../../subgraphs/personnel/tables/appointment.ts';
import { SelectionStep } from '../../subgraphs/personnel/tables/selection.ts';
import { SelectionNotice } from '../../subgraphs/personnel/tables/selection-notice.ts';
import {
  AUDIENCE,
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
  meeting,
  OPINIONS,
  openRound,
  panel,
  person,
  publishedNeed,
  serving,
  versionOf,
} from '../../subgraphs/personnel/testdata/round.ts';
import { type Graph, persona, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { allowed, insisting, losers, racing, tablesOf, together } from './race.ts';

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
  const tables = () => tablesOf(graph, 'personnel');
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

  race('takes each step of a round once, in its order, whoever takes it', async () => {
    const selection = await openRound(graph, { batch: 4 });
    const { item } = await publishedNeed(graph, selection, players);
    const first = await agreed(graph, item, players.lecturer, players);
    const application = await filed(graph, selection, players.lecturer, first, players);
    const { sender } = players;
    const steps = [
      ['demand', countyDept, {}],
      ['publish', bureau, {}],
      ['contact', sender, {}],
      ['form', sender, {}],
      ['expert-review', panel, {}],
      ['bureau-meeting', meeting, {}],
      ['consult', bureau, { opinions: OPINIONS }],
      ['notice', bureau, {}],
      ['list', bureau, { list: [application] }],
    ] as const;
    const take = ([step, viewer, more]: (typeof steps)[number], on: string) =>
      insisting(
        () => versionOf(graph, selection),
        (version) =>
          act(graph, viewer, 'selectionAdvance', { selection, version, step, on, documentNumber: '文', ...more }),
      );
    const runNotice = async (on: string) => {
      const version = await versionOf(graph, selection);
      const notice = { selection, version, days: 5, fixedDays: 5, fixedBy: '公示办法', on };
      const { notice: opened } = await act(graph, bureau, 'selectionNoticeOpen', notice, 'notice { id version }');
      const closing = { notice: opened.id, version: opened.version, on: '2022-03-25' };
      await act(graph, bureau, 'selectionNoticeClose', closing, 'notice { id }');
    };
    for (const [at, step] of steps.entries()) {
      const on = `2022-03-${at + (at < 7 ? 10 : 20)}`;
      if (step[0] === 'notice') await runNotice('2022-03-18');
      const next = steps[at + 1];
      // The step itself, and the one after it, which is too early until the step is done.
      const payloads = await together(6, (no) => take(no % 3 === 0 && next ? next : step, on));
      const done = await tables().find(SelectionStep, { selectionId: selection }, { orderBy: { id: 'asc' } });
      expect(done.map(({ key }) => key)).toEqual(steps.slice(0, done.length).map(([key]) => key));
      expect(done.length).toBeGreaterThan(at);
      expect(losers(payloads)).not.toContain('STALE_VERSION');
    }
    expect(await tables().count(SelectionStep, { selectionId: selection })).toBe(steps.length);
  });

  race('lets no account act for two bodies in one round', async () => {
    for (let round = 0; round < 6; round += 1) {
      const selection = await openRound(graph, { batch: 10 + round });
      const { item, demand, version } = await publishedNeed(graph, selection, players);
      const matching = await agreed(graph, item, players.lecturer, players);
      // Of the county's department, and of the unit that sends: two acts of one round that hold different rows.
      const both = persona(`both ${round}`, [
        ['county-st-dept', COUNTY],
        ['dispatching-unit', 'cn-410100', players.university],
      ]);
      const on = '2022-02-20';
      const form = { selection, person: players.lecturer, matching, form: { a: 1 }, sealed: true, on };
      const payloads = await Promise.all([
        act(graph, both, 'applicationSubmit', form),
        act(graph, both, 'demandPublish', { demand, version, audience: AUDIENCE, selection, on }),
      ]);
      expect(allowed(payloads)).toHaveLength(1);
      expect(losers(payloads)).toEqual(['platform.access.separation']);
    }
  });

  race('renews an appointment once', async () => {
    const [served] = await serving(graph, players, 1, 20);
    const { appointment, version } = served as NonNullable<typeof served>;
    const term = { from: '2023-01-01', to: '2023-12-31', personConsents: true, receivingUnitConsents: true };
    const payloads = await together(AT_ONCE, () =>
      act(graph, bureau, 'appointmentRenew', { appointment, version, ...term, on: '2022-11-30' }, 'appointment { id }'),
    );
    expect(allowed(payloads)).toHaveLength(1);
    expect(losers(payloads)).toEqual(['STALE_VERSION']);
    expect(await tables().count(Appointment, { renewalOfId: appointment })).toBe(1);
  });
});
