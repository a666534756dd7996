/**
 * New pictures from one: a pyramid of generating runs over the patches of one source, coarse to fine. It only goes
 * forwards, as its approximate levels search where the step before has found something; the same seed gives the same
 * pictures.
 */
import type { Images } from '../diffusion/images.ts';
import {
  type PictureKind,
  type PyramidLevel,
  pyramidLevels,
  type Recipe,
  recipes,
} from '../diffusion/pyramid.ts';
import { enlarge, goesOn, paletteOf, type Size, shrink } from '../diffusion/resample.ts';
import type { Gpu } from '../gpu/device.ts';
import { Readback } from '../gpu/readback.ts';
import { Palette } from '../passes/image/palette.ts';
import { type Shape, valueCount } from '../passes/shape.ts';
import { Pace } from './pace.ts';
import { LevelRun, type Unit } from './pyramid-level.ts';
import { type PyramidCanvases, PyramidScreens } from './pyramid-screens.ts';

export type { PyramidCanvases } from './pyramid-screens.ts';

export interface PyramidOptions {
  /** One picture. */
  readonly source: Images;
  readonly kind: PictureKind;
  /** Changes to the kind's recipe. */
  readonly recipe?: Partial<Recipe>;
  /** Of what is made. */
  readonly output: Size;
  /** Pictures at once; 1 where absent. */
  readonly images?: number;
  /** 0 … 2³² − 1. */
  readonly seed: number;
  /** Whether all levels compare all patches; the finer ones compare candidates where absent. */
  readonly exact?: boolean;
}

/** Where a run is. */
export interface PyramidPlace {
  /** The coarsest level is 0. */
  readonly level: number;
  readonly levels: number;
  /** Steps of the level that are done. */
  readonly step: number;
  readonly steps: number;
  /** What runs there. */
  readonly denoiser: string;
  /** The size of the level's pictures. */
  readonly size: Size;
}

/** Milliseconds of GPU work a frame may hold, so that the page stays responsive. */
const FRAME_MS = 14;
/** On a software adapter a frame takes longer, and is painted less often. */
const READ_MS = 60;

export class Pyramid {
  /** Called after every frame that has got further. */
  onChange: () => void = () => {};
  readonly #units: readonly (Unit & { readonly level: number })[];
  readonly #total: number;
  readonly #pace = new Pace();
  #next = 0;
  #cost = 0;
  #screens: PyramidScreens | undefined;
  #repaint = false;
  #released = false;

  private constructor(
    readonly gpu: Gpu,
    readonly options: PyramidOptions,
    readonly plan: readonly PyramidLevel[],
    readonly levels: readonly LevelRun[],
    readonly palette: Palette | undefined,
  ) {
    const units = levels.flatMap((run, level) => run.units.map((unit) => ({ ...unit, level })));
    const level = levels.length - 1;
    const steps = (plan[level]?.levels.length ?? 1) - 1;
    const snap = palette && { step: steps, cost: 1, encode: palette.encode.bind(palette), level };
    this.#units = snap ? [...units, snap] : units;
    this.#total = this.#units.reduce((sum, { cost }) => sum + cost, 0);
  }

  /**
   * @throws RangeError as `patches` does, for a bad seed, and for a size that the device cannot hold; Error with
   * the GPU's words.
   */
  static create(gpu: Gpu, options: PyramidOptions): Promise<Pyramid> {
    return gpu.checked(async () => {
      const { source, kind, output, images = 1, seed, exact = false } = options;
      const recipe = { ...recipes[kind], ...options.recipe };
      const { c, h, w } = source.shape;
      const plan = pyramidLevels(recipe, { source: { w, h }, output, images, exact });
      const whole = recipe.padding === 'circular' && !goesOn(source);
      const sources = plan.map((level) => shrink(source, level.source));
      const levels: LevelRun[] = [];
      for (const [index, level] of plan.entries()) {
        const coarser = sources[index - 1];
        levels.push(
          await LevelRun.create(gpu, {
            ...{ plan: level, recipe, whole, index, seed, source: sources[index] as Images },
            shape: { n: images, c, h: level.size.h, w: level.size.w },
            blurred: coarser && enlarge(coarser, level.source, recipe.padding),
            coarser: levels[index - 1],
          }),
        );
      }
      const colours = recipe.palette ? paletteOf(source) : [];
      const x = levels.at(-1)?.x as GPUBuffer;
      const shape = { n: images, c, h: output.h, w: output.w };
      const palette = colours.length > 0 ? await Palette.create(gpu, x, shape, colours) : undefined;
      return new Pyramid(gpu, options, plan, levels, palette);
    });
  }

