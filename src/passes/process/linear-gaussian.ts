/** x' = a·x + b·x̂_0 + Σ c_k·slot_k + s·z on every pixel: the one step that every process and sampler is made of. */
import linearGaussian from '../../../shaders/process/linear_gaussian.wgsl';
import type { NoiseSource } from '../../diffusion/noise.ts';
import type { Row } from '../../diffusion/path.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { type Compiled, compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer } from '../../gpu/uniform.ts';
import { NOISE_SHADERS, noiseConstants } from '../random/noise.ts';
import { type Shape, stateBytes, vectorCount } from '../shape.ts';

/** What of the kernel a row needs, as its override constants. */
function needs({ s, spread = 0, bUnclipped = 0, c = [], keep, kept = [], first }: Row, noise: NoiseSource) {
  const [, , keptUnclipped = 0, ...keptC] = kept;
  const recalls = [0, 1, 2, 3].filter((slot) => (c[slot] ?? 0) !== 0 || (keptC[slot] ?? 0) !== 0);
  return {
    DRAWS: Number(s > 0),
    LEARNED: Number(spread !== 0),
    UNCLIPPED: Number(bUnclipped !== 0 || keptUnclipped !== 0),
    RECALLS: recalls.reduce((bits, slot) => bits | (1 << slot), 0),
    KEEPS: Number(keep !== undefined),
    KEEPS_X0HAT: Number(keep !== undefined && kept.every((weight, k) => weight === Number(k === 1))),
    ...noiseConstants(noise, first),
  };
}

/** The kernel for rows that need this of it: a run takes a few of them, each compiled once. */
const stage = (constants: ReturnType<typeof needs>, noise: NoiseSource): Stage => ({
  label: `linear-Gaussian step ${noise} ${Object.values(constants)}`,
  sources: [NOISE_SHADERS[noise], linearGaussian],
  bindings: ['table row', 'write', 'read', 'read', 'read'],
  constants: { WORKGROUP_SIZE, ...constants },
});

/** As the kernel has it. */
function packed(row: Row) {
  const { a, b, s, key, first = 0, bUnclipped = 0, c = [0, 0, 0, 0], keep = 0, kept = [], spread = 0 } = row;
  const [keptX = 0, keptX0Hat = 0, keptUnclipped = 0, ...keptC] = kept;
  return {
    ...{ a, b, s, key, first, bUnclipped, c, spread, keep },
    kept: [keptX, keptX0Hat, keptUnclipped],
    keptC: keptC.length > 0 ? keptC : [0, 0, 0, 0],
  };
}

/** The table of coefficients on the GPU; release it when done. */
export const rowTable = (gpu: Gpu, rows: readonly Row[]): GPUBuffer =>
  tableBuffer(gpu, 'table of coefficients', linearGaussian, 'row', rows.map(packed));

export interface StepBuffers {
  /** The rows, laid out for the kernel. */
  readonly table: GPUBuffer;
  /** The state, changed in place. */
  readonly x: GPUBuffer;
  readonly x0Hat: GPUBuffer;
  readonly shape: Shape;
  /** Where z comes from; JAX's where absent. */
  readonly noise?: NoiseSource | undefined;
}

export interface LinearGaussianBuffers extends StepBuffers {
  /** What the table was made of. */
  readonly rows: readonly Row[];
  /** x̂_0 as it was before clipping, where the rows ask for it; x̂_0 where absent. */
  readonly unclipped?: GPUBuffer;
  /** The model's share of the variance, in [0, 1], where the rows have a spread. */
  readonly v?: GPUBuffer;
}

/** By row. */
type Compilations = readonly Compiled[];

export class LinearGaussian {
  /** By row; rows that need the same of it have the same. */
  readonly #kernels: readonly Kernel[];

  private constructor(compiled: Compilations, { table, x, x0Hat, ...more }: LinearGaussianBuffers) {
    const { unclipped = x0Hat, v = x0Hat, shape } = more;
    // Of a buffer with slots only the state.
    const states = [x0Hat, unclipped, v].map((buffer) => ({ buffer, size: stateBytes(shape) }));
    const kinds = new Map<Compiled, Kernel>();
    this.#kernels = compiled.map((kind) => {
      const kernel = kinds.get(kind) ?? new Kernel(kind, [table, x, ...states], vectorCount(shape));
      kinds.set(kind, kernel);
      return kernel;
    });
  }

  /** The kernels of these rows; to be asked for as soon as they are known, as compiling takes its time. */
  static compile(gpu: Gpu, rows: readonly Row[], noise: NoiseSource = 'jax'): Promise<Compilations> {
    // Many rows, few kinds: the text of each kind is looked up once.
    const kinds = new Map<string, Promise<Compiled>>();
    const compiled = (row: Row) => {
      const constants = needs(row, noise);
      const kind = Object.values(constants).join(' ');
      const known = kinds.get(kind) ?? compile(gpu, stage(constants, noise));
      kinds.set(kind, known);
      return known;
    };
    return Promise.all(rows.map(compiled));
  }

  /** `buffers.table` from `rowTable`; `buffers.x` with as many slots as its rows use. */
  static async create(gpu: Gpu, buffers: LinearGaussianBuffers): Promise<LinearGaussian> {
    return new LinearGaussian(await LinearGaussian.compile(gpu, buffers.rows, buffers.noise), buffers);
  }

  /** One step with row `p` of the table. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    (this.#kernels[p] as Kernel).encode(pass, p);
  }
}
