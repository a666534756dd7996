/** The timesteps of diffusers' schedulers, by scheduler, spacing, n, T and offset. */
import {
  consistencyTimesteps,
  fractionalTimesteps,
  heunTimesteps,
  pndmTimesteps,
  type SpacingOptions,
  solverTimesteps,
  wholeTimesteps,
} from '../../src/diffusion/timesteps.ts';
import { type Entry, type Kind, membersOf } from './entry.ts';

type Timesteps = (T: number, n: number, options: SpacingOptions) => number[];

const ofScheduler: Record<string, Timesteps> = {
  DDPMScheduler: wholeTimesteps,
  DDIMScheduler: wholeTimesteps,
  EulerDiscreteScheduler: fractionalTimesteps,
  EulerAncestralDiscreteScheduler: fractionalTimesteps,
  LMSDiscreteScheduler: fractionalTimesteps,
  HeunDiscreteScheduler: (T, n, options) => heunTimesteps(fractionalTimesteps(T, n, options)),
  PNDMScheduler: (T, n, options) => pndmTimesteps(T, wholeTimesteps(T, n, options)),
  DPMSolverMultistepScheduler: solverTimesteps,
  UniPCMultistepScheduler: solverTimesteps,
  DEISMultistepScheduler: solverTimesteps,
  LCMScheduler: (T, n) => consistencyTimesteps(T, n),
  TCDScheduler: (T, n) => consistencyTimesteps(T, n),
};

const NAME = /^(\w+)\|(linspace|leading|trailing)\|n=(\d+)\|T=(\d+)\|steps_offset=(\d+)$/;

export const timestepTables: Kind = {
  matches: (value) => membersOf(value).some(([name]) => NAME.test(name)),
  entries: (value: object) =>
    membersOf(value).map(([name, theirs]): Entry => {
      const [, scheduler = '', spacing, n, T, stepsOffset] = NAME.exec(name) ?? [];
      const timesteps = ofScheduler[scheduler];
      if (!timesteps) return { name, cannot: 'no timesteps of such a scheduler are in the library' };
      const options = { spacing, stepsOffset: Number(stepsOffset) } as SpacingOptions;
      const figures = () => [
        // Most are whole numbers; the fractions of some are rounded once or twice.
        {
          name: 'timesteps',
          ours: timesteps(Number(T), Number(n), options),
          theirs,
          within: 1e-15,
          floor: 0,
        },
      ];
      return { name, figures };
    }),
};
