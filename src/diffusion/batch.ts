/** A batch whose images are at times of their own, as where several steps of a run are refined side by side. */
import type { Level, Sampler, Step } from './step.ts';

/**
 * For every image the step from its time t to t − stride, the k-th for the k-th image.
 * @param levelAt the level at a time, also at those before the first, as clean data.
 * @throws RangeError where the sampler refuses two such levels.
 */
export const batchSteps = (
  sampler: Sampler,
  times: readonly number[],
  levelAt: (t: number) => Level,
  stride = 1,
): Step[] => times.flatMap((t) => sampler([levelAt(t), levelAt(t - stride)]));
