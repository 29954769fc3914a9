import { type Act, type Arrange, CITY, organisation, person, read, unitAccount } from './stage.ts';

export const offPostLeaveGrant: Arrange<Act> = async (stage, { facts }) => {
  const { text, is, codes } = read(facts);
  const nature = is('unit.publicInstitution') ? 'public-institution' : 'enterprise';
  const unit = await organisation(stage, { nature });
  return {
    viewer: unitAccount(unit),
    input: {
      person: await person(stage, unit, { employmentStatus: text('person.employmentStatus') }),
      region: CITY,
      from: '2022-07-01',
      rightsKept: codes('offPost.rightsKept'),
      meetsConditions: is('offPost.meetsConditions'),
    },
  };
};
