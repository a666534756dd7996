/** The steps that settings ask for on the way back, and there. Loaded only when a run has a sampler. */
import { ladder } from '../../diffusion/ladder.ts';
import { inversion, partWay } from '../../diffusion/part-way.ts';
import { levelAt } from '../../diffusion/path.ts';
import { samplers } from '../../diffusion/samplers/list.ts';
import type { Schedule } from '../../diffusion/schedule.ts';
import type { Level, Step } from '../../diffusion/step.ts';
import type { Settings } from '../settings.ts';
import type { SamplerChoice } from './names.ts';

type Asked = Pick<Settings, 'spacing' | 'steps' | 'start' | 'strength'>;

/** Times nearer than this are one: a spacing by SNR finds its times by bisection. */
const SAME = 1e-6;

/**
 * The levels of the way back: as many steps as asked for, no more than T, or as many of them as the strength says. A run from
 * the forward run's x_t has one more where it turns at no level of its own, as the forward run has states at whole times only.
 */
function levelsBack({ spacing, steps, start, strength }: Asked, schedule: Schedule): Level[] {
  const { T } = schedule;
  const whole = ladder(schedule, spacing, Math.min(steps, T));
  if (start === 'fresh') return whole;
  const levels = partWay(whole, strength);
  const [{ t }] = levels as [Level];
  const turn = levelAt(schedule, strength === 1 ? T : Math.ceil(t - SAME));
  return Math.abs(turn.t - t) < SAME ? [turn, ...levels.slice(1)] : [turn, ...levels];
}

/** The way back, and the way there where that is an inversion. @throws RangeError where there are no such steps. */
export function runSteps(
  name: Exclude<SamplerChoice, 'posterior'>,
  asked: Asked,
  schedule: Schedule,
): { readonly steps: Step[]; readonly there?: Step[] } {
  const sampler = samplers[name].make();
  const levels = levelsBack(asked, schedule);
  const steps = sampler(levels);
  return asked.start === 'inversion' ? { steps, there: inversion(sampler, levels) } : { steps };
}
