/** The library's schedules under the names that other projects give them. */
import { cosine, linear, linearRescaled, type Schedule } from '../../src/diffusion/schedule.ts';

/** What reference files call it, with its T; undefined when the library does not have it. */
export function scheduleNamed(name: string, T: number): Schedule | undefined {
  const ends = /^linear\(([-\d.e]+),([-\d.e]+)\)$/.exec(name);
  if (ends) return linear(T, { betaStart: Number(ends[1]), betaEnd: Number(ends[2]) });
  if (name === 'cosine' || name === 'squaredcos_cap_v2') return cosine(T);
  if (name.startsWith('linear unscaled 1e-4..0.02')) return linear(T);
  // OpenAI's linear betas are always scaled by 1000/T.
  if (name === 'linear' || name.startsWith('linear (improved-diffusion')) return linearRescaled(T);
  return undefined;
}
