import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { addDays, daysBetween } from '../../policies/day.ts';
import type { Facts } from '../../policies/facts.ts';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { knownForm } from './from-graph.ts';
import { statusOf } from './project.ts';
import { Project, type ProjectDisclosure, ProjectNotice } from './tables/project.ts';

/**
 * The full days of a notice as judged on a day: the day of posting is not counted, each later day counts once it is over
 * and the notice hung on it.
 */
export function fullDays(notice: Pick<ProjectNotice, 'postedOn' | 'lastPostedOn'>, on: string): number {
  const over = addDays(on, -1);
  const last = notice.lastPostedOn && notice.lastPostedOn < over ? notice.lastPostedOn : over;
  return Math.max(0, daysBetween(notice.postedOn, last));
}

/** The place that is a fixed public board: days on another one are not counted. */
const FIXED_BOARD = 'fixed-board';

/** The most full days of one single notice at a level: notices are never added up. */
function longest(notices: readonly ProjectNotice[], level: string, on: string): number {
  const days = notices
    .filter((notice) => notice.level === level && notice.place === FIXED_BOARD && notice.postedOn <= on)
    .map((notice) => fullDays(notice, on));
  return Math.max(0, ...days);
}

/** The programme that a project is filed under, as rules know it; `none` under none, or where there is no project. */
export const programmeOf = (project: { readonly programme?: string | null } | null | undefined): string =>
  project?.programme ?? 'none';

/** What the row says of a project on a day. */
export function rowFacts(project: Project, on: string): Facts {
  const by = (day: string | null | undefined) => typeof day === 'string' && day <= on;
  return {
    'project.programme': programmeOf(project),
    'project.status': statusOf(project, on),
    'project.implementerStated': project.implementerId !== null,
    'project.approved': by(project.approvedOn),
    'project.inLibrary': by(project.libraryEnteredOn),
    'project.performanceAssessed': by(project.assessedOn),
  };
}

type Content = Pick<
  Project,
  | 'targets'
  | 'measures'
  | 'residentAid'
  | 'results'
  | 'marketChannel'
  | 'benefitLinkage'
  | 'beneficiaryPoorHouseholds'
  | 'ipRecords'
  | 'supportKind'
  | 'livelihoodField'
  | 'techField'
  | 'industry'
  | 'industryTiers'
  | 'pillarIndustry'
>;

/** What is stated of the content of a project. */
export function contentFacts(project: Content): Facts {
  return {
    'project.targetsStated': project.targets.length > 0,
    'project.measuresStated': project.measures.length > 0,
    'project.residentAidStated': project.residentAid !== null,
    'project.resultsStated': project.results.length > 0,
    'project.marketChannelStated': project.marketChannel !== null,
    'project.benefitLinkageStated': project.benefitLinkage !== null,
    'project.poorHouseholdCount': project.beneficiaryPoorHouseholds ?? undefined,
    'project.ipRecordCount': project.ipRecords.length,
    'project.supportKind': project.supportKind ?? undefined,
    'project.livelihoodField': project.livelihoodField ?? undefined,
    'project.techField': project.techField ?? undefined,
    'project.industry': project.industry ?? undefined,
    'project.industryTiers': [...project.industryTiers],
    'project.pillarIndustry': project.pillarIndustry ?? undefined,
  };
}

/** How long the notices of a project hung, judged on a day. */
export async function noticeFacts(em: SqlEntityManager, project: Project, on: string): Promise<Facts> {
  return daysOf(await em.find(ProjectNotice, { projectId: project.id }), on);
}

/** The same of notices that are read already. */
export function daysOf(notices: readonly ProjectNotice[], on: string): Facts {
  return {
    'project.villageNoticeDays': longest(notices, 'village', on),
    'project.townshipNoticeDays': longest(notices, 'township', on),
  };
}

/** A government's portal, of whatever level, as codes of sites name it. */
export const isPortal = (site: string) => /(^|-)gov-portal$/.test(site);

/** Whether one of the disclosures of a project by a day is on a government's portal and can be looked up. */
export const isDisclosed = (disclosures: readonly ProjectDisclosure[], on: string): boolean =>
  disclosures.some(({ site, url, disclosedOn }) => isPortal(site) && url !== null && disclosedOn <= on);

/** The subject of a decision about a project, or about what hangs on it. */
export function projectSubject(project: Project, type = 'Project', id = project.id): Subject {
  return {
    type,
    id,
    regions: project.path,
    organisations: project.implementerId ? [project.implementerId] : [],
    process: `project:${project.id}`,
  };
}

/**
 * Loads a project and holds its row: what its notices and its status allow is read and changed by one act at a time.
 *
 * @throws UserError NOT_FOUND, WRONG_STATE for one that is closed
 */
export async function lockProject(tx: SqlEntityManager, id: string, field = 'project'): Promise<Project> {
  const project = await tx.findOne(Project, { id: knownForm(id, field) }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!project) throw notFound(field);
  if (project.closedOn) {
    throw new UserError('WRONG_STATE', field, { zh: '该项目已办结。', en: 'The project is closed.' });
  }
  return project;
}

/**
 * Holds a project for a step: the caller must have read it as it stands, and steps come in the order of their days.
 *
 * @throws UserError as lockProject; STALE_VERSION, ON_BEFORE_LAST_ACT
 */
export async function lockForStep(
  tx: SqlEntityManager,
  input: { readonly project: string; readonly version: number },
  on: string,
): Promise<Project> {
  const project = await lockProject(tx, input.project);
  expectVersion(project.version, input.version);
  requireOrder(project.changedOn, on);
  return project;
}

/** @throws UserError WRONG_STATE for a project that rests */
export function notSuspended(project: Project): void {
  if (!project.suspendedOn) return;
  throw new UserError('WRONG_STATE', 'project', {
    zh: `该项目自 ${project.suspendedOn} 起中止，恢复后方可办理。`,
    en: `The project rests since ${project.suspendedOn}; resume it first.`,
  });
}

/** Notes an act on a project, so that its version moves on even when only what hangs on it changed. */
export function touched(project: Project, on: string): Project {
  project.changedOn = on;
  project.acts += 1;
  return project;
}
