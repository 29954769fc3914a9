import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPack, loadCatalogue } from '../../../policies/load.ts';
import { bundle, releaseText } from '../../../policies/release.ts';

/** The texts of a pack by file name. */
export type Files = Record<string, string>;

const text = (zh: string, en: string) => ({ zh, en });
const cited = (article: string, phrase: string) => ({ document: 'riverland-1', article, phrase });
const atLeast = (fact: string, parameter: string) => ({ fact, operator: 'greaterThanInclusive', value: { parameter } });

const size = {
  id: 'riverland.team.size',
  title: text('团队规模', 'size of a team'),
  concept: 'team.size',
  force: 'hard',
  on: ['teamActivate', 'teamStanding'],
  requires: atLeast('team.memberCount', 'team.size.min'),
  effect: 'deny',
  message: text(
    '现有{team.memberCount}人，少于{team.size.min}人。',
    'It has {team.memberCount}, fewer than {team.size.min}.',
  ),
  remedy: text('增加成员。', 'Add members.'),
  citation: cited('2', '不少于五人'),
  effective: { from: '2021-01-01', to: '2025-12-31' },
  reading: text('团长不计入。', 'Leaders are not counted.'),
};

const field = {
  id: 'riverland.team.field',
  title: text('专业领域', 'field'),
  force: 'in-principle',
  on: ['teamCreate', 'teamActivate'],
  appliesWhen: { not: { fact: 'team.level', operator: 'equal', value: 'unit' } },
  requires: { fact: 'team.fieldStated', operator: 'equal', value: true },
  effect: 'override',
  override: { roles: ['prefecture-office'] },
  message: text('未填专业领域。', 'No field is stated.'),
  remedy: text('填写专业领域。', 'State the field.'),
  citation: cited('3', '原则上'),
  effective: { from: '2021-01-01', to: '2025-12-31' },
};

const open = {
  id: 'riverland.team.open',
  title: text('逾期事项', 'overdue commitments'),
  force: 'target',
  on: ['teamStanding'],
  requires: { fact: 'team.openCommitments', operator: 'equal', value: 0 },
  effect: 'flag',
  message: text('有逾期事项。', 'Commitments are overdue.'),
  remedy: text('办结。', 'Settle them.'),
  citation: cited('4', '基本'),
  effective: { from: '2021-01-01', to: '2025-12-31' },
};

const minimum = {
  id: 'team.size.min',
  title: text('团队下限', 'least members'),
  type: 'integer',
  unit: 'person',
  status: 'stated',
  concept: 'team.size',
  values: [
    { from: '2021-01-01', value: 5, citation: cited('2', '不少于五人') },
    { from: '2023-01-01', value: 6, citation: cited('2', '增至六人') },
  ],
};

