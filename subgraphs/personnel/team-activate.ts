import { LockMode } from '@mikro-orm/postgresql';
import { requireOrder } from '../act-order.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { requirePeriod } from './appointment-period.ts';
import { decided } from './builder.ts';
import { regionFacts } from './region-status-facts.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { TeamTermInput } from './team-create.ts';
import { changed, lockTeam, teamSubject } from './team-row.ts';
import { readinessFacts } from './team-standing-facts.ts';
import { teamWork } from './team-work.ts';

decided('teamActivate', {
  description:
    'Puts a team to work, if it is composed as the pack wants it. What was not known when it was formed is stated here. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, PERIOD_INVALID.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true }),
    term: t.field({ type: TeamTermInput, description: 'As stated at its forming if absent; so for the following.' }),
    receivingUnit: t.id(),
    accountable: t.id({ description: 'The person who answers for it.' }),
  }),
  plan: (input, context) => ({
    entity: Team,
    remote: (on) => teamWork(context, input.team, on),
    async prepare(tx, on, work) {
      const team = await lockTeam(tx, input.team);
      expectVersion(team.version, input.version);
      if (team.status !== 'forming') {
        throw new UserError('WRONG_STATE', 'team', {
          zh: '只有组建中的团队可以启动。',
          en: 'Only a team that is forming can be activated.',
        });
      }
      requireOrder(team.changedOn, on);
      const { term, receivingUnit, accountable } = input;
      if (term?.to) requirePeriod(term.from, term.to);
      if (receivingUnit && !(await tx.findOne(Organisation, { id: receivingUnit }))) throw notFound('receivingUnit');
      if (accountable && !(await tx.findOne(Person, { id: accountable }))) throw notFound('accountable');
      // Held, so that the teams at work in a region are counted one activation at a time.
      const region = await tx.findOneOrFail(Region, { id: team.regionId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const stated = {
        ...(term ? { termFrom: term.from, termTo: term.to ?? null } : {}),
        ...(receivingUnit ? { receivingUnitId: receivingUnit } : {}),
        ...(accountable ? { accountableId: accountable } : {}),
      };
      return {
        subject: await teamSubject(tx, team, on),
        facts: {
          // As it would be: what is stated here is not written before the decision allows it.
          ...(await readinessFacts(tx, { ...team, ...stated } as Team, on)),
          ...(await regionFacts(tx, region, on)),
          'team.termTargetCount': work['team.termTargetCount'],
        },
        current: team,
        change() {
          Object.assign(team, stated, { status: 'active', activatedOn: on });
          return changed(tx, team, on, { act: 'teamActivate' });
        },
      };
    },
  }),
});
