/** Every kind of group that has the states of whole runs. */
import type { Kind } from '../entry.ts';
import { broken, forward } from './diffusers/forward.ts';
import { stepped } from './diffusers/index.ts';
import { literals } from './diffusers/literals.ts';
import { ownTests } from './diffusers/own-tests.ts';
import { dpmSolver } from './dpm-solver.ts';
import { edmSamplers } from './edm.ts';
import { kDiffusion } from './k-diffusion.ts';
import { openai } from './openai.ts';
import { smallDiffusion } from './smalldiffusion.ts';

export const steppers: readonly Kind[] = [
  stepped,
  forward,
  broken,
  ownTests,
  literals,
  ...dpmSolver,
  kDiffusion,
  edmSamplers,
  openai,
  smallDiffusion,
];
