/** Distances become posterior probabilities: softmax_i(−d_i/2σ²) for every image of a state. */
import posteriorEvidence from '../../../shaders/denoise/posterior_evidence.wgsl';
import posteriorWeights from '../../../shaders/denoise/posterior_weights.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { Chain, Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer, uniformBuffer } from '../../gpu/uniform.ts';
import { BLOCK } from '../image/image-set.ts';
import { type Distances, QUAD } from '../measure/distances.ts';
import { BYTES_PER_VALUE } from '../shape.ts';

/** Few: every lane adds up what all have left. */
const WORKGROUP_SIZE = 16;
const constants = { WORKGROUP_SIZE };
const EVIDENCE: Stage = {
  label: 'evidence of a posterior',
  sources: [posteriorEvidence],
  bindings: ['table row', 'uniform', 'write', 'write'],
  constants,
};
const WEIGHTS: Stage = {
  label: 'weights of a posterior',
  sources: [posteriorWeights],
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
export class PosteriorWeights extends Chain {
  private constructor(
    gpu: Gpu,
    kernels: readonly Kernel[],
    /**
     * By image of the set and quad of the state's, as the distances; 0 where float32 has nothing left. Then the same summed
     * over blocks of `BLOCK` images.
     */
    readonly buffer: GPUBuffer,
    more: readonly GPUBuffer[],
  ) {
    super(gpu, kernels, [buffer, ...more]);
  }

  /** To be encoded with the position of σ; partial sums among the distances are added up on the way. */
  static async create(
    gpu: Gpu,
    { buffer: distances, images, quads, shares }: Distances,
    sigmas: readonly number[],
  ): Promise<PosteriorWeights> {
    const [toEvidence, toWeights] = await Promise.all([compile(gpu, EVIDENCE), compile(gpu, WEIGHTS)]);
    const chunks = chunksOf(images);
    const { STORAGE, COPY_SRC } = GPUBufferUsage;
    const weights = gpu.buffer('posterior weights', weightBytes(images, quads), STORAGE | COPY_SRC);
    const evidence = gpu.buffer('evidence', evidenceBytes(images, quads), STORAGE);
    const levels = sigmas.map(levelOf);
    const table = tableBuffer(gpu, 'levels of a posterior', posteriorEvidence, 'level', levels);
    const values = { images, quads, shares, chunk: CHUNK, chunks };
    const spec = uniformBuffer(gpu, 'chunks', posteriorEvidence, 'spec', values);
    const resources = [table, spec, distances, evidence];
    const grid = [chunks, quads] as const;
    const kernels = [
      new Kernel(toEvidence, resources, grid),
      new Kernel(toWeights, [...resources, weights], grid),
    ];
    return new PosteriorWeights(gpu, kernels, weights, [evidence, table, spec]);
  }
}
