import { day, id, type ListKind, text, yesNo } from './list.ts';

interface Row {
  readonly id: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly sealed: boolean | null;
  readonly experienceAttested: boolean | null;
  readonly receivedOn: string;
  readonly status: string;
  readonly person: { readonly name: string; readonly titleName: string | null };
  readonly organisation: { readonly name: string };
}

const said = ({ form }: Row, field: string) => (typeof form[field] === 'string' ? (form[field] as string) : null);

const columns = [
  id<Row>('报名编号', 'id', (row) => row.id),
  text<Row>('姓名', 'person { name }', (row) => row.person.name, 12),
  text<Row>('职称', 'person { titleName }', (row) => row.person.titleName, 14),
  text<Row>('单位', 'organisation { name }', (row) => row.organisation.name),
  text<Row>('专业', 'form', (row) => said(row, 'specialty')),
  text<Row>('服务领域', 'form', (row) => said(row, 'field')),
  text<Row>('意向服务县', 'form', (row) => said(row, 'intent')),
  text<Row>('已加盖公章', 'sealed', (row) => yesNo(row.sealed), 12),
  text<Row>('单位证明服务经历', 'experienceAttested', (row) => yesNo(row.experienceAttested), 16),
  day<Row>('收件日期', 'receivedOn', (row) => row.receivedOn),
  text<Row>('状态', 'status', (row, { title }) => title(row.status), 12),
];

/** The candidacies of a round. */
export const applications: ListKind = {
  needs: ['selection', 'region'],
  sheet: '报名统计表',
  columns: () => columns,
  query: (asks) => /* GraphQL */ `
    query PaperApplications($filter: ApplicationFilter!, $first: Int!, $after: String) {
      applications(filter: $filter, first: $first, after: $after) {
        edges { node { ${asks} } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  variables: ({ selection }) => ({ filter: { selection } }),
};
