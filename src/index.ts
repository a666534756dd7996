/**
 * diffuscope as a library: the mathematics in float64, and runs on the GPU with or without canvases.
 *
 * Times are whole numbers t = 0 … T, with x_0 the data. States are float32, NCHW, values in [−1, 1] at t = 0. What
 * throws says so where it is declared: RangeError for values that cannot be, GpuAbsent where there is no WebGPU.
 */
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
export { batchSteps } from './diffusion/batch.ts';
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
  iddpmLevels,
  linearNoise,
  type Path as EdmPath,
  unscaled,
  veNoise,
  vpBetasOf,
  vpLevels,
  vpNoise,
  vpScaled,
} from './diffusion/edm-path.ts';
export { type Complex, fft, inverseFft, type Plane } from './diffusion/fft.ts';
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
export {
  entropyBits,
  idealMean,
  nearestIndices,
  posteriorProbabilities,
  squaredDistances,
} from './diffusion/ideal.ts';
export { type Images, valuesOf } from './diffusion/images.ts';
export { LADDER_SPACINGS, type LadderSpacing, ladder, levelAt } from './diffusion/ladder.ts';
export {
  distance,
  type GaussianData,
  type Law,
  lawAfter,
  lawAfterStep,
  lawError,
  marginal,
} from './diffusion/law.ts';
export {
  clip,
  dynamicThreshold,
  type Limit,
  type LimitOptions,
  limitBy,
  quantile,
  type ThresholdOptions,
} from './diffusion/limit.ts';
export type { Matrix, Vector } from './diffusion/matrix.ts';
export { NOISE_SOURCES, type NoiseSource, noiseAt, noiseOf } from './diffusion/noise.ts';
export { normalAt, normals } from './diffusion/normal.ts';
export { logNormalCdf, logNormalInterval, normalCdf } from './diffusion/normal-cdf.ts';
export { inversion, partWay } from './diffusion/part-way.ts';
export type { Padding } from './diffusion/patches.ts';
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
  sampledPath,
  timeAt,
} from './diffusion/path.ts';
export { periodicPart } from './diffusion/periodic-part.ts';
export { type Posterior, posterior, type Transition, transition } from './diffusion/posterior.ts';
export {
  consistencyWeights,
  type Output,
  outputOf,
  type Weights,
  x0Weights,
} from './diffusion/prediction.ts';
export {
  PICTURE_KINDS,
  type PictureKind,
  type PyramidLevel,
  type PyramidPlan,
  pyramidLevels,
  type Recipe,
  recipes,
} from './diffusion/pyramid.ts';
export { bits, foldIn, key, threefry2x32, type Words } from './diffusion/random.ts';
export { recipeLevels } from './diffusion/recipe.ts';
export { enlarge, paletteOf, type Size, shrink } from './diffusion/resample.ts';
export { respace, spaceTimesteps } from './diffusion/respacing.ts';
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
  cosine,
  fromBetas,
  fromGamma,
  gamma,
  laplace,
  linear,
  linearRescaled,
  type Schedule,
  scaledLinear,
  sigmoidBetas,
  snr,
  snrDb,
  vdmLinear,
  zeroTerminalSnr,
} from './diffusion/schedule.ts';
export { shrunk } from './diffusion/shrink.ts';
export {
  ancestralStep,
  betaSigmas,
  exponentialSigmas,
  flowSigmas,
  interpolate,
  karrasSigmas,
  linearSigmas,
  polyexponentialSigmas,
  type SigmaRange,
  shiftFlow,
  shiftOfLength,
  sigmaTable,
  stretchToTerminal,
  type TimeShift,
  timeShift,
  timestepOfSigma,
  vpSigmas,
} from './diffusion/sigmas.ts';
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
export {
  type ConsistencyOptions,
  consistencyTimesteps,
  fractionalTimesteps,
  heunTimesteps,
  plmsTimesteps,
  pndmTimesteps,
  type SolverSpacingOptions,
  type Spacing,
  type SpacingOptions,
  solverTimesteps,
  wholeTimesteps,
} from './diffusion/timesteps.ts';
export { type Denoised, type Walk, walk } from './diffusion/walk.ts';
export {
  modeVariances,
  randomPhase,
  type Spectrum,
  spectrumOf,
  spotNoise,
  wienerMean,
} from './diffusion/wiener.ts';
export { type WindowRange, windowAt } from './diffusion/window.ts';
export { type Absence, Gpu, GpuAbsent, requestGpu } from './gpu/device.ts';
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
export type { Canvases } from './trajectory/screens.ts';
export type { Source } from './trajectory/source.ts';
export {
  type GeneratingOptions,
  type RoundTripOptions,
  Trajectory,
  type TrajectoryOptions,
} from './trajectory/trajectory.ts';
