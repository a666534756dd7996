/**
 * PNDM (Liu et al. 2022, arXiv 2202.09778, algorithm 2): a linear multistep method (PLMS), started by Heun's method or by
 * Runge and Kutta's (PRK).
 */
import { m, pairs, type Sampler, type Step, sum, x } from '../step.ts';
import { adamsBashforth, alongNoise, alongVelocity, type Motion } from './adams-bashforth.ts';
import { towards } from './euler.ts';
import { newest } from './multistep.ts';
import { fourfold, type Move, prk } from './pndm-runge-kutta.ts';

/** The first step again, with the slope at its end. */
const twice = ([first, second, ...more]: readonly Move[]): Move[] =>
  first && second ? [first, { ...first, at: second.at }, second, ...more] : first ? [first] : [];

/** Eq. 12, from as many slopes as there are, and at the second evaluation Heun's method. */
function plms(evaluation: number, { at, from: t, to: s }: Move, motion: Motion, before?: Move) {
  const slope = motion.slope(at);
  if (evaluation === 1 && before) {
    const start = motion.back(x, m[0], before.from, before.to);
    return { next: motion.go(start, sum([1 / 2, slope], [1 / 2, m[0]]), t, s), keep: [m[0]] };
  }
  const slopes = newest(4, Math.max(evaluation - 1, 0), slope);
  return { next: motion.go(x, adamsBashforth(slopes), t, s), keep: slopes.slice(0, 3) };
}

const evaluated = (moves: readonly Move[], prkSteps: number, motion: Motion): Step[] =>
  moves.map((move, i) => ({
    at: move.at,
    to: move.to,
    ...(i < 4 * prkSteps
      ? prk(i % 4, Math.floor(i / 4), move, motion, moves[i - 1])
      : plms(prkSteps > 0 ? i - 3 * prkSteps + 1 : i, move, motion, moves[i - 1])),
  }));

export interface PndmOptions {
  /** Whether three Runge–Kutta steps of four evaluations start, or as many as do not end at clean data. */
  readonly runge?: boolean;
  /** The evaluations in turn, where they are not those between the levels: with `runge`, the first twelve are PRK's. */
  readonly moves?: readonly Move[];
  /** Whether slopes are of ε̂, or of v as the code of diffusers has it for models that say v. */
  readonly slopes?: 'noise' | 'velocity';
}

export const pndm =
  ({ runge = false, moves, slopes = 'noise' }: PndmOptions = {}): Sampler =>
  (levels) => {
    const motion = slopes === 'noise' ? alongNoise : alongVelocity;
    if (moves) return evaluated(moves, runge ? 3 : 0, motion);
    const all = pairs(levels).map(([t, s]) => ({ at: t, from: t, to: s }));
    // Of pure noise there is no x/α to be transferred: such a step is Euler's.
    const pure = all.filter(({ at }) => at.alpha === 0);
    const own = all.slice(pure.length);
    const prkSteps = runge ? own.slice(0, 3).filter(({ to }) => to.sigma > 0).length : 0;
    const more = own.slice(prkSteps);
    const rest = runge ? [...own.slice(0, prkSteps).flatMap(fourfold), ...more] : twice(more);
    const first = pure.map(({ at, to }) => ({ at, to, next: towards(at, to) }));
    return [...first, ...evaluated(rest, prkSteps, motion)];
  };
