import type { Effect, Outcome, Override, Text } from './pack.ts';

type Overridable = {
  readonly id: string;
  readonly effect: Effect;
  readonly override?: { readonly roles: readonly string[] };
};

/** Spaces and invisible characters are no reason. */
const isBlank = (reason: string) => reason.replace(/[\p{Z}\p{C}]/gu, '') === '';

const hindrance = (rule: Overridable, { reason, role }: Override): Text | null => {
  if (rule.effect !== 'override' || !rule.override)
    return { zh: '此条规定不可变通。', en: 'This rule cannot be overridden.' };
  if (isBlank(reason)) return { zh: '变通须说明理由。', en: 'An override needs a reason.' };
  if (!rule.override.roles.includes(role))
    return {
      zh: `角色“${role}”无权变通；有权的角色：${rule.override.roles.join('、')}。`,
      en: `The role "${role}" may not override this; these may: ${rule.override.roles.join(', ')}.`,
    };
  return null;
};

const undecided: Text = {
  zh: '事实不全，尚不能变通；请先补充事实。',
  en: 'Facts are missing; supply them before overriding.',
};

/**
 * The override that counts for a rule with this outcome, or a note why the one given does not.
 * Whether the actor really holds the role is for the caller to have established.
 */
export const overrideFor = (
  rule: Overridable,
  outcome: Outcome,
  overrides: readonly Override[],
): { overridden: Omit<Override, 'rule'> | null; note: Text | null } => {
  let note: Text | null = null;
  if (outcome !== 'fail' && outcome !== 'undetermined') return { overridden: null, note };
  for (const given of overrides) {
    if (given.rule !== rule.id) continue;
    const reason = hindrance(rule, given) ?? (outcome === 'undetermined' ? undecided : null);
    if (!reason) return { overridden: { reason: given.reason, role: given.role, actor: given.actor }, note: null };
    note ??= reason;
  }
  return { overridden: null, note };
};
