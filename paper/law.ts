import type { Ask } from './ask.ts';

type Codes = ReadonlyMap<string, string>;

/** What the law of a region calls things, and which codes it lists. */
export interface LawWords {
  readonly packs: readonly { readonly id: string; readonly version: string; readonly digest: string }[];
  /** The Chinese name of a code or role, or the code itself where no pack has a name for it. */
  title(code: string): string;
  /** The Chinese name of a code, or what is given where no pack has a name for it. */
  titleOr(code: string, otherwise: string): string;
  /** The codes of a list that the law states, by their names; undefined when it states none. */
  list(parameter: string): Codes | undefined;
  /** The codes of all lists that the law states about one thing, by their names; undefined when it states none. */
  listAbout(concept: string): Codes | undefined;
  /** A number that the law states; undefined when it states none. */
  number(parameter: string): number | undefined;
  /** The codes with which the law compares a fact, by their names. */
  compared(fact: string): Codes;
}

const LAW = /* GraphQL */ `
  query PaperLaw($region: ID!, $asOf: Date) {
    packsGoverning(region: $region, asOf: $asOf) { id version digest vocabulary { code title { zh } } release }
  }
`;

interface Parameter {
  readonly id: string;
  readonly concept?: string;
  readonly values: readonly { readonly from: string; readonly value: unknown }[];
}
interface Pack {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
  readonly vocabulary: readonly { readonly code: string; readonly title: { readonly zh: string } | null }[];
  readonly release: {
    readonly roles: readonly { readonly role: string; readonly title: { readonly zh: string } }[];
    readonly parameters: readonly Parameter[];
  };
}

/** The value of a parameter on a day. */
const valueOn = ({ values }: Parameter, asOf: string): unknown =>
  values.filter(({ from }) => from <= asOf).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]?.value;

/** The texts that conditions compare with a fact. */
function comparedWith(fact: string, condition: unknown): string[] {
  if (typeof condition !== 'object' || condition === null) return [];
  const { fact: own, value } = condition as { fact?: unknown; value?: unknown };
  if (own === fact) return [value].flat().filter((code) => typeof code === 'string');
  return Object.values(condition).flatMap((inner) => comparedWith(fact, inner));
}

/** Reads the words of the packs that govern a region on a day; no words when there is no such region. */
export async function lawWords(ask: Ask, region: string | undefined, asOf: string): Promise<LawWords> {
  const found = region ? (await ask<{ packsGoverning: Pack[] | null }>(LAW, { region, asOf })).packsGoverning : null;
  const packs = found ?? [];
  const titles = new Map<string, string>();
  for (const { vocabulary, release } of packs) {
    for (const { code, title } of vocabulary) if (title && !titles.has(code)) titles.set(code, title.zh);
    for (const { role, title } of release.roles) if (!titles.has(role)) titles.set(role, title.zh);
  }
  const titleOr = (code: string, otherwise: string) => titles.get(code) ?? otherwise;
  const named = (codes: readonly string[]) => new Map(codes.map((code) => [titleOr(code, code), code]));
  const stated = (of: (parameter: Parameter) => boolean) =>
    packs.flatMap(({ release }) => release.parameters.filter(of).map((parameter) => valueOn(parameter, asOf)));
  const lists = (of: (parameter: Parameter) => boolean) =>
    stated(of).flatMap((value) => (Array.isArray(value) ? [value.map(String)] : []));
  return {
    packs: packs.map(({ id, version, digest }) => ({ id, version, digest })),
    titleOr,
    title: (code) => titleOr(code, code),
    list(parameter) {
      const [codes] = lists(({ id }) => id === parameter);
      return codes && named(codes);
    },
    listAbout(about) {
      const found = lists(({ concept }) => concept === about);
      return found.length > 0 ? named(found.flat()) : undefined;
    },
    number: (parameter) => stated(({ id }) => id === parameter).find((value) => typeof value === 'number'),
    compared: (fact) => named(packs.flatMap(({ release }) => comparedWith(fact, release))),
  };
}
