/** What the page says, in English. */
export const words = {
  switchTo: (language: string) => `switch to ${language}`,
  viewsLabel: 'Views',
  views: {
    generate: 'Generate',
    single: 'One picture',
    run: 'Run',
    theorem: 'Theorem',
    derivation: 'Derivation',
    compare: 'Compare',
  },
  tagline: 'watch diffusion, and undo it',
  share: 'Share',
  shared: 'The link to this run is on the clipboard.',
  shareByHand: 'This page may not use the clipboard; copy the link from the address bar.',
  save: 'Save',
  help: 'Keys and help',
  close: 'Close',
  starting: 'Requesting the GPU…',
  msPerStep: (ms: string) => `${ms} ms/step`,
  shareOfMemory: (percent: string) => `${percent} % of memory bandwidth`,
  shareMeaning:
    'A step reads xₜ and x̂₀ and writes the next xₜ. Shown is the bandwidth that this takes while many steps follow one another, pictures included, as a share of what a plain copy of as much reached on this GPU when it was idle. The rest of the time goes into computing the noise, and into waiting.',
  software: 'software',

  source: 'Picture',
  drop: 'Drop a picture, paste one, or',
  choose: 'choose a file',
  camera: 'camera',
  dropHere: 'Drop it anywhere',
  samples: { lake: 'Mountain lake', window: 'Rose window', planet: 'Ringed planet' },
  freeze: 'Freeze this frame',
  stopCamera: 'Stop the camera',

  settings: 'Run',
  size: 'Size',
  original: 'original',
  frame: 'Crop',
  square: 'square',
  whole: 'keep shape',
  colour: 'Colour',
  rgb: 'RGB',
  grey: 'grey',
  schedule: 'Schedule',
  schedules: { cosine: 'Cosine', linear: 'Linear', curve: 'By hand' },
  steps: 'Steps T',
  seed: 'Seed',
  newSeed: 'New',
  start: 'Reverse from',
  starts: {
    forward: 'the forward run’s xₜ',
    fresh: 'fresh noise',
    inversion: 'its own noise, found',
  },
  strength: 'Strength',
  aboutStrength:
    'The picture is noised part of the way only, and led back from there: at a low strength its large shapes remain (SDEdit).',
  aboutInversion: {
    oracle:
      'The sampler leads the picture to its own noise, and back. An oracle sees no noise in the picture itself and so finds none: xₜ = αₜ x₀.',
    'blurred-oracle':
      'The sampler leads the picture to its own noise, and back. This denoiser takes all that is not blurred for noise.',
    gaussian:
      'The sampler leads the picture to its own noise, and back. This denoiser sees no grain in the picture itself and so finds none.',
  },
  inversion: 'Inversion',
  inversionMeaning: 'image to its noise',
  missed: (rms: string) => `ends RMS ${rms} from x₀`,
  missedMeaning:
    'How far the way back ends from the picture: the root mean square over all values, from −1 to 1',

  live: 'camera · closed form',
  stage: 'The image at the current timestep',
  x0: 'source',
  x0Hat: 'predicted',
  of: 'of',
  snr: 'SNR',
  noNoise: 'no noise',

  probe: (x: number, y: number) => `Pixel (${x}, ${y}): Bayes at this step`,
  probeHint: 'Click a pixel, or move with the arrow keys, to see Bayes’ rule there.',
  channel: 'Channel',
  channels: ['red', 'green', 'blue'],
  product: 'draw the product',
  bayes: 'Prior, likelihood and posterior of xₜ₋₁, each to its own height',
  cleanData: 'At t = 0 there is only the data; go to a later t.',
  betweenTimes: 'This state lies between two of the schedule’s times; Bayes’ rule is shown at whole ones.',
  prior: 'prior',
  likelihood: 'likelihood',
  posterior: 'posterior',
  evidence: (log: string) => `evidence: log q(xₜ | x₀) = ${log}`,
  draw: (x: string) => `drawn: ${x}`,

  slideSteps: 'Slide T',
  curveHint: 'Drag the dots: any falling curve is a schedule.',
  curveHandle: (t: number, db: string) => `SNR at t = ${t}: ${db} dB; arrow keys move it`,
  curveLoss: (steps: string, limit: string) =>
    `Diffusion loss of N(0, 1) data: ${steps} bits per value with these steps, ${limit} with infinitely many. The limit depends only on the curve’s ends, not on its shape.`,

  badges: {
    oracle: 'oracle: knows x₀',
    'blurred-oracle': 'blurred oracle: knows x₀, out of focus',
    gaussian: 'Gaussian: the picture with new grain',
  },
  denoiserMeanings: {
    oracle:
      'The denoiser is an oracle: it is given x₀. The reverse run draws from the exact posterior; it undoes a diffusion and generates nothing.',
    'blurred-oracle':
      'The denoiser is given x₀ and answers with a blurred copy: an imperfect denoiser, so that the bound has an error to measure. It generates nothing.',
    gaussian:
      'The denoiser is exact for Gaussian data: the source picture with independent grain on every value. From xₜ it generates the picture with new grain; the picture itself is known to it.',
  },
  denoiserLabel: 'Denoiser',
  denoisers: {
    oracle: 'oracle',
    'blurred-oracle': 'blurred oracle',
    gaussian: 'picture with grain',
  },
  deviation: 'Grain, standard deviation',
  radius: 'Blur, pixels',
  normals: 'Normals',
  normalSources: { jax: 'as JAX draws them', fast: 'pcg4d, Box–Muller' },
  fastNormals: 'Several times faster, and statistically as good; but they cannot be reproduced in JAX.',
  noiseIn: 'Noise in',
  noises: {
    independent: 'RGB, each on its own',
    'chroma-first': 'chroma dissolves first',
    'luma-first': 'luma dissolves first',
    grey: 'grey: the same in all',
    custom: 'your own covariance',
  },
  covariance: 'Covariance Σ of the noise over red, green and blue',
  probeColoured:
    'The noise of the three channels is correlated here, so no channel has a formula of its own: the step follows from the general theorem, with 3 × 3 matrices.',

  bound: 'Variational bound, bits per dimension',
  boundLater:
    'Measured while the forward run is recorded: for whole runs, at strength 1, and not for noise that is correlated between channels.',
  boundTerms: 'KL of each step t',
  boundTotal: 'running total, from the prior at T to the whole bound at 0',
  boundPrior: 'prior KL(q(x_T|x₀) ‖ N(0, I))',
  boundDiffusion: 'diffusion Σ KL',
  boundReconstruction: 'reconstruction −log p(x₀|x₁)',
  boundSum: 'sum',
  boundForms: (difference: string) =>
    `The diffusion term three ways, by x̂₀, by ε and by the posteriors’ means: they differ by ${difference}.`,
  decoder: 'Decoder',
  decoders: { categorical: 'VDM: 256 values', discretised: 'DDPM: bins', gaussian: 'Gaussian density' },
  decoderMeanings: {
    categorical: (_: string) => 'p(x₀|x₁) ∝ q(x₁|x₀), normalised over the 256 values that a byte can have.',
    discretised: (variance: string) =>
      `The Gaussian N(x̂₀, ${variance}) cut into 256 bins, open at both ends. At t = 1 the posterior’s own variance is 0, so a variance has to be chosen: β₁.`,
    gaussian: (variance: string) =>
      `The density N(x₀; x̂₀, ${variance}), with variance β₁. A density can exceed 1, so this may be less than 0 bits.`,
  },

  timeline: 'Timeline',
  forward: 'Forward q',
  forwardMeaning: 'image to noise',
  reverse: 'Reverse p',
  reverseMeaning: 'noise to image',
  time: 'timestep t',
  play: 'Play',
  pause: 'Pause',
  back: 'One step back',
  ahead: 'One step ahead',
  rate: 'Speed',
  perSecond: 'steps/s',
  fastest: 'fastest',
  charting: (percent: number) => `recording the run: ${percent} %`,
  seeking: 'seeking…',
  frameAt: (run: string, t: number) => `${run}, t = ${t}`,
  announce: (run: string, t: string, T: number, snr: string) => `${run}: t = ${t} of ${T}, SNR ${snr}`,

  plots: 'Plots',
  signalAndNoise: 'Schedule: signal ᾱ and noise 1 − ᾱ',
  signal: 'ᾱ, signal',
  noise: '1 − ᾱ, noise',
  snrPlot: 'Signal to noise, dB',
  histogram: 'Values of xₜ against N(0, 1)',
  values: 'xₜ',
  standardNormal: 'N(0, 1)',
  gpuMemory: (mib: string) => `${mib} MiB of GPU memory`,

  about:
    'A picture dissolves into noise through q(xₜ | xₜ₋₁), and comes back through the reverse posterior q(xₜ₋₁ | xₜ, x₀), drawn exactly, for every pixel, on your GPU. Nothing leaves your machine.',
  aboutOracle:
    'The denoiser here is an oracle: it knows x₀, so this undoes a diffusion. It does not generate new pictures, and the badge on the picture always says so.',
  keys: {
    space: 'play or pause',
    arrows: 'one step back or ahead along the run',
    shiftArrows: 'a twentieth of the run back or ahead',
    homeEnd: 'clean image, pure noise',
    upDown: 'in the table of coefficients: from row to row',
    fr: 'forward run, reverse run',
    plusMinus: 'faster, slower',
    n: 'new seed',
    b: 'on the opening view: other outcomes from the step that is shown',
    numbers: 'sample pictures',
    o: 'open a file',
    c: 'camera on or off',
    s: 'save the picture shown',
    l: 'English or Chinese',
    views: 'generate, from one picture, the theorem, the derivation, the comparison, back to the run',
    question: 'this page',
  },

  memory: (mib: string) => `≈ ${mib} MiB of GPU memory`,
  refusals: {
    tooLarge: (needed: string, most: string, side?: number) =>
      `This is too large for the GPU: it needs ${needed} MiB at once; this device allows ${most} MiB${side === undefined ? '' : `, and ${side} pixels a side`}. Nothing was changed.`,
    outOfMemory:
      'The GPU has no memory left for this. Nothing was changed; try a smaller size, or fewer at once.',
    badValue: (detail: string) => `These settings are not possible: ${detail}. Nothing was changed.`,
    gpu: (detail: string) => `The GPU reports an error: ${detail}. Nothing was changed.`,
    unexpected: (detail: string) => `This did not work: ${detail}. Nothing was changed.`,
  },

  notices: {
    empty: (name: string) => `“${name}” is an empty file; the picture was not changed.`,
    'not-a-picture': (name: string) => `“${name}” is not a picture. Use PNG, JPEG, WebP, AVIF, GIF or SVG.`,
    undecodable: (name: string) =>
      `“${name}” could not be decoded: it is damaged, too large, or of a kind this browser does not know.`,
    'no-file':
      'What was dropped or pasted holds no picture file. Save the picture first, then drop the file.',
    shrunk: 'The picture was larger than this GPU’s textures and has been shrunk.',
    'first-frame': 'The picture is animated; its first frame is used.',
    'own-picture':
      'The link was made with its author’s own picture, which never left their machine. The lake is shown instead.',
    nonsense: (parts: string) => `Parts of the link were not understood and were ignored: ${parts}`,
    'bad-value': (name: string, text: string) =>
      `${name}: “${text}” is not a valid value. Nothing was changed.`,
    'inversion-sampler':
      'Finding the noise takes a sampler that draws none of its own, so DDIM is chosen. Heun or DPM-Solver++ do as well.',
    'draws-noise':
      'This sampler draws noise at every step, so it cannot find the noise of a picture. DDIM, Heun and DPM-Solver++ can. Nothing was changed.',
    coloured:
      'The noise of a picture can only be found where it is independent in every channel. Nothing was changed.',
    gpu: (detail: string) => `The GPU reports an error: ${detail}`,
    lost: 'The GPU was lost. Asking for it again…',
    back: 'The GPU is back, and the run continues where it was.',
    'camera-denied': 'The camera is not allowed. Allow it in the browser’s address bar, then try again.',
    'camera-missing': 'No camera was found.',
    'camera-busy': 'The camera does not answer; another program may be using it.',
    'camera-unsupported': 'This browser does not let this page use a camera.',
    unexpected: (detail: string) => `Something went wrong: ${detail}`,
  },

  absent: {
    title: 'This page needs WebGPU',
    'no-webgpu': 'This browser has no WebGPU, or has it switched off.',
    'no-adapter': 'This browser has WebGPU, but found no graphics adapter that it may use.',
    'no-device': 'This browser found a graphics adapter, but could not start it.',
    still: 'What you would see: a picture at five timesteps, from clean to noise.',
    how: 'How to switch it on',
    browsers: [
      [
        'Chrome, Edge',
        'Version 113 or later has it on Windows, macOS, ChromeOS and Android 12. On Linux open chrome://flags, enable “Unsafe WebGPU Support” and “Vulkan”, and restart. Check that hardware acceleration is on in Settings → System.',
      ],
      [
        'Firefox',
        'Version 141 or later has it on Windows, 145 or later on Macs with Apple silicon. Elsewhere open about:config, set dom.webgpu.enabled to true, and restart.',
      ],
      [
        'Safari',
        'Version 26 or later has it on macOS, iOS, iPadOS and visionOS. Before that: Settings → Feature Flags → WebGPU.',
      ],
    ],
    again: 'Try again',
  },
};
