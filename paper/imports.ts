import type { Ask } from './ask.ts';
import { pages } from './ask.ts';
import type { LawWords } from './law.ts';
import type { Column, Form } from './table.ts';

/** What the address of a form says besides its name. */
export type Asked = Readonly<Record<string, string | undefined>>;

/** A form that is filled in on a spreadsheet and becomes acts of the graph. */
export interface ImportKind {
  /** The mutation that takes one row; `<mutation>Import` takes them all. */
  readonly mutation: string;
  /** What the address must say. */
  readonly needs: readonly string[];
  form(words: LawWords, ask: Ask, asked: Asked): Promise<Form> | Form;
  /** What the graph takes for a row. */
  row(values: Readonly<Record<string, unknown>>, asked: Asked): Record<string, unknown>;
  /** Rows of the template that are begun for whoever fills it in. */
  begun(ask: Ask, asked: Asked): AsyncIterable<Readonly<Record<string, string>>>;
}

const APPOINTMENTS = /* GraphQL */ `
  query PaperAppointments($filter: AppointmentFilter!, $first: Int!, $after: String) {
    appointments(filter: $filter, first: $first, after: $after) {
      edges { node { id person { name } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const PERSONS = /* GraphQL */ `
  query PaperPersons($filter: PersonFilter!, $first: Int!, $after: String) {
    persons(filter: $filter, first: $first, after: $after) {
      edges { node { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const REGIONS = /* GraphQL */ `
  query PaperRegions($id: ID!, $first: Int!, $after: String) {
    region(id: $id) { id name children(first: $first, after: $after) { edges { node { id name } } } }
  }
`;

/** A region and what lies in it, by name. */
async function regionCodes(ask: Ask, id: string): Promise<ReadonlyMap<string, string>> {
  interface Place {
    readonly id: string;
    readonly name: string;
  }
  type Found = { region: (Place & { children: { edges: { node: Place }[] } }) | null };
  const { region } = await ask<Found>(REGIONS, { id, first: 200, after: null });
  const all = region ? [region, ...region.children.edges.map(({ node }) => node)] : [];
  return new Map(all.map(({ id: code, name }) => [name, code]));
}

const codeColumn = (codes: ReadonlyMap<string, string> | undefined): Pick<Column, 'codes'> => (codes ? { codes } : {});

const serviceRecords: ImportKind = {
  mutation: 'serviceRecordLog',
  needs: ['region'],
  async form(words, ask, { region = '' }) {
    const modes = ['on-site', 'remote'].map((code) => [words.titleOr(code, code), code] as const);
    return {
      sheet: '服务台账',
      columns: [
        {
          key: 'appointment',
          title: '选派编号',
          type: 'id',
          isRequired: true,
          facts: ['appointment.category', 'actor.permitted'],
        },
        { key: 'name', title: '姓名', type: 'text', isNote: true, width: 12 },
        {
          key: 'date',
          title: '开始日期',
          type: 'date',
          isRequired: true,
          facts: ['service.future', 'service.withinEngagement'],
        },
        { key: 'days', title: '天数', type: 'integer' },
        {
          key: 'mode',
          title: '服务方式',
          type: 'code',
          isRequired: true,
          codes: new Map(modes),
          isClosed: true,
          facts: ['service.mode'],
        },
        {
          key: 'taskType',
          title: '服务任务',
          type: 'code',
          ...codeColumn(words.list('service.tasks')),
          facts: ['service.taskType'],
        },
        {
          key: 'field',
          title: '技术领域',
          type: 'code',
          ...codeColumn(words.list('service.fields')),
          facts: ['service.field'],
        },
        { key: 'object', title: '服务对象编号', type: 'id', facts: ['service.objectKind'] },
        { key: 'objectAcknowledged', title: '对象已确认', type: 'boolean', facts: ['service.objectAcknowledged'] },
        { key: 'county', title: '服务县', type: 'code', codes: await regionCodes(ask, region) },
        { key: 'summary', title: '服务内容', type: 'text', isRequired: true, width: 44 },
        { key: 'attendance', title: '参加人数', type: 'integer' },
      ],
    };
  },
  row: (values) => ({ ...values }),
  async *begun(ask, { region, year }) {
    const filter = { region, status: 'active', ...(year ? { year: Number(year) } : {}) };
    for await (const { id, person } of pages<{ id: string; person: { name: string } }>(ask, APPOINTMENTS, { filter })) {
      yield { appointment: id, name: person.name };
    }
  },
};

const trainings: ImportKind = {
  mutation: 'trainingRecord',
  needs: ['region'],
  async form(words, ask, { region = '' }) {
    return {
      sheet: '培训台账',
      columns: [
        {
          key: 'region',
          title: '地区',
          type: 'code',
          isRequired: true,
          codes: await regionCodes(ask, region),
          isClosed: true,
          facts: ['actor.permitted', 'regime.inForce'],
        },
        { key: 'date', title: '培训日期', type: 'date', isRequired: true },
        {
          key: 'form',
          title: '培训形式',
          type: 'code',
          isRequired: true,
          ...codeColumn(words.list('training.forms')),
          facts: ['training.form'],
        },
        { key: 'topic', title: '培训内容', type: 'text', isRequired: true, width: 44 },
        { key: 'audience', title: '培训对象', type: 'text' },
        { key: 'traineeCount', title: '培训人数', type: 'integer', isRequired: true, facts: ['training.traineeCount'] },
        { key: 'organisation', title: '举办单位编号', type: 'id' },
      ],
    };
  },
  row: (values) => ({ ...values }),
  async *begun() {},
};

const FORM_FIELDS = [
  ['specialty', '专业'],
  ['field', '服务领域'],
  ['experience', '服务经历'],
  ['intent', '意向服务县'],
  ['remark', '备注'],
] as const;

const applications: ImportKind = {
  mutation: 'applicationSubmit',
  needs: ['region', 'selection', 'organisation'],
  form: (words) => ({
    sheet: '报名统计表',
    columns: [
      { key: 'person', title: '人员编号', type: 'id', isRequired: true, facts: ['actor.permitted'] },
      { key: 'name', title: '姓名', type: 'text', isNote: true, width: 12 },
      { key: 'matching', title: '对接编号', type: 'id', facts: ['application.answersDemandItem'] },
      { key: 'sealed', title: '已加盖公章', type: 'boolean', facts: ['application.sealed'] },
      {
        key: 'experienceAttested',
        title: '单位证明服务经历',
        type: 'boolean',
        facts: ['application.experienceAttested'],
      },
      { key: 'receivedOn', title: '收件日期', type: 'date' },
      ...FORM_FIELDS.map(([key, title]) => ({
        key,
        title: key === 'field' ? words.titleOr('service-field', title) : title,
        type: 'text' as const,
        facts: key === 'specialty' ? ['application.formAttached'] : [],
      })),
    ],
  }),
  row(values, { selection }) {
    const form: Record<string, unknown> = {};
    const own: Record<string, unknown> = { selection };
    const fields = new Set<string>(FORM_FIELDS.map(([key]) => key));
    for (const [key, value] of Object.entries(values)) (fields.has(key) ? form : own)[key] = value;
    return { ...own, form };
  },
  async *begun(ask, { organisation }) {
    for await (const { id, name } of pages<{ id: string; name: string }>(ask, PERSONS, { filter: { organisation } })) {
      yield { person: id, name };
    }
  },
};

/** The forms that can be filled in, by the name in their address. */
export const importKinds: Readonly<Record<string, ImportKind>> = {
  'service-records': serviceRecords,
  trainings,
  applications,
};
