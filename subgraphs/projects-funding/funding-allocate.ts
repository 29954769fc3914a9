import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { requireCode, requireCodes } from '../code.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { BENEFICIARY_KINDS, type Beneficiary, chosen, outcomeOf, readBeneficiary, ruleKind } from './beneficiary.ts';
import { decided } from './builder.ts';
import { readOrganisation } from './from-graph.ts';
import { FundingLineRef } from './funding-line.ts';
import { holdYear } from './funding-year.ts';
import { moreThanNothing, plausibleYear, stated, sumFen } from './input.ts';
import { levelOf } from './level.ts';
import { lineProcess } from './line-balance.ts';
import { type Concerned, openFindings, openMisuseTypes } from './open-misuse.ts';
import { programmeOf, rowFacts } from './project-facts.ts';
import { servedByTeam } from './project-library.ts';
import { regionFacts } from './region-facts.ts';
import { FundingLine } from './tables/funding-line.ts';
import type { Project } from './tables/project.ts';

/** What else the same beneficiary gets that year. The caller holds the year of everybody who is counted. */
async function yearFacts(
  tx: SqlEntityManager,
  beneficiary: Beneficiary,
  { payerLevel, year, amountFen }: { payerLevel: string; year: number; amountFen: number },
): Promise<Facts> {
  const { kind, id, person, teams } = beneficiary;
  // A person's money is counted over all their appointments: the limits are for a person and a year.
  const same = person ? { personId: person } : { beneficiaryKind: kind, beneficiaryId: id };
  const lines = await tx.find(FundingLine, { ...same, year });
  const sameLevel = lines.filter((line) => line.payerLevel === payerLevel);
  const otherLevels = person ? lines.filter((line) => line.payerLevel !== payerLevel) : [];
  const fundedTeams =
    teams.length > 0
      ? await tx.count(FundingLine, { beneficiaryKind: 'team', beneficiaryId: { $in: [...teams] }, year, payerLevel })
      : 0;
  return {
    'fundingLine.yearTotalFen': sumFen([...sameLevel.map((line) => line.amountFen), amountFen]),
    'fundingLine.otherLevelSamePersonYear': [...new Set(otherLevels.map((line) => line.payerLevel))].sort(),
    'fundingLine.personInFundedTeam': fundedTeams > 0,
  };
}

const concernedBy = ({ kind, id, person, unit }: Beneficiary): Concerned => ({
  beneficiaryKind: kind,
  beneficiaryId: id,
  person,
  unit,
});

/** What rules about money ask of a county project. */
function projectFacts(project: Project, on: string): Facts {
  const { 'project.inLibrary': inLibrary } = rowFacts(project, on);
  return { 'project.inLibrary': inLibrary };
}

