import { v7 as uuid } from 'uuid';
import { requireCode } from '../code.ts';
import { placeColumnsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { knownForm, readOrganisation, readPerson } from './from-graph.ts';
import { moreThanNothing } from './input.ts';
import {
  addEffects,
  effectKinds,
  effectRows,
  findingFacts,
  lockFinding,
  MisuseEffectInput,
  orNull,
  recoveredBy,
  subjectOf,
} from './misuse-effect.ts';
import { MisuseFindingRef } from './misuse-finding.ts';
import { FundInspection } from './tables/fund-inspection.ts';
import { FundingLine } from './tables/funding-line.ts';
import { MisuseEffect, MisuseFinding } from './tables/misuse-finding.ts';

const SEVERITIES = ['ordinary', 'serious'];

/** @throws UserError SEVERITY_INVALID */
function knownSeverity(severity: string): string {
  if (SEVERITIES.includes(severity)) return severity;
  throw new UserError('SEVERITY_INVALID', 'severity', {
    zh: `情节须为 ${SEVERITIES.join('、')} 之一。`,
    en: `The severity is one of ${SEVERITIES.join(', ')}.`,
  });
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
        kind: requireCode(input.kind, 'kind'),
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
