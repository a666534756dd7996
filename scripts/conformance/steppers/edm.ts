/** NVlabs/edm's two samplers. */
import {
  iddpmLevels,
  linearNoise,
  type Path,
  unscaled,
  type VpBetas,
  veNoise,
  vpBetasOf,
  vpLevels,
  vpNoise,
  vpScaled,
} from '../../../src/diffusion/edm-path.ts';
import { edm } from '../../../src/diffusion/samplers/edm.ts';
import { edmOde } from '../../../src/diffusion/samplers/edm-ode.ts';
import { exponentialSigmas, karrasSigmas } from '../../../src/diffusion/sigmas.ts';
import type { Level } from '../../../src/diffusion/step.ts';
import type { Entry, Nested } from '../entry.ts';
import { callName, drawnByLevel, type File, figure, group, run, startOf, state, veLevel } from './shared.ts';
import { walked } from './walker.ts';

interface Options {
  readonly num_steps?: number;
  readonly sigma_min?: number | null;
  readonly sigma_max?: number | null;
  readonly rho?: number;
  readonly solver?: 'euler' | 'heun';
  readonly discretization?: 'vp' | 've' | 'iddpm' | 'edm';
  readonly schedule?: 'vp' | 've' | 'linear';
  readonly scaling?: 'vp' | 'none';
  readonly epsilon_s?: number;
  readonly C_1?: number;
  readonly C_2?: number;
  readonly M?: number;
  readonly alpha?: number;
  readonly S_churn?: number;
  readonly S_min?: number;
  readonly S_max?: number | string;
  readonly S_noise?: number;
}

interface Sampled {
  readonly function: string;
  readonly kwargs: Options;
  readonly net_calls?: readonly { readonly sigma: number; readonly x: Nested }[];
  readonly x_final?: Nested;
}

const churnOf = ({ S_churn = 0, S_min = 0, S_max = Infinity, S_noise = 1 }: Options) => ({
  sChurn: S_churn,
  sTmin: S_min,
  // JSON has no infinity.
  sTmax: typeof S_max === 'number' ? S_max : Infinity,
  sNoise: S_noise,
});

/** The VP path whose ends ablations default to (Karras et al. 2022, table 1). */
const DEFAULT_VP: VpBetas = { betaD: 19.9, betaMin: 0.1 };

/** sigma_min and sigma_max, by default those of the discretisation. */
function endsOf({ discretization = 'edm', epsilon_s = 1e-3, ...options }: Options) {
  const { sigma } = vpNoise(DEFAULT_VP);
  const [low, high] = {
    vp: [sigma(epsilon_s), sigma(1)] as const,
    ve: [0.02, 100] as const,
    iddpm: [0.002, 81] as const,
    edm: [0.002, 80] as const,
  }[discretization];
  return { sigmaMin: options.sigma_min ?? low, sigmaMax: options.sigma_max ?? high };
}

function sigmasOf(options: Options): number[] {
  const { num_steps: n = 18, discretization = 'edm', rho = 7, epsilon_s, C_1, C_2, M } = options;
  const ends = endsOf(options);
  switch (discretization) {
    case 'vp':
      return vpLevels(n, ends, epsilon_s);
    case 've':
      return exponentialSigmas(n, ends);
    case 'iddpm':
      return iddpmLevels(n, ends, {
        ...(C_1 !== undefined && { C1: C_1 }),
        ...(C_2 !== undefined && { C2: C_2 }),
        ...(M !== undefined && { M }),
      });
    case 'edm':
      return karrasSigmas(n, ends, rho);
  }
}

function pathOf(options: Options): Path {
  const { schedule = 'linear', scaling = 'none', epsilon_s } = options;
  const noise = {
    vp: vpNoise(vpBetasOf(endsOf(options), epsilon_s)),
    ve: veNoise,
    linear: linearNoise,
  }[schedule];
  return scaling === 'vp' ? vpScaled(noise) : unscaled(noise);
}

/** A level of the path at a noise level. */
const levelOf =
  ({ timeOf, s }: Path) =>
  (sigma: number): Level => {
    const t = timeOf(sigma);
    return { alpha: s(t), sigma: s(t) * sigma, t };
  };

function planOf({ function: name, kwargs }: Sampled) {
  const churn = churnOf(kwargs);
  if (name === 'edm_sampler') {
    const { sigma_min: sigmaMin = 0.002, sigma_max: sigmaMax = 80, num_steps = 18, rho = 7 } = kwargs;
    const ends = { sigmaMin: sigmaMin ?? 0.002, sigmaMax: sigmaMax ?? 80 };
    return { sampler: edm(churn), levels: [...karrasSigmas(num_steps, ends, rho), 0].map(veLevel) };
  }
  const path = pathOf(kwargs);
  const { solver = 'heun', alpha = 1 } = kwargs;
  const level = levelOf(path);
  return {
    sampler: edmOde({ ...churn, path, solver, alpha, levelOf: level }),
    levels: [...sigmasOf(kwargs), 0].map(level),
  };
}

function check(entry: Sampled, file: File): Entry {
  const subject = `EDM's ${entry.function}`;
  const name = callName(entry.function, entry.kwargs);
  if (!['edm_sampler', 'ablation_sampler'].includes(entry.function)) {
    return { name, subject, cannot: 'the library has no such sampler' };
  }
  return {
    name,
    subject,
    ...walked(async (walker) => {
      const { sampler, levels } = planOf(entry);
      const noise = drawnByLevel(file, levels);
      const x = startOf(file, levels[0]?.sigma);
      const { calls, states } = await run({ sampler, levels, x, noise }, walker);
      const { net_calls = [] } = entry;
      return [
        figure('how often the network is asked', calls.length, net_calls.length),
        // The network is given x/s(t).
        ...net_calls.flatMap(({ sigma, x }, i) => {
          const { at, x: own } = calls[i] as (typeof calls)[number];
          return [
            figure(`sigma of call ${i}`, at.sigma / at.alpha, sigma),
            state(
              `x of call ${i}`,
              own.map((value) => value / at.alpha),
              x,
            ),
          ];
        }),
        state('x_final', states.at(-1) ?? [], entry.x_final),
      ];
    }),
  };
}

export const edmSamplers = group(['function', 'kwargs', 'net_calls'], check);
