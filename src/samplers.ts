/**
 * The samplers by name and one by one; what their steps are made of; the levels that they visit; and how they are walked on the
 * host, in float64. Runs anywhere, in Node too.
 */
export { batchSteps } from './diffusion/batch.ts';
export { LADDER_SPACINGS, type LadderSpacing, ladder, levelAt } from './diffusion/ladder.ts';
export { inversion, partWay } from './diffusion/part-way.ts';
export { type SamplerRow, type Slots, samplerRows, slotCount } from './diffusion/sampler-rows.ts';
export type { AncestralOptions } from './diffusion/samplers/ancestral.ts';
export type { ChurnOptions } from './diffusion/samplers/churn.ts';
export { type ConsistencySamplerOptions, consistency } from './diffusion/samplers/consistency.ts';
export { type DdimOptions, ddim } from './diffusion/samplers/ddim.ts';
export { type DdpmOptions, ddpm } from './diffusion/samplers/ddpm.ts';
export { deis } from './diffusion/samplers/deis.ts';
export {
  type DpmSolverMultistepOptions,
  dpmSolverMultistep,
} from './diffusion/samplers/dpm-solver-multistep.ts';
export {
  type DpmSolverSinglestepOptions,
  dpmSolverSinglestep,
} from './diffusion/samplers/dpm-solver-singlestep.ts';
export { dpmpp2m } from './diffusion/samplers/dpmpp-2m.ts';
export { type Dpmpp2mSdeOptions, dpmpp2mSde } from './diffusion/samplers/dpmpp-2m-sde.ts';
export { dpmpp2sAncestral } from './diffusion/samplers/dpmpp-2s-ancestral.ts';
export { dpmpp3mSde } from './diffusion/samplers/dpmpp-3m-sde.ts';
export { type DpmppSdeOptions, dpmppSde } from './diffusion/samplers/dpmpp-sde.ts';
export { edm } from './diffusion/samplers/edm.ts';
export { type EdmOdeOptions, edmOde } from './diffusion/samplers/edm-ode.ts';
export { euler } from './diffusion/samplers/euler.ts';
export { eulerAncestral } from './diffusion/samplers/euler-ancestral.ts';
export type { Algorithm } from './diffusion/samplers/exponential.ts';
export { flowEuler } from './diffusion/samplers/flow-euler.ts';
export { flowHeun } from './diffusion/samplers/flow-heun.ts';
export {
  type GradientEstimationOptions,
  gradientEstimation,
} from './diffusion/samplers/gradient-estimation.ts';
export { heun } from './diffusion/samplers/heun.ts';
export { ipndm } from './diffusion/samplers/ipndm.ts';
export { kdpm2 } from './diffusion/samplers/kdpm2.ts';
export { kdpm2Ancestral } from './diffusion/samplers/kdpm2-ancestral.ts';
export { type LcmOptions, lcm } from './diffusion/samplers/lcm.ts';
export { type SamplerEntry, type SamplerName, samplers } from './diffusion/samplers/list.ts';
export { lms } from './diffusion/samplers/lms.ts';
export type { Orders } from './diffusion/samplers/multistep.ts';
export { type PndmOptions, pndm } from './diffusion/samplers/pndm.ts';
export type { LevelOf, StageOptions } from './diffusion/samplers/stages.ts';
export { type TcdOptions, tcd } from './diffusion/samplers/tcd.ts';
export { type UniPcOptions, unipc } from './diffusion/samplers/unipc.ts';
export { vdm } from './diffusion/samplers/vdm.ts';
export {
  asks,
  epsHat,
  type Form,
  type Level,
  lambda,
  m,
  pairs,
  ratio,
  type Sampler,
  type Scales,
  type Step,
  sum,
  x,
  x0Hat,
  x0HatUnclipped,
} from './diffusion/step.ts';
export { type Denoised, type Walk, walk } from './diffusion/walk.ts';
