import { PaperError } from '../error.ts';
import { lawWords } from '../law.ts';
import { chineseDay } from '../page.ts';
import { type DocumentKind, paragraph, sentence } from './document.ts';

const CERTIFICATE = /* GraphQL */ `
  query PaperCertificate($year: Int!, $number: String!) {
    certificate(year: $year, number: $number) {
      number issuedOn year
      evaluation {
        gradeTitle { zh } grade
        subject {
          __typename
          ... on Team { name }
          ... on Organisation { name }
          ... on Region { name }
          ... on Appointment { person { name } }
        }
        batch { evaluatorRegion { id name } evaluatorOrganisation { name } }
      }
    }
  }
`;

interface Certificate {
  readonly number: string;
  readonly issuedOn: string;
  readonly year: number;
  readonly evaluation: {
    readonly grade: string | null;
    readonly gradeTitle: { readonly zh: string } | null;
    readonly subject: { readonly name?: string; readonly person?: { readonly name: string } } | null;
    readonly batch: {
      readonly evaluatorRegion: { readonly id: string; readonly name: string };
      readonly evaluatorOrganisation: { readonly name: string } | null;
    };
  };
}

/** The certificate of a published grade (荣誉证书). */
export const certificate: DocumentKind = {
  needs: ['year', 'number'],
  async page(ask, { year, number = '' }) {
    const asked = { year: Number(year), number };
    if (!Number.isSafeInteger(asked.year) || asked.year > 9999)
      throw new PaperError('PARAMETER_INVALID', { name: 'year' });
    const { certificate: found } = await ask<{ certificate: Certificate | null }>(CERTIFICATE, asked);
    const subject = found?.evaluation.subject?.name ?? found?.evaluation.subject?.person?.name;
    // Somebody who may not see whose it is has nothing to print.
    if (!found || !subject) throw new PaperError('DOCUMENT_NOT_FOUND');
    const { grade, gradeTitle, batch } = found.evaluation;
    const words = await lawWords(ask, batch.evaluatorRegion.id, found.issuedOn);
    const values = {
      subject,
      year: found.year,
      number: found.number,
      programme: words.titleOr('programme', ''),
      evaluation: words.titleOr('evaluation', '评价'),
      grade: gradeTitle?.zh ?? words.title(grade ?? ''),
    };
    return {
      title: sentence('certificate', 'title'),
      blocks: [
        paragraph(sentence('certificate', 'address', values), false),
        paragraph(sentence('certificate', 'body', values)),
        paragraph(sentence('certificate', 'number', values)),
        {
          kind: 'signature',
          lines: [batch.evaluatorOrganisation?.name ?? batch.evaluatorRegion.name, chineseDay(found.issuedOn)],
        },
      ],
    };
  },
};
