import { day, id, type ListKind, number, text, yesNo } from './list.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Row {
  readonly id: string;
  readonly date: string;
  readonly endsOn: string;
  readonly days: number;
  readonly mode: string;
  readonly taskType: string | null;
  readonly field: string | null;
  readonly summary: string;
  readonly attendance: number | null;
  readonly objectAcknowledged: boolean;
  readonly loggedOn: string;
  readonly appointment: { readonly id: string; readonly category: string } | null;
  readonly team: Named | null;
  readonly person: Named | null;
  readonly dispatchingUnit: Named;
  readonly county: Named | null;
  readonly object: Named | null;
}

const columns = [
  id<Row>('记录编号', 'id', (row) => row.id),
  id<Row>('选派编号', 'appointment { id }', (row) => row.appointment?.id),
  text<Row>('姓名', 'person { name }', (row) => row.person?.name, 12),
  text<Row>(
    '类别',
    'appointment { category }',
    (row, { title }) => row.appointment && title(row.appointment.category),
    12,
  ),
  text<Row>('派出单位', 'dispatchingUnit { name }', (row) => row.dispatchingUnit.name),
  text<Row>('服务县', 'county { name }', (row) => row.county?.name, 14),
  day<Row>('开始日期', 'date', (row) => row.date),
  day<Row>('结束日期', 'endsOn', (row) => row.endsOn),
  number<Row>('天数', 'days', (row) => row.days),
  text<Row>('服务方式', 'mode', (row, { title }) => title(row.mode), 12),
  text<Row>('服务任务', 'taskType', (row, { title }) => row.taskType && title(row.taskType), 16),
  text<Row>('技术领域', 'field', (row, { title }) => row.field && title(row.field), 16),
  text<Row>('服务对象', 'object { name }', (row) => row.object?.name),
  text<Row>('对象已确认', 'objectAcknowledged', (row) => yesNo(row.objectAcknowledged), 12),
  text<Row>('服务内容', 'summary', (row) => row.summary, 44),
  number<Row>('参加人数', 'attendance', (row) => row.attendance),
  day<Row>('记录日期', 'loggedOn', (row) => row.loggedOn),
  text<Row>('团队', 'team { name }', (row) => row.team?.name),
];

/** The services of a prefecture, the oldest first. */
export const serviceLedger: ListKind = {
  needs: ['prefecture'],
  sheet: '服务台账',
  columns: () => columns,
  query: (asks) => /* GraphQL */ `
    query PaperServiceLedger($filter: ServiceRecordFilter!, $first: Int!, $after: String) {
      serviceRecords(filter: $filter, first: $first, after: $after, sort: DATE_ASC) {
        edges { node { ${asks} } }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  variables: ({ prefecture, county, from, to }) => ({ filter: { prefecture, county, from, to } }),
};
