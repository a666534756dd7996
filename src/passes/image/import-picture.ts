/** A picture (photograph, drawing, live video frame) becomes x_0: NCHW float32 in [−1, 1]. */
import { mat3 } from 'wgpu-matrix';
import importPicture from '../../../shaders/image/import.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { type Compiled, compile, type Stage } from '../../gpu/pipeline.ts';
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

export class ImportPicture extends Kernel {
  readonly #texture: GPUTexture;

  private constructor(
    compiled: Compiled,
    readonly options: ImportOptions,
  ) {
    const { gpu } = compiled;
    const { picture, shape, x0, mirror = false, backdrop = WHITE } = options;
    if (shape.n !== 1 || shape.c === 2) {
      throw new RangeError('a picture makes one image of 1, 3 or 4 channels');
    }
    const { TEXTURE_BINDING, COPY_DST, RENDER_ATTACHMENT } = GPUTextureUsage;
    const texture = gpu.texture(
      'picture',
      [picture.width, picture.height],
      'rgba8unorm',
      TEXTURE_BINDING | COPY_DST | RENDER_ATTACHMENT,
    );
    const spec = uniformBuffer(gpu, 'import', importPicture, 'spec', {
      fromPixel: coverTransform(picture, { width: shape.w, height: shape.h }, mirror),
      size: [shape.w, shape.h],
      channels: shape.c,
      backdrop,
    });
    const grid = [Math.ceil(shape.w / WORKGROUP_SIDE), Math.ceil(shape.h / WORKGROUP_SIDE)] as const;
    super(compiled, [spec, texture.createView(), x0], grid, [texture, spec]);
    this.#texture = texture;
  }

  static async create(gpu: Gpu, options: ImportOptions): Promise<ImportPicture> {
    return new ImportPicture(await compile(gpu, STAGE), options);
  }

  /** Uploads the picture's present pixels; a video's stay on the GPU where the browser can keep them there. */
  upload(source: ImageBitmap | HTMLVideoElement): void {
    const { width, height } = this.options.picture;
    this.compiled.gpu.device.queue.copyExternalImageToTexture(
      { source },
      { texture: this.#texture, premultipliedAlpha: false },
      { width, height },
    );
  }
}
