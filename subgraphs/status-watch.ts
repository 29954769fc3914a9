import type { EventSubscriber, FlushEventArgs, MikroORM, TransactionEventArgs } from '@mikro-orm/postgresql';

/** Calls `changed` whenever a transaction that wrote rows of an entity has been committed, whoever wrote them. */
export function afterChangeOf(orm: MikroORM, entity: string, changed: () => void): void {
  const written = new WeakSet<object>();
  const subscriber: EventSubscriber = {
    afterFlush({ em, uow }: FlushEventArgs) {
      if (!uow.getChangeSets().some(({ meta }) => meta.className === entity)) return;
      if (em.isInTransaction()) written.add(em);
      else changed();
    },
    afterTransactionCommit({ em }: TransactionEventArgs) {
      if (written.delete(em)) changed();
    },
  };
  orm.em.getEventManager().registerSubscriber(subscriber);
}
