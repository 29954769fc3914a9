import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { type Jurisdiction, lawOf } from '../law.ts';
import { onlyOne } from './chain.ts';
import { completedYears } from './person-facts.ts';
import { LEADER_CHAIN, latestSettled, postedOn } from './posting-facts.ts';
import { doneSteps } from './procedure-facts.ts';
import type { Person } from './tables/person.ts';
import { Posting } from './tables/posting.ts';
import { Procedure } from './tables/procedure.ts';
import type { Region } from './tables/region.ts';

const DEPUTY_HEAD = 'st-deputy-head';

/**
 * How many steps of the leader's selection are not done in the latest procedure of a region that was not withdrawn; all
 * of them where there is none. Undefined where the law knows no such chain.
 */
async function missingSteps(
  tx: SqlEntityManager,
  registry: Jurisdiction,
  region: Region,
  on: string,
): Promise<number | undefined> {
  const chains = lawOf(registry, region.path, on).flatMap((release) =>
    release.chains.filter(({ concept }) => concept === LEADER_CHAIN).map((chain) => ({ release, chain })),
  );
  const found = onlyOne(chains);
  if (!found) return undefined;
  const { release, chain } = found;
  const [latest] = await tx.find(
    Procedure,
    { regionId: region.id, packId: release.pack.id, chainId: chain.id, status: { $ne: 'withdrawn' } },
    { orderBy: { id: 'desc' }, limit: 1 },
  );
  const done = await doneSteps(tx, latest?.id);
  return chain.steps.filter(({ key }) => !done.includes(key)).length;
}

/** What is known of somebody who is to lead a team: by which post or selection, and how old at the dispatch. */
export async function leaderFacts(
  tx: SqlEntityManager,
  registry: Jurisdiction,
  region: Region,
  person: Person,
  on: string,
): Promise<Facts & { readonly 'leader.post'?: string | undefined }> {
  const posted = { regionId: region.id, personId: person.id, kind: DEPUTY_HEAD, ...postedOn(on) };
  const isPosted = (await tx.count(Posting, posted)) > 0;
  const settled = await latestSettled(tx, registry, region.id, on);
  const isDispatched = settled?.finalPersonId === person.id;
  const dispatchedOn = isDispatched && settled.completedOn ? settled.completedOn : on;
  return {
    // Who is posted there holds that post, whatever was registered of them before.
    'leader.post': isPosted ? DEPUTY_HEAD : (person.post ?? undefined),
    'leader.isPostedDeputyHead': isPosted,
    'leader.isDispatched': isDispatched,
    'leader.ageAtDispatch': person.birthDate ? completedYears(person.birthDate, dispatchedOn) : undefined,
    'procedure.missingSteps': await missingSteps(tx, registry, region, on),
  };
}
