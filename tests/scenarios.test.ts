import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packsFolder } from '../policies/load.ts';
import { type Graph, persona, startGraph } from './harness.ts';
import { appointmentActivate, appointmentRenew, renewalRanking } from './scenarios/appointment.ts';
import { awardRanking } from './scenarios/award.ts';
import { brigadeCreate } from './scenarios/brigade.ts';
import { calendarSays } from './scenarios/calendar.ts';
import { applicationSubmit, appointmentCreate, matchingRecord } from './scenarios/candidate.ts';
import { candidatesOf, decided, kindOf, pack, ranked, scheduled, situationOf } from './scenarios/case.ts';
import { industryCoverage, regionCoverage } from './scenarios/coverage.ts';
import { certificateIssue, evaluationBatchClose, evaluationGrade, evaluationPublish } from './scenarios/evaluation.ts';
import { answered, comparable, written } from './scenarios/expectation.ts';
import { governingBodyStanding } from './scenarios/governing-body.ts';
import {
  expenseSubmit,
  fundingAllocate,
  fundingTransfer,
  incomeDistributionRecord,
  receipt,
} from './scenarios/money.ts';
import { offPostLeaveGrant } from './scenarios/off-post-leave.ts';
import { projectApplicationRanking, projectApplicationSubmit } from './scenarios/project.ts';
import { selectionAdvance, selectionNoticeOpen } from './scenarios/selection.ts';
import { serviceProgress, serviceRecordRead } from './scenarios/service.ts';
import { type Act, type Arrange, type ArrangeRanking, DECISION, type Question, type Stage } from './scenarios/stage.ts';
import { teamActivate, teamCreate } from './scenarios/team.ts';

const mutations: Readonly<Record<string, Arrange<Act>>> = {
  applicationSubmit,
  appointmentActivate,
  appointmentCreate,
  appointmentRenew,
  brigadeCreate,
  certificateIssue,
  evaluationBatchClose,
  evaluationGrade,
  evaluationPublish,
  expenseSubmit,
  feeRecord: receipt,
  fundingAllocate,
  fundingTransfer,
  incomeDistributionRecord,
  incomeRecord: receipt,
  matchingRecord,
  offPostLeaveGrant,
  projectApplicationSubmit,
  selectionAdvance,
  selectionNoticeOpen,
  teamActivate,
  teamCreate,
};
const standings: Readonly<Record<string, Arrange<Question>>> = {
  governingBodyStanding,
  industryCoverage,
  regionCoverage,
  serviceProgress,
};
const rankings: Readonly<Record<string, ArrangeRanking>> = { awardRanking, projectApplicationRanking, renewalRanking };
const visibility: Readonly<Record<string, typeof serviceRecordRead>> = { serviceRecordRead };

const arrangerOf = <Arranger>(arrangers: Readonly<Record<string, Arranger>>, point: string): Arranger => {
  const arrange = arrangers[point];
  if (!arrange) throw new Error(`nothing arranges the scenarios of ${point}`);
  return arrange;
};

const ofKind = (kind: string) => decided.filter(({ on }) => kindOf(on) === kind);
const upper = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
describe('every scenario of the pack, through the whole graph', () => {
  let stage: Stage;
  let graph: Graph;

  beforeAll(async () => {
    graph = await startGraph({ today: '2024-12-31' });
    stage = { graph, packVersion: pack.pack.version };
  });
  afterAll(() => graph.stop());

  it.each(ofKind('mutation').map((one) => [one.scenario, one.on, one] as const))(
    '%s at %s',
    async (_id, point, one) => {
      const situation = situationOf(one);
      const { viewer, input } = await arrangerOf(mutations, point)(stage, situation);
      const data = await graph.get(
        viewer,
        `mutation ($input: ${upper(point)}Input!) {
        answer: ${point}(input: $input) { decision { ${DECISION} } userErrors { code field } }
      }`,
        { input: { on: situation.on, ...input } },
      );
      expect(data.answer.userErrors).toEqual([]);
      expect(answered(one, data.answer.decision)).toEqual(written(one));
    },
  );

  it.each(ofKind('standing').map((one) => [one.scenario, one.on, one] as const))(
    '%s at %s',
    async (_id, point, one) => {
      const { viewer, query, variables, decision } = await arrangerOf(standings, point)(stage, situationOf(one));
      const data = await graph.get(viewer, query, variables);
      expect(answered(one, decision(data))).toEqual(written(one));
    },
  );

  it.each(ofKind('visibility').map((one) => [one.scenario, one.on, one] as const))(
    '%s at %s',
    async (_id, point, one) => {
      const { viewer, record } = await arrangerOf(visibility, point)(stage, situationOf(one));
      const seenBy = async (who: typeof viewer) => {
        const query =
          'query ($id: ID!) { serviceRecord(id: $id) { id } serviceRecords(first: 200) { edges { node { id } } } }';
        const { serviceRecord, serviceRecords } = await graph.get(who, query, { id: record });
        const listed: { node: { id: string } }[] = serviceRecords.edges;
        return { alone: serviceRecord !== null, listed: listed.some(({ node }) => node.id === record) };
      };
      const isAllowed = one.decision === 'allow';
      expect(await seenBy(viewer)).toEqual({ alone: isAllowed, listed: isAllowed });
      expect(await seenBy(persona('stranger'))).toEqual({ alone: false, listed: false });
    },
  );

  it.each(ranked.map((one) => [one.scenario, one.on, one] as const))('%s at %s', async (_id, point, one) => {
    const { viewer, query, variables, rows, order } = await arrangerOf(rankings, point)(stage, candidatesOf(one));
    const candidateOf = new Map([...rows].map(([candidate, row]) => [row, candidate]));
    const found = order(await graph.get(viewer, query, variables)).flatMap(({ row, facts }) => {
      const id = candidateOf.get(row);
      return id ? [{ id, facts }] : [];
    });
    expect(found.map(({ id }) => id)).toEqual(one.expectOrder);
    for (const { id, facts } of candidatesOf(one)) {
      const { facts: seen = {} } = found.find((other) => other.id === id) ?? {};
      expect(comparable(seen, Object.keys(facts))).toEqual(comparable(facts, Object.keys(facts)));
    }
  });

  it.each(scheduled.map((one) => [one.scenario, one] as const))('%s in the calendar', async (_id, one) => {
    expect(await calendarSays(stage, one)).toBe(one.expect);
  });

  it('leaves no scenario of the files out', () => {
    const folder = join(packsFolder, pack.pack.id, 'cases');
    const files: { scenario?: string }[] = readdirSync(folder).flatMap((file) =>
      JSON.parse(readFileSync(join(folder, file), 'utf8')),
    );
    const driven = [...['mutation', 'standing', 'visibility'].flatMap(ofKind), ...ranked, ...scheduled];
    expect(driven.map(({ scenario }) => scenario).sort()).toEqual(
      files.flatMap(({ scenario }) => scenario ?? []).sort(),
    );
  });
});
