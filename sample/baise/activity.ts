import { createHash } from 'node:crypto';
import { Event } from '../../subgraphs/evaluation/tables/gathering.ts';
import { TrainingRecord } from '../../subgraphs/evaluation/tables/training-record.ts';
import type { Row } from '../batch.ts';
import { addCaseStudy } from '../case-study.ts';
import { dayBetween } from '../day.ts';
import { idOf } from '../id.ts';
import { plainTraining } from '../plain-record.ts';
import { type Chance, chanceOf } from '../random.ts';
import { placed, within } from '../region.ts';
import type { Register } from '../register.ts';
import type { Bodies } from './body.ts';
import { CITY, COUNTIES, SHORT } from './place.ts';
import type { Sent } from './sent.ts';

const FORMS = ['on-site', 'demonstration', 'home-visit', 'classroom'];
const EVENTS = ['st-to-countryside', 'popularisation', 'contest', 'exhibition', 'policy-education'];
const TRAININGS_EACH = 5;
/** Staff of the poor counties who were trained, in two classes: fewer than the plan has. */
const STAFF = 36;

function addTraining(roll: Register, chance: Chance, regionId: string, at: number, more: Partial<Row<TrainingRecord>>) {
  const date = dayBetween(chance, '2019-03-11', '2019-12-06');
  roll.batch.add(TrainingRecord, {
    id: idOf(`baise training ${regionId} ${at}`, date, at),
    ...within(regionId),
    regionId,
    organisationId: null,
    form: chance.pick(FORMS),
    date,
    topic: chance.pick(['种桑养蚕', '芒果修剪', '茶园管理', '山地养鸡', '稻田养鱼', '蔬菜病虫害防治']),
    audience: null,
    traineeCount: 0,
    ...plainTraining,
    ...more,
  });
}

/** The trainings and events of 2019, and who is told of as an example. */
export function addActivities(roll: Register, bodies: Bodies, sent: readonly Sent[]): void {
  for (const [at, { id, short }] of COUNTIES.entries()) {
    const chance = chanceOf(`baise year ${id}`);
    const organisationId = bodies.counties.get(id)?.st.id ?? null;
    for (let number = 0; number < TRAININGS_EACH; number += 1) {
      const traineeCount = chance.whole(60, 130);
      const counted = { traineeCount, sessionCount: chance.whole(1, 3), attendanceCount: traineeCount * 2 };
      addTraining(roll, chance, id, number, { organisationId, traineeCategory: 'farm-labourer', ...counted });
    }
    const events = id === SHORT.oneEvent ? 1 : at === 0 ? 5 : 2;
    for (let number = 0; number < events; number += 1) {
      const date = dayBetween(chance, '2019-03-20', '2019-12-13');
      roll.batch.add(Event, {
        id: idOf(`baise event ${id} ${number}`, date, number),
        ...placed(id),
        kind: EVENTS[(at + number) % EVENTS.length] as string,
        date,
        topic: '送科技下乡',
        organisationId,
        attendees: chance.whole(60, 400),
        recordedOn: date,
      });
    }
    if (SHORT.noExemplar.some((short) => short === id)) continue;
    const exemplar = sent.find(({ county, number }) => county.id === id && number > 20) as Sent;
    addCaseStudy(
      roll.batch,
      `baise ${id}`,
      '2019-11-18',
      { regionId: id },
      {
        candidateKind: 'appointment',
        candidateId: exemplar.id,
        personId: exemplar.personId,
        organisationId: exemplar.unit,
        title: `${short}科技特派员先进事迹（演示）`,
        outstanding: true,
      },
    );
  }
  const staff = Array.from({ length: STAFF }, (_, at) =>
    createHash('sha256').update(`baise staff ${at}`).digest('hex'),
  );
  for (const [at, traineeDigests] of [staff.slice(0, 20), staff.slice(20)].entries()) {
    const category = { traineeCategory: 'poor-county-st-staff', form: 'classroom', sessionCount: 1 };
    const more = { organisationId: bodies.bureau.id, topic: '科技管理业务', traineeCount: traineeDigests.length };
    addTraining(roll, chanceOf(`baise class ${at}`), CITY, at, { ...category, ...more, traineeDigests });
  }
}
