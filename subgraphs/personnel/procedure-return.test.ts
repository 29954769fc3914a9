import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import { MADE_UP_COUNTY as COUNTY, MADE_UP_PREFECTURE, madeUpLaw, madeUpStep } from './testdata/made-up-law.ts';
import { act, codes, done, failing, organisation, person } from './testdata/scene.ts';

const office = persona('office', [['squad-office', COUNTY]]);
const above = persona('above', [['squad-board', MADE_UP_PREFECTURE]]);

/** A chain in which a step posts somebody and others follow it. */
const CHAIN = {
  id: 'posting',
  title: { zh: '派驻', en: 'posting' },
  openList: false,
  steps: [
    madeUpStep(1, 'proposed', 'squad-office'),
    madeUpStep(2, 'ordered', 'squad-board', {
      records: { status: 'head-posted', value: true, posting: 'squad-head' },
    }),
    madeUpStep(3, 'confirmed', 'squad-board', { records: { status: 'head-posted', value: true } }),
    madeUpStep(4, 'filed', 'squad-office'),
  ],
};
const MAY = ['procedureOpen', 'procedureAdvance', 'procedureReturn', 'procedureWithdraw', 'regionStatusRecord'];

type Held = { id: string; version: number };

describe('a procedure that is sent back', () => {
  const law = madeUpLaw({ may: { 'squad-office': MAY, 'squad-board': MAY }, chains: [CHAIN] });
  let graph: Graph;
  let unit: string;
  beforeAll(async () => {
    graph = await startGraph({ packs: law.packs, today: '2024-06-30' });
    unit = await organisation(graph, COUNTY, { on: '2024-01-01' });
  }, 120_000);
  afterAll(async () => {
    await graph.stop();
    law.remove();
  });

  const THING = 'procedure { id version status finalPerson { id } candidates { person { id } unitConsented } }';
  async function run(viewer: typeof office, mutation: string, held: Held, on: string, more: object = {}) {
    const payload = await act(
      graph,
      viewer,
      mutation,
      { procedure: held.id, version: held.version, on, ...more },
      THING,
    );
    if (payload.procedure) held.version = payload.procedure.version;
    return payload;
  }
  /** A procedure whose person was proposed, posted and confirmed on one day. */
  async function posted(on: string): Promise<Held & { person: string }> {
    const who = await person(graph, unit, { on: '2024-01-01' });
    const held: Held = await done(graph, office, 'procedureOpen', { chain: 'posting', region: COUNTY, on }, THING);
    const candidates = [{ person: who, unitConsents: true }];
    await run(office, 'procedureAdvance', held, on, { candidates, finalPerson: who });
    await run(above, 'procedureAdvance', held, on, { documentNumber: '令 1 号' });
    await run(above, 'procedureAdvance', held, on);
    return Object.assign(held, { person: who });
  }
  const standing = async (who: string, asOf: string) => {
    const { region, postings } = await graph.get(
      office,
      `query ($region: ID!, $who: ID!, $asOf: Date!) {
        region(id: $region) { statuses(asOf: $asOf) { kind value } }
        postings(filter: { person: $who, inForceOn: $asOf }) { edges { node { orderDocument endedOn endReason } } } }`,
      { region: COUNTY, who, asOf },
    );
    const statuses = region.statuses as { kind: string; value: boolean }[];
    return {
      posted: statuses.find(({ kind }) => kind === 'head-posted')?.value ?? null,
      postings: postings.edges.map(({ node }: { node: object }) => node),
    };
  };
  const status = (value: boolean, on: string) =>
    done(graph, above, 'regionStatusRecord', { region: COUNTY, kind: 'head-posted', value, on }, 'regionStatus { id }');

  it('ends the status and the posting that a returned step recorded, and keeps what was until then', async () => {
    const held = await posted('2024-03-15');
    expect(await standing(held.person, '2024-03-20')).toMatchObject({ posted: true, postings: [{ endedOn: null }] });
    const silent = await run(above, 'procedureReturn', held, '2024-04-01', { step: 'ordered', reason: ' ' });
    expect(failing(silent)).toEqual(['platform.procedure.reason']);
    const back = await run(above, 'procedureReturn', held, '2024-04-01', { step: 'ordered', reason: '人选有误' });
    expect(back.procedure).toMatchObject({ status: 'returned', finalPerson: { id: held.person } });
    // Nothing was recorded before the step: nothing is known again.
    expect(await standing(held.person, '2024-04-01')).toEqual({ posted: null, postings: [] });
    expect(await standing(held.person, '2024-03-31')).toEqual({
      posted: true,
      // Why is for the bodies of the procedure; a posting is seen by others.
      postings: [{ orderDocument: '令 1 号', endedOn: '2024-04-01', endReason: '程序退回' }],
    });
    // Done again, it posts again.
    await run(above, 'procedureAdvance', held, '2024-04-10', { documentNumber: '令 2 号' });
    expect(await standing(held.person, '2024-04-10')).toMatchObject({
      posted: true,
      postings: [{ orderDocument: '令 2 号' }],
    });
    await run(above, 'procedureWithdraw', held, '2024-04-11', { reason: '不再需要' });
    expect(await standing(held.person, '2024-04-11')).toEqual({ posted: null, postings: [] });
  });

  it('lets what stood before stand again, and leaves alone what was recorded since', async () => {
    await status(false, '2024-04-12');
    const held = await posted('2024-05-10');
    expect((await standing(held.person, '2024-05-15')).posted).toBe(true);
    await run(above, 'procedureReturn', held, '2024-05-20', { step: 'ordered', reason: '重办' });
    expect(await standing(held.person, '2024-05-20')).toEqual({ posted: false, postings: [] });

    await run(above, 'procedureAdvance', held, '2024-05-21', { documentNumber: '令 3 号' });
    await status(true, '2024-05-22');
    await run(above, 'procedureReturn', held, '2024-05-23', { step: 'ordered', reason: '再办' });
    expect(await standing(held.person, '2024-05-23')).toEqual({ posted: true, postings: [] });
    await run(above, 'procedureWithdraw', held, '2024-05-24', { reason: '作罢' });
  });

  it('opens the person and the candidates again that the returned step named', async () => {
    const held = await posted('2024-06-01');
    const asked = await run(above, 'procedureReturn', held, '2024-06-10', { step: 'proposed', reason: '另提人选' });
    expect(asked.procedure).toMatchObject({ status: 'returned', finalPerson: null, candidates: [] });
    const again = await run(office, 'procedureAdvance', held, '2024-06-11', { candidates: [{ person: held.person }] });
    // The consent was given to the proposal that was sent back.
    expect(again.procedure.candidates).toEqual([{ person: { id: held.person }, unitConsented: false }]);
    expect(again.decision?.facts).toMatchObject({
      'procedure.candidatesWithoutConsent': 1,
      'procedure.finalNamed': false,
    });
  });

  it('is not sent back on behalf of two bodies by one account', async () => {
    const held = await posted('2024-06-15');
    const both = persona('office', [['squad-board', MADE_UP_PREFECTURE]]);
    const refused = await run(both, 'procedureReturn', held, '2024-06-20', { step: 'ordered', reason: '退回' });
    expect(failing(refused)).toEqual(['platform.access.separation']);
    expect(codes(await run(above, 'procedureReturn', held, '2024-06-14'))).toEqual(['ON_BEFORE_LAST_ACT']);
  });
});
