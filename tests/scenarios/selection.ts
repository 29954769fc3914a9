import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { Application } from '../../subgraphs/personnel/tables/application.ts';
import { Demand } from '../../subgraphs/personnel/tables/demand.ts';
import { Selection, SelectionOpinion, SelectionStep } from '../../subgraphs/personnel/tables/selection.ts';
import { SelectionNotice } from '../../subgraphs/personnel/tables/selection-notice.ts';
import { type Held, persona } from '../harness.ts';
import {
  type Act,
  type Arrange,
  bureau,
  CITY,
  COUNTY,
  organisation,
  person,
  placeOf,
  read,
  rowsOf,
  type Stage,
} from './stage.ts';

const OPENED = '2022-01-10';
const STEPS_ON = '2022-03-01';
const ASKED = [
  'prefecture-org-dept',
  'prefecture-finance-bureau',
  'prefecture-hr-bureau',
  'prefecture-revitalisation-bureau',
];
/** Rounds of one place and year are told apart by their batch. */
let batch = 0;

/** A round in which exactly the steps, opinions and notices of the facts stand. Answers its id. */
export async function roundRow(stage: Stage, facts: Facts, category = 'prefecture'): Promise<string> {
  const { text, has, count, is, codes } = read(facts);
  const em = rowsOf(stage, 'personnel');
  const level = text('selection.level');
  const regionId = level === 'county' ? COUNTY : CITY;
  const chain = { packId: 'jiaozuo', packVersion: stage.packVersion, chainId: 'selection' };
  const id = uuid();
  batch += 1;
  await em.insert(Selection, {
    id,
    version: 1,
    regionId,
    ...placeOf(regionId),
    level,
    year: 2022,
    category,
    batch,
    // The law of the pack has a chain for the prefecture's tier alone.
    ...(level === 'prefecture' ? chain : {}),
    status: 'open',
    openedOn: OPENED,
    changedOn: '2022-03-08',
    acts: 1,
  });
  const steps = new Map<string, string>();
  for (const key of has('selection.doneSteps') ? codes('selection.doneSteps') : []) {
    const step = { id: uuid(), selectionId: id, key, on: STEPS_ON, actor: 'earlier', results: [], outcome: 'done' };
    await em.insert(SelectionStep, step);
    steps.set(key, step.id);
  }
  const consulted = steps.get('consult');
  if (consulted) {
    for (const body of ASKED.slice(has('selection.missingOpinions') ? count('selection.missingOpinions') : 0)) {
      await em.insert(SelectionOpinion, { id: uuid(), stepId: consulted, selectionId: id, body, adverse: false });
    }
  }
  if (has('selection.noticeClosed') && is('selection.noticeClosed')) {
    const notice = { openedOn: STEPS_ON, days: 5, closedOn: '2022-03-08', acts: 2 };
    await em.insert(SelectionNotice, { id: uuid(), version: 1, selectionId: id, step: 'notice', ...notice });
  }
  return id;
}

/** Whoever acts in these roles: a county's for the county whose need the round serves, a unit's for a unit that sends. */
async function bodiesOf(stage: Stage, selectionId: string, roles: readonly string[]) {
  const em = rowsOf(stage, 'personnel');
  const need = {
    countyId: COUNTY,
    year: 2022,
    status: 'published',
    submittedOn: OPENED,
    published: true,
    audience: [],
  };
  await em.insert(Demand, { id: uuid(), version: 1, selectionId, ...placeOf(COUNTY), ...need });
  const unit = await organisation(stage);
  const candidate = { personId: await person(stage, unit), organisationId: unit, receivedOn: OPENED };
  await em.insert(Application, { id: uuid(), version: 1, selectionId, ...candidate, form: {}, status: 'submitted' });
  const held = roles.map((role): Held => {
    if (role === 'dispatching-unit') return [role, CITY, unit];
    return [role, role.startsWith('county-') ? COUNTY : CITY];
  });
  return persona(`bodies ${selectionId}`, held);
}

export const selectionAdvance: Arrange<Act> = async (stage, { facts }) => {
  const { text, count, codes } = read(facts);
  const selection = await roundRow(stage, facts);
  const step = text('selection.step');
  const answered = step === 'consult' ? ASKED.slice(count('selection.missingOpinions')) : [];
  return {
    viewer: await bodiesOf(stage, selection, codes('actor.bodies')),
    input: { selection, version: 1, step, opinions: answered.map((body) => ({ body, adverse: false })) },
  };
};

export const selectionNoticeOpen: Arrange<Act> = async (stage, { facts }) => {
  const { has, count, is } = read(facts);
  return {
    viewer: bureau,
    input: {
      selection: await roundRow(stage, facts),
      version: 1,
      days: count('notice.days'),
      ...(has('notice.fixedDays') ? { fixedDays: count('notice.fixedDays'), fixedBy: '公示办法' } : {}),
      place: is('notice.placeStated') ? '市科技网' : null,
    },
  };
};
