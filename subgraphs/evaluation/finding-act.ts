import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { FindingRef, findingFacts, pastDue } from './finding.ts';
import { readsInternal } from './listing.ts';
import { requirePlace, requireThings, wrongState } from './required.ts';
import { Assessment } from './tables/assessment.ts';
import { Inspection, RecordedFinding } from './tables/inspection.ts';

/** `units`: whether the unit it is about acts on it. It puts right what is wrong, and neither finds nor verifies it. */
const subjectOf = (
  finding: Pick<RecordedFinding, 'id' | 'organisationId'>,
  regions: readonly string[],
  units: boolean,
): Subject => ({
  type: 'Finding',
  id: finding.id,
  regions,
  organisations: units && finding.organisationId ? [finding.organisationId] : [],
});

async function lockFinding(tx: SqlEntityManager, input: { finding: string; version: number }, states: string[]) {
  const finding = await tx.findOne(RecordedFinding, { id: input.finding }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!finding) throw notFound('finding');
  expectVersion(finding.version, input.version);
  if (!states.includes(finding.status)) throw wrongState('finding', finding.status);
  return finding;
}

decided('findingRecord', {
  description:
    'Records something found wrong; with `dueOn` it is ordered to be put right by that day. Errors: NOT_FOUND (region, organisation, team, inspection, assessment), DUE_INVALID (before it was found).',
  thing: 'finding',
  type: FindingRef,
  input: (t) => ({
    region: t.id({ required: true }),
    kind: t.string({ required: true, description: 'A code of the pack.' }),
    class: t.string({ description: 'A code of the pack.' }),
    source: t.string({ description: 'Where it comes from: a code of the pack.' }),
    inspection: t.id({ description: 'The inspection that it comes from.' }),
    assessment: t.id({ description: 'The assessment from whose result it follows.' }),
    organisation: t.id({ description: 'The unit that it is about.' }),
    team: t.id({ description: 'The team that it is about.' }),
    description: t.string({ description: 'The facts.' }),
    dueOn: t.field({ type: 'Date', description: 'By when it is to be put right.' }),
  }),
  plan: (input, context) => ({
    entity: RecordedFinding,
    async remote(on) {
      await requireThings(context, 'organisation', [input.organisation], 'organisation', on);
      await requireThings(context, 'team', [input.team], 'team', on);
      return requirePlace(context.graph, input.region);
    },
    async prepare(tx, on, place) {
      if (input.inspection && (await tx.count(Inspection, { id: input.inspection })) === 0)
        throw notFound('inspection');
      if (input.assessment && (await tx.count(Assessment, { id: input.assessment })) === 0)
        throw notFound('assessment');
      if (input.dueOn && input.dueOn < on) {
        throw new UserError('DUE_INVALID', 'dueOn', {
          zh: `整改期限 ${input.dueOn} 早于发现日期 ${on}。`,
          en: `It is due on ${input.dueOn}, before it was found (${on}).`,
        });
      }
      const finding = {
        id: uuid(),
        kind: input.kind,
        class: input.class ?? null,
        source: input.source ?? null,
        organisationId: input.organisation ?? null,
      };
      const description = input.description?.trim() || null;
      return {
        subject: subjectOf(finding, place.path, false),
        facts: {
          ...findingFacts(finding),
          'finding.unitStated': finding.organisationId !== null,
          'finding.factsStated': description !== null,
          'finding.dueStated': Boolean(input.dueOn),
        },
        current: null,
        change: () =>
          tx.create(RecordedFinding, {
            ...finding,
            version: 1,
            ...placeColumnsOf(place),
            inspectionId: input.inspection ?? null,
            assessmentId: input.assessment ?? null,
            teamId: input.team ?? null,
            description,
            status: input.dueOn ? 'ordered' : 'raised',
            foundOn: on,
            dueOn: input.dueOn ?? null,
            action: null,
            rectifiedOn: null,
            rectifiedBy: null,
            verifiedOn: null,
          }),
      };
    },
  }),
});

decided('findingRectify', {
  description:
    'Records that it was put right, by the unit or by those who manage the place. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT.',
  thing: 'finding',
  type: FindingRef,
  input: (t) => ({
    finding: t.id({ required: true }),
    version: t.int({ required: true }),
    action: t.string({ description: 'What was done.' }),
  }),
  plan: (input, context) => ({
    entity: RecordedFinding,
    async prepare(tx, on) {
      const finding = await lockFinding(tx, input, ['raised', 'ordered']);
      requireOrder(finding.foundOn, on);
      const action = input.action?.trim() || null;
      return {
        subject: subjectOf(finding, regionsOf(finding), true),
        facts: {
          ...findingFacts(finding),
          'finding.status': finding.status,
          'finding.actionStated': action !== null,
          'finding.daysPastDue': pastDue(finding, on),
        },
        current: readsInternal(context, finding) ? finding : null,
        change() {
          const rectifiedBy = context.viewer.subject;
          Object.assign(finding, { status: 'rectified', action, rectifiedOn: on, rectifiedBy });
          return finding;
        },
      };
    },
  }),
});

decided('findingVerify', {
  description:
    'Verifies that it was put right. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE (it is not rectified), ON_BEFORE_LAST_ACT.',
  thing: 'finding',
  type: FindingRef,
  input: (t) => ({ finding: t.id({ required: true }), version: t.int({ required: true }) }),
  plan: (input, context) => ({
    entity: RecordedFinding,
    async prepare(tx, on) {
      const finding = await lockFinding(tx, input, ['rectified', 'raised', 'ordered']);
      requireOrder(finding.rectifiedOn ?? finding.foundOn, on);
      return {
        subject: subjectOf(finding, regionsOf(finding), false),
        facts: {
          ...findingFacts(finding),
          'finding.status': finding.status,
          // Nobody has rectified what is not rectified, so whether another verifies is not known.
          'finding.verifiedByOther': finding.rectifiedBy ? finding.rectifiedBy !== context.viewer.subject : undefined,
        },
        current: readsInternal(context, finding) ? finding : null,
        change() {
          if (finding.status !== 'rectified') throw wrongState('finding', finding.status);
          Object.assign(finding, { status: 'verified', verifiedOn: on });
          return finding;
        },
      };
    },
  }),
});
