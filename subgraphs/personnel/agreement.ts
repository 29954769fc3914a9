import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Subject } from '../actor.ts';
import { requireCode } from '../code.ts';
import { page } from '../connection.ts';
import { loadById, loaderOf } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import type { Viewer } from '../viewer.ts';
import { agreementFacts, heldOn } from './agreement-facts.ts';
import { builder, decided } from './builder.ts';
import { PersonRef } from './person.ts';
import { lockCounty, placeOf } from './place.ts';
import { RegionRef } from './region.ts';
import { requireText } from './required-text.ts';
import { Agreement, Commitment } from './tables/agreement.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { changed, teamForChange, teamSubject } from './team-row.ts';

const CommitmentRef = builder.objectRef<Commitment>('AgreementCommitment').implement({
  description: 'Something promised in an agreement. Open until agreementCommitmentSettle.',
  fields: (t) => ({
    id: t.exposeID('id'),
    text: t.exposeString('text'),
    due: t.expose('due', { type: 'Date', nullable: true, description: 'The day by which; null when none was agreed.' }),
    settledOn: t.expose('settledOn', { type: 'Date', nullable: true, description: 'Null while it is open.' }),
    evidence: t.exposeString('evidence', { nullable: true, description: 'Where the proof of fulfilment is.' }),
  }),
});

export const AgreementRef = builder.objectRef<Agreement>('Agreement');
AgreementRef.implement({
  description: 'A service agreement of a team with a county.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version', { description: 'Send it back with a change.' }),
    team: t.field({
      type: TeamRef,
      resolve: async (agreement, _args, context) => (await loadById(context, Team, agreement.teamId)) as Team,
    }),
    county: t.field({
      type: RegionRef,
      resolve: async (agreement, _args, context) => (await loadById(context, Region, agreement.countyId)) as Region,
    }),
    industry: t.exposeString('industry', { nullable: true, description: "Code of the pack's vocabulary." }),
    kind: t.exposeString('kind', { nullable: true, description: 'Code, such as service or cooperation.' }),
    deep: t.exposeBoolean('deep', { nullable: true, description: 'True when both sides call it deep.' }),
    keyMatters: t.exposeStringList('keyMatters'),
    document: t.exposeString('document', { nullable: true, description: 'Number or address of its text.' }),
    mode: t.exposeString('mode', { nullable: true, description: 'Code of the form that the cooperation takes.' }),
    signedOn: t.expose('signedOn', { type: 'Date' }),
    until: t.expose('until', { type: 'Date', nullable: true, description: 'The last day it holds; null: open end.' }),
    teamSignatory: t.field({
      type: PersonRef,
      nullable: true,
      resolve: (agreement, _args, context) =>
        agreement.teamSignatoryId ? loadById(context, Person, agreement.teamSignatoryId) : null,
    }),
    countySignatory: t.field({
      type: PersonRef,
      nullable: true,
      resolve: (agreement, _args, context) =>
        agreement.countySignatoryId ? loadById(context, Person, agreement.countySignatoryId) : null,
    }),
    commitments: t.field({
      type: [CommitmentRef],
      description: 'In the order in which they were agreed.',
      resolve: async (agreement, _args, context) => {
        const loader = loaderOf<string, Commitment[]>(context, 'commitments', async (ids) => {
          const rows = await context.em.find(
            Commitment,
            { agreementId: { $in: [...ids] } },
            { orderBy: { id: 'asc' } },
          );
          return Map.groupBy(rows, ({ agreementId }) => agreementId);
        });
        return (await loader.load(agreement.id)) ?? [];
      },
    }),
  }),
});
builder.asEntity(AgreementRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Agreement, id),
});

builder.objectFields(TeamRef, (t) => ({
  agreements: t.field({
    type: [AgreementRef],
    description: 'The agreements that hold on a day, the oldest first.',
    args: { asOf: t.arg({ type: 'Date', description: 'Today if absent.' }) },
    resolve: (team, { asOf }, context) =>
      context.em.find(
        Agreement,
        { teamId: team.id, ...heldOn(asOf ?? context.today) },
        { orderBy: { signedOn: 'asc', id: 'asc' } },
      ),
  }),
}));

const AgreementFilter = builder.inputType('AgreementFilter', {
  fields: (t) => ({
    team: t.id(),
    county: t.id(),
    prefecture: t.id(),
    industry: t.string(),
    heldOn: t.field({ type: 'Date', description: 'Signed by this day and not past its last day.' }),
  }),
});

