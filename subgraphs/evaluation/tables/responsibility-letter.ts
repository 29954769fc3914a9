import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const ResponsibilityLetterSchema = defineEntity({
  name: 'ResponsibilityLetter',
  tableName: 'responsibility_letter',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** Of the signing party. */
    ...placeColumns(),
    signatoryKind: p.string(),
    level: p.string(),
    organisationId: p.string().nullable(),
    /** The party that it is signed with. */
    otherLevel: p.string(),
    otherOrganisationId: p.string().nullable(),
    /** The first and the last year that it covers. */
    year: p.integer(),
    lastYear: p.integer(),
    targets: p.array(),
    document: p.string().nullable(),
    signedOn: p.date(),
  },
  indexes: [
    { properties: ['regionId', 'year', 'id'] },
    { properties: ['provinceId', 'year', 'id'] },
    { properties: ['signedOn', 'id'] },
  ],
});
export class ResponsibilityLetter extends ResponsibilityLetterSchema.class {}
ResponsibilityLetterSchema.setClass(ResponsibilityLetter);

export const responsibilityLetterTables = [ResponsibilityLetterSchema];
