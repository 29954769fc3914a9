import { Report, ReportFeedback } from '../subgraphs/evaluation/tables/report.ts';
import type { Batch, Row } from './batch.ts';
import { idOf } from './id.ts';
import type { Place } from './region.ts';

type Given = 'id' | keyof Place | 'year' | 'submittedOn' | 'recordedOn' | 'feedbackOn';

/** A report of a period, submitted on a day, and what came back. */
export type Told = Partial<Omit<Row<Report>, Given>> &
  Pick<Row<Report>, 'kind' | 'periodFrom' | 'periodTo'> & {
    readonly key: string;
    readonly on: string;
    readonly place: Place;
    readonly feedback?: { readonly on: string; readonly text: string };
  };

/** A report; answers its id. */
export function addReport(batch: Batch, { key, on, place, feedback, ...told }: Told): string {
  const id = idOf(`report ${key}`, on);
  batch.add(Report, {
    id,
    ...place,
    year: Number(told.periodFrom.slice(0, 4)),
    taskId: null,
    teamId: null,
    organisationId: null,
    recipients: [],
    contents: [],
    signatories: [],
    records: [],
    text: null,
    deployMeetingOn: null,
    submittedOn: on,
    recordedOn: on,
    feedbackOn: feedback?.on ?? null,
    ...told,
  });
  if (feedback) {
    const { on: fedBackOn, text } = feedback;
    batch.add(ReportFeedback, { id: idOf(`feedback ${id}`, fedBackOn), reportId: id, on: fedBackOn, feedback: text });
  }
  return id;
}
