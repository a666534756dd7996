/** Fewer, longer steps of a schedule (Nichol & Dhariwal 2021, section 4), whose marginals at the kept times stay. */
import { transition } from './posterior.ts';
import type { Schedule } from './schedule.ts';
import { roundHalfEven } from './timesteps.ts';

const range = (end: number, stride: number): number[] =>
  Array.from({ length: Math.ceil(end / stride) }, (_, i) => i * stride);

/** `count` of the whole times 0 … size − 1, both ends included; 0 alone for one. */
function section(size: number, count: number): number[] {
  if (count > size) throw new RangeError(`a section of ${size} timesteps has no ${count} steps`);
  const stride = count > 1 ? (size - 1) / (count - 1) : 1;
  let time = 0;
  return Array.from({ length: count }, () => {
    const taken = roundHalfEven(time);
    // Added up as in improved-diffusion: where a product would round otherwise, another timestep would be taken.
    time += stride;
    return taken;
  });
}

/**
 * The timesteps to keep, rising, of τ = 0 … T − 1. "10,15,20" takes so many from each third, "10" so many from all;
 * "ddim50" takes 50 of them at a whole stride from 0.
 * @throws RangeError where there are not so many, no whole stride gives them, or the text says none of this.
 */
export function spaceTimesteps(T: number, sections: string): number[] {
  const [, ddim, counts] = /^(?:ddim(\d+)|(\d+(?:,\d+)*))$/.exec(sections.replaceAll(' ', '')) ?? [];
  if (ddim) {
    const stride = range(T, 1).find((k) => k > 0 && Math.ceil(T / k) === Number(ddim));
    if (stride === undefined) throw new RangeError(`no whole stride takes ${ddim} of ${T} timesteps`);
    return range(T, stride);
  }
  if (!counts) throw new RangeError(`sections are numbers with commas between, or ddimN, not "${sections}"`);
  const sizes = counts.split(',').map(Number);
  const [size, extra] = [Math.floor(T / sizes.length), T % sizes.length];
  return sizes.flatMap((count, i) => {
    const start = i * size + Math.min(i, extra);
    return section(size + (i < extra ? 1 : 0), count).map((time) => start + time);
  });
}

/**
 * The schedule that visits only the given timesteps τ, rising: its step i is from the one before to the i-th, its β_i
 * the variance σ²_{t|s} that all steps in between add.
 * @throws RangeError where there is no timestep, or they do not rise within 0 … T − 1.
 */
export function respace(schedule: Schedule, timesteps: readonly number[]): Schedule {
  if (timesteps.length === 0) throw new RangeError('a schedule needs at least one step');
  const times = [0, ...timesteps.map((tau) => tau + 1)];
  const pick = (values: Float64Array) => Float64Array.from(times, (t) => values[t] as number);
  return {
    T: timesteps.length,
    beta: Float64Array.from(times, (t, i) =>
      i > 0 ? transition(schedule, times[i - 1] as number, t).varTS : 0,
    ),
    alphaBar: pick(schedule.alphaBar),
    alpha: pick(schedule.alpha),
    sigma: pick(schedule.sigma),
  };
}