builder.queryFields((t) => ({
  agreement: t.field({
    type: AgreementRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Agreement, id),
  }),
  agreements: t.connection({
    type: AgreementRef,
    args: { filter: t.arg({ type: AgreementFilter }) },
    resolve(_root, args, context) {
      const { team, county, prefecture, industry, heldOn: day } = args.filter ?? {};
      return page(context.em, Agreement, {
        where: {
          ...(team ? { teamId: team } : {}),
          ...(county ? { countyId: county } : {}),
          ...(prefecture ? { prefectureId: prefecture } : {}),
          ...(industry ? { industry } : {}),
          ...(day ? heldOn(day) : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

/** The subject of a decision about an agreement. Both sides are bound by the law of their own place. */
export async function agreementSubject(
  tx: SqlEntityManager,
  agreement: { readonly id: string; readonly team: Team; readonly county: Region },
  on: string,
): Promise<Subject> {
  const subject = await teamSubject(tx, agreement.team, on);
  return {
    ...subject,
    type: 'Agreement',
    id: agreement.id,
    regions: [...new Set([...agreement.county.path, ...subject.regions])],
  };
}

/**
 * Whether an account stands on both sides of an agreement: it leads the team or acts for its units, and holds a role of
 * the county itself. An authority above both stands on neither.
 */
function actsForBoth(viewer: Viewer, { posts, organisations }: Subject, county: Region): boolean {
  const leads = (posts ?? []).some(({ person }) => person === viewer.person);
  const ofUnit = viewer.roles.some(({ organisation }) => organisation && (organisations ?? []).includes(organisation));
  return (leads || ofUnit) && viewer.roles.some(({ region, organisation }) => !organisation && region === county.id);
}

const CommitmentInput = builder.inputType('AgreementCommitmentInput', {
  fields: (t) => ({
    text: t.string({ required: true, description: 'What is promised. Error: TEXT_REQUIRED.' }),
    due: t.field({ type: 'Date', description: 'By when; not before the day of signing. Error: DUE_INVALID.' }),
  }),
});

decided('agreementSign', {
  description:
    'Records the agreement of a team with a county. Its version is that of the team. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, COUNTY_INVALID, COUNTY_NOT_VALID, UNTIL_INVALID, TEXT_REQUIRED, CODE_INVALID, DUE_INVALID, ALREADY_SIGNED.',
  thing: 'agreement',
  type: AgreementRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true, description: "The team's: signing changes its composition." }),
    county: t.id({ required: true }),
    industry: t.string({ description: "Code of the pack's vocabulary." }),
    kind: t.string({ description: 'Code, such as service or cooperation.' }),
    deep: t.boolean({ description: 'Both sides call the cooperation deep. Absent: no.' }),
    teamConsents: t.boolean({ description: 'Absent: not asked, which counts as no.' }),
    countyConsents: t.boolean({ description: 'Absent: not asked, which counts as no.' }),
    keyMatters: t.stringList({ description: 'The key matters of the cooperation.' }),
    document: t.string({ description: 'Number or address of the text.' }),
    mode: t.string({ description: "Code of the form that the cooperation takes, of the pack's vocabulary." }),
    until: t.field({ type: 'Date', description: 'The last day it holds; absent: open end.' }),
    commitments: t.field({ type: [CommitmentInput], required: true }),
    teamSignatory: t.id({ description: 'Who signed for the team; absent when nobody has.' }),
    countySignatory: t.id({ description: 'Who signed for the county; absent when nobody has.' }),
  }),
  plan: (input, context) => ({
    entity: Agreement,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      const county = await lockCounty(tx, input.county, on);
      if (input.until && input.until < on) {
        throw new UserError('UNTIL_INVALID', 'until', {
          zh: '协议终止日期早于签订日期。',
          en: 'The last day of the agreement is before the day it is signed.',
        });
      }
      for (const [at, { text, due }] of input.commitments.entries()) {
        const field = (name: string) => ['commitments', String(at), name];
        if (!text.trim()) {
          throw new UserError('TEXT_REQUIRED', field('text'), { zh: '承诺内容为空。', en: 'A commitment is empty.' });
        }
        if (due && due < on) {
          throw new UserError('DUE_INVALID', field('due'), {
            zh: '承诺的期限早于签订日期。',
            en: 'A commitment is due before the agreement is signed.',
          });
        }
      }
      for (const side of ['teamSignatory', 'countySignatory'] as const) {
        const signatory = input[side];
        if (signatory && !(await tx.findOne(Person, { id: signatory }))) throw notFound(side);
      }
      const industry = input.industry?.trim() || null;
      if (await tx.findOne(Agreement, { teamId: team.id, countyId: county.id, industry, ...heldOn(on) })) {
        throw new UserError('ALREADY_SIGNED', 'county', {
          zh: '该团队与该县（市、区）就该产业已有未终止的协议。',
          en: 'The team has an agreement with this county for this industry that still holds.',
        });
      }
      const terms = {
        kind: input.kind ? requireCode(input.kind, 'kind') : null,
        deep: input.deep ?? false,
        teamConsented: input.teamConsents ?? false,
        countyConsented: input.countyConsents ?? false,
        keyMatters: (input.keyMatters ?? []).map((matter) => requireText(matter, 'keyMatters')),
        document: input.document?.trim() || null,
        mode: input.mode ? requireCode(input.mode, 'mode') : null,
      };
      const id = uuid();
      const facts = await agreementFacts(tx, team, county.id, on, {
        industry,
        commitmentCount: input.commitments.length,
        bothSigned: Boolean(input.teamSignatory && input.countySignatory),
        ...terms,
      });
      const subject = await agreementSubject(tx, { id, team, county }, on);
      return {
        subject,
        facts: {
          ...facts,
          'agreement.oneSignatory': Boolean(input.teamSignatory) && input.teamSignatory === input.countySignatory,
          'agreement.actorForBothSides': actsForBoth(context.viewer, subject, county),
        },
        current: null,
        async change() {
          for (const { text, due } of input.commitments) {
            tx.create(Commitment, {
              id: uuid(),
              agreementId: id,
              text: text.trim(),
              due: due ?? null,
              settledOn: null,
              evidence: null,
            });
          }
          changed(tx, team, on, { act: 'agreementSign' });
          return tx.create(Agreement, {
            id,
            version: 1,
            teamId: team.id,
            ...(await placeOf(tx, county)),
            countyId: county.id,
            signedOn: on,
            until: input.until ?? null,
            industry,
            teamSignatoryId: input.teamSignatory ?? null,
            countySignatoryId: input.countySignatory ?? null,
            ...terms,
            changedAt: new Date(),
          });
        },
      };
    },
  }),
});
