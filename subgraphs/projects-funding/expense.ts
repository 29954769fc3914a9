import { v7 as uuid } from 'uuid';
import { requireCode } from '../code.ts';
import type { Context } from '../context.ts';
import { nestedPage } from '../nested.ts';
import { notFound, UserError } from '../user-error.ts';
import { ruleKind } from './beneficiary.ts';
import { builder, decided } from './builder.ts';
import { AppointmentRef, referenceTo, TeamRef } from './external.ts';
import { knownForm, readAppointment, readTeam, teamsOf } from './from-graph.ts';
import { addLine, FundingLineRef } from './funding-line.ts';
import { moreThanNothing, notAfter, stated } from './input.ts';
import { concernedBy, findingsOnLine, lineFacts, lockLine, subjectOn } from './line-balance.ts';
import { openMisuseTypes } from './open-misuse.ts';
import { Expense } from './tables/expense.ts';
import type { FundingLine } from './tables/funding-line.ts';
import { Project } from './tables/project.ts';
import { ProjectApplication } from './tables/project-call.ts';

export const ExpenseRef = builder.objectRef<Expense>('Expense').implement({
  description: 'Money spent out of a funding line, in one category.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    category: t.exposeString('category', { description: 'A code. The list is open: see expenseCategories.' }),
    amountFen: t.expose('amountFen', { type: 'Fen' }),
    spentOn: t.expose('spentOn', { type: 'Date' }),
    activity: t.exposeString('activity', { description: 'What it was spent for.' }),
    payeeRelated: t.exposeBoolean('payeeRelated', {
      nullable: true,
      description: 'The payee is close to who handles or approves it; null when nobody said.',
    }),
    servedAppointment: t.field({
      type: AppointmentRef,
      nullable: true,
      description: 'Whose service it was for.',
      resolve: (expense) => referenceTo(expense.servedAppointmentId),
    }),
    servedTeam: t.field({
      type: TeamRef,
      nullable: true,
      resolve: (expense) => referenceTo(expense.servedTeamId),
    }),
    reviewer: t.exposeString('reviewer', { nullable: true, description: 'Who reviewed it for the dispatching unit.' }),
    reviewedOn: t.expose('reviewedOn', { type: 'Date', nullable: true }),
  }),
});

addLine(ExpenseRef);
builder.objectFields(FundingLineRef, (t) => ({
  expenses: t.connection({
    type: ExpenseRef,
    args: { category: t.arg.string() },
    resolve: (line, args, context) =>
      nestedPage(context, 'FundingLine.expenses', Expense, {
        by: 'lineId',
        parent: line.id,
        where: args.category ? { category: args.category } : {},
        orderBy: { id: 'asc' },
        args,
      }),
  }),
}));

/** For whose service money was spent, and the person, teams and unit behind it. */
interface Served {
  readonly appointment: string | null;
  readonly team: string | null;
  readonly project: string | null;
  readonly person: string | null;
  readonly teams: readonly string[];
  readonly unit: string | null;
}

type Asked = { [kind in 'appointment' | 'team' | 'project']?: string | null | undefined };

/** Null when nobody said. */
async function readServed(context: Context, asked: Asked, on: string): Promise<Served | null> {
  const filled = [asked.appointment, asked.team, asked.project].filter(Boolean);
  if (filled.length === 0) return null;
  if (filled.length > 1) {
    throw new UserError('ONE_SERVED', ['servedAppointment', 'servedTeam', 'servedProject'], {
      zh: '一笔支出只能对应一个服务对象方。',
      en: 'One expense serves one appointment, team or project.',
    });
  }
  const nothing = { appointment: null, team: null, project: null, person: null, teams: [], unit: null };
  if (asked.appointment) {
    const { id, person, organisation } = await readAppointment(context, asked.appointment, 'servedAppointment');
    const teams = await teamsOf(context, person.id, on);
    return { ...nothing, appointment: id, person: person.id, teams, unit: organisation.id };
  }
  if (asked.team) {
    const { id, organisation } = await readTeam(context, asked.team, 'servedTeam');
    return { ...nothing, team: id, unit: organisation.id };
  }
  const project = knownForm(asked.project as string, 'servedProject');
  const known =
    (await context.em.findOne(ProjectApplication, { id: project })) ??
    (await context.em.findOne(Project, { id: project }));
  if (!known) throw notFound('servedProject');
  return { ...nothing, project };
}

