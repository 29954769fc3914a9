import { createHash } from 'node:crypto';
import { Event } from '../../subgraphs/evaluation/tables/gathering.ts';
import { TrainingRecord } from '../../subgraphs/evaluation/tables/training-record.ts';
import { dayBetween } from '../day.ts';
import { idOf } from '../id.ts';
import { plainTraining } from '../plain-record.ts';
import { chanceOf } from '../random.ts';
import { placed, within } from '../region.ts';
import type { Register } from '../register.ts';
import { addServices } from '../service.ts';
import type { Bodies } from './body.ts';
import { type County, SHORT } from './place.ts';
import { type ExpertTeam, WORKS } from './team.ts';

const HALF_YEARS = ['2018-07-09', '2018-12-21', '2019-01-14', '2019-12-20'] as const;
const FORMS = ['field-lecture', 'plot-training', 'face-to-face', 'demonstration'];
const EVENTS = ['st-fair', 'st-spring', 'st-to-countryside', 'st-week'];
const CATEGORIES = ['local-backbone', 'large-grower', 'cooperative-backbone', 'family-farm-owner'];

/** A year and a half of services of everybody in a team, over all kinds of work; one county knows eight of them only. */
export function addTeamServices({ batch }: Register, bodies: Bodies, { id, county, members }: ExpertTeam): void {
  const works = county.id === SHORT.eightTaskTypes ? WORKS.slice(0, 8) : WORKS;
  const [from, half, next, to] = HALF_YEARS;
  members.forEach((member, number) => {
    const server = {
      key: `${id} ${member.id}`,
      personId: member.id,
      dispatchingUnitId: member.unit,
      teamId: id,
      receivingUnitId: bodies.county(county.id).government.id,
      place: placed(county.id),
    };
    const turned = [...works.slice(number % works.length), ...works.slice(0, number % works.length)];
    addServices(batch, server, [from, half], 1, turned);
    const until = member.left?.on ?? to;
    addServices(batch, server, [next, until], member.left ? 1 : 2, turned.slice(1));
  });
}

const digestOf = (name: string) => createHash('sha256').update(name).digest('hex');

/** What a county did for its people: trainings, of which some tell the trainees apart, and a fair. */
export function addCountyYears({ batch }: Register, bodies: Bodies, { id, at }: County): void {
  const chance = chanceOf(`county years ${id}`);
  for (let number = 0; number < 4; number += 1) {
    const date = dayBetween(chance, number < 2 ? '2018-03-05' : '2019-03-04', number < 2 ? '2018-12-14' : '2019-12-13');
    const traineeCategory = CATEGORIES[number] as string;
    const isNamed = traineeCategory === 'local-backbone';
    const traineeCount = chance.whole(20, 48);
    batch.add(TrainingRecord, {
      id: idOf(`training ${id} ${number}`, date, number),
      ...within(id),
      regionId: id,
      organisationId: bodies.county(id).st.id,
      form: chance.pick(FORMS),
      date,
      topic: chance.pick(['油茶丰产栽培', '茶园绿色防控', '中药材规范种植', '山地黑猪养殖', '果树高接换种']),
      audience: null,
      traineeCount,
      ...plainTraining,
      traineeCategory,
      sessionCount: chance.whole(1, 2),
      traineeDigests: isNamed ? Array.from({ length: traineeCount }, (_, one) => digestOf(`${id} ${one}`)) : [],
    });
  }
  const date = dayBetween(chance, '2019-04-01', '2019-10-31');
  batch.add(Event, {
    id: idOf(`event ${id}`, date, at),
    ...placed(id),
    kind: EVENTS[at % EVENTS.length] as string,
    date,
    topic: '科技赶集',
    organisationId: bodies.county(id).st.id,
    attendees: chance.whole(80, 600),
    recordedOn: date,
  });
}
