/** What the error plot asks: for which data, on which schedule, measured where and drawn against what. */
import { ladder } from '../../diffusion/ladder.ts';
import type { GaussianData } from '../../diffusion/law.ts';
import { cosine, linearRescaled, type Schedule } from '../../diffusion/schedule.ts';
import type { Level } from '../../diffusion/step.ts';
import type { SpacingName } from './names.ts';

/** The schedules of papers have this many steps. */
const T = 1000;
const schedules = { cosine: () => cosine(T), linear: () => linearRescaled(T) };

export const scheduleChoices = ['cosine', 'linear', 'run'] as const;
export type ScheduleChoice = (typeof scheduleChoices)[number];
/** Where errors are measured: at the last level that has noise, or at clean data. */
export const ends = ['noise', 'clean'] as const;
export type End = (typeof ends)[number];
export const axes = ['n', 'evaluations'] as const;
export type Axis = (typeof axes)[number];

export interface ErrorQuestion {
  readonly schedule: ScheduleChoice;
  readonly spacing: SpacingName;
  readonly mean: number;
  readonly deviation: number;
  readonly end: End;
  /** What the level axis counts; the same errors either way. */
  readonly against: Axis;
}

/** The most that mean and deviation may be. */
const LIMIT = 10;
export const possible = ({ mean, deviation }: ErrorQuestion): boolean =>
  Math.abs(mean) <= LIMIT && deviation > 0 && deviation <= LIMIT;

/** The schedule; `run` is the run's. */
export const scheduleFor = ({ schedule }: ErrorQuestion, run: Schedule): Schedule =>
  schedule === 'run' ? run : schedules[schedule]();

export const dataOf = ({ mean, deviation }: ErrorQuestion): GaussianData => ({
  mean,
  variance: deviation ** 2,
});

/** The levels of n steps. @throws RangeError where the schedule has no such ladder. */
export const levelsOf =
  ({ end, spacing }: ErrorQuestion, schedule: Schedule) =>
  (n: number): Level[] =>
    end === 'clean' ? ladder(schedule, spacing, n) : ladder(schedule, spacing, n + 1).slice(0, -1);

/** What x̂₀ at t = 1 lacks of the data's deviation. */
export const floorOf = ({ deviation }: ErrorQuestion, { sigma }: Schedule): number =>
  (sigma[1] as number) ** 2 / (2 * deviation);
