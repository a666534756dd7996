/** k-diffusion's samplers on its VE levels. */
import { dpmpp2m } from '../../../src/diffusion/samplers/dpmpp-2m.ts';
import { dpmpp2mSde } from '../../../src/diffusion/samplers/dpmpp-2m-sde.ts';
import { dpmpp2sAncestral } from '../../../src/diffusion/samplers/dpmpp-2s-ancestral.ts';
import { dpmpp3mSde } from '../../../src/diffusion/samplers/dpmpp-3m-sde.ts';
import { dpmppSde } from '../../../src/diffusion/samplers/dpmpp-sde.ts';
import { euler } from '../../../src/diffusion/samplers/euler.ts';
import { eulerAncestral } from '../../../src/diffusion/samplers/euler-ancestral.ts';
import { heun } from '../../../src/diffusion/samplers/heun.ts';
import { kdpm2 } from '../../../src/diffusion/samplers/kdpm2.ts';
import { kdpm2Ancestral } from '../../../src/diffusion/samplers/kdpm2-ancestral.ts';
import { lms } from '../../../src/diffusion/samplers/lms.ts';
import type { Sampler } from '../../../src/diffusion/step.ts';
import type { Entry, Nested } from '../entry.ts';
import {
  callName,
  callsFromLevels,
  drawnByLevel,
  drawnInTurn,
  type File,
  figure,
  group,
  run,
  startOf,
  state,
  veLevel,
} from './shared.ts';
import { walked } from './walker.ts';

interface Sampled {
  readonly function: string;
  readonly kwargs: Readonly<Record<string, number | string>>;
  readonly sigmas: readonly number[];
  readonly x_init?: readonly number[];
  readonly steps?: readonly {
    readonly i: number;
    readonly sigma: number;
    readonly sigma_hat: number;
    readonly x_before_step?: Nested;
    readonly denoised?: Nested;
  }[];
  readonly x_final?: Nested;
}

type Make = (options: object) => Sampler;

/** Samplers that churn draw a row every step, whether they use it or not; the others as many as they use. */
const samplers: Readonly<Record<string, { readonly make: Make; readonly churns?: boolean }>> = {
  sample_euler: { make: euler, churns: true },
  sample_heun: { make: heun, churns: true },
  sample_dpm_2: { make: kdpm2, churns: true },
  sample_euler_ancestral: { make: eulerAncestral },
  sample_dpm_2_ancestral: { make: kdpm2Ancestral },
  sample_lms: { make: lms },
  sample_dpmpp_2s_ancestral: { make: dpmpp2sAncestral },
  sample_dpmpp_sde: { make: dpmppSde },
  sample_dpmpp_2m: { make: dpmpp2m },
  sample_dpmpp_2m_sde: { make: dpmpp2mSde },
  sample_dpmpp_3m_sde: { make: dpmpp3mSde },
};

/** Our names of their arguments. */
const ours: Readonly<Record<string, string>> = {
  eta: 'eta',
  s_churn: 'sChurn',
  s_tmin: 'sTmin',
  s_tmax: 'sTmax',
  s_noise: 'sNoise',
  order: 'order',
  solver_type: 'solverType',
  r: 'r',
};

/** JSON has no infinity. */
const numeric = (value: number | string): number | string =>
  /^\+?inf(inity)?$/i.test(String(value)) ? Infinity : value;

function check(entry: Sampled, file: File): Entry {
  const { kwargs, sigmas, steps = [] } = entry;
  const subject = entry.function;
  const name = callName(subject, kwargs);
  const sampler = samplers[entry.function];
  if (/adaptive|dpm_fast/.test(entry.function)) {
    return {
      name,
      subject,
      cannot: 'its step sizes follow from what the denoiser says, so no table can hold them',
    };
  }
  if (!sampler) return { name, subject, cannot: 'the library has no such sampler' };
  const unknown = Object.keys(kwargs).filter((key) => !(key in ours));
  if (unknown.length > 0) return { name, subject, cannot: `the library has no option ${unknown.join(', ')}` };
  const options = Object.fromEntries(
    Object.entries(kwargs).map(([key, value]) => [ours[key] as string, numeric(value)]),
  );
  return {
    name,
    subject,
    ...walked(async (walker) => {
      const levels = sigmas.map(veLevel);
      const x = entry.x_init ?? startOf(file, sigmas[0]);
      const noise = sampler.churns ? drawnByLevel(file, levels) : drawnInTurn(file);
      const result = await run({ sampler: sampler.make(options), levels, x, noise }, walker);
      const calls = callsFromLevels(result, levels);
      return [
        ...steps.flatMap(({ i, sigma_hat, x_before_step, denoised }) => {
          const { at, x, x0Hat } = calls[i] as (typeof calls)[number];
          return [
            figure(`sigma_hat of step ${i}`, at.sigma, sigma_hat),
            state(`x before step ${i}`, x, x_before_step),
            figure(`denoised at step ${i}`, x0Hat, denoised),
          ];
        }),
        state('x_final', result.states.at(-1) ?? [], entry.x_final),
      ];
    }),
  };
}

export const kDiffusion = group(['function', 'sigmas'], check);
