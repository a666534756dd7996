/**
 * The mathematics in float64: schedules, posteriors, paths, the bound, the linear-Gaussian theorem, closed-form denoisers, random
 * numbers. Runs anywhere, in Node too: no GPU, no page.
 *
 * Times are whole numbers t = 0 … T, with x_0 the data. Values that cannot be are a RangeError, where it is declared.
 */
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
export type { Padding } from './diffusion/patches.ts';
export {
  closedFormRow,
  type Direction,
  directionAt,
  forwardKey,
  forwardRow,
  invertedPath,
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
export {
  modeVariances,
  randomPhase,
  type Spectrum,
  spectrumOf,
  spotNoise,
  wienerMean,
} from './diffusion/wiener.ts';
export { type WindowRange, windowAt } from './diffusion/window.ts';
