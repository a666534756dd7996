/** The steps that settings ask for on the way back. Loaded only when a run has a sampler. */
import { ladder } from '../../diffusion/ladder.ts';
import { levelAt } from '../../diffusion/path.ts';
import { samplers } from '../../diffusion/samplers/list.ts';
import type { Schedule } from '../../diffusion/schedule.ts';
import type { Step } from '../../diffusion/step.ts';
import type { Settings } from '../settings.ts';
import type { SamplerChoice } from './names.ts';

/**
 * As many steps as asked for, or one more where the spacing begins below T and the run comes from x_T itself; no more
 * than T.
 */
export function runSteps(
  name: Exclude<SamplerChoice, 'posterior'>,
  { spacing, steps, start }: Pick<Settings, 'spacing' | 'steps' | 'start'>,
  schedule: Schedule,
): Step[] {
  const { T } = schedule;
  const levels = ladder(schedule, spacing, Math.min(steps, T));
  const below = start === 'forward' && levels[0]?.t !== T;
  return samplers[name].make()(below ? [levelAt(schedule, T), ...levels] : levels);
}