decided('fundingAllocate', {
  description:
    'Sets money aside for one beneficiary and year. The totals of a person or team and year are counted with all that was set aside before, one allocation at a time. Errors: ONE_BENEFICIARY, NOT_FOUND, AMOUNT_ZERO, AMOUNT_TOO_LARGE, YEAR_INVALID, LEVEL_INVALID, LEVEL_MISMATCH, CODE_INVALID; FEN_INVALID as a request error.',
  thing: 'fundingLine',
  type: FundingLineRef,
  input: (t) => ({
    team: t.id({ description: 'The beneficiary: exactly one of these six.' }),
    appointment: t.id({ description: "A person's engagement." }),
    project: t.id({ description: 'A project application.' }),
    countyProject: t.id({ description: 'A project of a county.' }),
    platform: t.id(),
    organisation: t.id(),
    payer: t.id({ required: true, description: 'The organisation that pays.' }),
    payerLevel: t.string({
      required: true,
      description: "Whose purse: the payer's own level, or `unit` when it pays from its own money.",
    }),
    source: t.string({ required: true, description: 'A code, such as prefecture-st-budget or unit-own.' }),
    form: t.string({ required: true, description: 'A code, such as subsidy or loan.' }),
    channel: t.string({ description: 'A code, such as county-pooled or small-loan.' }),
    mode: t.string({ description: 'A code, such as upfront, post-subsidy or performance-reward.' }),
    purpose: t.string({ description: 'What it is for, a code such as contact-point.' }),
    deciders: t.stringList({ description: 'Roles of the bodies that decided it together.' }),
    acceptedResult: t.string({ description: 'The accepted result that it rests on, such as its number.' }),
    coFunders: t.stringList({ description: 'Whose social or financial capital takes part.' }),
    year: t.int({ required: true, description: '2000 to 2100.' }),
    amountFen: t.field({ type: 'Fen', required: true, description: 'More than zero.' }),
  }),
  plan: (input, context) => ({
    entity: FundingLine,
    async remote(on) {
      plausibleYear(input.year);
      moreThanNothing(input.amountFen);
      const { kind, id } = chosen(input, BENEFICIARY_KINDS);
      const payer = await readOrganisation(context, input.payer, 'payer');
      const beneficiary = await readBeneficiary(context, kind, id, on);
      const { project } = beneficiary;
      return {
        payer,
        beneficiary,
        findings: await openFindings(context, concernedBy(beneficiary)),
        outcome: await outcomeOf(context, beneficiary, input.year - 1, on),
        inTeamScope: (await regionFacts(context, beneficiary.place, on))['region.inTeamScope'],
        served: project ? await servedByTeam(context, project, on) : undefined,
      };
    },
    async prepare(tx, on, { payer, beneficiary, findings, outcome, inTeamScope, served }) {
      const { kind, person, unit, level, place, grade, project } = beneficiary;
      const { year, amountFen } = input;
      const payerLevel = levelOf(input.payerLevel, payer, 'payerLevel');
      const own = person ? `person:${person}` : `${kind}:${beneficiary.id}`;
      await holdYear(tx, [own, ...beneficiary.teams.map((team) => `team:${team}`)], year);
      const line = {
        id: uuid(),
        beneficiaryKind: kind,
        beneficiaryId: beneficiary.id,
        payerLevel,
        source: requireCode(input.source, 'source'),
        form: requireCode(input.form, 'form'),
        channel: input.channel ? requireCode(input.channel, 'channel') : null,
        mode: input.mode ? requireCode(input.mode, 'mode') : null,
        purpose: input.purpose ? requireCode(input.purpose, 'purpose') : null,
        deciders: requireCodes(input.deciders, 'deciders'),
        acceptedResult: input.acceptedResult ? stated(input.acceptedResult, 'acceptedResult') : null,
        coFunders: (input.coFunders ?? []).map((name) => stated(name, 'coFunders')),
        year,
        amountFen,
      };
      return {
        subject: {
          type: 'FundingLine',
          id: line.id,
          regions: regionsOf(place),
          process: lineProcess(line.id),
          organisations: [payer.id, ...(unit ? [unit] : [])],
          persons: person ? [person] : [],
        },
        facts: {
          'fundingLine.beneficiaryKind': ruleKind(kind),
          'fundingLine.beneficiaryLevel': level,
          'fundingLine.payerLevel': payerLevel,
          'fundingLine.source': line.source,
          'fundingLine.form': line.form,
          'fundingLine.channel': line.channel ?? undefined,
          'fundingLine.amountFen': amountFen,
          ...(await yearFacts(tx, beneficiary, { payerLevel, year, amountFen })),
          'fundingLine.year': year,
          'fundingLine.mode': line.mode ?? undefined,
          'fundingLine.deciders': line.deciders,
          'fundingLine.acceptedResult': line.acceptedResult !== null,
          'fundingLine.coFunded': line.coFunders.length > 0,
          'fundingLine.previousYearOutcome': outcome,
          'fundingLine.openMisuseTypes': await openMisuseTypes(tx, concernedBy(beneficiary), findings, on),
          'team.kind': beneficiary.teamKind,
          'region.inTeamScope': inTeamScope,
          'project.programme': programmeOf(project),
          ...(project ? { ...projectFacts(project, on), 'project.servedByTeam': served } : {}),
          ...(kind === 'team' ? { 'team.latestGrade': grade } : {}),
          ...(kind === 'appointment' ? { 'appointment.latestGrade': grade } : {}),
        },
        current: null,
        change: () =>
          tx.create(FundingLine, {
            ...line,
            version: 1,
            beneficiaryLevel: level ?? null,
            personId: person,
            dispatchingUnitId: unit,
            payerId: payer.id,
            allocatedOn: on,
            transferredFen: 0,
            spentFen: 0,
            ...placeColumnsOf(place),
          }),
      };
    },
  }),
});
