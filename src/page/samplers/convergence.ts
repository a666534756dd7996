/** Errors of samplers against how many steps they take, for Gaussian data, one point at a time. */
import { type GaussianData, lawError } from '../../diffusion/law.ts';
import { asks, type Level, type Sampler } from '../../diffusion/step.ts';

/** Numbers of steps, about evenly spread on a logarithmic axis. */
export const counts = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 200] as const;

export interface Point {
  /** Number of steps. */
  readonly n: number;
  /** How often the denoiser is asked. */
  readonly evaluations: number;
  /** The 2-Wasserstein distance of the samples' law from the data's. */
  readonly error: number;
}

export interface Question<Name extends string> {
  readonly samplers: ReadonlyMap<Name, Sampler>;
  /** n steps' levels. @throws RangeError where the schedule has no such ladder. */
  readonly levels: (n: number) => readonly Level[];
  readonly data: GaussianData;
}

/** Below this an error is made of rounding. */
const ROUNDING = 1e-12;

/** A point at a time, those of few steps first; a sampler that cannot take so few steps, or so many, has no point there. */
export function* convergence<Name extends string>({
  samplers,
  levels,
  data,
}: Question<Name>): Generator<readonly [Name, Point] | undefined> {
  for (const n of counts) {
    for (const [name, sampler] of samplers) {
      try {
        const steps = sampler(levels(n));
        const point = { n, evaluations: steps.filter(asks).length, error: lawError(steps, data) };
        yield [name, point];
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        yield undefined;
      }
    }
  }
}

/** The order that is seen: the slope of log error over log n through the last points above rounding, the sign turned. */
export function slope(points: readonly Point[]): number | undefined {
  const last = points.filter(({ error }) => error > ROUNDING).slice(-4);
  if (last.length < 3) return undefined;
  const logs = last.map(({ n, error }) => [Math.log(n), Math.log(error)] as const);
  const mean = (k: 0 | 1) => logs.reduce((total, log) => total + log[k], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((total, log) => total + (log[0] - x) * (log[1] - y), 0);
  return -over / logs.reduce((total, log) => total + (log[0] - x) ** 2, 0);
}
