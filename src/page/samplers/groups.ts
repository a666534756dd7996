/** Samplers as the menus group them. */
import type { SamplerChoice } from './names.ts';

export type Group = 'ancestral' | 'first' | 'second' | 'multistep' | 'stochastic' | 'consistency';

export const groups: Readonly<Record<Group, readonly SamplerChoice[]>> = {
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
  consistency: ['lcm', 'tcd'],
};
