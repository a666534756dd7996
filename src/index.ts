/**
 * diffuscope as a library: the mathematics in float64, and runs on the GPU with or without canvases.
 *
 * Times are whole numbers t = 0 … T, with x_0 the data. States are float32, NCHW, values in [−1, 1] at t = 0. What
 * throws says so where it is declared: RangeError for values that cannot be, GpuAbsent where there is no WebGPU.
 */
export type { Denoiser } from './denoisers/denoiser.ts';
export type { DenoiserOptions } from './denoisers/make.ts';
export { type Bayes, bayesAt } from './diffusion/bayes.ts';
export {
  bitsPerDim,
  continuousLoss,
  klOfMeans,
  klOfNoise,
  klOfX0,
  normalKL,
  priorKL,
} from './diffusion/bound.ts';
export {
  COLOUR_PRESETS,
  type ColourCovariance,
  type ColourNoise,
  type ColourPreset,
  type ColourProcess,
  colourProcess,
  correlated,
} from './diffusion/colour.ts';
export {
  type ColourPosterior,
  type ColourRow,
  closedFormColourRow,
  colourPath,
  colourPosterior,
  forwardColourRow,
  reverseColourRow,
} from './diffusion/colour-path.ts';
export { type CurvePoint, curveSchedule, gammaCurve } from './diffusion/curve.ts';
export {
  encode,
  type LogInterval,
  logCategorical,
  logDiscretisedGaussian,
  logGaussian,
  logTanhInterval,
} from './diffusion/decoder.ts';
export {
  continuousDiffusionLoss,
  discreteDiffusionLoss,
  type ErrorOfSnr,
  gaussianError,
} from './diffusion/diffusion-loss.ts';
export {
  condition,
  conditionByPrecision,
  type Gaussian,
  gaussianKL,
  type Joint,
  joint,
  type LinearLikelihood,
  logDensity,
  logEvidence,
} from './diffusion/gaussian.ts';
export type { Matrix, Vector } from './diffusion/matrix.ts';
export { normalAt, normals } from './diffusion/normal.ts';
export { logNormalCdf, logNormalInterval, normalCdf } from './diffusion/normal-cdf.ts';
export {
  closedFormRow,
  type Direction,
  directionAt,
  forwardKey,
  forwardRow,
  type Path,
  path,
  positionAt,
  type Row,
  reverseKey,
  reverseRow,
  type Start,
  timeAt,
} from './diffusion/path.ts';
export { type Posterior, posterior, type Transition, transition } from './diffusion/posterior.ts';
export { bits, foldIn, key, threefry2x32, type Words } from './diffusion/random.ts';
export {
  cosine,
  fromBetas,
  fromGamma,
  gamma,
  linear,
  linearRescaled,
  type Schedule,
  snr,
  snrDb,
  vdmLinear,
} from './diffusion/schedule.ts';
export { type Absence, Gpu, GpuAbsent, requestGpu } from './gpu/device.ts';
export type { Shape } from './passes/shape.ts';
export {
  type Bound,
  type DecoderName,
  type DecoderVariance,
  decoderVariance,
  runningBits,
} from './trajectory/bound.ts';
export { Checkpoints } from './trajectory/checkpoints.ts';
export { Live, type LiveOptions } from './trajectory/live.ts';
export type { BoundOptions } from './trajectory/meter.ts';
export type { Canvases } from './trajectory/screens.ts';
export type { Source } from './trajectory/source.ts';
export { Trajectory, type TrajectoryOptions } from './trajectory/trajectory.ts';
