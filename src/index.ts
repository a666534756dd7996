/**
 * diffuscope as a library: runs on the GPU, with or without canvases. `diffuscope/math` has the mathematics, and
 * `diffuscope/samplers` the ways back.
 *
 * Times are whole numbers t = 0 … T, with x_0 the data. States are float32, NCHW, values in [−1, 1] at t = 0. What
 * throws says so where it is declared: RangeError for values that cannot be, TooLarge for what the device cannot hold, GpuError with
 * the GPU's own words, GpuAbsent where there is no WebGPU, AbortError for what was given up; `Gpu.lost` tells of a lost device.
 */
// What signatures here name, of the mathematics.

export type {
  BindingPlan,
  Denoiser,
  DenoiserBytes,
  DenoiserInputs,
  NoiseLevel,
} from './denoisers/denoiser.ts';
export {
  type DenoiserKind,
  type DenoiserName,
  type DenoiserOptions,
  denoiserNames,
  fetchDenoiser,
} from './denoisers/list.ts';
export type { LocalOptions } from './denoisers/local.ts';
export type { Model, ModelOptions, PreparedModel } from './denoisers/model.ts';
export { Prepared, prepare } from './denoisers/prepared.ts';
export type { ColourNoise } from './diffusion/colour.ts';
export type { Images } from './diffusion/images.ts';
export type { LimitOptions } from './diffusion/limit.ts';
export type { NoiseSource } from './diffusion/noise.ts';
export type { Start } from './diffusion/path.ts';
export type { Schedule } from './diffusion/schedule.ts';
export type { Level, Scales, Step } from './diffusion/step.ts';
export { Gpu, requestGpu } from './gpu/device.ts';
export { type Absence, GpuAbsent, GpuError, TooLarge } from './gpu/errors.ts';
export type { Shape } from './passes/shape.ts';
export { type Became, Becoming, type BecomingOptions } from './trajectory/becoming.ts';
export {
  type Bound,
  type DecoderName,
  type DecoderVariance,
  decoderVariance,
  runningBits,
} from './trajectory/bound.ts';
export { Checkpoints } from './trajectory/checkpoints.ts';
export { type CodeLength, type CodeLengthOptions, codeLength } from './trajectory/code-length.ts';
export { Live, type LiveOptions } from './trajectory/live.ts';
export { type RunBytes, type RunPlan, runBytes } from './trajectory/memory.ts';
export type { BoundOptions } from './trajectory/meter.ts';
export { type Nearest, nearest } from './trajectory/nearest.ts';
export {
  Pyramid,
  type PyramidCanvases,
  type PyramidOptions,
  type PyramidPlace,
} from './trajectory/pyramid.ts';
export { type Sampled, sample } from './trajectory/sample.ts';
export type { Canvases } from './trajectory/screens.ts';
export type { Source } from './trajectory/source.ts';
export {
  type GeneratingOptions,
  type RoundTripOptions,
  Trajectory,
  type TrajectoryOptions,
} from './trajectory/trajectory.ts';
