import { v7 as uuid } from 'uuid';
import { GoverningBody, GoverningSeat } from '../../subgraphs/personnel/tables/governing-body.ts';
import { type Arrange, bureau, CITY, DECISION, organisation, type Question, read, rowsOf } from './stage.ts';

const SINCE = '2022-01-05';

export const governingBodyStanding: Arrange<Question> = async (stage, { facts, on }) => {
  const { text, codes } = read(facts);
  const em = rowsOf(stage, 'personnel');
  const id = uuid();
  await em.insert(GoverningBody, {
    id,
    version: 1,
    name: `领导小组 ${id}`,
    regionId: CITY,
    establishedOn: SINCE,
    changedOn: SINCE,
    changedAt: new Date(),
  });
  const seats = [
    ...codes('governingBody.coHeadBodies').map((role) => ['co-head', role] as const),
    ...codes('governingBody.deputyBodies').map((role) => ['deputy', role] as const),
    ['office', text('governingBody.officeBody')] as const,
  ];
  for (const [post, role] of seats) {
    const organisationId = await organisation(stage, { regionId: CITY });
    await em.insert(GoverningSeat, { id: uuid(), governingBodyId: id, post, role, organisationId, from: SINCE });
  }
  return {
    viewer: bureau,
    query: `query ($id: ID!, $on: Date!) { governingBody(id: $id) { standing(asOf: $on) { ${DECISION} } } }`,
    variables: { id, on },
    decision: (data) => data.governingBody.standing,
  };
};
