import { day, id, type ListKind, number, text } from './list.ts';

interface Row {
  readonly id: string;
  readonly category: string;
  readonly year: number;
  readonly from: string;
  readonly to: string | null;
  readonly status: string;
  readonly endedOn: string | null;
  readonly publishedGrade: string | null;
  readonly person: {
    readonly name: string;
    readonly titleName: string | null;
    readonly phone?: string | null;
    readonly idNumber?: string | null;
  };
  readonly organisation: { readonly name: string };
  readonly receivingUnit: { readonly name: string } | null;
  readonly county: { readonly name: string };
}

const who = [
  id<Row>('选派编号', 'id', (row) => row.id),
  text<Row>('姓名', 'person { name }', (row) => row.person.name, 12),
];
// Who does not need them does not ask for them, and leaves no line in the record of who was shown what.
const personal = [
  text<Row>('身份证号', 'person { idNumber }', (row) => row.person.idNumber, 22),
  text<Row>('电话', 'person { phone }', (row) => row.person.phone, 16),
];
const engagement = [
  text<Row>('职称', 'person { titleName }', (row) => row.person.titleName, 14),
  text<Row>('类别', 'category', (row, { title }) => title(row.category), 12),
  number<Row>('年度', 'year', (row) => row.year),
  text<Row>('派出单位', 'organisation { name }', (row) => row.organisation.name),
  text<Row>('受援单位', 'receivingUnit { name }', (row) => row.receivingUnit?.name),
  text<Row>('服务县', 'county { name }', (row) => row.county.name, 14),
  day<Row>('聘期起', 'from', (row) => row.from),
  day<Row>('聘期止', 'to', (row) => row.to),
  text<Row>('状态', 'status', (row, { title }) => title(row.status), 12),
  day<Row>('离任日期', 'endedOn', (row) => row.endedOn),
  text<Row>('评价等次', 'publishedGrade', (row, { title }) => row.publishedGrade && title(row.publishedGrade), 12),
];

/** Who serves in a region; with `personal=true` also how to reach and identify them, masked where the caller may not see it. */
export const memberLedger: ListKind = {
  needs: ['region'],
  sheet: '人员台账',
  columns: (asked) => [...who, ...(asked.personal === 'true' ? personal : []), ...engagement],
  query: (asks) => /* GraphQL */ `
    query PaperMemberLedger($filter: AppointmentFilter!, $first: Int!, $after: String) {
      appointments(filter: $filter, first: $first, after: $after) {
        edges { node { ${asks} } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  variables: ({ region, year, status }) => ({ filter: { region, status, ...(year ? { year: Number(year) } : {}) } }),
};
