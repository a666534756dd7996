/** What the view that makes pictures from one says, in English. */
export const words = {
  title: 'New pictures from one',
  lead: 'It begins as pure noise. At each step a denoiser estimates every pixel: by Bayes’ rule, as a mean over the patches of the one picture. Coarse first, then finer. Nothing is trained, and nothing leaves your machine.',

  source: 'The one picture',
  drop: 'Drop a picture here, paste one, or',
  examplesLabel: 'Examples',
  examples: {
    hills: 'Hills',
    brick: 'Brick wall',
    pebbles: 'Pebbles',
    strokes: 'Brush strokes',
    fruit: 'Fruit',
    city: 'City',
    dungeon: 'Dungeon',
    garden: 'Garden',
  },
  sourcePicture: (name: string) => `The source: ${name}`,
  changes: {
    none: (_: string) => '',
    shrunk: (from: string) =>
      `shrunk from ${from}: photographs and textures have at most 256 pixels a side here`,
    fitted: (from: string) =>
      `shrunk from ${from}: a landscape is as high as what is made of it, so that all of it is seen`,
    reduced: (from: string) => `one pixel for each square of equal ones, from ${from}; no colour has changed`,
    cut: (from: string) =>
      `cut from the middle of ${from}: pixel art has at most 64 × 64 pixels here, and is never smoothed`,
  },

  kind: 'It is',
  kinds: { landscape: 'a landscape', texture: 'a texture', pixels: 'pixel art' },
  kindNotes: {
    landscape: 'Up stays up: a patch is likeliest at its own height.',
    texture: 'Any patch may be anywhere; the edges join.',
    pixels: 'At one scale, and in the picture’s own colours only.',
  },
  weaknesses: 'What it does badly',
  weakness: {
    landscape:
      'No step takes in the whole picture: what is there once, such as a sun, may appear twice, stretched, or not at all, and ridges may hang in the air.',
    texture:
      'Long straight lines drift, as the joints of bricks do; big swirls break up; objects may melt into one another.',
    pixels:
      'It knows how things look side by side, not what they are for: paths may lead nowhere, and houses may have no door.',
  },

  make: 'What is made',
  shape: 'Shape',
  shapes: { source: 'as source', square: 'square', wide: 'wide 3.5:1', tall: 'tall 1:2' },
  side: 'Shorter side',
  w: 'Width',
  h: 'Height',
  n: 'Pictures',
  seed: 'Seed',
  exact: 'Exact at every level',
  exactNotes: {
    off: 'Finer levels compare a few likely patches instead of all: an approximation, many times faster.',
    on: 'Every pixel is compared with every patch, at every level: slow for large pictures.',
    always: 'Pixel art has one level, and there all patches are compared.',
  },

  levels: 'Levels, coarse to fine',
  levelExact: 'all patches',
  levelApproximate: 'candidates',
  levelSize: (w: number, h: number) => `${w} × ${h}`,
  steps: (n: number) => `${n} steps`,

  pictures: (n: number) => (n === 1 ? 'The new picture' : `${n} new pictures`),
  badges: {
    patches: 'Patch posterior, exact: generates',
    'patch-match': 'Patch posterior, approximate: generates',
  },
  badgeMeanings: {
    patches:
      'The denoiser is the exact posterior mean where every patch is one of the source’s, wherever it is: each pixel is compared with all of them.',
    'patch-match':
      'The denoiser approximates that posterior mean: each pixel is compared with a few likely patches of the source, found by a random search, instead of all of them.',
  },
  show: 'Show',
  shows: { x: 'the state xₜ', x0Hat: 'the denoiser’s prediction, x̂₀' },
  waiting: 'Preparing…',
  where: (level: number, levels: number, size: string, step: number, steps: number) =>
    `level ${level} of ${levels} · ${size} · step ${step} of ${steps}`,
  done: (seconds: string) => `done in ${seconds} s`,
  progress: 'Progress',
  spokenLevel: (level: number, levels: number, size: string) => `Level ${level} of ${levels}, ${size} pixels`,
  spokenDone: (n: number) => (n === 1 ? 'The new picture is done' : `${n} new pictures are done`),
  reseed: 'New noise',
  again: 'Watch again',
  choices: 'The source',
  settings: 'What is made of it',

  tooSmall: (name: string) =>
    `“${name}” is too small: use a picture with at least 8 pixels a side. Nothing was changed.`,
  noOwn: (name: string) =>
    `The link was made with its author’s own picture, which never left their machine. An example is shown instead: ${name}.`,
  tooMany: (n: number, w: number, h: number) =>
    `${n} × ${w} × ${h} pixels are too many: the limit is 2,097,152. Nothing was changed; choose a smaller size or fewer pictures.`,
  badValue: (name: string, text: string) => `${name}: “${text}” is not a valid value. Nothing was changed.`,
};
