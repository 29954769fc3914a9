import { requireOrder } from '../act-order.ts';
import { expectVersion, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { compositionFacts } from './team-facts.ts';
import { lockTeam, teamSubject, touched } from './team-row.ts';

decided('teamActivate', {
  description:
    'Puts a team to work, if it is composed as the pack wants it. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({ team: t.id({ required: true }), version: t.int({ required: true }) }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      const team = await lockTeam(tx, input.team);
      expectVersion(team.version, input.version);
      if (team.status !== 'forming') {
        throw new UserError('WRONG_STATE', 'team', {
          zh: '只有组建中的团队可以启动。',
          en: 'Only a team that is forming can be activated.',
        });
      }
      requireOrder(team.changedOn, on);
      return {
        subject: await teamSubject(tx, team, on),
        facts: await compositionFacts(tx, team, on),
        current: team,
        change() {
          team.status = 'active';
          team.activatedOn = on;
          return touched(team, on);
        },
      };
    },
  }),
});
