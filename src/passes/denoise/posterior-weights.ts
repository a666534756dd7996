/** Distances become posterior probabilities: softmax_i(−d_i/2σ²) for every image of a state. */
import evidence from '../../../shaders/denoise/evidence.wgsl';
import posteriorEvidence from '../../../shaders/denoise/posterior_evidence.wgsl';
import posteriorWeights from '../../../shaders/denoise/posterior_weights.wgsl';
import grid from '../../../shaders/grid.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, tableOffsets, uniformBuffer, uniformView } from '../../gpu/uniform.ts';
import { BLOCK } from '../image/image-set.ts';
import { type Distances, QUAD } from '../measure/distances.ts';
import { BYTES_PER_VALUE } from '../shape.ts';

/** Few: every lane adds up what all have left. */
const WORKGROUP_SIZE = 16;
const constants = { WORKGROUP_SIZE };
const EVIDENCE: Stage = {
  label: 'evidence of a posterior',
  sources: [grid, evidence, posteriorEvidence],
  bindings: ['table row', 'uniform', 'write', 'write'],
  constants,
};
const WEIGHTS: Stage = {
  label: 'weights of a posterior',
  sources: [grid, evidence, posteriorWeights],
  bindings: ['table row', 'uniform', 'read', 'read', 'write'],
  constants: { ...constants, BLOCK },
};

/** Images of the set to a workgroup. */
const CHUNK = BLOCK * WORKGROUP_SIZE;
/** The least and the sum. */
const EVIDENCE_FIELDS = 2;
/** Beyond, 1/2σ² times a distance may be no float32: only the nearest count, as they do at σ = 0. */
const SHARPEST = 1e28;

/** σ as the shader has it. */
function levelOf(sigma: number) {
  const halfPrecision = 1 / (2 * sigma ** 2);
  return halfPrecision > SHARPEST ? { halfPrecision: 0, sharp: 1 } : { halfPrecision, sharp: 0 };
}

const chunksOf = (images: number): number => Math.ceil(images / CHUNK);
const rowBytes = (quads: number): number => quads * QUAD * BYTES_PER_VALUE;
const weightBytes = (images: number, quads: number): number =>
  (images + Math.ceil(images / BLOCK)) * rowBytes(quads);
const evidenceBytes = (images: number, quads: number): number =>
  EVIDENCE_FIELDS * chunksOf(images) * rowBytes(quads);

/** Bytes of what it takes beside its table, for so many images of the set and quads of the state's. */
export const posteriorBytes = (images: number, quads: number): number =>
  weightBytes(images, quads) + evidenceBytes(images, quads);

/** Two passes over the distances, which are few beside the values they are made of. Memory: 4 bytes a distance. */
export class PosteriorWeights {
  /**
   * By image of the set and quad of the state's, as the distances; 0 where float32 has nothing left. Then the same summed over
   * blocks of `BLOCK` images.
   */
  readonly buffer: GPUBuffer;
  readonly #evidence: GPUBuffer;
  readonly #table: GPUBuffer;
  readonly #spec: GPUBuffer;
  readonly #offsets: Uint32Array<ArrayBuffer>;
  readonly #groups: readonly [GPUBindGroup, GPUBindGroup];
  readonly #grid: readonly [number, number];

  private constructor(
    readonly gpu: Gpu,
    readonly pipelines: readonly [GPUComputePipeline, GPUComputePipeline],
    { buffer: distances, images, quads, shares }: Distances,
    sigmas: readonly number[],
  ) {
    const chunks = chunksOf(images);
    const { STORAGE, COPY_SRC } = GPUBufferUsage;
    this.buffer = gpu.buffer('posterior weights', weightBytes(images, quads), STORAGE | COPY_SRC);
    this.#evidence = gpu.buffer('evidence', evidenceBytes(images, quads), STORAGE);
    this.#table = tableBuffer(gpu, 'levels of a posterior', evidence, 'level', sigmas.map(levelOf));
    this.#offsets = tableOffsets(gpu, this.#table);
    const spec = { images, quads, shares, chunk: CHUNK, chunks };
    this.#spec = uniformBuffer(gpu, 'chunks', posteriorEvidence, 'spec', spec);
    const { byteLength: size } = uniformView(evidence, 'level').arrayBuffer;
    const common = [{ buffer: this.#table, size }, ...[this.#spec, distances, this.#evidence].map(whole)];
    this.#groups = [
      bindGroup(gpu, pipelines[0], common),
      bindGroup(gpu, pipelines[1], [...common, whole(this.buffer)]),
    ];
    this.#grid = [chunks, quads];
  }

  static async create(gpu: Gpu, distances: Distances, sigmas: readonly number[]): Promise<PosteriorWeights> {
    const pipelines = [await computePipeline(gpu, EVIDENCE), await computePipeline(gpu, WEIGHTS)] as const;
    return new PosteriorWeights(gpu, pipelines, distances, sigmas);
  }

  /** With the σ of position `p`; partial sums among the distances are added up on the way. */
  encode(pass: GPUComputePassEncoder, p: number): void {
    for (const k of [0, 1] as const) {
      pass.setPipeline(this.pipelines[k]);
      pass.setBindGroup(0, this.#groups[k], this.#offsets, p, 1);
      pass.dispatchWorkgroups(...this.#grid);
    }
  }

  release(): void {
    this.gpu.release(this.buffer, this.#evidence, this.#table, this.#spec);
  }
}

const whole = (buffer: GPUBuffer): GPUBufferBinding => ({ buffer });
