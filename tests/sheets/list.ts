/** What is on each contact sheet. Another denoiser's sheet is one more entry. */
import type { DenoiserOptions } from '../../src/denoisers/make.ts';
import type { Images } from '../../src/diffusion/images.ts';
import { recipeLevels } from '../../src/diffusion/recipe.ts';
import { ddim } from '../../src/diffusion/samplers/ddim.ts';
import type { Step } from '../../src/diffusion/step.ts';
import { faces } from '../../src/page/sets/emoji.ts';

/** Samples made together, and how. */
export interface Row {
  readonly label: string;
  /** What is generated: n images of c × h × w. */
  readonly shape: Images['shape'];
  readonly seed: number;
  readonly denoiser: DenoiserOptions;
  readonly steps: readonly Step[];
  /** What the samples are compared with; absent where there is no set. */
  readonly set?: Images;
}

export interface Sheet {
  /** Of the picture in docs/sheets. */
  readonly name: string;
  readonly title: string;
  readonly columns: number;
  readonly rows: () => Promise<readonly Row[]>;
}

const STEPS = 30;

interface LocalRow {
  readonly n: number;
  readonly seed: number;
  readonly kMax: number;
  readonly eta?: number;
}

async function localFaces(rows: readonly LocalRow[]): Promise<Row[]> {
  const { images: set } = await faces.load();
  return rows.map(({ n, seed, kMax, eta = 0 }) => ({
    label: `k_max ${kMax}${eta > 0 ? `, η ${eta}` : ''}`,
    shape: { ...set.shape, n },
    seed,
    denoiser: { name: 'local', set, kMax },
    steps: ddim({ eta })(recipeLevels(STEPS)),
    set,
  }));
}

const windows = [127, 71, 51, 35].map((kMax) => ({ n: 12, seed: 1, kMax }));
const noisy = { n: 12, kMax: 51, eta: 0.5 };

export const sheets: readonly Sheet[] = [
  {
    name: 'local',
    title: 'Local denoiser, 89 emoji faces, 64 × 64, DDIM with η = 0, 30 steps',
    columns: 8,
    rows: () => localFaces([{ n: 64, seed: 2, kMax: 51 }]),
  },
  {
    name: 'local-windows',
    title:
      'Local denoiser, 89 emoji faces: from the same noise with k_max 127, 71, 51, 35; then 51 with η = 0.5',
    columns: 12,
    rows: () => localFaces([...windows, { ...noisy, seed: 1 }, { ...noisy, seed: 2 }]),
  },
];
