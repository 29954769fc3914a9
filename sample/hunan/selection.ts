import { Posting } from '../../subgraphs/personnel/tables/posting.ts';
import { RegionStatus } from '../../subgraphs/personnel/tables/region.ts';
import { dayBetween } from '../day.ts';
import { idOf } from '../id.ts';
import { addProcedure, type Step, stepIdOf } from '../procedure.ts';
import { chanceOf } from '../random.ts';
import { addStatus, placed } from '../region.ts';
import type { Register } from '../register.ts';
import type { Bodies } from './body.ts';
import { type County, SHORT, YANLING } from './place.ts';

/** The chain by which a county to which nobody is posted gets a leader, as its first year went. */
const STEPS: readonly Step[] = [
  { key: 'demand', on: '2018-02-26', bodies: ['prefecture-org-dept'], document: '需求报告' },
  { key: 'unit-consent', on: '2018-03-05', bodies: ['dispatching-unit-party-committee'], document: '同意选派报告' },
  { key: 'collate', on: '2018-03-12', bodies: ['province-st-dept'], document: '汇总报告' },
  { key: 'approve', on: '2018-03-19', bodies: ['province-org-dept'], document: '研究意见' },
  {
    key: 'negotiate',
    on: '2018-03-26',
    bodies: ['prefecture-org-dept', 'dispatching-unit'],
    consents: ['prefecture-org-dept', 'dispatching-unit'],
    document: '协商结果',
    settles: true,
  },
  { key: 'dispatch', on: '2018-04-02', bodies: ['province-org-dept'], document: '选派文件' },
];
const DISPATCHED = '2018-04-02';
const POSTED = '2017-03-06';

export interface Leader {
  readonly id: string;
  readonly unit: string;
}

/** Who is to lead the team of a county: somebody of a sending unit, at most 45 on the day of the dispatch. */
function candidate(roll: Register, bodies: Bodies, county: County): Leader {
  const unit = bodies.senders[county.at % bodies.senders.length] as Bodies['senders'][number];
  const birthDate = dayBetween(chanceOf(`leader ${county.id}`), '1974-01-01', '1984-12-31');
  const { id } = roll.expert(`leader ${county.id}`, unit, { birthDate, post: 'researcher', adminPostHeld: true });
  return { id, unit: unit.id };
}

/**
 * The leaders, by county: where a deputy head was posted that person, elsewhere whom the six steps settled on, which posts
 * them. Three counties have not come to the end of the steps, and one begins in the story.
 */
export function addLeaders(roll: Register, bodies: Bodies): Map<string, Leader> {
  const leaders = new Map<string, Leader>();
  for (const county of bodies.counties) {
    const { id, posted } = county;
    const person = candidate(roll, bodies, county);
    if (id === YANLING) continue;
    const last = SHORT.leaderSought.get(id);
    const stepId = posted ? null : addSelection(roll, county, person, last ?? 'dispatch');
    if (last) continue;
    leaders.set(id, person);
    const from = posted ? POSTED : DISPATCHED;
    roll.batch.add(Posting, {
      id: idOf(`posting ${id}`, from, county.at),
      kind: 'st-deputy-head',
      post: 'st-deputy-head',
      personId: person.id,
      organisationId: person.unit,
      ...placed(id),
      teamId: null,
      stepId,
      from,
      to: null,
      orderDocument: `选派文件（演示）〔${from.slice(0, 4)}〕${county.at + 1}号`,
      issuerBody: 'province-org-dept',
      recordedOn: from,
      endedOn: null,
      endReason: null,
    });
  }
  return leaders;
}

/** The steps of a county up to one of them; answers the id of that which dispatched somebody, null when none did. */
function addSelection({ batch }: Register, { id, at }: County, person: Leader, last: string): string | null {
  const steps = STEPS.slice(0, STEPS.findIndex(({ key }) => key === last) + 1);
  const isOver = steps.length === STEPS.length;
  const isNamed = steps.some(({ key }) => key === 'unit-consent');
  const procedure = addProcedure(batch, {
    key: `leader ${id}`,
    pack: { id: 'hunan', version: '1.0.0', chain: 'leader-selection' },
    place: placed(id),
    openedOn: '2018-02-12',
    steps: steps.map((step) => ({ ...step, document: `${step.document}（演示）〔2018〕${at + 1}号` })),
    ...(isNamed ? { candidate: { ...person, on: '2018-03-05' } } : {}),
    ...(isOver ? { final: person.id } : {}),
    completed: isOver,
  });
  if (!isOver) return null;
  const stepId = stepIdOf(procedure, STEPS.at(-1) as Step);
  batch.end(RegionStatus, DISPATCHED, { regionId: id, kind: 'deputy-head-posted' });
  const status = { regionId: id, kind: 'deputy-head-posted', value: true, from: DISPATCHED, source: '选派文件' };
  addStatus(batch, { ...status, stepId });
  return stepId;
}
