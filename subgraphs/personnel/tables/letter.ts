import { defineEntity, p } from '@mikro-orm/postgresql';

const LetterSchema = defineEntity({
  name: 'Letter',
  tableName: 'letter',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    teamId: p.uuid(),
    /** The member; null for the letter of the team. */
    personId: p.uuid().nullable(),
    number: p.string().nullable(),
    /** Role codes of the bodies that sign it. */
    issuers: p.array(),
    issuedOn: p.date(),
  },
  indexes: [{ properties: ['teamId', 'personId'] }, { properties: ['personId', 'id'] }],
  // A number is used once.
  uniques: [{ properties: ['number'], where: 'number is not null' }],
});
export class Letter extends LetterSchema.class {}
LetterSchema.setClass(Letter);

export const letterTables = [LetterSchema];
