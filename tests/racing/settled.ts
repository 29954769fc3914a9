import type { RaceName } from './claims.ts';

/**
 * What changes the fact asks nothing that the act changes, so it may lawfully come right after the act: in whichever order
 * the two are stored, the rows are those of one after the other.
 */
const oneSided = (what: string) => `One-sided: ${what}`;
/** Of another subgraph: read before the transaction, and true of that moment (decisions/0003). */
const askedBefore = (what: string) => `Asked of another subgraph beforehand: ${what}`;

/** Why a rule that asks a contended fact is not raced at a point, or (`*`) at any: by point and rule. */
export const settled: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '*': {
    'platform.regime.in-force': oneSided('a status begins or ends a regime for a day, whatever was done under it'),
  },
  appointmentActivate: {
    'baise.sanqu.four-ones': oneSided('what is assigned can be ended while it is served'),
    'baise.stp.clarity': oneSided('what is assigned can be ended while it is served'),
    'jiaozuo.insurance.required': oneSided('covers are only ever added'),
  },
  appointmentCreate: {
    'jiaozuo.select.8-notice': oneSided('a notice that has run stays closed; one that is superseded reopens the round'),
    'jiaozuo.select.9-list': oneSided('the list is decided by the last step, and no act takes it back'),
    'jiaozuo.two-way-choice': oneSided('who consented may say otherwise later'),
  },
  appointmentExit: {
    'baise.stp.continuity': oneSided('the series is of appointments that began before; a new one begins after'),
  },
  appointmentRenew: { 'jiaozuo.eval.exit': askedBefore('the latest published grade') },
  assessmentRecord: {
    'platform.access.evaluated': askedBefore('who leads the team that is assessed'),
    'hunan.team.daily-assessment': oneSided('daily records are only ever added'),
    'hunan.team.term-targets.term-end': oneSided('targets are only ever added'),
    'national.eval.national': oneSided('what the county made is never taken back'),
  },
  assessmentSchedule: { 'hunan.team.term-targets.term-end': oneSided('targets are only ever added') },
  brigadeCreate: { 'jiaozuo.brigade.leader': oneSided('agreements and leaders come and go after a brigade is formed') },
  brigadeMemberAdd: {
    'jiaozuo.brigade.formation.local': oneSided('whoever no longer serves is no longer in it, by the same dates'),
  },
  certificateIssue: { 'jiaozuo.eval.certificate': oneSided('a grade is final once it is published') },
  commendationRecord: { 'hunan.team.commendation': oneSided('a result that is recorded is never changed') },
  evaluationBatchClose: { 'jiaozuo.eval.publish': oneSided('a publication is never taken back') },
  evaluationGrade: {
    'platform.access.evaluated': askedBefore('who leads the team that is graded'),
    'jiaozuo.eval.dimensions': oneSided('scores are only ever added while the batch is held'),
    'jiaozuo.eval.who-county': oneSided('services go on; they undo no grade'),
  },
  evaluationPublish: { 'jiaozuo.exemption.individual': oneSided('an exemption can be approved after publication') },
  evaluationScore: {
    'platform.access.evaluated': askedBefore('who leads the team that is scored'),
    'jiaozuo.eval.who-county': oneSided('services go on; they undo no score'),
  },
  expenseSubmit: { 'baise.funds.prohibited': oneSided('a finding is recorded of what was spent before it, too') },
  expertPoolAdd: { 'national.match.east-west.paired': oneSided('a pairing that ends leaves the pool as it is') },
  feeRecord: { 'jiaozuo.fee.no-charge': askedBefore('the engagements of the recipient') },
  fundingAllocate: {
    'baise.funds.prohibited': oneSided('a finding is recorded of what was allocated before it, too'),
    'hunan.team.consequence-cancel': askedBefore('the outcome of the year before'),
    'national.fund.library-only': oneSided('no act takes a project out of the library'),
  },
  fundingTransfer: { 'baise.funds.prohibited': oneSided('a finding is recorded of what was paid out before it, too') },
  fundInspectionRecord: { 'platform.access.inspector': oneSided('who inspected a line may spend from it later') },
  incomeRecord: { 'jiaozuo.fee.no-charge': askedBefore('the engagements of the recipient') },
  matchingRecord: { 'jiaozuo.select.2-publish.matching': oneSided('a publication is never taken back') },
  misuseFindingClose: {
    'hunan.team.sanction-misuse': oneSided('effects are only ever added, by acts that hold the finding'),
    'hunan.team.sanction-misuse.recovered': oneSided('what is recovered is only ever added to'),
    'hunan.team.sanction-serious': oneSided('effects are only ever added, by acts that hold the finding'),
  },
  nominationSubmit: { 'hunan.team.formation-by-leader': oneSided('who leads can change after a nomination') },
  procedureOpen: { 'national.apply.eligible-county': oneSided('a team may be put to work while a procedure runs') },
  projectApplicationSubmit: {
    'national.project.eligible-apply': askedBefore('the team that serves the project'),
    'national.project.eligible-apply.county': askedBefore('the status of the county'),
  },
  projectRegister: {
    'national.project.eligible-apply': askedBefore('the team that serves the project'),
    'national.project.eligible-apply.county': askedBefore('the status of the county'),
  },
  teamActivate: {
    'national.appoint.recognition': oneSided('a procedure can be sent back when its team is at work'),
    'national.appoint.recognition.letter': oneSided('letters stay; whoever joins a team at work gets one later'),
    'national.match.list.activate': oneSided('a procedure can be sent back when its team is at work'),
  },
  teamCreate: {
    'hunan.team.expansion-after-2019': oneSided('a status that changes leaves the teams that were formed'),
    'national.match.list.county': oneSided('a procedure can be sent back when its team is formed'),
  },
  teamLeaderAppoint: {
    'hunan.team.leader-chain-6-dispatch.appoint': oneSided('statuses and selections change when a leader is appointed'),
    'hunan.team.leader-chain-6-dispatch.person': oneSided('statuses and selections change when a leader is appointed'),
    'hunan.team.leader-deputy-head-posted': oneSided('a posting can end when its holder leads a team'),
  },
  teamMemberAdd: { 'hunan.team.formation-by-leader.add': oneSided('no act takes a leader away without another') },
  teamMemberEngage: { 'hunan.team.term-length': oneSided('a team is put to work after its members are engaged') },
};

