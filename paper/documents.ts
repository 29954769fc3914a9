import { readFileSync } from 'node:fs';
import { type Ask, pages } from './ask.ts';
import { PaperError } from './error.ts';
import type { Asked } from './forms/form.ts';
import { lawWords } from './law.ts';
import { type Block, chineseDay, fill, type Page } from './page.ts';

/** The sentences that all places share. What differs between them comes from the words of their law. */
const sentences: Readonly<Record<'certificate' | 'letter' | 'notice', Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(new URL('documents.json', import.meta.url), 'utf8'),
);
const sentence = (document: keyof typeof sentences, name: string, values: Parameters<typeof fill>[1] = {}) =>
  fill(sentences[document][name] ?? '', values);
const paragraph = (text: string, isIndented = true): Block => ({ kind: 'paragraph', text, isIndented });

/** A document that can be asked for: what the address must say, and how the page is made. */
export interface DocumentKind {
  readonly needs: readonly string[];
  page(ask: Ask, asked: Asked, today: string): Promise<Page>;
}

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

const certificate: DocumentKind = {
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

const letter: DocumentKind = {
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
      to: to ? chineseDay(to) : '另行通知之日',
      organisation: organisation.name,
    };
    return {
      title: sentence('letter', 'title'),
      blocks: [
        paragraph(sentence('letter', 'address', values), false),
        paragraph(sentence('letter', receivingUnit ? 'bodyWithUnit' : 'body', values)),
        paragraph(sentence('letter', 'unit', values)),
        { kind: 'signature', lines: ['（发聘单位印章）', chineseDay(activatedOn)] },
      ],
    };
  },
};

const SELECTION = /* GraphQL */ `
  query PaperSelection($id: ID!) {
    selection(id: $id) {
      year category region { id name } organisation { name }
      notices { openedOn until fixedBy place supersededOn }
      list { name organisation { name } }
    }
  }
`;

const CANDIDATES = /* GraphQL */ `
  query PaperCandidates($filter: ApplicationFilter!, $first: Int!, $after: String) {
    applications(filter: $filter, first: $first, after: $after) {
      edges { node { status person { name } organisation { name } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

interface Candidate {
  readonly name: string;
  readonly organisation: { readonly name: string };
}
interface Selection {
  readonly year: number;
  readonly category: string;
  readonly region: { readonly id: string; readonly name: string };
  readonly organisation: { readonly name: string } | null;
  readonly notices: readonly {
    readonly openedOn: string;
    readonly until: string;
    readonly fixedBy: string | null;
    readonly place: string | null;
    readonly supersededOn: string | null;
  }[];
  readonly list: readonly Candidate[];
}

/** Whom the notice is about: the list once it is decided, before that those who are candidates and visible to the caller. */
async function candidates(ask: Ask, id: string, { list }: Selection): Promise<readonly Candidate[]> {
  if (list.length > 0) return list;
  const found: Candidate[] = [];
  const filter = { selection: id, status: 'submitted' };
  for await (const { person, organisation } of pages<{ person: { name: string }; organisation: { name: string } }>(
    ask,
    CANDIDATES,
    { filter },
  )) {
    found.push({ name: person.name, organisation });
  }
  return found;
}

const notice: DocumentKind = {
  needs: ['selection'],
  async page(ask, { selection: id = '' }) {
    const { selection: found } = await ask<{ selection: Selection | null }>(SELECTION, { id });
    const open = found?.notices.findLast(({ supersededOn }) => supersededOn === null);
    if (!found || !open) throw new PaperError('DOCUMENT_NOT_FOUND');
    const people = await candidates(ask, id, found);
    if (people.length === 0) throw new PaperError('DOCUMENT_NOT_FOUND');
    const words = await lawWords(ask, found.region.id, open.openedOn);
    const values = {
      year: found.year,
      appointee: words.titleOr('appointee', ''),
      category: words.title(found.category),
      selection: words.titleOr('selection', '选聘'),
      region: found.region.name,
      openedOn: chineseDay(open.openedOn),
      until: chineseDay(open.until),
      fixedBy: open.fixedBy,
      place: open.place,
    };
    const said = (name: string) => paragraph(sentence('notice', name, values));
    return {
      title: sentence('notice', 'title', values),
      blocks: [
        said('body'),
        ...(open.fixedBy ? [said('fixed')] : []),
        said('objections'),
        ...(open.place ? [said('place')] : []),
        said('listTitle'),
        {
          kind: 'table',
          header: ['number', 'name', 'organisation'].map((name) => sentence('notice', name)),
          rows: people.map(({ name, organisation }, at) => [String(at + 1), name, organisation.name]),
        },
        { kind: 'signature', lines: [found.organisation?.name ?? found.region.name, chineseDay(open.openedOn)] },
      ],
    };
  },
};

/** The documents, by the name in their address. */
export const documentKinds: Readonly<Record<string, DocumentKind>> = {
  certificate,
  'letter-of-appointment': letter,
  'public-notice': notice,
};