/** The texts of a sound pack with a made-up law that governs one real prefecture. Change them by file name. */
export function riverland(version = '1.0.0', changes: Record<string, unknown> = {}): Files {
  const values: Record<string, unknown> = {
    'pack.json': {
      id: 'riverland',
      version,
      title: text('河地办法', 'Riverland rules'),
      governs: { regions: ['cn-410800'] },
      effective: { from: '2021-01-01', to: '2025-12-31', basis: 'stated' },
      stewards: ['Riverland office'],
      vocabulary: { team: text('服务队', 'service party'), 'annual-plan': text('年度计划', 'yearly plan') },
    },
    'sources.json': [
      {
        id: 'riverland-1',
        title: text('河地文件', 'Riverland document'),
        number: '河发〔2021〕1号',
        issued: { date: '2021-01-01', basis: 'stated' },
        digest: 'a'.repeat(64),
      },
    ],
    'roles.json': [
      {
        role: 'county-office',
        title: text('县办公室', 'county office'),
        level: 'county',
        may: ['teamCreate', 'teamActivate'],
        citation: cited('5', '县办公室'),
      },
      { role: 'prefecture-office', title: text('市办公室', 'prefecture office'), level: 'prefecture', may: [] },
    ],
    'rules/team.size.json': size,
    'rules/team.field.json': field,
    'rules/team.open.json': open,
    'parameters/team.size.min.json': minimum,
    'parameters/visits.json': {
      id: 'visits',
      title: text('走访次数', 'visits'),
      type: 'integer',
      unit: 'visit',
      status: 'unspecified',
      values: [],
      platformDefault: { value: 4, note: text('平台默认', 'the platform takes four') },
    },
    'chains/forming.json': {
      id: 'forming',
      title: text('组建程序', 'how a team is formed'),
      openList: true,
      steps: [
        {
          key: 'propose',
          no: 1,
          title: text('提出', 'propose'),
          bodies: ['county-office', 'finance-office'],
          level: 'county',
          documents: ['annual-plan', text('名单', 'list of names')],
          opinions: ['team'],
          citation: cited('6', '提出'),
        },
      ],
    },
    'indicators/teams.json': {
      id: 'teams',
      title: text('团队人数', 'members of teams'),
      concept: 'team.size',
      norm: 'riverland.team.size',
      platformDefault: false,
      scope: 'prefecture-team',
      comparator: 'at-least',
      value: { parameter: 'team.size.min' },
      unit: 'person',
      fact: 'team.memberCount',
      responsible: ['prefecture-office'],
      reading: text('逐队计算。', 'Counted team by team.'),
      citation: cited('2', '不少于五人'),
    },
    'obligations/report.json': {
      id: 'report',
      title: text('年度检查', 'yearly check'),
      platformDefault: true,
      owner: ['county-office'],
      recipient: ['prefecture-office'],
      recurrence: 'yearly',
      window: { from: '12-01', to: '12-31' },
      satisfiedBy: ['teamActivate'],
      lateEffect: 'flag',
      citation: cited('7', '每年'),
    },
    'baselines/teamActivate.json': {
      asOf: '2022-06-01',
      facts: { 'team.level': 'county', 'team.memberCount': 5, 'team.fieldStated': true },
    },
    'cases/team.size.json': [
      {
        id: 'four-are-too-few',
        on: 'teamActivate',
        facts: { 'team.memberCount': 4 },
        outcome: { 'riverland.team.size': 'fail' },
        decision: 'deny',
      },
      {
        id: 'five-do',
        on: 'teamActivate',
        facts: {},
        outcome: { 'riverland.team.size': 'pass' },
        decision: 'allow',
        flags: [],
      },
      {
        id: 'nobody-counted',
        on: 'teamActivate',
        facts: {},
        without: ['team.memberCount'],
        outcome: { 'riverland.team.size': 'undetermined' },
        decision: 'needs-fact',
      },
    ],
    'cases/team.field.json': [
      {
        id: 'no-field',
        on: 'teamActivate',
        facts: { 'team.fieldStated': false },
        outcome: { 'riverland.team.field': 'fail' },
        decision: 'needs-override',
      },
    ],
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([file, value]) => [file, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** The second version: another minimum, a rule less, a rule more, and the first minimum's history kept. */
export function riverlandChanged(): Files {
  return riverland('1.1.0', {
    'rules/team.size.json': { ...size, message: text('人数不足。', 'Too few.') },
    'rules/team.open.json': undefined,
    'rules/team.stages.json': {
      ...open,
      id: 'riverland.team.stages',
      on: ['teamCreate'],
      requires: { fact: 'team.chainStagesStated', operator: 'equal', value: true },
    },
    'parameters/team.size.min.json': {
      ...minimum,
      values: [{ from: '2021-01-01', value: 7, citation: cited('2', '七人') }],
    },
  });
}

/** Freezes texts as a release in a folder of packs, as publishing does. Throws when they are not sound. */
export function publish(folder: string, files: Files): void {
  const { pack, problems } = checkPack(files, loadCatalogue());
  if (!pack) throw new Error(JSON.stringify(problems, null, 1));
  const release = bundle(pack);
  const place = join(folder, release.pack.id, 'releases');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, `${release.pack.version}.json`), releaseText(release));
}

/** An empty folder of packs. */
export const packsFolder = (): string => mkdtempSync(join(tmpdir(), 'tepai-packs-'));
