import { Assessment } from '../subgraphs/evaluation/tables/assessment.ts';
import type { Batch, Row } from './batch.ts';
import { idOf } from './id.ts';
import type { Place } from './region.ts';

type Given = 'status' | 'year' | 'recordedOn' | 'changedOn' | 'date' | keyof Place | 'id';

/** What an assessment found of whom, on the day it was made. */
export type Found = Partial<Omit<Row<Assessment>, Given>> &
  Pick<Row<Assessment>, 'kind' | 'subjectKind'> & { readonly key: string; readonly on: string; readonly place: Place };

/** An assessment with its result; published when it says so. Answers its id. */
export function addAssessment(batch: Batch, { key, on, place, ...found }: Found): string {
  const id = idOf(`assessment ${key}`, on);
  const published = found.published ?? false;
  batch.add(Assessment, {
    id,
    ...place,
    teamId: null,
    appointmentId: null,
    personId: null,
    organisationId: null,
    dispatchingUnitId: null,
    receivingUnitId: null,
    year: Number(on.slice(0, 4)),
    date: on,
    termTo: null,
    status: published ? 'published' : 'recorded',
    leadBody: null,
    participants: [],
    assessorId: null,
    basisIds: [],
    records: [],
    outcome: null,
    text: null,
    recordedOn: on,
    unitIds: [],
    told: [],
    filedWith: null,
    filedOn: null,
    sites: [],
    publishedOn: null,
    changedOn: found.filedOn ?? found.publishedOn ?? on,
    ...found,
    published,
  });
  return id;
}
