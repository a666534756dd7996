/** A picture (photograph, drawing, live video frame) becomes x_0: NCHW float32 in [−1, 1]. */
import { mat3 } from 'wgpu-matrix';
import importPicture from '../../../shaders/image/import.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { bindGroup, computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { uniformBuffer } from '../../gpu/uniform.ts';
import type { Shape } from '../shape.ts';

const STAGE: Stage = {
  label: 'import picture',
  sources: [importPicture],
  bindings: ['uniform', 'texture', 'write'],
};
const WORKGROUP_SIDE = 8;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The affine map from output pixels to the picture's texels: the largest centred part of the picture that has the
 * output's aspect ratio, flipped left to right when `mirror` is set (a camera that faces you is a mirror).
 */
export function coverTransform(picture: Size, output: Size, mirror: boolean): Float32Array {
  const scale = Math.min(picture.width / output.width, picture.height / output.height);
  const middle = mat3.translation([picture.width / 2, picture.height / 2]);
  const scaled = mat3.scale(middle, [mirror ? -scale : scale, scale]);
  return mat3.translate(scaled, [-output.width / 2, -output.height / 2]);
}

export interface ImportOptions {
  readonly picture: Size;
  readonly shape: Shape;
  readonly x0: GPUBuffer;
  readonly mirror?: boolean;
  /** RGB in [0, 1], seen through transparent texels. */
  readonly backdrop?: readonly [number, number, number];
}

const WHITE = [1, 1, 1] as const;

export class ImportPicture {
  readonly #texture: GPUTexture;
  readonly #spec: GPUBuffer;
  readonly #group: GPUBindGroup;
  readonly #workgroups: [number, number];

  private constructor(
    readonly gpu: Gpu,
    readonly pipeline: GPUComputePipeline,
    readonly options: ImportOptions,
  ) {
    const { picture, shape, x0, mirror = false, backdrop = WHITE } = options;
    if (shape.n !== 1 || shape.c === 2) {
      throw new RangeError('a picture makes one image of 1, 3 or 4 channels');
    }
    const { TEXTURE_BINDING, COPY_DST, RENDER_ATTACHMENT } = GPUTextureUsage;
    this.#texture = gpu.texture(
      'picture',
      [picture.width, picture.height],
      'rgba8unorm',
      TEXTURE_BINDING | COPY_DST | RENDER_ATTACHMENT,
    );
    this.#spec = uniformBuffer(gpu, 'import', importPicture, 'spec', {
      fromPixel: coverTransform(picture, { width: shape.w, height: shape.h }, mirror),
      size: [shape.w, shape.h],
      channels: shape.c,
      backdrop,
    });
    this.#group = bindGroup(gpu, pipeline, [
      { buffer: this.#spec },
      this.#texture.createView(),
      { buffer: x0 },
    ]);
    this.#workgroups = [Math.ceil(shape.w / WORKGROUP_SIDE), Math.ceil(shape.h / WORKGROUP_SIDE)];
  }

  static async create(gpu: Gpu, options: ImportOptions): Promise<ImportPicture> {
    return new ImportPicture(gpu, await computePipeline(gpu, STAGE), options);
  }

  /** Uploads the picture's present pixels; a video's stay on the GPU where the browser can keep them there. */
  upload(source: ImageBitmap | HTMLVideoElement): void {
    const { width, height } = this.options.picture;
    this.gpu.device.queue.copyExternalImageToTexture(
      { source },
      { texture: this.#texture, premultipliedAlpha: false },
      { width, height },
    );
  }

  encode(pass: GPUComputePassEncoder): void {
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.#group);
    pass.dispatchWorkgroups(...this.#workgroups);
  }

  release(): void {
    this.gpu.release(this.#texture, this.#spec);
  }
}
