/** The library's schedules under the names that other projects give them. */
import {
  cosine,
  laplace,
  linear,
  linearRescaled,
  type Schedule,
  scaledLinear,
  sigmoidBetas,
  zeroTerminalSnr,
} from '../../src/diffusion/schedule.ts';

/** diffusers' names of betas between two ends. */
const ranged = { linear, scaled_linear: scaledLinear, sigmoid: sigmoidBetas };

/** What diffusers adds to the name of betas that are rescaled. */
const RESCALED = '+rescale_betas_zero_snr';

/** What reference files call it, with its T; undefined when the library does not have it. */
export function scheduleNamed(name: string, T: number): Schedule | undefined {
  if (name.endsWith(RESCALED)) {
    const schedule = scheduleNamed(name.slice(0, -RESCALED.length), T);
    return schedule && zeroTerminalSnr(schedule);
  }
  const [, family, start, end] = /^(\w+)\(([-\d.e]+),\s*([-\d.e]+)\)$/.exec(name) ?? [];
  const betas = ranged[family as keyof typeof ranged];
  if (betas) return betas(T, { betaStart: Number(start), betaEnd: Number(end) });
  if (name === 'cosine' || name === 'squaredcos_cap_v2') return cosine(T);
  if (name === 'laplace') return laplace(T);
  if (name.startsWith('linear unscaled 1e-4..0.02')) return linear(T);
  // OpenAI's linear betas are always scaled by 1000/T.
  if (name === 'linear' || name.startsWith('linear (improved-diffusion')) return linearRescaled(T);
  return undefined;
}
