export type Census = Record<string, number>;

export interface Gap {
  readonly ms: number;
  readonly doing: string;
}

/** What is wrong, in words; nothing where nothing is. */
export function faultsOf(
  found: { before: Census; after: Census; gaps: readonly Gap[]; errors: readonly string[] },
  software: boolean,
): string[];
