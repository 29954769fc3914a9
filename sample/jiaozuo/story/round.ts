import type { Act, Teller } from '../../teller.ts';
import { cast } from '../cast.ts';
import { PREFECTURE, WEN } from '../place.ts';

const BUREAU = 'demo:prefecture-st-bureau';
const COUNTY = 'demo:county-st-dept';
const UNIT = 'demo:dispatching-unit';
const RECEIVER = 'demo:receiving-unit';

const MEMBER_UNITS = [
  'prefecture-org-dept',
  'prefecture-finance-bureau',
  'prefecture-hr-bureau',
  'prefecture-revitalisation-bureau',
];

/**
 * The round for 2025, from the need to the public notice: a candidate with a junior title is let through by an override,
 * three opinions of four are not enough, and the notice stops, for nobody has fixed its length. A visitor may go on.
 */
export async function holdRound(teller: Teller): Promise<void> {
  const opened = await teller.act({
    as: BUREAU,
    mutation: 'selectionOpen',
    thing: 'selection { id version }',
    on: '2024-10-08',
    input: { region: PREFECTURE, level: 'prefecture', year: 2025, category: 'prefecture' },
  });
  const selection = opened.thing.id as string;
  let version = opened.thing.version as number;
  const advance = async (as: string, on: string, step: string, input = {}, expect: Act['expect'] = undefined) => {
    const told = await teller.act({
      as,
      mutation: 'selectionAdvance',
      thing: 'selection { id version }',
      on,
      input: { selection, version, step, documentNumber: `演示〔2025〕${step}`, ...input },
      ...(expect ? { expect } : {}),
    });
    version = told.thing?.version ?? version;
  };

  const demand = await teller.act({
    as: COUNTY,
    mutation: 'demandSubmit',
    thing: 'demand { id version items { id } }',
    on: '2024-10-14',
    input: {
      county: WEN,
      receivingUnit: cast.receivingUnit,
      selection,
      year: 2025,
      items: [
        { field: 'breeding', industry: 'yam', stage: 'production', description: '山药脱毒种苗繁育' },
        { field: 'processing-storage', industry: 'yam', stage: 'processing', description: '山药鲜切加工和贮藏' },
      ],
    },
  });
  await advance(COUNTY, '2024-10-21', 'demand');
  await teller.act({
    as: BUREAU,
    mutation: 'demandPublish',
    thing: 'demand { id }',
    on: '2024-10-25',
    input: {
      demand: demand.thing.id,
      version: demand.thing.version,
      audience: ['province-university', 'province-institute', 'prefecture-extension-institution'],
    },
  });
  await advance(BUREAU, '2024-10-25', 'publish');
  const items = demand.thing.items as { id: string }[];
  const candidates = [cast.spare(25), cast.juniorSpare];
  const matchings: string[] = [];
  for (const [at, person] of candidates.entries()) {
    const demandItem = items[at]?.id;
    const contact = { mutation: 'matchingRecord', thing: 'matching { id version }' };
    const said = { demandItem, person, personConsents: true };
    const first = await teller.act({ as: UNIT, ...contact, on: '2024-10-29', input: said });
    const agreed = { demandItem, person, receivingUnitConsents: true, version: first.thing.version };
    await teller.act({ as: RECEIVER, ...contact, on: '2024-10-30', input: agreed });
    matchings.push(first.thing.id);
  }
  await advance(UNIT, '2024-11-01', 'contact');
  await applyAndOverride(teller, selection, candidates, matchings);
  await advance(UNIT, '2024-11-08', 'form');
  await advance('demo:expert-panel', '2024-11-15', 'expert-review');
  await advance('demo:prefecture-st-bureau-meeting', '2024-11-20', 'bureau-meeting');
  const opinions = MEMBER_UNITS.map((unit) => ({ body: unit, adverse: false, text: '无不同意见' }));
  await advance(BUREAU, '2024-11-27', 'consult', { opinions: opinions.slice(0, 3) }, 'DENY');
  await advance(BUREAU, '2024-11-29', 'consult', { opinions });
  await teller.act({
    as: BUREAU,
    mutation: 'selectionNoticeOpen',
    thing: 'notice { id }',
    on: '2024-12-02',
    input: { selection, version, days: 5, place: '市科技网（演示）' },
    expect: 'NEEDS_FACT',
  });
}

async function applyAndOverride(
  teller: Teller,
  selection: string,
  [qualified, junior]: readonly string[],
  [first, second]: readonly string[],
): Promise<void> {
  const form = { 拟服务内容: '山药种苗和加工（演示）' };
  const filed = { mutation: 'applicationSubmit', thing: 'application { id }' };
  const sealed = { selection, form, sealed: true, experienceAttested: true };
  const one = { ...sealed, person: qualified, matching: first };
  const other = { ...sealed, person: junior, matching: second };
  await teller.act({ as: UNIT, ...filed, on: '2024-11-05', input: one });
  await teller.act({ as: UNIT, ...filed, on: '2024-11-05', input: other, expect: 'NEEDS_OVERRIDE' });
  await teller.act({
    as: 'demo:recorder',
    ...filed,
    on: '2024-11-06',
    input: {
      ...other,
      onBehalfOf: 'dispatching-unit',
      filer: 'dispatching-unit',
      overrides: [
        {
          rule: 'jiaozuo.stp.qualification',
          role: 'prefecture-st-bureau',
          reason: '该同志连续三年从事山药加工技术推广，受援单位点名需要，经研究同意按例外报名（演示）',
        },
      ],
    },
  });
}
