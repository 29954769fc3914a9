import type { Ask } from './ask.ts';

/** What the law of a region calls things, and which codes it lists. */
export interface LawWords {
  readonly packs: readonly { readonly id: string; readonly version: string; readonly digest: string }[];
  /** The Chinese name of a code, or the code itself where no pack has a name for it. */
  title(code: string): string;
  /** The Chinese name of a code, or what is given where no pack has a name for it. */
  titleOr(code: string, otherwise: string): string;
  /** The codes of a list that the law states, by their names; undefined when it states none. */
  list(parameter: string): ReadonlyMap<string, string> | undefined;
}

const LAW = /* GraphQL */ `
  query PaperLaw($region: ID!, $asOf: Date) {
    packsGoverning(region: $region, asOf: $asOf) { id version digest vocabulary { code title { zh } } release }
  }
`;

interface Pack {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
  readonly vocabulary: readonly { readonly code: string; readonly title: { readonly zh: string } | null }[];
  readonly release: {
    readonly parameters: readonly {
      readonly id: string;
      readonly values: readonly { readonly from: string; readonly value: unknown }[];
    }[];
  };
}

/** The value of a list on a day. */
function codesOn(pack: Pack, parameter: string, asOf: string): readonly string[] | undefined {
  const stated = pack.release.parameters.find(({ id }) => id === parameter)?.values.filter(({ from }) => from <= asOf);
  const value = stated?.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]?.value;
  return Array.isArray(value) ? value.map(String) : undefined;
}

/** Reads the words of the packs that govern a region on a day; no words when there is no such region. */
export async function lawWords(ask: Ask, region: string | undefined, asOf: string): Promise<LawWords> {
  const found = region ? (await ask<{ packsGoverning: Pack[] | null }>(LAW, { region, asOf })).packsGoverning : null;
  const packs = found ?? [];
  const titles = new Map<string, string>();
  for (const { vocabulary } of packs) {
    for (const { code, title } of vocabulary) if (title && !titles.has(code)) titles.set(code, title.zh);
  }
  const titleOr = (code: string, otherwise: string) => titles.get(code) ?? otherwise;
  return {
    packs: packs.map(({ id, version, digest }) => ({ id, version, digest })),
    titleOr,
    title: (code) => titleOr(code, code),
    list(parameter) {
      const codes = packs.map((pack) => codesOn(pack, parameter, asOf)).find((value) => value !== undefined);
      return codes && new Map(codes.map((code) => [titleOr(code, code), code]));
    },
  };
}
