import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { knownForm, readOrganisation, readPerson } from './from-graph.ts';
import { code, moreThanNothing, notAfter, stated, sumFen } from './input.ts';
import { MisuseFindingRef } from './misuse-finding.ts';
import { FundInspection } from './tables/fund-inspection.ts';
import { FundingLine } from './tables/funding-line.ts';
import { MisuseEffect, MisuseFinding } from './tables/misuse-finding.ts';

const MisuseEffectInput = builder.inputType('MisuseEffectInput', {
  description: 'Something that was done about a misuse of money.',
  fields: (t) => ({
    kind: t.string({ required: true, description: 'A code, such as public-criticism, clawback or legal-referral.' }),
    doneOn: t.field({ type: 'Date', description: 'The day of the act if absent; not later.' }),
    document: t.string(),
    amountFen: t.field({ type: 'Fen', description: 'What was recovered.' }),
    body: t.string({ description: 'The body that it was referred to.' }),
  }),
});

type Maybe<Value> = Value | null | undefined;
interface Effect {
  readonly kind: string;
  readonly doneOn?: Maybe<string>;
  readonly document?: Maybe<string>;
  readonly amountFen?: Maybe<number>;
  readonly body?: Maybe<string>;
}

const orNull = (text: Maybe<string>, field: string) => (text?.trim() ? stated(text, field) : null);

/** The rows of effects that were typed in, in their order. */
function effectRows(findingId: string, effects: Maybe<readonly Effect[]>, on: string) {
  return (effects ?? []).map(({ kind, doneOn, document, amountFen, body }) => ({
    id: uuid(),
    findingId,
    kind: code(kind, 'effects'),
    doneOn: notAfter(doneOn ?? on, on, 'effects'),
    document: orNull(document, 'effects'),
    amountFen: amountFen ?? null,
    body: orNull(body, 'effects'),
  }));
}

type EffectRow = ReturnType<typeof effectRows>[number];

/** @throws UserError RECOVERED_TOO_MUCH */
function recoveredBy(effects: readonly EffectRow[], before: number, amountFen: number): number {
  const recovered = sumFen([before, ...effects.map((effect) => effect.amountFen ?? 0)], 'effects');
  if (recovered <= amountFen) return recovered;
  throw new UserError('RECOVERED_TOO_MUCH', 'effects', {
    zh: '追回金额合计超过涉及金额。',
    en: 'More would be recovered than was misused.',
  });
}

function findingFacts(
  finding: Pick<MisuseFinding, 'kind' | 'severity' | 'responsiblePersonId' | 'payerLevel' | 'amountFen' | 'evidence'>,
  effects: readonly string[],
  recoveredFen: number,
): Facts {
  return {
    'misuseFinding.kind': finding.kind,
    'misuseFinding.severity': finding.severity,
    'misuseFinding.subjectKind': finding.responsiblePersonId ? 'person' : 'organisation',
    'misuseFinding.payerLevel': finding.payerLevel,
    'misuseFinding.effects': [...new Set(effects)].sort(),
    'misuseFinding.amountFen': finding.amountFen,
    'misuseFinding.outstandingFen': finding.amountFen - recoveredFen,
    'misuseFinding.evidenceStated': finding.evidence !== null,
  };
}

const SEVERITIES = ['ordinary', 'serious'];

/** @throws UserError SEVERITY_INVALID */
function knownSeverity(severity: string): string {
  if (SEVERITIES.includes(severity)) return severity;
  throw new UserError('SEVERITY_INVALID', 'severity', {
    zh: `情节须为 ${SEVERITIES.join('、')} 之一。`,
    en: `The severity is one of ${SEVERITIES.join(', ')}.`,
  });
}

/** Whose purse it was and who finds: not the unit that spent, which answers for it. */
function subjectOf(id: string, place: Parameters<typeof regionsOf>[0], payerId: string): Subject {
  return { type: 'MisuseFinding', id, regions: regionsOf(place), organisations: [payerId] };
}

