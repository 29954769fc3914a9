import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { validate } from 'uuid';
import type { Context } from '../context.ts';
import { notFound, UserError } from '../user-error.ts';
import { type Engagement, knownForm, readOrganisation } from './from-graph.ts';
import { stated } from './input.ts';
import { ServiceObject } from './tables/service-object.ts';

/** Who paid: exactly one of the three. */
export interface Payer {
  readonly organisation: string | null;
  readonly serviceObject: string | null;
  readonly name: string | null;
}

type Asked = { [field in 'payerOrganisation' | 'payerServiceObject' | 'payerName']?: string | null | undefined };

/** @throws UserError ONE_PAYER, NOT_FOUND, TEXT_REQUIRED */
export async function readPayer(context: Context, asked: Asked): Promise<Payer> {
  const nobody = { organisation: null, serviceObject: null, name: null };
  const { payerOrganisation, payerServiceObject, payerName } = asked;
  if ([payerOrganisation, payerServiceObject, payerName].filter((one) => typeof one === 'string').length !== 1) {
    throw new UserError('ONE_PAYER', ['payerOrganisation', 'payerServiceObject', 'payerName'], {
      zh: '须且只须填写一个付款方。',
      en: 'Give exactly one payer.',
    });
  }
  if (typeof payerOrganisation === 'string') {
    return { ...nobody, organisation: (await readOrganisation(context, payerOrganisation, 'payerOrganisation')).id };
  }
  if (typeof payerServiceObject === 'string') {
    return { ...nobody, serviceObject: knownForm(payerServiceObject, 'payerServiceObject') };
  }
  return { ...nobody, name: stated(payerName as string, 'payerName') };
}

/** Whether a day falls in an engagement that was at work then: activated, and not yet left. Both ends belong to it. */
export function inService({ from, to, status, endedOn }: Engagement, day: string): boolean {
  if (status === 'listed' || day < from || day > to) return false;
  return status !== 'exited' || endedOn === null || day < endedOn;
}

/**
 * Whether the payer is a designated receiver under one of these engagements: its receiving unit, or a service object that
 * was registered for it or that it names. Who is neither is not designated: designation is the registration.
 */
export async function isDesignated(
  tx: SqlEntityManager,
  payer: Payer,
  engagements: readonly Engagement[],
): Promise<boolean> {
  if (payer.serviceObject && !(await tx.findOne(ServiceObject, { id: payer.serviceObject }))) {
    throw notFound('payerServiceObject');
  }
  if (engagements.length === 0) return false;
  if (payer.organisation && engagements.some(({ receivingUnit }) => receivingUnit?.id === payer.organisation)) {
    return true;
  }
  const designated = {
    $or: [
      { appointmentId: { $in: engagements.map(({ id }) => id) } },
      { id: { $in: engagements.flatMap(({ serviceObjectIds }) => serviceObjectIds.filter((id) => validate(id))) } },
    ],
  };
  const paid = payer.serviceObject
    ? { id: payer.serviceObject }
    : payer.organisation
      ? { organisationId: payer.organisation }
      : { name: payer.name };
  return (await tx.count(ServiceObject, { $and: [designated, paid] })) > 0;
}

const CAPACITIES = ['appointee', 'private', 'shareholder', 'inventor', 'employee'];

/**
 * As what a person was paid. A capacity that no rule knows would slip past the rules that ask for one.
 *
 * @throws UserError CAPACITY_INVALID
 */
export function knownCapacity(capacity: string): string {
  if (CAPACITIES.includes(capacity)) return capacity;
  throw new UserError('CAPACITY_INVALID', 'capacity', {
    zh: `收款身份须为 ${CAPACITIES.join('、')} 之一。`,
    en: `The capacity must be one of ${CAPACITIES.join(', ')}.`,
  });
}
