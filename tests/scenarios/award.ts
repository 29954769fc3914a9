import { v7 as uuid } from 'uuid';
import { CaseStudy } from '../../subgraphs/evaluation/tables/case-study.ts';
import { type ArrangeRanking, bureau, CITY, DECISION, placeOf, read, rowsOf } from './stage.ts';

type Ranked = { candidateId: string; decision: { facts: Record<string, unknown> } };

export const awardRanking: ArrangeRanking = async (stage, candidates) => {
  const rows = new Map<string, string>();
  for (const { id, facts } of candidates) {
    const { text, is } = read(facts);
    const candidateId = uuid();
    await rowsOf(stage, 'evaluation').insert(CaseStudy, {
      id: uuid(),
      version: 1,
      candidateKind: text('candidate.kind'),
      candidateId,
      regionId: CITY,
      ...placeOf(CITY),
      year: 2022,
      title: '事迹',
      text: '事迹材料',
      outstanding: is('candidate.outstanding'),
      criteria: [],
      personConsented: true,
      recordedOn: '2022-03-01',
    });
    rows.set(id, candidateId);
  }
  return {
    viewer: bureau,
    query: `query ($region: ID!, $on: Date!) {
      awardRanking(region: $region, year: 2022, asOf: $on) { candidateId decision { ${DECISION} } }
    }`,
    variables: { region: CITY, on: candidates[0]?.on },
    rows,
    order: (data) =>
      data.awardRanking.map(({ candidateId, decision }: Ranked) => ({ row: candidateId, facts: decision.facts })),
  };
};
