export type RegionLevel = 'country' | 'province' | 'prefecture' | 'county';

export type DivisionType =
  | 'country'
  | 'province'
  | 'municipality'
  | 'autonomous-region'
  | 'special-administrative-region'
  | 'prefecture-level-city'
  | 'prefecture'
  | 'autonomous-prefecture'
  | 'league'
  | 'district'
  | 'county-level-city'
  | 'county'
  | 'autonomous-county'
  | 'banner'
  | 'autonomous-banner'
  | 'forest-district'
  | 'special-district'
  | 'management-district';

/** How a name's ending tells the type of a division. The first rule that fits decides. */
export interface DivisionRule {
  level: RegionLevel;
  suffix: string;
  type: DivisionType;
  /** Six-digit codes the rule is limited to, where the same ending is also part of ordinary names. */
  only?: readonly string[];
  /** The ending stays in the short name: without it the name would mean something else. */
  keep?: boolean;
}

/** The rule that a division's name falls under. Throws when there is none: a new kind of division needs a decision. */
export function ruleFor(rules: readonly DivisionRule[], level: RegionLevel, code: string, name: string): DivisionRule {
  const rule = rules.find(
    (it) => it.level === level && name.endsWith(it.suffix) && (it.only === undefined || it.only.includes(code)),
  );
  if (!rule) throw new Error(`no division type is known for ${code} ${name}`);
  return rule;
}

/** The name without its type and without the nationalities it names; never shortened to a single character. */
export function shortNameOf(name: string, rule: DivisionRule, nationalities: readonly string[]): string {
  if (rule.keep) return name;
  let short = shorten(name, rule.suffix);
  if (short === name) return name;
  for (;;) {
    const ending = nationalities.find((it) => short.endsWith(it));
    const next = ending === undefined ? short : shorten(short, ending);
    if (next === short) return short;
    short = next;
  }
}

function shorten(name: string, ending: string): string {
  const rest = name.slice(0, name.length - ending.length);
  return rest.length < 2 ? name : rest;
}
