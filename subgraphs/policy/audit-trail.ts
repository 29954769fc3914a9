import { refuse } from '../refuse.ts';
import { FIRST } from './audit-chain.ts';
import { builder } from './builder.ts';
import { AuditLinkRow, LoggedAccess } from './tables/audit.ts';
import { LoggedDecision } from './tables/decision-log.ts';

/** Decision records are some kilobytes each. */
const MOST = 200;

interface Line extends Omit<AuditLinkRow, 'constructor'> {
  readonly record: string;
}

const AuditLineRef = builder.objectRef<Line>('AuditLine').implement({
  description:
    'A line of the audit trail. `hash` is SHA-256 over the canonical JSON of {at, digest, entry, kind, position, previous}; `digest` is SHA-256 of `record`.',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'From 1, without gaps.' }),
    kind: t.exposeString('kind', { description: 'decision, or access: to unmasked personal data.' }),
    entry: t.exposeID('entry'),
    digest: t.exposeString('digest'),
    at: t.exposeString('at', { description: 'When the trail took it in, as it was hashed.' }),
    previous: t.exposeString('previous', { description: 'Hash of the line before; zeros for the first.' }),
    hash: t.exposeString('hash'),
    record: t.exposeString('record', { description: 'The decision or access as canonical JSON, to the byte.' }),
  }),
});

const AuditHeadRef = builder.objectRef<{ position: number; hash: string }>('AuditHead').implement({
  description:
    'The last line of the audit trail. Who writes it down can tell later whether anything before it changed.',
  fields: (t) => ({ position: t.exposeInt('position'), hash: t.exposeString('hash') }),
});

builder.queryFields((t) => ({
  auditHead: t.field({
    type: AuditHeadRef,
    authenticated: true,
    async resolve(_root, _args, { em }) {
      const [last] = await em.find(AuditLinkRow, {}, { orderBy: { position: 'desc' }, limit: 1 });
      return { position: last?.position ?? 0, hash: last?.hash ?? FIRST };
    },
  }),
  auditTrail: t.field({
    type: [AuditLineRef],
    authenticated: true,
    description: `The trail from a position on, for whoever has the scope audit:read; at most ${MOST} lines at once. \`npm run audit:export\` and \`audit:verify\` write it to a file and check it without this server. Errors: FORBIDDEN, PAGE_SIZE_INVALID.`,
    args: {
      after: t.arg.int({ description: 'The lines after this position; from the first if absent.' }),
      first: t.arg.int({ description: `${MOST} if absent.` }),
    },
    async resolve(_root, { after, first }, { em, viewer }) {
      if (!viewer.scopes.includes('audit:read')) {
        refuse('FORBIDDEN', 'The audit trail needs the scope audit:read.', '查看审计链需要 audit:read 权限。');
      }
      const limit = first ?? MOST;
      if (limit < 1 || limit > MOST) {
        refuse('PAGE_SIZE_INVALID', `Between 1 and ${MOST} lines at once.`, `每次 1 至 ${MOST} 行。`);
      }
      const links = await em.find(
        AuditLinkRow,
        { position: { $gt: after ?? 0 } },
        { orderBy: { position: 'asc' }, limit },
      );
      const idsOf = (kind: string) => links.filter((link) => link.kind === kind).map(({ entry }) => entry);
      const rows = [
        ...(await em.find(LoggedDecision, { id: { $in: idsOf('decision') } }, { fields: ['id', 'record'] })),
        ...(await em.find(LoggedAccess, { id: { $in: idsOf('access') } }, { fields: ['id', 'record'] })),
      ];
      const records = new Map(rows.map(({ id, record }) => [id, record]));
      // A record that is gone is shown as gone: the verifier says so, with its position.
      return links.map((link) => ({ ...link, record: records.get(link.entry) ?? '' }));
    },
  }),
}));
