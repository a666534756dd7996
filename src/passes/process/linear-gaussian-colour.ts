/** x' = A x + B x̂_0 + S z on every pixel's three channels at once: the step of colour noise. */
import { mat3 } from 'wgpu-matrix';
import linearGaussianColour from '../../../shaders/process/linear_gaussian_colour.wgsl';
import type { ColourRow } from '../../diffusion/colour-path.ts';
import { type Matrix, transpose } from '../../diffusion/matrix.ts';
import type { NoiseSource } from '../../diffusion/noise.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer } from '../../gpu/uniform.ts';
import { NOISE_SHADERS, noiseConstants } from '../random/noise.ts';
import { type Shape, stateBytes } from '../shape.ts';
import type { StepBuffers } from './linear-gaussian.ts';

const stage = (noise: NoiseSource): Stage => ({
  label: `linear-Gaussian step in colour ${noise}`,
  sources: [NOISE_SHADERS[noise], linearGaussianColour],
  bindings: ['table row', 'write', 'read'],
  constants: { WORKGROUP_SIZE, ...noiseConstants(noise) },
});

/** Column by column, as WGSL takes it. */
const mat3Of = (A: Matrix): Float32Array => mat3.create(...transpose(A).flat());

const pixelCount = ({ n, h, w }: Shape): number => n * h * w;

/** The table of matrices on the GPU, for states of this shape; release it when done. @throws RangeError unless C = 3. */
export function colourRowTable(gpu: Gpu, rows: readonly ColourRow[], shape: Shape): GPUBuffer {
  if (shape.c !== 3) throw new RangeError(`colour noise needs the 3 channels of RGB, not ${shape.c}`);
  const layout = { plane: shape.h * shape.w, pixels: pixelCount(shape) };
  const packed = rows.map(({ A, B, S, key }) => ({
    A: mat3Of(A),
    B: mat3Of(B),
    S: mat3Of(S),
    key,
    ...layout,
  }));
  return tableBuffer(gpu, 'table of matrices', linearGaussianColour, 'row', packed);
}

export class LinearGaussianColour extends Kernel {
  /** `buffers.table` from `colourRowTable`, for the same shape. */
  static async create(gpu: Gpu, buffers: StepBuffers): Promise<LinearGaussianColour> {
    const { table, x, x0Hat, shape, noise = 'jax' } = buffers;
    const answer = { buffer: x0Hat, size: stateBytes(shape) };
    return new LinearGaussianColour(await compile(gpu, stage(noise)), [table, x, answer], pixelCount(shape));
  }
}
