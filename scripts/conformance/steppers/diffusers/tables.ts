/** The tables of σ and of timesteps that schedulers in Karras' coordinates and solvers share. */
import { linspace } from '../../../../src/diffusion/linspace.ts';
import {
  betaSigmas,
  exponentialSigmas,
  interpolate,
  karrasSigmas,
  type SigmaRange,
  shiftFlow,
  timestepOfSigma,
} from '../../../../src/diffusion/sigmas.ts';
import { roundHalfEven } from '../../../../src/diffusion/timesteps.ts';
import { type Settings, sigmasOf, type Times } from './config.ts';

export interface Table {
  readonly sigmas: readonly number[];
  readonly timesteps: readonly number[];
}

type Rounding = (timestep: number) => number;
const exact: Rounding = (timestep) => timestep;

/** σ at the timesteps of a schedule, or evenly spaced in its logarithm. */
function interpolated(settings: Settings, train: readonly number[], timesteps: readonly number[]): number[] {
  if (settings.choice('interpolation_type', ['linear', 'log_linear']) === 'linear') {
    return timesteps.map((t) => interpolate(train, t));
  }
  // n + 1 of them for n timesteps.
  const range = { sigmaMax: train.at(-1) as number, sigmaMin: train[0] as number };
  return exponentialSigmas(timesteps.length + 1, range);
}

/** Another spacing of n levels between the same ends, where one is configured. */
export function respaced(settings: Settings, n: number, range: SigmaRange): number[] | undefined {
  if (settings.flag('use_karras_sigmas')) return karrasSigmas(n, range);
  if (settings.flag('use_exponential_sigmas')) return exponentialSigmas(n, range);
  if (settings.flag('use_beta_sigmas')) return betaSigmas(n, range);
  return undefined;
}

/** The ends of a falling table, or those configured. */
const ends = (settings: Settings, sigmas: readonly number[]): SigmaRange => ({
  sigmaMax: settings.optional('sigma_max') ?? (sigmas[0] as number),
  sigmaMin: settings.optional('sigma_min') ?? (sigmas.at(-1) as number),
});

/** The table of Euler's, Heun's, LMS' and KDPM2's schedulers, without the last σ. */
export function karrasTable(
  settings: Settings,
  times: readonly number[],
  roundKarras: Rounding = exact,
): Table {
  const train = sigmasOf(settings);
  const sigmas = interpolated(settings, train, times);
  const other = respaced(settings, times.length, ends(settings, sigmas));
  if (!other) return { sigmas, timesteps: times };
  const round = settings.flag('use_karras_sigmas') ? roundKarras : exact;
  return { sigmas: other, timesteps: other.map((sigma) => round(timestepOfSigma(train, sigma))) };
}

/** How many of the training timesteps are left where λ = −log σ must be at least a bound: the noisiest go. */
export function timestepsAbove(settings: Settings): number {
  const bound = settings.number('lambda_min_clipped', -Infinity);
  return sigmasOf(settings).filter((sigma) => -Math.log(sigma) >= bound).length;
}

/** Flow matching's σ for solvers: shifted, the cleanest of them left to the end. */
function flowTable(settings: Settings, n: number, shift: number): Table {
  const { T } = settings;
  const sigmas = linspace(0, 1 - 1 / T, n + 1)
    .slice(1)
    .map((sigma) => shiftFlow(sigma, shift))
    .reverse();
  return { sigmas, timesteps: sigmas.map((sigma) => sigma * T) };
}

/**
 * The table of DPM-Solver, DEIS and the like, without the last σ. Timesteps are rounded, or lose their fractions: those of
 * Karras' σ where the multistep solver has cosine betas.
 */
export function solverTable(settings: Settings, times: readonly number[], asked: Times): Table {
  const { n = times.length, mu } = asked;
  const train = sigmasOf(settings);
  const range = { sigmaMax: train.at(-1) as number, sigmaMin: train[0] as number };
  const cosine = settings.cosine;
  const lu = settings.flag('use_lu_lambdas') && !settings.flag('use_karras_sigmas');
  const sigmas = lu ? exponentialSigmas(n, range) : respaced(settings, n, range);
  if (sigmas) {
    const rounds = (lu || settings.flag('use_karras_sigmas')) && !(cosine && settings.flag('lu_and_cosine'));
    const round = rounds ? roundHalfEven : Math.trunc;
    return { sigmas, timesteps: sigmas.map((sigma) => round(timestepOfSigma(train, sigma))) };
  }
  if (settings.flag('use_flow_sigmas')) {
    const table = flowTable(settings, n, mu === undefined ? settings.number('flow_shift', 1) : Math.exp(mu));
    return { ...table, timesteps: table.timesteps.map(Math.trunc) };
  }
  return { sigmas: times.map((t) => interpolate(train, t)), timesteps: times };
}

/** The last σ: none, or that of the first training timestep. */
export function finalSigma(settings: Settings): number {
  return settings.choice('final_sigmas_type', ['zero', 'sigma_min']) === 'zero'
    ? 0
    : (sigmasOf(settings)[0] as number);
}