  /** Of what is made. */
  get shape(): Shape {
    return (this.levels.at(-1) as LevelRun).options.shape;
  }

  get done(): boolean {
    return this.#next === this.#units.length;
  }

  /** The part of the work that is done, 0 … 1. */
  get progress(): number {
    return this.done ? 1 : this.#cost / this.#total;
  }

  get place(): PyramidPlace {
    const { level, step } = this.#units[Math.max(0, this.#next - 1)] ?? { level: 0, step: 0 };
    const plan = this.plan[level] as PyramidLevel;
    return {
      ...{ level, levels: this.levels.length, step, steps: plan.levels.length - 1, size: plan.size },
      denoiser: (this.levels[level] as LevelRun).denoiser.name,
    };
  }

  /** Whether any level compares candidates only. */
  get approximate(): boolean {
    return this.plan.some(({ exact }) => !exact);
  }

  /** Shows the run on these canvases from now on. */
  async attach(canvases: PyramidCanvases): Promise<void> {
    const { padding } = (this.levels[0] as LevelRun).options.recipe;
    const screens = await this.gpu.checked(() =>
      PyramidScreens.create(this.gpu, this.levels, padding, canvases),
    );
    if (this.#released) return screens.release();
    this.#screens?.release();
    this.#screens = screens;
    this.#repaint = true;
  }

  /** Whether its canvases show what there is to be seen. */
  get painted(): boolean {
    return this.#next > 0 && !this.#repaint;
  }

  /** Paints again what its canvases show, with the next frame. */
  repaint(): void {
    this.#repaint = true;
  }

  /** One frame of work, and the picture. To be called for each animation frame. */
  tick(): void {
    if (!this.#pace.ready || this.#released || (this.done && !this.#repaint)) return;
    const encoder = this.gpu.device.createCommandEncoder({ label: 'pyramid' });
    const cost = this.#advance(encoder, FRAME_MS);
    if (this.#next > 0) this.#screens?.encode(encoder, this.place.level);
    this.#repaint = false;
    this.gpu.device.queue.submit([encoder.finish()]);
    void this.#pace.submitted(cost, this.gpu.device.queue.onSubmittedWorkDone());
    this.onChange();
  }

  /**
   * The finished pictures as values, NCHW.
   * @throws AbortError when the run is released before they are there.
   */
  async read(): Promise<Float32Array<ArrayBuffer>> {
    const { device } = this.gpu;
    const x = this.levels.at(-1)?.x as GPUBuffer;
    const readback = await this.gpu.checked(() => new Readback(this.gpu, x.size));
    try {
      while (!this.done && !this.#released) {
        const encoder = device.createCommandEncoder({ label: 'pyramid' });
        const cost = this.#advance(encoder, READ_MS);
        device.queue.submit([encoder.finish()]);
        await this.#pace.submitted(cost, device.queue.onSubmittedWorkDone());
      }
      if (this.#released) throw new DOMException('the run was released', 'AbortError');
      this.#repaint = true;
      const encoder = device.createCommandEncoder({ label: 'read' });
      readback.encode(encoder, x);
      device.queue.submit([encoder.finish()]);
      return (await readback.read()).slice(0, valueCount(this.shape));
    } finally {
      readback.release();
    }
  }

  /** Gives all GPU memory back. */
  release(): void {
    this.#released = true;
    this.#screens?.release();
    this.palette?.release();
    for (const level of this.levels) level.release();
  }

  /** Encodes as many units as fit, one at least where there is one; returns their cost. */
  #advance(encoder: GPUCommandEncoder, ms: number): number {
    if (this.done) return 0;
    const most = this.#pace.stepsIn(ms);
    const pass = encoder.beginComputePass({ label: 'pyramid' });
    let cost = 0;
    do {
      const unit = this.#units[this.#next] as Unit;
      unit.encode(pass);
      cost += unit.cost;
      this.#next++;
    } while (!this.done && cost + (this.#units[this.#next] as Unit).cost <= most);
    pass.end();
    this.#cost += cost;
    return cost;
  }
}