/** The race that tries a unique index, or why there is none, by schema and name; but for those of ids alone. */
export const indexes: Readonly<Record<string, { readonly race: RaceName } | { readonly reason: string }>> = {
  'evaluation.certificate_evaluation_id_unique': { race: 'a certificate number is given once' },
  'evaluation.certificate_year_number_unique': { race: 'a certificate number is given once' },
  'evaluation.evaluation_batch_id_subject_id_unique': {
    reason: 'Its rows are made with their batch, by one act that names each subject once.',
  },
  'evaluation.evaluation_subject_kind_subject_id_year_unique': {
    race: 'several batches give a subject one grade for the year',
  },
  'evaluation.feedback_batch_id_organisation_id_unique': { race: 'results are fed back to a unit once' },
  'evaluation.submission_pkey': {
    race: 'of the same report of a quarter one is the first, and every other is told so',
  },
  'personnel.application_selection_id_person_id_demand_item_id_unique': {
    race: 'takes one form of a person for a need, and takes a step once',
  },
  'personnel.application_selection_id_person_id_unique': {
    race: 'runs one notice, and takes no form that it does not show',
  },
  'personnel.appointment_person_id_category_year_county_id_unique': {
    race: 'appoints a person once for a category, year and county, from whichever candidacy',
  },
  'personnel.appointment_renewal_of_id_unique': { race: 'renews an appointment once' },
  'personnel.brigade_county_id_unique': { race: 'make one brigade of a county' },
  'personnel.brigade_member_brigade_id_appointment_id_unique': { race: 'put an appointment into its brigade once' },
  'personnel.engagement_team_id_person_id_kind_from_unique': {
    race: 'takes in, proposes and engages the same person once',
  },
  'personnel.governing_body_region_id_name_unique': { race: 'a village, and a body of a region, has its name once' },
  'personnel.letter_number_unique': { race: 'gives a number to one letter, and a letter to each member once' },
  'personnel.matching_demand_item_id_person_id_unique': {
    race: 'a contact over a need, and a leave, is recorded once',
  },
  'personnel.nomination_region_id_person_id_kind_submitted_on_unique': {
    race: 'takes in, proposes and engages the same person once',
  },
  'personnel.nomination_team_id_person_id_kind_submitted_on_unique': {
    race: 'takes in, proposes and engages the same person once',
  },
  'personnel.off_post_leave_person_id_unique': { race: 'a contact over a need, and a leave, is recorded once' },
  'personnel.person_id_number_unique': { race: 'register an identity number once, and the others are told so' },
  'personnel.procedure_candidate_procedure_id_person_id_unique': {
    race: 'keeps the steps of a selection in order, however they are taken and sent back at once',
  },
  'personnel.region_status_region_id_kind_unique': { race: 'a status of a region has one value at a time' },
  'personnel.selection_notice_selection_id_unique': {
    race: 'runs one notice, and takes no form that it does not show',
  },
  'personnel.selection_opinion_step_id_body_unique': {
    reason: 'Its rows are made with their step, by one act that names each body once.',
  },
  'personnel.selection_organisation_id_region_id_level_year_ca_7f0f8_unique': {
    race: 'a unit opens a round of its own once',
  },
  'personnel.selection_region_id_level_year_category_batch_unique': {
    race: 'a round of a county is opened once, and one candidacy makes one appointment',
  },
  'personnel.submission_pkey': { race: 'with one idempotency key are one act with one decision and one event' },
  'personnel.village_expert_region_id_person_id_unique': { race: 'an expert is linked to a village once' },
  'policy.audit_link_kind_entry_unique': {
    reason: 'The chain is appended to under a lock of its own, one link at a time.',
  },
  'policy.audit_link_pkey': { reason: 'The chain is appended to under a lock of its own, one link at a time.' },
  'policy.submission_pkey': { reason: 'The policy subgraph has no act that is decided.' },
  'projects_funding.funding_year_pkey': {
    race: 'from two levels for one person and year is not given twice unnoticed, whoever comes first',
  },
  'projects_funding.platform_organisation_id_kind_name_unique': {
    race: 'a platform, a project and a service object are registered once',
  },
  'projects_funding.project_application_call_id_lead_id_unique': { race: 'goes to one for the last place of a call' },
  'projects_funding.project_notice_project_id_level_unique': {
    race: 'has a project whose notice is posted and closed once, and which enters the library once',
  },
  'projects_funding.project_region_id_title_unique': {
    race: 'a platform, a project and a service object are registered once',
  },
  'projects_funding.service_object_appointment_id_region_id_name_unique': {
    race: 'a platform, a project and a service object are registered once',
  },
  'projects_funding.service_object_region_id_name_unique': {
    race: 'a platform, a project and a service object are registered once',
  },
  'projects_funding.submission_pkey': {
    race: 'is paid out no further than the line holds, and once for one idempotency key',
  },
  'projects_funding.work_reference_pkey': {
    race: 'of one thing recorded by many one record is the first, and the figure counts it once',
  },
};

/** Unique indexes over a column that may be null, and why two rows with null there may be alike. */
export const mayRepeat: Readonly<Record<string, string>> = {
  'personnel.appointment_renewal_of_id_unique': 'One that renews none.',
  'personnel.letter_number_unique': 'A letter without a number.',
  'personnel.matching_demand_item_id_person_id_unique':
    'Contacts of a round over no need, of which there may be several.',
  'personnel.person_id_number_unique': 'A person whose number is not known.',
};
