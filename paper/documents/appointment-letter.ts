import { PaperError } from '../error.ts';
import { lawWords } from '../law.ts';
import { chineseDay } from '../page.ts';
import { type DocumentKind, paragraph, sentence } from './document.ts';

const APPOINTMENT = /* GraphQL */ `
  query PaperAppointment($id: ID!) {
    appointment(id: $id) {
      category year from to activatedOn
      person { name } organisation { name } receivingUnit { name } county { id name }
    }
  }
`;

interface Appointment {
  readonly category: string;
  readonly year: number;
  readonly from: string;
  readonly to: string | null;
  readonly activatedOn: string | null;
  readonly person: { readonly name: string };
  readonly organisation: { readonly name: string };
  readonly receivingUnit: { readonly name: string } | null;
  readonly county: { readonly id: string; readonly name: string };
}

/** The letter of appointment of a commissioner (聘书). */
export const appointmentLetter: DocumentKind = {
  needs: ['appointment'],
  async page(ask, { appointment: id }) {
    const { appointment: found } = await ask<{ appointment: Appointment | null }>(APPOINTMENT, { id });
    // A letter promises what is in force; before that there is nothing to hand out.
    if (!found?.activatedOn) throw new PaperError('DOCUMENT_NOT_FOUND');
    const { person, organisation, receivingUnit, county, year, category, from, to, activatedOn } = found;
    const words = await lawWords(ask, county.id, activatedOn);
    const values = {
      person: person.name,
      year,
      appointee: words.titleOr('appointee', ''),
      category: words.title(category),
      county: county.name,
      receivingUnit: receivingUnit?.name,
      from: chineseDay(from),
      to: to ? chineseDay(to) : sentence('letter', 'open'),
      organisation: organisation.name,
    };
    return {
      title: sentence('letter', 'title'),
      blocks: [
        paragraph(sentence('letter', 'address', values), false),
        paragraph(sentence('letter', receivingUnit ? 'bodyWithUnit' : 'body', values)),
        paragraph(sentence('letter', 'unit', values)),
        { kind: 'signature', lines: [sentence('letter', 'seal'), chineseDay(activatedOn)] },
      ],
    };
  },
};
