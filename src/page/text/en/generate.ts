/** What the view that generates says, in English. */
export const words = {
  titles: {
    local: 'Images that were never drawn',
    ideal: 'It only remembers',
    wiener: 'New textures from one picture',
  },
  leads: {
    local:
      'Every tile begins as pure noise. At each step a denoiser estimates the clean image, and a little of the noise is removed. Nothing is trained or downloaded: the denoiser applies Bayes’ rule to the images below, window by window.',
    ideal:
      'Every tile begins as pure noise, and ends as one of the images below: the exact posterior mean knows these and no others. It memorises. What there is to watch is how the noise decides which one.',
    wiener:
      'Every tile begins as pure noise, and ends as a texture with the power spectrum of one picture: the exact answer for Gaussian data. It knows nothing of shapes. Choose the picture below.',
  },
  pickHint: 'Choose a tile to see its way from noise to image, and to branch off it.',

  denoisers: { local: 'local', ideal: 'ideal', wiener: 'Wiener' },
  badges: {
    local: 'Local posterior mean: generates',
    ideal: 'Exact posterior mean: memorises',
    wiener: 'Wiener: new textures from one spectrum',
  },
  badgeMeanings: {
    local:
      'The denoiser compares a window round every pixel with the same place in every image of the set, and averages by Bayes’ rule. Places far apart decide on their own, so it makes images that the set does not have.',
    ideal:
      'The denoiser is the exact posterior mean for a set of images: it compares whole images, and can end only in one of them. It memorises; it makes nothing new.',
    wiener:
      'The denoiser is the exact posterior mean for Gaussian textures with the spectrum of one picture. It makes new textures with that spectrum, and knows no shapes.',
  },
  denoiserNotes: {
    local: 'Compares windows, pixel by pixel: makes new images.',
    ideal: 'Compares whole images: ends in one of the set.',
    wiener: 'Knows one picture’s spectrum: makes new textures.',
  },

  settings: 'What generates',
  set: 'Images that it knows',
  denoiser: 'Denoiser',
  creativity: 'Window, k_max',
  creativityEnds: ['mosaic', 'new', 'copies'],
  creativityNow: (k: number, size: number) => `${k} pixels of ${size}`,
  count: 'At once',
  seed: 'Seed',
  newSeed: 'New',
  sampler: 'Sampler',
  steps: 'Steps',
  eta: 'η, new noise a step',

  wall: (n: number) => (n === 1 ? 'One sample' : `${n} samples`),
  tile: (b: number, n: number) => `Sample ${b} of ${n}`,
  tileDone: (name: string, distance: string, copy: boolean) =>
    copy
      ? `${name}: a copy, ${distance} from an image of the set`
      : `${name}: ${distance} from the nearest image of the set`,
  copy: 'copy',
  show: 'Show',
  shows: { x: 'the state xₜ', x0Hat: 'the denoiser’s prediction, x̂₀' },
  waiting: 'Making noise…',
  reseed: 'New noise',
  again: 'Watch again',

  stage: (b: number) => `Sample ${b}`,
  state: 'the state',
  predicted: 'the denoiser now',
  nearest: 'nearest in the set',
  nearestPicture: (index: number) => `Image ${index} of the set, the nearest to this sample`,
  distance: (value: string) => `RMS ${value} from this sample`,
  nearestLater: 'known once the noise is gone',
  close: 'Back to all',

  where: (t: number, T: number, level: string) => `step ${T - t} of ${T} · noise/signal ${level}`,
  scrubber: 'step from noise to image',
  strip: 'From noise to image',
  frame: (step: number, T: number) => `step ${step} of ${T}`,
  spoken: (step: number, T: number) => `step ${step} of ${T}`,

  beside: 'Beside the pictures',
  novelty: 'How new?',
  noveltySummary: (fresh: number, n: number, mean: string) =>
    `${fresh} of ${n} are not copies: on average RMS ${mean} from the nearest image of the set.`,
  setSpread: (value: string) =>
    `Within the set, an image is RMS ${value} from its nearest neighbour, on average.`,
  noveltyLater:
    'Measured once the noise is gone: RMS distance to the nearest image of the set, values from −1 to 1.',

  branches: 'When is it decided?',
  branchLead: 'Branch: eight continuations from this state, each with new noise (η = 1).',
  branch: (step: number) => `Branch at step ${step}`,
  branchAtEnd: 'Go back to a step with noise to branch.',
  branchesFrom: (step: number, n: number) => `${n} branches from step ${step}`,
  branchesRun: 'running…',
  decided: (value: string, part: string) =>
    `They end RMS ${value} apart: ${part} of the distance between two samples of the wall.`,
  verdicts: {
    open: 'At this step nearly everything was still open.',
    partly: 'The outline was decided, details were not.',
    closed: 'By this step the image was decided.',
  },
  decidedPlot: 'Distance between branches, by the step they leave from',
  decidedPoint: (step: number, value: string) => `step ${step}: RMS ${value}`,

  spectrumOf: 'has the spectrum of',
  becoming: 'Which of them is it becoming?',
  entropy: (bits: string, most: string, n: number) =>
    `The posterior over the set, ${n} images: ${bits} bits are open, of log₂ N = ${most}.`,
  entropyPlot: 'Bits still open, from noise to image',
  source: (index: number) => `Its spectrum is that of image ${index}; choose another:`,
  takeSource: (name: string) => `Take the spectrum of: ${name}`,

  badValue: (name: string, text: string) => `${name}: “${text}” is not a valid value. Nothing was changed.`,
  noSuchStep: (t: number) => `The link asks for a state ${t} steps before the end; this run has fewer steps.`,
  save: 'Save the sample',
};
