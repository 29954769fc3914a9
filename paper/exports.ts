import type { Asked } from './imports.ts';
import type { LawWords } from './law.ts';
import type { Column } from './table.ts';

/** A list of the graph as a sheet. */
export interface ExportKind {
  readonly needs: readonly string[];
  readonly sheet: string;
  readonly columns: readonly Pick<Column, 'title' | 'type' | 'width'>[];
  readonly query: string;
  variables(asked: Asked, today: string): Readonly<Record<string, unknown>>;
  /** The cells of a row; `words` are those of the region asked for. */
  cells(node: never, words: LawWords): readonly (string | number | null | undefined)[];
  /** For a query that is no list of pages. */
  nodes?(data: never): readonly unknown[];
}

const text = (title: string, width?: number) => ({ title, type: 'text', ...(width ? { width } : {}) }) as const;
const number = (title: string) => ({ title, type: 'integer' }) as const;
const id = (title: string) => ({ title, type: 'id' }) as const;
const day = (title: string) => ({ title, type: 'date' }) as const;
const yesNo = (value: boolean | null | undefined) =>
  value === null || value === undefined ? null : value ? '是' : '否';

interface Named {
  readonly id: string;
  readonly name: string;
}
interface ServiceRow {
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
  readonly person: Named | null;
  readonly dispatchingUnit: Named;
  readonly county: Named | null;
  readonly object: Named | null;
}

