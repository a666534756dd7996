/** Σ log p(x_0 | x_1) by three decoders, and Σ x_0². */
import reconstruction from '../../../shaders/measure/reconstruction.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import { valueCount } from '../shape.ts';
import type { Measured } from './bound-terms.ts';
import { leaving } from './sums.ts';

const stage = (gpu: Gpu): Stage => ({
  label: 'reconstruction',
  sources: [leaving(gpu), reconstruction],
  bindings: ['uniform', 'read', 'read', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
});

/** What p(x_0 | x_1) is made of. */
export interface Decoder {
  /** The value v = 0 … 255 is f_v = (2v − 255)/levels: 255 for data in [−1, 1], 256 in VDM. */
  readonly levels: number;
  /** x_1 = α_1 x_0 + σ_1 ε */
  readonly alpha1: number;
  readonly sigma1: number;
  /** Of the two Gaussian decoders. */
  readonly variance: number;
}

/** Bits of a float32, less the eight of 2v − 255. */
const HEAD_BITS = 16;

/** A factor as decoder.wgsl has it: a head whose products with 8-bit integers are exact in float32, and the rest. */
export function splitFactor(factor: number): [head: number, rest: number] {
  const unit = 2 ** (Math.floor(Math.log2(factor)) + 1 - HEAD_BITS);
  const head = Math.round(factor / unit) * unit;
  return [head, factor - head];
}

/** The values of the shader's uniforms. */
export const decoderUniforms = ({ levels, alpha1, sigma1, variance }: Decoder) => ({
  f: splitFactor(1 / levels),
  alphaF: splitFactor(alpha1 / levels),
  sigma1,
  sd: Math.sqrt(variance),
});

export class Reconstruction extends Kernel {
  /** For x_t = x_1; the sums go to index 0. */
  static async create(gpu: Gpu, measured: Measured, decoder: Decoder): Promise<Reconstruction> {
    const compiled = await compile(gpu, stage(gpu));
    const { x, x0, x0Hat, shape, sums } = measured;
    const values = { ...decoderUniforms(decoder), values: valueCount(shape) };
    const spec = uniformBuffer(gpu, 'decoder', reconstruction, 'spec', values);
    return new Reconstruction(compiled, [spec, x, x0, x0Hat, sums.partials], [sums.workgroups], [spec]);
  }
}
