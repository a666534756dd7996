/** The canvases that show a pyramid: whatever the level, at the size of the finest. */
import type { Padding } from '../diffusion/patches.ts';
import type { Gpu } from '../gpu/device.ts';
import { Resize } from '../passes/image/resize.ts';
import { type Shape, stateBuffer } from '../passes/shape.ts';
import { Show } from '../passes/show/show.ts';
import type { LevelRun } from './pyramid-level.ts';

export interface PyramidCanvases {
  /** x_t, at the size of the output throughout. */
  readonly x: HTMLCanvasElement;
  /** x̂_0, what is expected to come of it. */
  readonly x0Hat?: HTMLCanvasElement;
  /** How many pictures stand side by side, in as many rows as it takes; the first alone where absent. */
  readonly columns?: number;
}

interface Screen {
  readonly shown: GPUBuffer;
  /** From every level. */
  readonly enlarge: readonly Resize[];
  readonly show: Show;
}

export class PyramidScreens {
  private constructor(
    readonly gpu: Gpu,
    readonly screens: readonly Screen[],
  ) {}

  static async create(
    gpu: Gpu,
    levels: readonly LevelRun[],
    padding: Padding,
    { x, x0Hat, columns }: PyramidCanvases,
  ): Promise<PyramidScreens> {
    const { shape } = (levels.at(-1) as LevelRun).options;
    const screen = async (canvas: HTMLCanvasElement, of: (level: LevelRun) => GPUBuffer): Promise<Screen> => {
      const shown = stateBuffer(gpu, 'shown', shape);
      const enlarge = await Promise.all(
        levels.map((level) => enlarging(gpu, of(level), shown, shape, level)),
      );
      return { shown, enlarge, show: await Show.create(gpu, { canvas, x: shown, shape, columns }) };
    };
    const enlarging = (gpu: Gpu, from: GPUBuffer, resized: GPUBuffer, shape: Shape, level: LevelRun) =>
      Resize.create(gpu, { x: from, resized, shape, from: level.options.plan.size, padding });
    const screens = [await screen(x, (level) => level.x)];
    if (x0Hat) screens.push(await screen(x0Hat, (level) => level.denoiser.x0Hat));
    return new PyramidScreens(gpu, screens);
  }

  encode(encoder: GPUCommandEncoder, level: number): void {
    const pass = encoder.beginComputePass({ label: 'enlarge' });
    for (const { enlarge } of this.screens) enlarge[level]?.encode(pass);
    pass.end();
    for (const { show } of this.screens) show.encode(encoder);
  }

  release(): void {
    for (const { shown, enlarge, show } of this.screens) {
      for (const resize of enlarge) resize.release();
      show.release();
      this.gpu.release(shown);
    }
  }
}
