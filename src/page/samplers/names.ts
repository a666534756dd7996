/** The names that links and menus know samplers and spacings by: names alone, so that the first frame needs no sampler. */
import type { LadderSpacing } from '../../diffusion/ladder.ts';
import type { SamplerName } from '../../diffusion/samplers/list.ts';

/**
 * Samplers as the menus group them. `posterior` is the exact chain, every one of the schedule's T steps; the others are in
 * `diffusion/samplers/list.ts`.
 */
export const groups = {
  ancestral: [
    'posterior',
    'ddpm',
    'ddpm-large',
    'vdm',
    'euler-ancestral',
    'dpm2-ancestral',
    'dpmpp-2s-ancestral',
  ],
  first: ['ddim', 'euler', 'dpm-solver-1', 'gradient-estimation', 'flow-euler'],
  second: ['heun', 'edm-ode', 'dpm2', 'dpm-solver-2', 'dpm-solver-3', 'dpmpp-2s', 'dpmpp-3s', 'flow-heun'],
  multistep: [
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
  ],
  stochastic: ['edm', 'dpmpp-sde', 'dpmpp-2m-sde', 'dpmpp-3m-sde'],
  consistency: ['consistency', 'lcm', 'tcd'],
} as const satisfies Readonly<Record<string, readonly (SamplerName | 'posterior')[]>>;
export type Group = keyof typeof groups;
export type SamplerChoice = (typeof groups)[Group][number];
/** Those that draw no noise, and so lead from a picture to its noise as well as back. */
export const leadsBothWays = (name: SamplerChoice): boolean =>
  ([...groups.first, ...groups.second, ...groups.multistep] as readonly SamplerChoice[]).includes(name);
export const samplerNames: readonly SamplerChoice[] = Object.values(groups).flat();

export const spacings = [
  'linspace',
  'quadratic',
  'leading',
  'trailing',
  'karras',
  'log-snr',
] as const satisfies readonly LadderSpacing[];
export type SpacingName = (typeof spacings)[number];
