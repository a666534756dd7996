/** The names that links and menus know samplers and spacings by: names alone, so that the first frame needs no sampler. */
import type { LadderSpacing } from '../../diffusion/ladder.ts';
import type { SamplerName } from '../../diffusion/samplers/list.ts';

/** `posterior` is the exact chain, every one of the schedule's T steps; the others are in `diffusion/samplers/list.ts`. */
export const samplerNames = [
  'posterior',
  'ddpm',
  'ddpm-large',
  'vdm',
  'euler-ancestral',
  'dpm2-ancestral',
  'dpmpp-2s-ancestral',
  'ddim',
  'euler',
  'dpm-solver-1',
  'gradient-estimation',
  'flow-euler',
  'heun',
  'edm-ode',
  'dpm2',
  'dpm-solver-2',
  'dpm-solver-3',
  'dpmpp-2s',
  'dpmpp-3s',
  'flow-heun',
  'dpm-solver-2m',
  'dpmpp-2m',
  'dpmpp-3m',
  'unipc-bh1',
  'unipc-bh2',
  'deis',
  'pndm',
  'plms',
  'ipndm',
  'lms',
  'edm',
  'dpmpp-sde',
  'dpmpp-2m-sde',
  'dpmpp-3m-sde',
  'lcm',
  'tcd',
] as const satisfies readonly (SamplerName | 'posterior')[];
export type SamplerChoice = (typeof samplerNames)[number];

export const spacings = [
  'linspace',
  'quadratic',
  'leading',
  'trailing',
  'karras',
  'log-snr',
] as const satisfies readonly LadderSpacing[];
export type SpacingName = (typeof spacings)[number];
