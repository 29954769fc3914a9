import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { notFound, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { RegionRef } from './region.ts';
import { recordStatus } from './region-status.ts';
import { regionFacts, statusesOf } from './region-status-facts.ts';
import { requireText } from './required-text.ts';
import { Region } from './tables/region.ts';

/** The statuses of a village, and the facts that they answer. */
export const VILLAGE_STATUSES = {
  poor: 'village.poor',
  delisted: 'village.delisted',
  'st-demand': 'village.hasDemand',
};

/** What is known of a village on a day. */
export async function villageFacts(tx: SqlEntityManager, village: Region, on: string): Promise<Facts> {
  const values = (await statusesOf(tx, [village.id], Object.keys(VILLAGE_STATUSES), on)).get(village.id);
  return Object.fromEntries(Object.entries(VILLAGE_STATUSES).map(([kind, fact]) => [fact, values?.get(kind)]));
}

/** The county in which a smaller region lies; itself when it is one; null when there is none. */
export function countyOf(tx: SqlEntityManager, region: Region): Promise<Region | null> {
  return tx.findOne(Region, { id: { $in: region.path }, level: 'county' });
}

/** The province, and whether the county is in the scope of teams. */
export async function scopeFacts(tx: SqlEntityManager, region: Region, on: string): Promise<Facts> {
  const facts = await regionFacts(tx, (await countyOf(tx, region)) ?? region, on);
  return { 'region.province': facts['region.province'], 'region.inTeamScope': facts['region.inTeamScope'] };
}

const CODE = /^\d{12}$/;

decided('villageRegister', {
  description:
    'Registers a village of a county, or of a township of it. What it is recorded as holds from the day of the act; regionStatusRecord changes it later. Errors: NOT_FOUND (parent), TEXT_REQUIRED, VILLAGE_CODE_INVALID, PARENT_INVALID, DUPLICATE_VILLAGE.',
  thing: 'village',
  type: RegionRef,
  input: (t) => ({
    parent: t.id({ required: true, description: 'The county, or the township.' }),
    name: t.string({ required: true }),
    code: t.string({ description: 'Twelve digits of the statistical bureau; the id is made of it.' }),
    poor: t.boolean({ description: 'Absent: not recorded; so for the following.' }),
    delisted: t.boolean(),
    demand: t.boolean({ description: 'It has a demand for science and technology.' }),
    mainIndustries: t.stringList({ description: "Codes of the pack's vocabulary." }),
    source: t.string({ description: 'The document or list that says so.' }),
  }),
  plan: (input) => ({
    entity: Region,
    async prepare(tx, on) {
      const name = requireText(input.name, 'name');
      const code = input.code?.trim() || null;
      if (code && !CODE.test(code)) {
        throw new UserError('VILLAGE_CODE_INVALID', 'code', {
          zh: '村的统计用区划代码为 12 位数字。',
          en: 'The code of a village has twelve digits.',
        });
      }
      // Held, so that a name is registered once.
      const parent = await tx.findOne(Region, { id: input.parent }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!parent) throw notFound('parent');
      if (parent.level === 'village') {
        throw new UserError('PARENT_INVALID', 'parent', {
          zh: '村不能属于另一个村。',
          en: 'A village does not lie in another village.',
        });
      }
      const county = await countyOf(tx, parent);
      const same = [{ parentId: parent.id, name }, ...(code ? [{ id: `cn-${code}` }] : [])];
      const duplicate = (await tx.count(Region, { level: 'village', $or: same })) > 0;
      const id = code ? `cn-${code}` : `cn-${uuid()}`;
      const stated = { poor: input.poor, delisted: input.delisted, 'st-demand': input.demand };
      const mainIndustries = [...new Set(input.mainIndustries ?? [])];
      return {
        subject: { type: 'Region', id, regions: [id, ...parent.path] },
        facts: {
          'village.poor': input.poor ?? undefined,
          'village.delisted': input.delisted ?? undefined,
          'village.hasDemand': input.demand ?? undefined,
          'village.mainIndustryCount': mainIndustries.length,
          'village.inCounty': county !== null,
          'village.duplicate': duplicate,
          ...(await scopeFacts(tx, parent, on)),
        },
        current: null,
        async change() {
          if (duplicate) {
            throw new UserError('DUPLICATE_VILLAGE', 'name', {
              zh: '该村已登记。',
              en: 'This village is registered already.',
            });
          }
          const village = tx.create(Region, {
            id,
            gbCode: null,
            statisticalCode: code,
            name,
            shortName: name,
            level: 'village',
            divisionType: 'village',
            parentId: parent.id,
            path: [id, ...parent.path],
            validFrom: null,
            validTo: null,
            predecessors: [],
            successors: [],
            aliases: [],
            standard: false,
            mainIndustries,
          });
          await tx.flush();
          for (const [kind, value] of Object.entries(stated)) {
            if (typeof value !== 'boolean') continue;
            await recordStatus(tx, { regionId: id, kind, value, source: input.source?.trim() ?? '' }, on);
          }
          return village;
        },
      };
    },
  }),
});
