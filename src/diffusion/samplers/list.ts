/**
 * Every sampler by its name. One more is a file beside this one, and a line here: each works for any path, VP, VE or flow
 * matching, and for any levels from noise to data.
 */
import type { Sampler } from '../step.ts';
import { consistency } from './consistency.ts';
import { ddim } from './ddim.ts';
import { ddpm } from './ddpm.ts';
import { deis } from './deis.ts';
import { dpmSolverMultistep } from './dpm-solver-multistep.ts';
import { dpmSolverSinglestep } from './dpm-solver-singlestep.ts';
import { dpmpp2m } from './dpmpp-2m.ts';
import { dpmpp2mSde } from './dpmpp-2m-sde.ts';
import { dpmpp2sAncestral } from './dpmpp-2s-ancestral.ts';
import { dpmpp3mSde } from './dpmpp-3m-sde.ts';
import { dpmppSde } from './dpmpp-sde.ts';
import { edm } from './edm.ts';
import { edmOde } from './edm-ode.ts';
import { euler } from './euler.ts';
import { eulerAncestral } from './euler-ancestral.ts';
import { flowEuler } from './flow-euler.ts';
import { flowHeun } from './flow-heun.ts';
import { gradientEstimation } from './gradient-estimation.ts';
import { heun } from './heun.ts';
import { ipndm } from './ipndm.ts';
import { kdpm2 } from './kdpm2.ts';
import { kdpm2Ancestral } from './kdpm2-ancestral.ts';
import { lcm } from './lcm.ts';
import { lms } from './lms.ts';
import { pndm } from './pndm.ts';
import { tcd } from './tcd.ts';
import { unipc } from './unipc.ts';
import { vdm } from './vdm.ts';

export interface SamplerEntry<Make extends () => Sampler = () => Sampler> {
  /** The sampler with its defaults. */
  readonly make: Make;
  /**
   * Of convergence, where steps become many: of its ODE's solution, or of its law where it is stochastic; 0 where neither
   * converges.
   */
  readonly order: number;
  /** How often a step asks the denoiser; the first ones and the last, to clean data, may ask more or less often. */
  readonly evaluations: number;
  readonly stochastic: boolean;
}

const entryOf =
  (stochastic: boolean) =>
  <Make extends () => Sampler>(make: Make, order: number, evaluations = 1): SamplerEntry<Make> => ({
    make,
    order,
    evaluations,
    stochastic,
  });
const [ode, sde] = [entryOf(false), entryOf(true)];

/** Of `ddpm` a model that says its variance as well takes `learned-range`. */
export const samplers = {
  ddpm: sde(ddpm, 1),
  'ddpm-large': sde(() => ddpm({ variance: 'large' }), 1),
  vdm: sde(vdm, 1),
  ddim: ode(ddim, 1),
  euler: ode(euler, 1),
  'euler-ancestral': sde(eulerAncestral, 1),
  heun: ode(heun, 2, 2),
  edm: sde(edm, 2, 2),
  'edm-ode': ode(edmOde, 2, 2),
  dpm2: ode(kdpm2, 2, 2),
  // Noise that is added leaves nothing to err: an ancestral step has the order of its step down.
  'dpm2-ancestral': sde(kdpm2Ancestral, 2, 2),
  // 4 once begun: its first step is Euler's, as of all that remember, with an error of order 2.
  lms: ode(lms, 2),
  'dpm-solver-1': ode(() => dpmSolverSinglestep({ order: 1 }), 1),
  'dpm-solver-2': ode(() => dpmSolverSinglestep({ order: 2 }), 2),
  'dpm-solver-3': ode(() => dpmSolverSinglestep({ order: 3 }), 3),
  'dpm-solver-2m': ode(() => dpmSolverMultistep({ algorithm: 'dpmsolver' }), 2),
  'dpmpp-2s': ode(() => dpmSolverSinglestep({ order: 2, algorithm: 'dpmsolver++' }), 2),
  'dpmpp-3s': ode(() => dpmSolverSinglestep({ order: 3, algorithm: 'dpmsolver++' }), 3),
  'dpmpp-2m': ode(dpmpp2m, 2),
  // 3 once begun.
  'dpmpp-3m': ode(() => dpmSolverMultistep({ order: 3, second: 'whole' }), 2),
  'dpmpp-2s-ancestral': sde(dpmpp2sAncestral, 2, 2),
  // 2 for η = 0: its stage has noise that the step itself does not know of.
  'dpmpp-sde': sde(dpmppSde, 1, 2),
  'dpmpp-2m-sde': sde(dpmpp2mSde, 2),
  // As in k-diffusion, with half of the second derivative's share.
  'dpmpp-3m-sde': sde(dpmpp3mSde, 2),
  // UniP-2 and UniC-2: the corrector makes up for the first step, and adds one to the order.
  'unipc-bh1': ode(() => unipc({ solverType: 'bh1', lowerOrderFinal: false }), 3),
  'unipc-bh2': ode(() => unipc({ lowerOrderFinal: false }), 3),
  // 3 once begun.
  deis: ode(() => deis({ order: 3 }), 2),
  // Their weights are those for equal steps of σ/α, where they have order 4 and, begun by Euler's step, 2.
  pndm: ode(() => pndm({ runge: true }), 2),
  plms: ode(pndm, 2),
  ipndm: ode(ipndm, 2),
  'gradient-estimation': ode(gradientEstimation, 1),
  'flow-euler': ode(flowEuler, 1),
  'flow-heun': ode(flowHeun, 2, 2),
  // What is made for consistency models errs as much in every step, however small, with a denoiser.
  consistency: sde(consistency, 0),
  lcm: sde(lcm, 0),
  tcd: sde(tcd, 0),
} as const satisfies Readonly<Record<string, SamplerEntry>>;

export type SamplerName = keyof typeof samplers;
