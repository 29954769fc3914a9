import type { Decision } from '../../policies/decision.ts';
import type { Context } from '../context.ts';
import { knownPlace, liesIn, type Place } from '../place.ts';
import { decideStanding, type StandingArgs, standingArgs } from '../standing.ts';
import { whereAllowed } from '../visible.ts';
import { builder, types } from './builder.ts';
import { type Candidate, CandidateKind, caseStudyColumns } from './case-study.ts';
import { CaseStudy } from './tables/case-study.ts';
import { Evaluation } from './tables/evaluation.ts';

interface Ranked {
  readonly kind: Candidate;
  readonly id: string;
  readonly outstanding: boolean;
  readonly grade: string | null;
  readonly decision: Decision;
}

const AwardCandidateRef = builder.objectRef<Ranked>('AwardCandidate').implement({
  description: 'Somebody or something that may be recommended for an award.',
  fields: (t) => ({
    kind: t.field({ type: CandidateKind, resolve: ({ kind }) => kind }),
    candidateId: t.id({ resolve: ({ id }) => id }),
    outstanding: t.exposeBoolean('outstanding', { description: 'A case study records outstanding deeds.' }),
    publishedGrade: t.string({ nullable: true, description: 'Of the year.', resolve: ({ grade }) => grade }),
    rank: t.int({
      description: 'How many priority rules it meets; more comes first.',
      resolve: (r) => r.decision.rank,
    }),
    decision: t.field({
      type: types.DecisionRef,
      description: 'Point: awardRanking. Not stored.',
      resolve: ({ decision }) => decision,
    }),
  }),
});

/** Those with a case study that the viewer may read, or a published grade, in a region and year. */
async function candidates(context: Context, place: Place, year: number) {
  const studies = await context.em.find(CaseStudy, {
    ...liesIn({ id: place.regionId, level: place.level }),
    year,
    $and: [whereAllowed(context, 'evaluationRead', caseStudyColumns)],
  });
  const evaluations = await context.em.find(Evaluation, {
    ...liesIn({ id: place.regionId, level: place.level }),
    year,
    published: true,
  });
  const found = new Map<string, Omit<Ranked, 'decision'>>();
  for (const { subjectKind, subjectId, grade } of evaluations) {
    const kind = subjectKind === 'region-work' ? 'other' : (subjectKind as Candidate);
    found.set(`${kind} ${subjectId}`, { kind, id: subjectId, outstanding: false, grade: grade ?? null });
  }
  for (const { candidateKind, candidateId, outstanding } of studies) {
    const key = `${candidateKind} ${candidateId}`;
    const known = found.get(key) ?? {
      kind: candidateKind as Candidate,
      id: candidateId,
      outstanding: false,
      grade: null,
    };
    found.set(key, { ...known, outstanding: known.outstanding || outstanding });
  }
  return [...found.values()];
}

async function ranking(context: Context, place: Place, year: number, law: StandingArgs): Promise<Ranked[]> {
  const ranked = (await candidates(context, place, year)).map((candidate) => {
    const facts = { 'candidate.kind': candidate.kind, 'candidate.outstanding': candidate.outstanding };
    return { ...candidate, decision: decideStanding(context, 'awardRanking', place.path, facts, law) };
  });
  const name = ({ kind, id }: Ranked) => `${kind} ${id}`;
  return ranked.sort((a, b) => b.decision.rank - a.decision.rank || (name(a) < name(b) ? -1 : 1));
}

builder.queryField('awardRanking', (t) =>
  t.field({
    type: [AwardCandidateRef],
    nullable: true,
    authenticated: true,
    description:
      'Those of a region with a case study or a published grade in a year, in the order in which the packs recommend them. Point: awardRanking. Null when there is no such region. Error: PACK_UNKNOWN.',
    args: { region: t.arg.id({ required: true }), year: t.arg.int({ required: true }), ...standingArgs(t as never) },
    async resolve(_root, { region, year, ...law }, context) {
      const place = await knownPlace(context.graph, region);
      return place ? ranking(context, place, year, law) : null;
    },
  }),
);
