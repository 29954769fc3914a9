/** Points, or `*` where one guard holds for every point, with the rules that a race tries there. */
type Claim = Readonly<Record<string, readonly string[]>>;

const steps = (from: number, to: number) =>
  [
    'jiaozuo.select.1-demand',
    'jiaozuo.select.2-publish',
    'jiaozuo.select.3-contact',
    'jiaozuo.select.4-form',
    'jiaozuo.select.5-expert-review',
    'jiaozuo.select.6-bureau-meeting',
    'jiaozuo.select.7-consult',
  ].slice(from - 1, to);

/**
 * Which race tries which rule: by the names of the races. `account.test.ts` holds it against the packs, the catalogue and
 * the files beside this one, and each race against the decisions that it made.
 */
export const claims = {
  // team
  'never take a team below its floor: of twenty removals from ten members five are done': {
    teamMemberRemove: ['jiaozuo.team.size.change'],
  },
  'never take a team above its ceiling: of twenty who come to eight members two are taken in': {
    teamMemberAdd: ['jiaozuo.team.size.change'],
  },
  'make one brigade of a county': {},
  'put an appointment into its brigade once': {},
  'sign one agreement of a team with a county for an industry': {},
  'with one idempotency key are one act with one decision and one event': {},
  'register an identity number once, and the others are told so': {},
  // activation
  'one of two teams of a county is put to work, and only while it is composed as it must be': {
    teamActivate: [
      'hunan.team.coverage-county-2018.one',
      'hunan.team.member-min',
      'hunan.team.practical-expert-min',
      'hunan.team.county-approval.active',
      'hunan.team.leader-count',
      'hunan.team.liaison-count',
    ],
    teamMemberAdd: ['hunan.team.member-adjust.direct'],
    teamMemberRemove: ['hunan.team.member-adjust.direct'],
  },
  'a team of five is put to work, or loses one, and never both': {
    teamActivate: ['jiaozuo.team.size', 'jiaozuo.team.co-leaders', 'jiaozuo.team.one-plus-n'],
  },
  // expert-team
  'has one leader, and one liaison, whoever is appointed at once': {
    teamLeaderAppoint: ['hunan.team.leader-count.appoint'],
    teamLiaisonAppoint: ['hunan.team.liaison-count.appoint'],
  },
  'loses one of eleven members, and none of five practical experts': {
    teamMemberRemove: ['hunan.team.member-min.change', 'hunan.team.practical-expert-min.change'],
    teamMemberAdjust: [
      'hunan.team.member-adjust',
      'hunan.team.member-min.change',
      'hunan.team.practical-expert-min.change',
    ],
  },
  'takes in, proposes and engages the same person once': {},
  'names a direct contact once': {},
  'takes a step of the selection once': {},
  'keeps the steps of a selection in order, however they are taken and sent back at once': {
    procedureAdvance: [
      'hunan.team.leader-chain-order',
      'hunan.team.leader-chain-2-unit-consent.candidate',
      'hunan.team.leader-chain-3-collate.consents',
      'hunan.team.leader-chain-5-negotiate',
      'hunan.team.leader-chain-5-negotiate.candidate',
      'hunan.team.leader-chain-5-negotiate.person',
    ],
  },
  'posts the one on whom several selections settled once, however many dispatch at once': {},
  // assessment
  'an assessment is made once, filed by one at a time, and published once': {},
  // appointment
  'appoints a person once for a category, year and county, from whichever candidacy': {},
  'makes one appointment of one candidacy': {},
  'renews an appointment once': {},
  'takes one form of a person for a need, and takes a step once': {},
  'runs one notice, and takes no form that it does not show': { selectionNoticeOpen: ['jiaozuo.select.order'] },
  'takes each step of a round once, in its order, whoever takes it': {
    selectionAdvance: [
      ...steps(1, 7),
      'jiaozuo.select.7-consult.opinions',
      'jiaozuo.select.8-notice.closed',
      'jiaozuo.select.order',
    ],
  },
  'lets no account act for two bodies in one round': { '*': ['platform.access.separation'] },
  // evaluation
  'twenty top grades at once in a batch of twenty give three': { evaluationGrade: ['jiaozuo.eval.excellent-quota'] },
  'grades and publication at once never publish a batch over its quota, nor change what is published': {
    evaluationGrade: ['jiaozuo.eval.excellent-quota'],
    evaluationPublish: ['jiaozuo.eval.excellent-quota.publish'],
  },
  'closing at once with grading never closes a batch over its quota': {
    evaluationGrade: ['jiaozuo.eval.excellent-quota'],
    evaluationBatchClose: ['jiaozuo.eval.excellent-quota.publish'],
  },
  'several batches give a subject one grade for the year': {},
  'a certificate number is given once': {},
  'results are fed back to a unit once': {},
  'an obligation is settled once': {},
  // funding
  'from two levels for one person and year is not given twice unnoticed, whoever comes first': {
    fundingAllocate: ['jiaozuo.stp.no-double-support'],
  },
  'of one level for one person and year is given once': { fundingAllocate: ['jiaozuo.fund.person'] },
  'for a team stays within the ceiling of its year': { fundingAllocate: ['jiaozuo.fund.team'] },
  'is spent to the last fen that fits and no further': { expenseSubmit: ['platform.money.expense'] },
  'is paid out no further than the line holds, and once for one idempotency key': {
    fundingTransfer: ['platform.money.transfer'],
  },
  'goes to one for the last place of a call': { projectApplicationSubmit: ['jiaozuo.incentive.green-channel'] },
  // advisor-group
  'has one convenor, whoever of twelve is named first': { designationRecord: ['national.org.convenor'] },
  'has one liaison of a body, and the same person once': { designationRecord: ['national.org.liaison'] },
  'gets two experts by its pairing, and a third only when somebody answers for it': {
    expertPoolAdd: ['national.match.east-west.more'],
  },
  'takes each step of its procedure once, and a step of two bodies from both': {
    procedureAdvance: [
      'national.apply.chain',
      'national.apply.chain.pair',
      'national.match.batch',
      'national.match.batch.bodies',
      'national.match.list',
      'national.appoint.recognition.bodies',
      'national.dock.negotiate.step',
    ],
  },
  'gives a number to one letter, and a letter to each member once': {
    letterIssue: ['national.appoint.recognition.first', 'national.appoint.recognition.member'],
  },
  'has a project whose notice is posted and closed once, and which enters the library once': {
    projectApprove: ['national.project.review', 'national.project.village-notice', 'national.project.township-notice'],
    projectLibraryEnter: ['national.project.review', 'national.project.library'],
  },
  // task-plan
  'a work team never gets a fourth member, nor a post two holders': { postingRecord: ['baise.workteam.three-posts'] },
  'one person gets one post, whichever is offered first, and the same post once': {
    postingRecord: ['baise.workteam.three-posts'],
  },
  'of the same report of a quarter one is the first, and every other is told so': {},
  'of one thing recorded by many one record is the first, and the figure counts it once': {},
  'two teams of one industry, and a tenth team, are seen by whoever forms them': {},
  'a round of a county is opened once, and one candidacy makes one appointment': {},
  // register
  'a village, and a body of a region, has its name once': {},
  'an expert is linked to a village once': {},
  'a platform, a project and a service object are registered once': {},
  'a status of a region has one value at a time': {},
  'a contact over a need, and a leave, is recorded once': {},
  'a unit opens a round of its own once': {},
  // mixed
  'acts of every kind on one county end, and leave every count as the law wants it': {},
} as const satisfies Readonly<Record<string, Claim>>;

/** The name of a race: the title of its test. */
export type RaceName = keyof typeof claims;
