/** The denoisers there are. One more is a file of its own, a line here, and words in src/page/text. */
import type { DenoiserKind as Kind } from './denoiser.ts';
import { oracle } from './oracle.ts';

/** Each comes with its code, so that a page fetches what it runs. */
const denoisers = {
  oracle: async () => oracle,
  'blurred-oracle': async () => (await import('./blurred-oracle.ts')).blurredOracle,
  gaussian: async () => (await import('./gaussian.ts')).gaussian,
  local: async () => (await import('./local.ts')).local,
  ideal: async () => (await import('./ideal.ts')).ideal,
  wiener: async () => (await import('./wiener.ts')).wiener,
  patches: async () => (await import('./patches.ts')).patches,
  model: async () => (await import('./model.ts')).model,
};

type Denoisers = typeof denoisers;
export type DenoiserName = keyof Denoisers;

type OptionsOf<Name extends DenoiserName> =
  Awaited<ReturnType<Denoisers[Name]>> extends Kind<infer Options, infer _> ? Options : never;

/** Which denoiser, and what it knows. */
export type DenoiserOptions = {
  [Name in DenoiserName]: { readonly name: Name } & OptionsOf<Name>;
}[DenoiserName];

/** Any of them, for options of its own name. */
export type DenoiserKind = Kind<DenoiserOptions, { release(): void }>;

/** What there is to know of one before it runs; and its code, ahead of its use. */
export const fetchDenoiser = (name: DenoiserName) => denoisers[name]() as Promise<DenoiserKind>;

export const denoiserNames = Object.keys(denoisers) as readonly DenoiserName[];
