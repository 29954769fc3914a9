/** How much to load: the demonstration prefecture, or a share of the nation. */
export type Scale = { readonly kind: 'demonstration' } | { readonly kind: 'nation'; readonly share: number };

/** The nation at share 1. */
export const NATION = { persons: 850_000, serviceRecords: 10_000_000 } as const;
