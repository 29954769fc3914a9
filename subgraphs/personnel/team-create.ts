import { v7 as uuid } from 'uuid';
import { requireLevel } from '../level.ts';
import { notFound, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { Organisation } from './tables/organisation.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';

decided('teamCreate', {
  description: 'Forms a team; it is `forming` until teamActivate. Errors: NAME_REQUIRED, LEVEL_INVALID, NOT_FOUND.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    name: t.string({ required: true }),
    level: t.string({ required: true }),
    region: t.id({ required: true }),
    organisation: t.id({ required: true }),
    field: t.string(),
    chainStages: t.stringList(),
    industries: t.stringList(),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      if (!input.name.trim()) {
        throw new UserError('NAME_REQUIRED', 'name', { zh: '名称不能为空。', en: 'The name is empty.' });
      }
      requireLevel(input.level);
      const region = await tx.findOne(Region, { id: input.region });
      if (!region) throw notFound('region');
      if (!(await tx.findOne(Organisation, { id: input.organisation }))) throw notFound('organisation');
      const id = uuid();
      const field = input.field?.trim() || null;
      const chainStages = input.chainStages ?? [];
      return {
        subject: {
          type: 'Team',
          id,
          regions: region.path,
          process: `team:${id}`,
          organisations: [input.organisation],
        },
        facts: {
          'team.level': input.level,
          'team.fieldStated': field !== null,
          'team.chainStagesStated': chainStages.length > 0,
        },
        current: null,
        change: () =>
          tx.create(Team, {
            id,
            version: 1,
            name: input.name.trim(),
            level: input.level,
            regionId: region.id,
            organisationId: input.organisation,
            field,
            chainStages,
            industries: input.industries ?? [],
            status: 'forming',
            formedOn: on,
            activatedOn: null,
            endedOn: null,
            changedOn: on,
            changedAt: new Date(),
          }),
      };
    },
  }),
});
