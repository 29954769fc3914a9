import type { Measure } from '../../policies/pack.ts';

const members: Measure = { of: 'team-member', aggregation: 'distinct', field: 'person', when: 'at-end', per: 'team' };
const posts: Measure = { of: 'team-post', aggregation: 'distinct', field: 'person', when: 'at-end', per: 'team' };

/** How the facts are measured that indicators name instead of a measure of their own. */
export const factMeasures: Readonly<Record<string, Measure>> = {
  'appointment.onSiteDays': {
    of: 'service-record',
    where: { mode: ['on-site'] },
    aggregation: 'distinct',
    field: 'date',
    per: 'appointment',
  },
  'appointment.serviceCount': { of: 'service-record', aggregation: 'count', when: 'started', per: 'appointment' },
  'team.onSiteDays': {
    of: 'service-record',
    where: { mode: ['on-site'] },
    aggregation: 'distinct',
    field: 'date',
    per: 'team',
  },
  'team.memberCount': members,
  'team.practicalExpertCount': { ...members, where: { practicalExpert: ['yes'] } },
  'team.leaderCount': { ...posts, where: { role: ['leader'] } },
  'team.liaisonCount': { ...posts, where: { role: ['liaison'] } },
  'team.signedAgreementCount': {
    of: 'agreement',
    aggregation: 'distinct',
    field: 'county',
    when: 'at-end',
    per: 'team',
  },
  'fundingLine.yearTotalFen': { of: 'funding-line', aggregation: 'sum', field: 'amountFen' },
};
