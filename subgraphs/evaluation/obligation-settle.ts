import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { isRecurring } from '../../policies/duty.ts';
import type { Facts } from '../../policies/facts.ts';
import type { Context } from '../context.ts';
import type { Prepared } from '../mutate.ts';
import { knownPlace, type Place } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { ObligationRef } from './obligation.ts';

import { generated, keyOf, type Obligation, occurrenceId } from './obligation-list.ts';

import { Settlement } from './tables/obligation.ts';

interface Input {
  readonly obligation: string;
  readonly occurrence?: string | null | undefined;
}

interface Asked {
  readonly place: Place;
  readonly item: Omit<Obligation, 'settled'>;
  readonly occurrence: string | null;
}

/** Finds the obligation that an id names, as the packs ask for it now. */
async function asked(context: Context, input: Input): Promise<Asked> {
  const key = keyOf(input.obligation);
  const place = key && (await knownPlace(context.graph, key.regionId));
  const item = place && (await generated(context, place, key.year, null)).find(({ id }) => id === input.obligation);
  if (!place || !item) throw notFound('obligation');
  const occurrence = input.occurrence?.trim() || null;
  if (item.occurrence !== null && (occurrence === null || occurrence === item.occurrence)) {
    return { place, item, occurrence: item.occurrence };
  }
  if (isRecurring(item.duty) !== (occurrence === null)) {
    throw new UserError('OCCURRENCE_INVALID', 'occurrence', {
      zh: '有固定周期或一次性的事项不分次；其他事项须说明是哪一次。',
      en: 'What comes by the calendar has no occurrences; of anything else, say which one.',
    });
  }
  return { place, item, occurrence };
}

/** Settles an obligation once. The key of its row is its id, so of two who settle it at once the slower runs again and is told. */
async function settle(
  tx: SqlEntityManager,
  on: string,
  { place, item, occurrence }: Asked,
  outcome: 'satisfied' | 'waived',
  text: string | null,
  facts: Facts,
): Promise<Prepared<Settlement>> {
  const pack = item.release.pack.id;
  const { regionId, year } = item;
  const id = item.occurrence === null ? occurrenceId(item.id, occurrence) : item.id;
  if ((await tx.count(Settlement, { id })) > 0) {
    throw new UserError('WRONG_STATE', 'obligation', {
      zh: '该事项已办结或免除。',
      en: 'This obligation is satisfied or waived already.',
    });
  }
  return {
    subject: { type: 'Obligation', id, regions: place.path },
    facts,
    current: null,
    change: () =>
      tx.create(Settlement, {
        id,
        version: 1,
        pack,
        entry: item.duty.id,
        regionId,
        year,
        occurrence,
        outcome,
        on,
        text,
      }),
  };
}

const occurrenceDescription = 'For what comes per event or irregularly: which one, such as the id of the engagement.';

decided('obligationSatisfy', {
  description: 'Records that an obligation was met. Errors: NOT_FOUND, OCCURRENCE_INVALID, WRONG_STATE.',
  thing: 'obligation',
  type: ObligationRef,
  input: (t) => ({
    obligation: t.id({ required: true, description: 'An id that `obligations` answers.' }),
    occurrence: t.string({ description: occurrenceDescription }),
    evidence: t.string({ description: 'What shows it: a document number, a link.' }),
  }),
  plan: (input, context) => ({
    entity: Settlement,
    remote: (_on) => asked(context, input),
    prepare(tx, on, found) {
      const evidence = input.evidence?.trim() || null;
      return settle(tx, on, found, 'satisfied', evidence, { 'obligation.evidenceAttached': evidence !== null });
    },
  }),
});

decided('obligationWaive', {
  description: 'Waives an obligation, with a reason. Errors: NOT_FOUND, OCCURRENCE_INVALID, WRONG_STATE.',
  thing: 'obligation',
  type: ObligationRef,
  input: (t) => ({
    obligation: t.id({ required: true, description: 'An id that `obligations` answers.' }),
    occurrence: t.string({ description: occurrenceDescription }),
    reason: t.string(),
  }),
  plan: (input, context) => ({
    entity: Settlement,
    remote: (_on) => asked(context, input),
    prepare(tx, on, found) {
      const reason = input.reason?.trim() || null;
      return settle(tx, on, found, 'waived', reason, { 'obligation.reasonStated': reason !== null });
    },
  }),
});