const serviceLedger: ExportKind = {
  needs: ['prefecture'],
  sheet: '服务台账',
  columns: [
    id('记录编号'),
    id('选派编号'),
    text('姓名', 12),
    text('类别', 12),
    text('派出单位'),
    text('服务县', 14),
    day('开始日期'),
    day('结束日期'),
    number('天数'),
    text('服务方式', 12),
    text('服务任务', 16),
    text('技术领域', 16),
    text('服务对象'),
    text('对象已确认', 12),
    text('服务内容', 44),
    number('参加人数'),
    day('记录日期'),
  ],
  query: /* GraphQL */ `
    query PaperServiceLedger($filter: ServiceRecordFilter!, $first: Int!, $after: String) {
      serviceRecords(filter: $filter, first: $first, after: $after, sort: DATE_ASC) {
        edges {
          node {
            id date endsOn days mode taskType field summary attendance objectAcknowledged loggedOn
            appointment { id category } person { id name } dispatchingUnit { id name } county { id name } object { id name }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  variables: ({ prefecture, county, from, to }) => ({ filter: { prefecture, county, from, to } }),
  cells: (row: ServiceRow, { title }) => [
    row.id,
    row.appointment?.id,
    row.person?.name,
    row.appointment && title(row.appointment.category),
    row.dispatchingUnit.name,
    row.county?.name,
    row.date,
    row.endsOn,
    row.days,
    title(row.mode),
    row.taskType && title(row.taskType),
    row.field && title(row.field),
    row.object?.name,
    yesNo(row.objectAcknowledged),
    row.summary,
    row.attendance,
    row.loggedOn,
  ],
};

interface MemberRow {
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
  readonly organisation: Named;
  readonly receivingUnit: Named | null;
  readonly county: Named;
}

const memberLedger: ExportKind = {
  needs: ['region'],
  sheet: '人员台账',
  columns: [
    id('选派编号'),
    text('姓名', 12),
    text('身份证号', 22),
    text('电话', 16),
    text('职称', 14),
    text('类别', 12),
    number('年度'),
    text('派出单位'),
    text('受援单位'),
    text('服务县', 14),
    day('聘期起'),
    day('聘期止'),
    text('状态', 12),
    day('离任日期'),
    text('评价等次', 12),
  ],
  query: /* GraphQL */ `
    query PaperMemberLedger($filter: AppointmentFilter!, $personal: Boolean!, $first: Int!, $after: String) {
      appointments(filter: $filter, first: $first, after: $after) {
        edges {
          node {
            id category year from to status endedOn publishedGrade
            person { name titleName phone @include(if: $personal) idNumber @include(if: $personal) } organisation { id name } receivingUnit { id name } county { id name }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  variables: ({ region, year, status, personal }) => ({
    filter: { region, status, ...(year ? { year: Number(year) } : {}) },
    // Who does not need them is not shown them, and leaves no line in the record of who was.
    personal: personal === 'true',
  }),
  cells: (row: MemberRow, { title }) => [
    row.id,
    row.person.name,
    row.person.idNumber,
    row.person.phone,
    row.person.titleName,
    title(row.category),
    row.year,
    row.organisation.name,
    row.receivingUnit?.name,
    row.county.name,
    row.from,
    row.to,
    title(row.status),
    row.endedOn,
    row.publishedGrade && title(row.publishedGrade),
  ],
};

interface ApplicationRow {
  readonly id: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly sealed: boolean | null;
  readonly experienceAttested: boolean | null;
  readonly receivedOn: string;
  readonly status: string;
  readonly person: Named & { readonly titleName: string | null };
  readonly organisation: Named;
}

const applications: ExportKind = {
  needs: ['selection', 'region'],
  sheet: '报名统计表',
  columns: [
    id('报名编号'),
    text('姓名', 12),
    text('职称', 14),
    text('单位'),
    text('专业'),
    text('服务领域'),
    text('意向服务县'),
    text('已加盖公章', 12),
    text('单位证明服务经历', 16),
    day('收件日期'),
    text('状态', 12),
  ],
  query: /* GraphQL */ `
    query PaperApplications($filter: ApplicationFilter!, $first: Int!, $after: String) {
      applications(filter: $filter, first: $first, after: $after) {
        edges {
          node {
            id form sealed experienceAttested receivedOn status person { id name titleName } organisation { id name }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,
  variables: ({ selection }) => ({ filter: { selection } }),
  cells: (row: ApplicationRow, { title }) => {
    const said = (field: string) => (typeof row.form[field] === 'string' ? (row.form[field] as string) : null);
    return [
      row.id,
      row.person.name,
      row.person.titleName,
      row.organisation.name,
      said('specialty'),
      said('field'),
      said('intent'),
      yesNo(row.sealed),
      yesNo(row.experienceAttested),
      row.receivedOn,
      title(row.status),
    ];
  },
};

interface IndicatorRow {
  readonly id: string;
  readonly title: { readonly zh: string };
  readonly pack: string;
  readonly packVersion: string;
  readonly comparator: string | null;
  readonly target: number | null;
  readonly targetStatus: string;
  readonly platformDefault: boolean;
  readonly value: number | null;
  readonly unit: string | null;
  readonly measured: number | null;
  readonly meeting: number | null;
  readonly expected: number | null;
  readonly norm: string | null;
  readonly notComputed: { readonly zh: string } | null;
}

const indicators: ExportKind = {
  needs: ['region', 'year'],
  sheet: '指标报表',
  columns: [
    text('指标', 40),
    text('指标代码', 32),
    text('比较', 10),
    text('目标', 12),
    text('目标依据', 14),
    text('完成', 12),
    text('单位', 10),
    number('已统计'),
    number('达标'),
    number('应统计'),
    text('条款', 28),
    text('政策包', 20),
    text('说明', 44),
  ],
  query: /* GraphQL */ `
    query PaperIndicators($region: ID!, $year: Int!, $asOf: Date) {
      indicatorProgress(region: $region, year: $year, asOf: $asOf) {
        id title { zh } pack packVersion comparator target targetStatus platformDefault value unit measured meeting expected norm
        notComputed { zh }
      }
    }
  `,
  variables: ({ region, year, asOf }) => ({ region, year: Number(year), asOf }),
  nodes: (data: { indicatorProgress: readonly unknown[] | null }) => data.indicatorProgress ?? [],
  cells: (row: IndicatorRow, { titleOr }) => [
    row.title.zh,
    row.id,
    row.comparator,
    row.target === null ? null : String(row.target),
    row.platformDefault ? '平台默认值，非政策规定' : titleOr(row.targetStatus, row.targetStatus),
    row.value === null ? null : String(row.value),
    row.unit,
    row.measured,
    row.meeting,
    row.expected,
    row.norm,
    `${row.pack} ${row.packVersion}`,
    row.notComputed?.zh,
  ],
};

/** The lists that can be taken out, by the name in their address. */
export const exportKinds: Readonly<Record<string, ExportKind>> = {
  'service-ledger': serviceLedger,
  'member-ledger': memberLedger,
  applications,
  indicators,
};
