import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import { statementsOf } from '../../tests/statements.ts';
import { organisation } from '../personnel/testdata/scene.ts';
import { Expense } from './tables/expense.ts';
import { FundInspection } from './tables/fund-inspection.ts';
import { FundingLine } from './tables/funding-line.ts';
import { MisuseEffect, MisuseFinding } from './tables/misuse-finding.ts';
import { Project, ProjectDisclosure, ProjectNotice, ProjectTracking } from './tables/project.ts';
import { FundTransfer } from './tables/transfer.ts';
import { activeTeam, status, village } from './testdata/county.ts';

const COUNTY = 'cn-533323';
const ADVISERS = 'industry-advisor-group';
const ROWS = 50;

describe('lists of fifty', () => {
  let graph: Graph;
  const manager = persona('manager', [['province-st-dept', 'cn-53']]);

  beforeAll(async () => {
    graph = await startGraph({ today: '2022-06-30' });
    await status(graph, COUNTY, 'poverty-lifted');
    const { village: villageId } = await village(graph, COUNTY);
    const teamId = await activeTeam(graph, COUNTY, ADVISERS, 'national');
    const payerId = await organisation(graph, COUNTY, { type: 'st-dept', nature: 'administrative', level: 'county' });
    const em = graph.subgraphs.get('projects-funding')?.orm.em.fork();
    if (!em) throw new Error('no projects-funding subgraph');
    const place = { regionId: COUNTY, countyId: COUNTY, prefectureId: 'cn-533300', provinceId: 'cn-53' };
    const on = '2022-03-01';
    for (let number = 0; number < ROWS; number += 1) {
      const id = uuid();
      em.create(FundingLine, {
        id,
        version: 1,
        ...place,
        beneficiaryKind: 'team',
        beneficiaryId: teamId,
        beneficiaryLevel: 'national',
        personId: null,
        dispatchingUnitId: null,
        payerId,
        payerLevel: 'county',
        source: 'county-finance',
        form: 'subsidy',
        channel: null,
        mode: null,
        purpose: null,
        deciders: [],
        acceptedResult: null,
        coFunders: [],
        year: 2022,
        amountFen: 100,
        allocatedOn: on,
        transferredFen: 2,
        spentFen: 1,
      });
      const held = { version: 1, lineId: id };
      em.create(Expense, {
        id: uuid(),
        ...held,
        category: 'travel',
        amountFen: 1,
        spentOn: on,
        activity: '服务',
        payeeRelated: null,
        servedAppointmentId: null,
        servedTeamId: teamId,
        servedProjectId: null,
        reviewer: null,
        reviewedOn: null,
      });
      em.create(FundTransfer, {
        id: uuid(),
        ...held,
        amountFen: 2,
        recipientKind: 'team',
        recipientPersonId: null,
        recipientTeamId: teamId,
        recipientOrganisationId: null,
        earmarked: true,
        transferredOn: on,
        reference: null,
      });
      em.create(FundInspection, {
        id: uuid(),
        ...held,
        agencyId: payerId,
        commissionedById: null,
        inspectedOn: on,
        compliant: true,
        finding: '合规',
      });
      const findingId = uuid();
      em.create(MisuseFinding, {
        id: findingId,
        ...held,
        ...place,
        beneficiaryKind: 'team',
        beneficiaryId: teamId,
        personId: null,
        dispatchingUnitId: null,
        payerId,
        payerLevel: 'county',
        kind: 'diversion',
        severity: 'ordinary',
        responsibleOrganisationId: payerId,
        responsiblePersonId: null,
        amountFen: 1,
        recoveredFen: 0,
        evidence: null,
        recordedOn: on,
        closedOn: null,
        changedOn: on,
        inspectionId: null,
        acts: 0,
      });
      em.create(MisuseEffect, {
        id: uuid(),
        findingId,
        kind: 'criticism',
        doneOn: on,
        document: null,
        amountFen: null,
        body: null,
      });
      const projectId = uuid();
      em.create(Project, {
        id: projectId,
        version: 1,
        ...place,
        path: [COUNTY, 'cn-533300', 'cn-53', 'cn'],
        villageId,
        title: `项目${number}`,
        programme: ADVISERS,
        teamId,
        implementerId: payerId,
        registeredOn: on,
        changedOn: on,
        acts: 0,
        ...NOTHING,
      });
      const project = { projectId, version: 1 };
      em.create(ProjectNotice, {
        id: uuid(),
        ...project,
        level: 'village',
        place: 'fixed-board',
        location: null,
        postedOn: on,
        lastPostedOn: null,
        completed: null,
        openObjections: null,
      });
      em.create(ProjectTracking, {
        id: uuid(),
        ...project,
        trackedOn: on,
        supervisor: 'audit',
        organisationId: null,
        result: null,
        problem: null,
      });
      em.create(ProjectDisclosure, {
        id: uuid(),
        ...project,
        site: 'county-gov-portal',
        url: 'https://example.org/',
        disclosedOn: on,
      });
    }
    await em.flush();
  }, 120_000);
  afterAll(() => graph.stop());

  /** Counts the statements of a list of five and of fifty; a list is what `read` finds in the answer. */
  async function both(document: string, read: (data: never) => { node: unknown }[]) {
    let edges: { node: unknown }[] = [];
    const ask = (first: number) => async () => {
      edges = read((await graph.get(manager, document, { first, id: COUNTY })) as never);
    };
    await ask(1)();
    const five = await statementsOf(graph, ask(5));
    expect(edges).toHaveLength(5);
    const fifty = await statementsOf(graph, ask(ROWS));
    expect(edges).toHaveLength(ROWS);
    return { five, fifty, last: edges.at(-1)?.node };
  }

  it('of money cost no more statements than of five, with all that hangs on each line', async () => {
    const nested = '(first: 2) { totalCount edges { node { id line { id } } } }';
    const { five, fifty, last } = await both(
      `query ($first: Int) { fundingLines(first: $first) { totalCount edges { node {
        id team { id } payer { id } region { id } expenses${nested} transfers${nested} inspections${nested}
        misuseFindings(first: 2) { totalCount edges { node { id line { id } effects { kind } } } } } } } }`,
      (data: { fundingLines: { edges: { node: unknown }[] } }) => data.fundingLines.edges,
    );
    const one = { totalCount: 1, edges: [{ node: { line: {} } }] };
    expect(last).toMatchObject({ expenses: one, transfers: one, inspections: one, misuseFindings: one });
    expect(fifty).toEqual(five);
  });

  it('of projects cost no more statements than of five, with how each stands', async () => {
    const { five, fifty, last } = await both(
      `query ($first: Int, $id: ID!) { projects(first: $first, filter: { region: $id }) { edges { node {
        id notices { fullDays } disclosures { site } trackings(first: 1) { edges { node { id } } }
        standing { facts } } } } }`,
      (data: { projects: { edges: { node: unknown }[] } }) => data.projects.edges,
    );
    expect(last).toMatchObject({
      notices: [{ fullDays: 120 }],
      disclosures: [{ site: 'county-gov-portal' }],
      trackings: { edges: [{ node: {} }] },
      standing: {
        facts: {
          'project.villageNoticeDays': 120,
          'project.disclosed': true,
          'project.trackingCount': 1,
          'project.servedByTeam': true,
        },
      },
    });
    expect(fifty).toEqual(five);
  });

  it('in lists go on from a cursor', async () => {
    const page = async (after: string | null) => {
      const { region } = await graph.get(
        manager,
        `query ($id: ID!, $after: String) { region(id: $id) { projects(first: 30, after: $after) {
          totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { node { title } } } } }`,
        { id: COUNTY, after },
      );
      return region.projects;
    };
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect(first).toMatchObject({ totalCount: ROWS, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect(second).toMatchObject({ totalCount: ROWS, pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    const titles = [...first.edges, ...second.edges].map(({ node }: { node: { title: string } }) => node.title);
    expect(titles).toEqual(Array.from({ length: ROWS }, (_, number) => `项目${number}`));
  });
});

/** What nobody has said of a project. */
const NOTHING = {
  targets: [],
  measures: [],
  leadEntity: null,
  leadServiceObjectId: null,
  residentAid: null,
  results: [],
  beneficiaryHouseholds: null,
  beneficiaryPoorHouseholds: null,
  marketChannel: null,
  benefitLinkage: null,
  supportKind: null,
  industry: null,
  industryTiers: [],
  techField: null,
  livelihoodField: null,
  pillarIndustry: null,
  ipRecords: [],
  approvedOn: null,
  approvedBy: null,
  approvalDocument: null,
  approvalArgument: null,
  libraryEnteredOn: null,
  libraryNumber: null,
  assessedOn: null,
  suspendedOn: null,
  closedOn: null,
  statusReason: null,
};
