/** Diffusers' add_noise, scale_noise and get_velocity. */
import type { Level } from '../../../../src/diffusion/step.ts';
import { type Entry, isListOf, type Kind } from '../../entry.ts';
import { type File, figure, noiseRow, startOf } from '../shared.ts';
import { type Config, scheduleOf, vpLevel } from './config.ts';
import { planned } from './index.ts';
import { planOf, settingsOf } from './schedulers.ts';

interface Noised {
  readonly scheduler: string;
  readonly config: Config;
  /** One of the timesteps of 10 steps. */
  readonly t: number;
  readonly op: string;
  readonly y: number[];
  readonly get_velocity?: number[];
}

const N = 10;

/** The velocity's level: schedulers in Karras' coordinates look ᾱ up by the number of the call, not by its timestep. */
const velocityLevel = ({ scheduler, config }: Noised, at: Level, call: number): Level =>
  at.alpha === 1 ? vpLevel(scheduleOf(settingsOf(scheduler, config)), call) : at;

export const forward: Kind = {
  matches: (value) => isListOf(value, 'scheduler', 'config', 't', 'op', 'y'),
  entries: (value: readonly Noised[], _: never, __: string, root: File) =>
    value.map((entry): Entry => {
      const { scheduler, config, t, op, y, get_velocity } = entry;
      const subject = `${scheduler}'s noise`;
      const name = `${scheduler} ${op} at ${t}`;
      const plan = planned(() => planOf({ scheduler, config, times: { n: N } }));
      if ('cannot' in plan) return { name, subject, ...plan };
      return {
        name,
        subject,
        figures() {
          const { timesteps, noisy } = plan();
          const call = timesteps.findIndex((own) => Math.abs(own - t) < 1e-6);
          if (call < 0 || !noisy) throw new RangeError(`${t} is no timestep of ${N} steps`);
          const mixed = (ofX: number, ofNoise: number) => {
            const noise = noiseRow(root, 0);
            return startOf(root).map((value, i) => ofX * value + ofNoise * (noise[i] as number));
          };
          const at = noisy(call);
          const by = velocityLevel(entry, at, call);
          return [
            figure('y', mixed(at.alpha, at.sigma), y),
            figure('get_velocity', mixed(-by.sigma, by.alpha), get_velocity),
          ];
        },
      };
    }),
};

interface Broken {
  readonly scheduler: string;
  readonly config: Config;
  readonly reason?: string;
  readonly error?: string;
}

/** What diffusers itself cannot do: nothing to compare with. */
export const broken: Kind = {
  matches: (value) =>
    isListOf(value, 'scheduler', 'config', 'first_nan_step') ||
    isListOf(value, 'scheduler', 'config', 'error'),
  entries: (value: readonly Broken[]) =>
    value.map(({ scheduler, config, reason, error }) => ({
      name: `${scheduler} ${Object.entries(config)
        .map((pair) => pair.join('='))
        .join(' ')}`,
      subject: scheduler,
      cannot:
        reason === undefined ? `diffusers refuses it: ${error}` : `diffusers itself gives NaN: ${reason}`,
    })),
};
