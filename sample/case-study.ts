import { CaseStudy } from '../subgraphs/evaluation/tables/case-study.ts';
import type { Batch, Row } from './batch.ts';
import { idOf } from './id.ts';
import { type Place, within } from './region.ts';

/** A story worth telling of a year of a place: of a team, an appointment or the region’s own work. */
export function addCaseStudy(
  batch: Batch,
  key: string,
  on: string,
  place: Pick<Place, 'regionId'>,
  about: Pick<Row<CaseStudy>, 'candidateKind' | 'candidateId' | 'organisationId' | 'title'> & Partial<Row<CaseStudy>>,
): void {
  batch.add(CaseStudy, {
    id: idOf(`case study ${key}`, on),
    personId: null,
    ...within(place.regionId.replace(/-demo-.*$/, '')),
    regionId: place.regionId,
    year: Number(on.slice(0, 4)),
    text: '引进新品种、改进管理，带动周边农户增收。（演示文本）',
    url: null,
    outstanding: false,
    criteria: [],
    personConsented: true,
    recordedOn: on,
    ...about,
  });
}
