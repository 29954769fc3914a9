import { type Ask, pages } from '../ask.ts';
import { PaperError } from '../error.ts';
import { lawWords } from '../law.ts';
import { chineseDay } from '../page.ts';
import { type DocumentKind, paragraph, sentence } from './document.ts';

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

/** The public notice of whom a round has chosen (拟定人选公示). */
export const selectionNotice: DocumentKind = {
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
