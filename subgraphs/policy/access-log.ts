import { validate as isUuid } from 'uuid';
import { canonical, sha256 } from '../../policies/canonical.ts';
import type { Access } from '../access.ts';
import { page } from '../connection.ts';
import { refuse } from '../refuse.ts';
import { appendLinks, holdChain } from './audit-append.ts';
import { builder } from './builder.ts';
import { LoggedAccess } from './tables/audit.ts';

const EntryInput = builder.inputType('AccessLogEntryInput', {
  description: 'One access to unmasked data, as the subgraph that gave it wrote it down.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'A UUID; the same access always comes with the same one.' }),
    subgraph: t.string({ required: true }),
    at: t.field({ type: 'DateTime', required: true }),
    record: t.string({ required: true, description: 'The access as canonical JSON.' }),
    digest: t.string({ required: true, description: 'SHA-256 of `record`, hexadecimal.' }),
  }),
});
type Entry = typeof EntryInput.$inferInput;

/** @throws GraphQLError ACCESS_DIGEST when a line was altered on its way */
function read(entry: Entry): Access {
  try {
    const access = JSON.parse(entry.record) as Access;
    if (isUuid(entry.id) && sha256(entry.record) === entry.digest && canonical(access) === entry.record) return access;
  } catch {
    // Said below.
  }
  return refuse(
    'ACCESS_DIGEST',
    `The record of access ${entry.id} is not what its digest says.`,
    `访问记录 ${entry.id} 与其摘要不符。`,
  );
}

builder.mutationField('accessLogAppend', (t) =>
  t.int({
    description:
      'For subgraphs: appends accesses to unmasked personal data and answers how many were new. One that is there already is left as it is. Errors: FORBIDDEN for anybody but a subgraph, ACCESS_DIGEST.',
    authenticated: true,
    args: { entries: t.arg({ type: [EntryInput], required: true }) },
    resolve(_root, { entries }, context) {
      if (context.viewer.kind !== 'service') {
        refuse('FORBIDDEN', 'Only a subgraph writes the access log.', '只有子图服务可以写入访问日志。');
      }
      const lines = entries.map((entry) => {
        const { actor, subjects } = read(entry);
        return { ...entry, at: new Date(entry.at), actor, subjects: [...subjects] };
      });
      return context.em.fork().transactional(async (tx) => {
        await holdChain(tx);
        const ids = lines.map(({ id }) => id);
        const known = new Set(
          (await tx.find(LoggedAccess, { id: { $in: ids } }, { fields: ['id'] })).map(({ id }) => id),
        );
        const fresh = lines.filter(({ id }) => !known.has(id));
        if (fresh.length > 0) await tx.insertMany(LoggedAccess, fresh);
        await appendLinks(tx, 'access', fresh, context.now);
        return fresh.length;
      });
    },
  }),
);

const accessOf = ({ record }: LoggedAccess) => JSON.parse(record) as Access;

const LoggedAccessRef = builder.objectRef<LoggedAccess>('LoggedAccess').implement({
  description: 'Somebody was shown personal data without a mask. It is never changed.',
  fields: (t) => ({
    id: t.exposeID('id'),
    at: t.expose('at', { type: 'DateTime' }),
    actor: t.exposeString('actor', { description: 'The account that was shown it.' }),
    roles: t.stringList({
      description: 'The roles that the account held then, each with its region.',
      resolve: (row) => [...accessOf(row).roles],
    }),
    point: t.string({ description: 'The rule point that allowed it.', resolve: (row) => accessOf(row).point }),
    fields: t.stringList({ description: 'What was shown.', resolve: (row) => [...accessOf(row).fields] }),
    subjects: t.idList({ description: 'Whose data it was.', resolve: ({ subjects }) => subjects }),
    purpose: t.string({
      nullable: true,
      description: 'What the account said it needs it for (header x-tepai-purpose); null: it said nothing.',
      resolve: (row) => accessOf(row).purpose,
    }),
    requestId: t.string({ resolve: (row) => accessOf(row).requestId }),
  }),
});

builder.queryField('accesses', (t) =>
  t.connection({
    type: LoggedAccessRef,
    authenticated: true,
    description:
      'Who was shown personal data without a mask, the latest first: of yourself, your own accesses, and all with the scope audit:read.',
    args: {
      subject: t.arg.id({ description: 'Only of this person.' }),
      actor: t.arg.string({ description: 'Only by this account.' }),
    },
    resolve(_root, { subject, actor, ...args }, { em, viewer }) {
      const own = [{ actor: viewer.subject }, ...(viewer.person ? [{ subjects: { $contains: [viewer.person] } }] : [])];
      return page(em, LoggedAccess, {
        where: {
          $and: [
            viewer.scopes.includes('audit:read') ? {} : { $or: own },
            { ...(subject ? { subjects: { $contains: [subject] } } : {}), ...(actor ? { actor } : {}) },
          ],
        },
        orderBy: { id: 'desc' },
        args,
      });
    },
  }),
);