/** Whether the service that was paid for is the service of whom the line is for. A team serves through its members. */
function servesLine(line: FundingLine, served: Served): boolean {
  if (line.beneficiaryKind === 'appointment') return served.person !== null && served.person === line.personId;
  if (line.beneficiaryKind === 'team') {
    return served.team === line.beneficiaryId || served.teams.includes(line.beneficiaryId);
  }
  if (ruleKind(line.beneficiaryKind) === 'project') return served.project === line.beneficiaryId;
  return line.beneficiaryKind === 'organisation' && served.unit === line.beneficiaryId;
}

type Review = { reviewer?: string | null | undefined; reviewedOn?: string | null | undefined };

function readReview({ reviewer, reviewedOn }: Review, on: string) {
  if (Boolean(reviewer) !== Boolean(reviewedOn)) {
    throw new UserError('REVIEW_INCOMPLETE', ['reviewer', 'reviewedOn'], {
      zh: '审核人与审核日期须同时填写。',
      en: 'Give both the reviewer and the day of the review, or neither.',
    });
  }
  if (!reviewer || !reviewedOn) return null;
  return { reviewer: stated(reviewer, 'reviewer'), reviewedOn: notAfter(reviewedOn, on, 'reviewedOn') };
}

decided('expenseSubmit', {
  description:
    'Books an expense on a funding line, at most what is left of it (a rule of the platform). A category outside the pack’s list is a matter for its rules, not an error. Errors: NOT_FOUND, ON_BEFORE_ALLOCATION, AMOUNT_ZERO, ONE_SERVED, REVIEW_INCOMPLETE, DATE_AFTER_ACT, CODE_INVALID, TEXT_REQUIRED.',
  thing: 'expense',
  type: ExpenseRef,
  input: (t) => ({
    line: t.id({ required: true }),
    category: t.string({ required: true, description: 'A code, such as one of expenseCategories.' }),
    amountFen: t.field({ type: 'Fen', required: true, description: 'More than zero.' }),
    spentOn: t.field({ type: 'Date', description: 'The day of the act if absent; not later.' }),
    activity: t.string({ required: true, description: 'What it was spent for.' }),
    payeeRelated: t.boolean({
      description: 'The payee is a relative or friend of who handles or approves it. Absent: not known.',
    }),
    servedAppointment: t.id({ description: 'Whose service it was for: one of these three. None: not known.' }),
    servedTeam: t.id(),
    servedProject: t.id({ description: 'A project application, or a project of a county.' }),
    reviewer: t.string({ description: 'Who reviewed it for the dispatching unit. Absent: it was not reviewed.' }),
    reviewedOn: t.field({ type: 'Date' }),
  }),
  plan: (input, context) => ({
    entity: Expense,
    async remote(on) {
      moreThanNothing(input.amountFen);
      const { servedAppointment: appointment, servedTeam: team, servedProject: project } = input;
      return {
        served: await readServed(context, { appointment, team, project }, input.spentOn ?? on),
        findings: await findingsOnLine(context, input.line),
      };
    },
    async prepare(tx, on, { served, findings }) {
      const line = await lockLine(tx, context, input.line, on);
      const id = uuid();
      const category = requireCode(input.category, 'category');
      const activity = stated(input.activity, 'activity');
      const spentOn = notAfter(input.spentOn ?? on, on, 'spentOn');
      const review = readReview(input, on);
      return {
        subject: subjectOn(line, 'Expense', id),
        facts: {
          ...lineFacts(line, line.spentFen),
          'fundingLine.beneficiaryKind': ruleKind(line.beneficiaryKind),
          'fundingLine.source': line.source,
          'fundingLine.openMisuseTypes': await openMisuseTypes(tx, concernedBy(line), findings, on),
          'expense.category': category,
          'expense.amountFen': input.amountFen,
          'expense.unitReviewed': review !== null,
          // What nobody states is refused above.
          'expense.activityStated': true,
          'expense.payeeRelated': input.payeeRelated ?? undefined,
          'expense.servesLine': served && line.beneficiaryKind !== 'platform' ? servesLine(line, served) : undefined,
        },
        current: null,
        change() {
          line.spentFen += input.amountFen;
          return tx.create(Expense, {
            id,
            version: 1,
            lineId: line.id,
            category,
            amountFen: input.amountFen,
            spentOn,
            activity,
            payeeRelated: input.payeeRelated ?? null,
            servedAppointmentId: served?.appointment ?? null,
            servedTeamId: served?.team ?? null,
            servedProjectId: served?.project ?? null,
            reviewer: review?.reviewer ?? null,
            reviewedOn: review?.reviewedOn ?? null,
          });
        },
      };
    },
  }),
});
