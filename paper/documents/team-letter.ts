import { PaperError } from '../error.ts';
import { lawWords } from '../law.ts';
import { chineseDay } from '../page.ts';
import { type DocumentKind, paragraph, sentence } from './document.ts';

const LETTERS = /* GraphQL */ `
  query PaperTeamLetters($team: ID!) {
    team(id: $team) {
      name kind region { id name } term { from to }
      letters { number issuers issuedOn person { id name } }
    }
  }
`;

const LEADERS = /* GraphQL */ `
  query PaperTeamLeaders($team: ID!, $asOf: Date) {
    team(id: $team) { leaders(asOf: $asOf) { person { id } } }
  }
`;

interface Team {
  readonly name: string;
  readonly kind: string | null;
  readonly region: { readonly id: string; readonly name: string };
  readonly term: { readonly from: string | null; readonly to: string | null } | null;
  readonly letters: readonly {
    readonly number: string | null;
    readonly issuers: readonly string[];
    readonly issuedOn: string;
    readonly person: { readonly id: string; readonly name: string } | null;
  }[];
}

const said = (name: string, values = {}) => sentence('teamLetter', name, values);

/** The letter of appointment of a team, or with `person` that of a member of it. */
export const teamLetter: DocumentKind = {
  needs: ['team'],
  async page(ask, { team: id, person }) {
    const { team } = await ask<{ team: Team | null }>(LETTERS, { team: id });
    const letter = team?.letters.find((one) => (one.person?.id ?? null) === (person ?? null));
    if (!team || !letter) throw new PaperError('DOCUMENT_NOT_FOUND');
    const { issuedOn, issuers, number } = letter;
    const words = await lawWords(ask, team.region.id, issuedOn);
    type Led = { team: { leaders: { person: { id: string } }[] } };
    const led = letter.person ? await ask<Led>(LEADERS, { team: id, asOf: issuedOn }) : null;
    const isLeader = led?.team.leaders.some((leader) => leader.person.id === letter.person?.id);
    const { from, to } = team.term ?? {};
    const values = {
      addressee: letter.person?.name ?? team.name,
      team: team.name,
      kind: team.kind ? words.title(team.kind) : said('kind'),
      part: isLeader ? words.titleOr('leader', said('leader')) : words.titleOr('member', said('member-part')),
      region: team.region.name,
      from: from && chineseDay(from),
      to: to && chineseDay(to),
      number,
    };
    const body = letter.person ? 'member' : 'team';
    return {
      title: said('title'),
      blocks: [
        paragraph(said('address', values), false),
        paragraph(said(from && to ? `${body}WithTerm` : body, values)),
        ...(number ? [paragraph(said('number', values))] : []),
        { kind: 'signature', lines: [...issuers.map((issuer) => words.title(issuer)), chineseDay(issuedOn)] },
      ],
    };
  },
};
