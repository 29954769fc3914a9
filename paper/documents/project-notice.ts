import { PaperError } from '../error.ts';
import { lawWords } from '../law.ts';
import { chineseDay } from '../page.ts';
import { type DocumentKind, paragraph, sentence } from './document.ts';

const PROJECT = /* GraphQL */ `
  query PaperProject($id: ID!) {
    project(id: $id) {
      title programme targets measures results residentAid leadEntity benefitLinkage
      beneficiaryHouseholds beneficiaryPoorHouseholds
      implementer { name }
      region { id name level parent { name level parent { name level } } }
      notices { level place location postedOn lastPostedOn }
    }
  }
`;

interface Place {
  readonly name: string;
  readonly level: string;
  readonly parent?: Place | null;
}
interface Project {
  readonly title: string;
  readonly programme: string | null;
  readonly targets: readonly string[];
  readonly measures: readonly string[];
  readonly results: readonly string[];
  readonly residentAid: string | null;
  readonly leadEntity: string | null;
  readonly benefitLinkage: string | null;
  readonly beneficiaryHouseholds: number | null;
  readonly beneficiaryPoorHouseholds: number | null;
  readonly implementer: { readonly name: string } | null;
  readonly region: Place & { readonly id: string };
  readonly notices: readonly {
    readonly level: string;
    readonly place: string;
    readonly location: string | null;
    readonly postedOn: string;
    readonly lastPostedOn: string | null;
  }[];
}

const said = (name: string, values = {}) => sentence('projectNotice', name, values);

/** The names of a place from the county down, as far as it says them. */
function lineOf(region: Place): Place[] {
  const line: Place[] = [];
  for (let at: Place | null | undefined = region; at; at = at.parent) line.unshift(at);
  return line.filter(({ level }) => ['COUNTY', 'TOWNSHIP', 'VILLAGE'].includes(level));
}

function households({ beneficiaryHouseholds: all, beneficiaryPoorHouseholds: poor }: Project): string | null {
  if (all === null) return null;
  return poor === null ? said('householdCount', { all }) : said('householdCountWithPoor', { all, poor });
}

/** What the notice makes public; what nobody stated is left out. */
function contents(project: Project, site: string): [string, string][] {
  const joined = (texts: readonly string[]) => texts.join(said('separator')) || null;
  const all: [string, string | null | undefined][] = [
    ['name', project.title],
    ['site', site],
    ['implementer', project.implementer?.name],
    ['leadEntity', project.leadEntity],
    ['targets', joined(project.targets)],
    ['households', households(project)],
    ['measures', joined(project.measures)],
    ['benefitLinkage', project.benefitLinkage],
    ['helper', project.residentAid],
    ['expected', joined(project.results)],
  ];
  return all.flatMap(([name, text]): [string, string][] => (text ? [[said(name), text]] : []));
}

/** The latest public notice of a project at one level: village, township or county. */
export const projectNotice: DocumentKind = {
  needs: ['project', 'level'],
  async page(ask, { project: id, level = '' }) {
    const { project } = await ask<{ project: Project | null }>(PROJECT, { id });
    const notice = project?.notices.findLast((one) => one.level === level);
    if (!project || !notice) throw new PaperError('DOCUMENT_NOT_FOUND');
    const words = await lawWords(ask, project.region.id, notice.postedOn);
    const line = lineOf(project.region);
    const site = line.map(({ name }) => name).join('');
    const poster = line.find((one) => one.level.toLowerCase() === level) ?? project.region;
    const days = words.number(`notice.${level}-days-min`);
    const values = {
      project: project.title,
      region: site,
      programme: project.programme && words.title(project.programme),
      postedOn: chineseDay(notice.postedOn),
      lastPostedOn: notice.lastPostedOn && chineseDay(notice.lastPostedOn),
      place: `${notice.location ?? ''}${words.title(notice.place)}`,
      days,
    };
    return {
      title: said('title', values),
      blocks: [
        paragraph(said(project.programme ? 'body' : 'bodyWithoutProgramme', values)),
        ...(days === undefined ? [] : [paragraph(said('days', values))]),
        ...(notice.lastPostedOn ? [paragraph(said('until', values))] : []),
        { kind: 'table', header: [said('item'), said('content')], rows: contents(project, site), widths: [1, 3] },
        paragraph(said('objections')),
        { kind: 'signature', lines: [said(level, { region: poster.name }), chineseDay(notice.postedOn)] },
      ],
    };
  },
};