/**
 * Loads an open finding and holds its row: what was recovered of it is summed by one act at a time.
 *
 * @throws UserError NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT
 */
async function lockFinding(tx: SqlEntityManager, id: string, version: number, on: string): Promise<MisuseFinding> {
  const finding = await tx.findOne(
    MisuseFinding,
    { id: knownForm(id, 'finding') },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!finding) throw notFound('finding');
  expectVersion(finding.version, version);
  if (finding.closedOn) {
    throw new UserError('WRONG_STATE', 'finding', { zh: '该问题已办结。', en: 'This finding is closed.' });
  }
  requireOrder(finding.changedOn, on);
  return finding;
}

async function effectKinds(tx: SqlEntityManager, findingId: string): Promise<string[]> {
  return (await tx.find(MisuseEffect, { findingId }, { fields: ['kind'] })).map(({ kind }) => kind);
}

function addEffects(tx: SqlEntityManager, finding: MisuseFinding, effects: readonly EffectRow[], on: string) {
  for (const effect of effects) tx.create(MisuseEffect, effect);
  finding.recoveredFen = recoveredBy(effects, finding.recoveredFen, finding.amountFen);
  finding.changedOn = on;
  finding.acts += 1;
  return finding;
}

decided('misuseFindingRecord', {
  description:
    'Records that money of a line was misused, and what was done about it so far. Who finds it need not be able to read the line. Sent with `finding` and `version` it adds to a finding on record what was done since. Errors: NOT_FOUND, LINE_REQUIRED, ONE_RESPONSIBLE, CODE_INVALID, SEVERITY_INVALID, AMOUNT_ZERO, AMOUNT_TOO_LARGE, RECOVERED_TOO_MUCH, DATE_AFTER_ACT, ON_BEFORE_ALLOCATION, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT.',
  thing: 'misuseFinding',
  type: MisuseFindingRef,
  input: (t) => ({
    finding: t.id({ description: 'The finding on record to which effects are added. Only `effects` goes with it.' }),
    version: t.int({ description: 'Of that finding.' }),
    line: t.id({ description: 'The money. Required for a new finding, as are kind, severity and amountFen.' }),
    inspection: t.id({ description: 'The inspection that brought it to light.' }),
    kind: t.string({ description: 'A code, such as fraud, withholding, diversion or crowding-out.' }),
    severity: t.string({ description: 'ordinary or serious.' }),
    organisation: t.id({ description: 'The unit that it is found against: this or a person.' }),
    person: t.id(),
    amountFen: t.field({ type: 'Fen', description: 'How much is concerned; more than zero.' }),
    evidence: t.string({ description: 'What it rests on.' }),
    effects: t.field({ type: [MisuseEffectInput], description: 'What was done about it.' }),
  }),
  plan: (input, context) => ({
    entity: MisuseFinding,
    async remote(_on) {
      const { organisation, person } = input;
      if (input.finding) return { organisationId: null, personId: null };
      if (Boolean(organisation) === Boolean(person)) {
        throw new UserError('ONE_RESPONSIBLE', ['organisation', 'person'], {
          zh: '须且只须填写一个责任者：单位或个人。',
          en: 'Give exactly one who is responsible: a unit or a person.',
        });
      }
      return {
        organisationId: organisation ? (await readOrganisation(context, organisation, 'organisation')).id : null,
        personId: person ? (await readPerson(context, person, 'person')).id : null,
      };
    },
    async prepare(tx, on, { organisationId, personId }) {
      if (input.finding) {
        const finding = await lockFinding(tx, input.finding, input.version ?? 0, on);
        const effects = effectRows(finding.id, input.effects, on);
        const recovered = recoveredBy(effects, finding.recoveredFen, finding.amountFen);
        const kinds = [...(await effectKinds(tx, finding.id)), ...effects.map(({ kind }) => kind)];
        return {
          subject: subjectOf(finding.id, finding, finding.payerId),
          facts: findingFacts(finding, kinds, recovered),
          current: finding,
          change: () => addEffects(tx, finding, effects, on),
        };
      }
      if (!input.line || !input.kind || !input.severity || !input.amountFen) {
        throw new UserError('LINE_REQUIRED', ['line', 'kind', 'severity', 'amountFen'], {
          zh: '新登记须填写经费、种类、情节和大于零的涉及金额。',
          en: 'A new finding needs the line, the kind, the severity and an amount of more than zero.',
        });
      }
      const line = await tx.findOne(FundingLine, { id: knownForm(input.line, 'line') });
      if (!line) throw notFound('line');
      if (on < line.allocatedOn) {
        throw new UserError('ON_BEFORE_ALLOCATION', 'on', {
          zh: `办理日期 ${on} 早于该笔经费的安排日期 ${line.allocatedOn}。`,
          en: `The act is dated ${on}, before the money was set aside on ${line.allocatedOn}.`,
        });
      }
      const inspectionId = input.inspection ? knownForm(input.inspection, 'inspection') : null;
      if (inspectionId && (await tx.count(FundInspection, { id: inspectionId, lineId: line.id })) === 0) {
        throw notFound('inspection');
      }
      const id = uuid();
      const effects = effectRows(id, input.effects, on);
      const finding = {
        kind: code(input.kind, 'kind'),
        severity: knownSeverity(input.severity),
        responsibleOrganisationId: organisationId,
        responsiblePersonId: personId,
        amountFen: moreThanNothing(input.amountFen),
        evidence: orNull(input.evidence, 'evidence'),
        payerId: line.payerId,
        payerLevel: line.payerLevel,
      };
      const recoveredFen = recoveredBy(effects, 0, finding.amountFen);
      const kinds = effects.map(({ kind }) => kind);
      return {
        subject: subjectOf(id, line, line.payerId),
        facts: findingFacts(finding, kinds, recoveredFen),
        current: null,
        change() {
          for (const effect of effects) tx.create(MisuseEffect, effect);
          return tx.create(MisuseFinding, {
            id,
            version: 1,
            ...finding,
            lineId: line.id,
            inspectionId,
            recoveredFen,
            recordedOn: on,
            closedOn: null,
            changedOn: on,
            acts: 1,
            beneficiaryKind: line.beneficiaryKind,
            beneficiaryId: line.beneficiaryId,
            personId: line.personId ?? null,
            dispatchingUnitId: line.dispatchingUnitId ?? null,
            ...placeColumnsOf(line),
          });
        },
      };
    },
  }),
});

decided('misuseFindingClose', {
  description:
    'Closes a finding, with what was done about it last. Money is not held up by a closed finding. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT, CODE_INVALID, DATE_AFTER_ACT, RECOVERED_TOO_MUCH.',
  thing: 'misuseFinding',
  type: MisuseFindingRef,
  input: (t) => ({
    finding: t.id({ required: true }),
    version: t.int({ required: true }),
    effects: t.field({ type: [MisuseEffectInput], description: 'What was done since the last record.' }),
  }),
  plan: (input) => ({
    entity: MisuseFinding,
    async prepare(tx, on) {
      const finding = await lockFinding(tx, input.finding, input.version, on);
      const effects = effectRows(finding.id, input.effects, on);
      const recovered = recoveredBy(effects, finding.recoveredFen, finding.amountFen);
      const kinds = [...(await effectKinds(tx, finding.id)), ...effects.map(({ kind }) => kind)];
      return {
        subject: subjectOf(finding.id, finding, finding.payerId),
        facts: findingFacts(finding, kinds, recovered),
        current: finding,
        change() {
          finding.closedOn = on;
          return addEffects(tx, finding, effects, on);
        },
      };
    },
  }),
});
